"""The gates count right, and a fault anywhere makes the whole fail."""

import importlib.util
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def gates(monkeypatch, tmp_path):
    """The module tests/gates.py, leaving its reports in a folder of the test."""
    spec = importlib.util.spec_from_file_location("gates_under_test", HERE / "gates.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ARTEFACTS", tmp_path / "artefacts")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the samples need none, and some start slowly
    return module


SAMPLE = """
import pytest
def test_right(): pass
def test_wrong(): assert False
@pytest.mark.skip(reason="planted")
def test_left_out(): pass
@pytest.fixture
def broken(): raise RuntimeError
def test_error(broken): pass
"""


@pytest.fixture
def sample(tmp_path):
    (tmp_path / "test_sample.py").write_text(SAMPLE)
    return str(tmp_path / "test_sample.py")


def suite(gates, *words):
    gates.ARTEFACTS.mkdir(exist_ok=True)
    return gates.suite("-p", "no:cacheprovider", "-o", "addopts=", *words)("sample")


def test_a_suite_is_counted_test_by_test(gates, sample):
    assert suite(gates, sample) == gates.Count(passed=1, failed=2, skipped=1)


def test_a_suite_that_finds_no_test_has_failed(gates, sample):
    assert suite(gates, sample, "-k", "no_such_test") == gates.Count(failed=1)


def test_a_suite_that_cannot_run_has_failed_even_with_an_old_report(gates, sample):
    suite(gates, sample, "-k", "right")
    assert suite(gates, sample, "--no-such-option") == gates.Count(failed=1)


def test_a_tool_counts_as_one(gates):
    assert gates.tool("-c", "")("tool") == gates.Count(passed=1)
    assert gates.tool("-c", "raise SystemExit(3)")("tool") == gates.Count(failed=1)


def planted(gates, monkeypatch, *counts):
    chosen = [gates.Gate(f"gate{n}", "Planted.", lambda name, count=count: count) for n, count in enumerate(counts)]
    monkeypatch.setattr(gates, "GATES", chosen)


def test_the_last_line_sums_all_gates(gates, monkeypatch, capsys):
    planted(gates, monkeypatch, gates.Count(passed=40, skipped=2), gates.Count(passed=1))
    assert gates.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "41 passed, 0 failed, 2 skipped"


def test_one_failure_fails_all(gates, monkeypatch, capsys):
    planted(gates, monkeypatch, gates.Count(passed=40), gates.Count(failed=1))
    assert gates.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "40 passed, 1 failed, 0 skipped"


def test_in_ci_a_test_left_out_has_failed(gates, monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    planted(gates, monkeypatch, gates.Count(passed=40, skipped=2))
    assert gates.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "40 passed, 2 failed, 0 skipped"


def test_single_gates_can_be_named(gates, monkeypatch, capsys):
    planted(gates, monkeypatch, gates.Count(passed=40), gates.Count(failed=1))
    assert gates.main(["gate0"]) == 0
    assert gates.main(["gate0", "gate7"]) == 2
    assert "Unknown gate: gate7. Use: gate0, gate1." in capsys.readouterr().err


def test_the_list_says_why_each_gate_exists(gates, capsys):
    assert gates.main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(gates.GATES) >= 8
    assert all(line.endswith(".") for line in lines)


def test_gates_name_files_that_exist(gates):
    assert Path(HERE.parent, *gates.NBVAL).is_file()
    assert all(Path(HERE.parent, word.partition("=")[2]).is_dir() for word in gates.ELSEWHERE)
