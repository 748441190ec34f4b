"""The command crm-lab: quick to answer, and every command it lists exists."""

import json
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import crm_lab.cli
from crm_lab.cli.app import app

COMMANDS = ["start", "work", "reset", "progress", "doctor", "slides", "build", "data", "author"]
HEAVY = {"pandas", "numpy", "matplotlib", "scipy", "sklearn", "nbformat", "jupyterlab", "duckdb"}


def call(*words):
    return CliRunner().invoke(app, words, env={"TERM": "dumb", "COLUMNS": "120"})


def test_help_lists_every_command():
    output = call("--help").output
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", output)] == []


@pytest.mark.parametrize(
    "words", [[name] for name in COMMANDS] + [["data", name] for name in ("verify", "make", "world")]
)
def test_every_command_explains_itself(words):
    result = call(*words, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_help_speaks_the_language(monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    assert "把你的实验放到一边" in call("--help").output
    assert "章的编号" in call("reset", "--help").output


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom crm_lab.cli.app import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "print('LOADED', *{name.split('.')[0] for name in sys.modules})"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8").stdout
    loaded = set(output.rpartition("LOADED")[2].split())
    assert "typer" in loaded
    assert loaded & HEAVY == set()


def test_bad_input_ends_in_its_sentence_alone(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["crm-lab", "reset", "99z"])
    with pytest.raises(SystemExit) as stop:
        crm_lab.cli.main()
    assert str(stop.value.code).startswith("There is no '99z' in labs.")


def test_data_verify_fails_when_a_file_is_damaged(monkeypatch):
    import crm_lab.data

    monkeypatch.setattr(crm_lab.data, "verify", lambda: ["orders.csv.gz is missing."], raising=False)
    result = call("data", "verify")
    assert result.exit_code == 1
    assert result.output == "orders.csv.gz is missing.\n"


def test_data_world_writes_a_company_of_any_size(tmp_path):
    result = call("data", "world", str(tmp_path / "company"), "--customers", "40", "--locale", "zh_CN")
    assert result.exit_code == 0
    assert "company" in result.output
    manifest = json.loads((tmp_path / "company" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["customers"], manifest["locale"]) == (40, "zh_CN")


def test_progress_shows_one_lab(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path))
    result = call("progress", "04a")
    assert result.exit_code == 0
    assert result.output.startswith("Lab 04a: 0 of ")
