"""run.py under faults: what is half made is made anew, and every failure ends in one clear sentence."""

import ast
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HERE = "{}.{}".format(*sys.version_info)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run.py as a module, in a small repository of its own. `run.calls` holds the commands it gave."""
    for name in ("run.py", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    spec = importlib.util.spec_from_file_location("run_under_test", tmp_path / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.calls, module.refuse = [], ()

    def quietly(command):
        module.calls.append(command)
        if any(word in command for word in module.refuse):
            return False
        assert not module.STAMP.exists(), "the stamp is there before the work is done"
        if "venv" in command:
            plant_interpreter(module)
        return True

    monkeypatch.setattr(module, "quietly", quietly)
    monkeypatch.setattr(module, "find_uv", lambda: ["uv"])
    return module


def plant_interpreter(module, says=None):
    """A Python in .venv: this one, or one that only says its version."""
    module.PYTHON.parent.mkdir(parents=True)
    if says is None:
        module.PYTHON.symlink_to(sys.executable)
    else:
        module.PYTHON.write_text(f"#!/bin/sh\necho {says}\n")
        module.PYTHON.chmod(0o755)


def made_environments(module):
    return sum("venv" in command for command in module.calls)


def test_an_old_python_can_read_the_file():
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_what_is_needed():
    code = "import sys; sys.version_info = (3, 8, 10); exec(open('run.py', encoding='utf-8').read())"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "needs Python 3.11 or newer, and this is Python 3.8" in result.stderr


def test_the_first_time_the_lock_is_installed_by_hash_and_then_the_package_alone(run):
    run.set_up(run.LOCK)
    venv, lock, package = run.calls
    assert "venv" in venv
    assert "--require-hashes" in lock
    assert lock[-1].endswith("requirements.lock")
    assert package[-4:] == ["--no-deps", "--no-build-isolation", "-e", str(run.ROOT)]


def test_the_second_time_nothing_is_done(run, capsys):
    run.set_up(run.LOCK)
    run.calls.clear()
    capsys.readouterr()
    run.set_up(run.LOCK)
    assert run.calls == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_newer_lock_or_project_is_installed_into_the_environment_there_is(run, changed):
    run.set_up(run.LOCK)
    run.calls.clear()
    (run.ROOT / changed).open("a").write("\n# newer\n")
    run.set_up(run.LOCK)
    assert made_environments(run) == 0
    assert len(run.calls) == 2


def test_the_test_command_adds_its_lock_and_keeps_the_other(run):
    run.set_up(run.LOCK)
    run.set_up(run.LOCK, run.TEST_LOCK)
    run.calls.clear()
    run.set_up(run.LOCK)
    run.set_up(run.LOCK, run.TEST_LOCK)
    assert run.calls == []


def half_made(run):
    run.VENV.mkdir()
    (run.VENV / "rubbish").write_text("")


def without_stamp(run):
    run.set_up(run.LOCK)
    run.STAMP.unlink()


def empty_stamp(run):
    run.set_up(run.LOCK)
    run.STAMP.write_text("")


def interpreter_gone(run):
    run.set_up(run.LOCK)
    run.PYTHON.unlink()
    run.PYTHON.symlink_to(run.ROOT / "python-that-was-removed")


def interpreter_replaced(run):
    run.set_up(run.LOCK)
    shutil.rmtree(run.PYTHON.parent)
    plant_interpreter(run, says="3.9")


def a_file(run):
    run.VENV.write_text("")


def a_dangling_link(run):
    run.VENV.symlink_to(run.ROOT / "nowhere")


def copied_from_another_folder(run):
    run.set_up(run.LOCK)
    run.STAMP.write_text(run.STAMP.read_text().replace(str(run.ROOT), "/somewhere/else"))


def test_commands_passed_on_exist(run):
    from crm_lab.cli.app import app

    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    known |= {group.name for group in app.registered_groups}
    assert set(run.CRM_LAB) == known - {"start", "author"}


@pytest.mark.parametrize(
    ("words", "called"),
    [
        (["author", "messages", "04b"], ("-m", "crm_lab.cli", "author", "messages", "04b")),
        (["author", "--port=9000"], ("-m", "crm_lab.cli.start", "author", "--port=9000")),
        (["--language", "zh_CN"], ("-m", "crm_lab.cli.start", "--language", "zh_CN")),
    ],
)
def test_each_command_goes_where_it_is_understood(run, monkeypatch, words, called):
    monkeypatch.setattr(run, "set_up", lambda *locks: None)
    monkeypatch.setattr(run, "run_inside", lambda *given: given)
    assert run.main(words) == called


FAULTS = [
    half_made, without_stamp, empty_stamp, interpreter_gone, interpreter_replaced, a_file, a_dangling_link,
    copied_from_another_folder,
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="the planted interpreters are links and shell scripts")
@pytest.mark.parametrize("plant", FAULTS)
def test_an_environment_that_cannot_be_trusted_is_made_anew(run, plant):
    plant(run)
    run.calls.clear()
    run.set_up(run.LOCK)
    assert made_environments(run) == 1
    assert not (run.VENV / "rubbish").exists()
    assert run.STAMP.read_text().startswith(f"Python {HERE} in {run.ROOT}\nrequirements.lock ")


def test_an_interrupted_update_is_not_trusted_afterwards(run, monkeypatch):
    run.set_up(run.LOCK)
    (run.ROOT / run.LOCK).open("a").write("\n")

    def interrupted(command):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run, "quietly", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run.set_up(run.LOCK)
    run.calls.clear()
    run.set_up(run.LOCK)
    assert made_environments(run) == 1


def test_where_uv_fails_pip_is_tried(run):
    run.refuse = ("uv",)
    run.set_up(run.LOCK)
    assert run.calls[-1][:4] == [str(run.PYTHON), "-m", "pip", "install"]
    assert run.STAMP.exists()


def test_where_nothing_can_be_installed_one_sentence_says_so(run, capsys):
    run.refuse = ("--require-hashes",)
    assert run.main(["setup"]) == 1
    assert "The packages could not be installed" in capsys.readouterr().err.splitlines()[-1]
    assert not run.STAMP.exists()


def test_a_python_without_venv_is_told_which_package_it_lacks(run, monkeypatch, capsys):
    monkeypatch.setattr(run, "find_uv", list)
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    run.refuse = ("venv",)
    assert run.main(["setup"]) == 1
    assert f"sudo apt install python{HERE}-venv" in capsys.readouterr().err.splitlines()[-1]


def test_root_on_debian_gets_the_missing_venv_module(run, monkeypatch):
    monkeypatch.setattr(run, "find_uv", list)
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    real, missing = run.quietly, [True]

    def without_venv_at_first(command):
        if "install" in command and command[0] == "apt-get":
            missing.clear()
        return real(command) if "venv" not in command or not missing else False

    monkeypatch.setattr(run, "quietly", without_venv_at_first)
    run.set_up(run.LOCK)
    assert ["apt-get", "install", "-y", "-qq", f"python{HERE}-venv"] in run.calls
    assert run.STAMP.exists()


def test_a_folder_in_use_is_not_left_half_removed_without_a_word(run, monkeypatch, capsys):
    half_made(run)

    def in_use(path):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(run.shutil, "rmtree", in_use)
    assert run.main(["setup"]) == 1
    assert "Close JupyterLab" in capsys.readouterr().err


def test_an_unknown_command_shows_what_there_is(run, capsys):
    assert run.main(["strat"]) == 2
    assert "python run.py author" in capsys.readouterr().out
    assert run.calls == []


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ([], ["-m", "crm_lab.cli.start"]),
        (["--no-browser"], ["-m", "crm_lab.cli.start", "--no-browser"]),
        (["author"], ["-m", "crm_lab.cli.start", "author"]),
        (["test", "lint"], ["tests/gates.py", "lint"]),
        (["reset", "04", "--help"], ["-m", "crm_lab.cli", "reset", "04", "--help"]),
        (["crm-lab", "--help"], ["-m", "crm_lab.cli", "--help"]),
    ],
)
def test_commands_run_in_the_environment(run, monkeypatch, words, inside):
    ran = []
    monkeypatch.setattr(run, "run_inside", lambda *given: ran.append(list(given)) or 7)
    assert run.main(words) == 7
    assert ran == [inside]


def offline() -> dict[str, str]:
    """An environment in which neither uv nor pip reaches an index or a cache."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    return kept | {"UV_OFFLINE": "1", "UV_NO_CACHE": "1", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}


def test_without_network_the_last_line_says_what_to_do(run):
    lock = "six==1.17.0 --hash=sha256:" + "0" * 64
    (run.ROOT / "requirements.lock").write_text(lock)
    result = subprocess.run(
        [sys.executable, "run.py", "setup"], cwd=run.ROOT, env=offline(), capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "check it, then run the same command again" in result.stderr.splitlines()[-1]
    assert not run.STAMP.exists()


@pytest.mark.slow
def test_a_clone_is_set_up_though_it_was_interrupted_and_opens_quickly_the_second_time(tmp_path):
    clone = tmp_path / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "work", "artefacts", "slides", "__pycache__"))
    command = [sys.executable, "run.py"]
    first = subprocess.Popen([*command, "setup"], cwd=clone, start_new_session=True)
    wait_for(lambda: (clone / ".venv").exists())
    time.sleep(1)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not (clone / ".venv" / "crm-lab-ready.txt").exists()
    subprocess.run([*command, "setup"], cwd=clone, check=True)
    assert not (clone / ".venv/lib" / f"python{HERE}" / "site-packages/crm_lab").exists(), "a copy that grows old"

    began = time.monotonic()
    home = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "CRM_LAB"))}
    lab = subprocess.Popen(
        [*command, "--no-browser", "--port=0"], cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, env=home | {"HOME": str(tmp_path)},
    )  # fmt: skip
    line = next(lab.stdout)
    seconds = time.monotonic() - began
    address = next(line for line in lab.stdout if "http://" in line)
    lab.terminate()
    assert lab.wait(30) is not None
    assert str(clone / "work") in line
    assert seconds < 3, "set-up is looked at and copies are handed out before this line, JupyterLab starts after it"
    assert re.search(r"/lab/tree/notebooks/00_start.ipynb\?token", address)


def wait_for(happened, seconds=60):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)
