"""Each fault the doctor knows is planted, found and explained with its remedy."""

import json
import socket
import sqlite3
import sys
import webbrowser

import pytest

from crm_lab.author import pins
from crm_lab.cli import doctor
from crm_lab.labs.progress import FILE


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty work folder."""
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path / "work"))
    return tmp_path / "work"


def test_an_old_python(monkeypatch):
    monkeypatch.setattr(doctor.sys, "version_info", (3, 10, 4))
    assert doctor.python() == doctor.Finding(False, "Python 3.10.4 is too old. Install 3.11 or newer.")


def test_another_python_than_the_one_set_up(monkeypatch, tmp_path):
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(doctor, "REPOSITORY", tmp_path)
    finding = doctor.python()
    assert finding.ok is False
    assert "Start with: python run.py" in finding.text


def test_this_python_where_nothing_was_set_up(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "REPOSITORY", tmp_path)
    assert doctor.python().ok


def test_packages_that_differ_from_the_lock(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("pandas==0.1\nno-such-package==2.0\nnumpy==1.0 ; sys_platform == 'nowhere'\n")
    finding = doctor.versions(lock)
    assert finding.ok is False
    assert f"pandas {doctor.installed('pandas')} (0.1), no-such-package missing (2.0)." in finding.text
    assert "numpy" not in finding.text
    assert "Delete .venv and run: python run.py" in finding.text


def test_packages_as_in_the_lock(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"pandas=={doctor.installed('pandas')}\n")
    assert doctor.versions(lock) == doctor.Finding(True, "1 packages as in the lock")


def test_no_lock_is_worth_a_note(tmp_path):
    assert doctor.versions(tmp_path / "requirements.lock").ok is None


def test_two_installs(tmp_path):
    (tmp_path / "crm_lab").mkdir()
    (tmp_path / "crm_lab/__init__.py").write_text("")
    finding = doctor.one_install([*sys.path, str(doctor.REPOSITORY), str(tmp_path)])
    assert finding.ok is False
    assert str(tmp_path / "crm_lab") in finding.text
    assert "pip uninstall crm-lab" in finding.text


def test_one_install_seen_twice_is_one(tmp_path):
    (tmp_path / "link").symlink_to(doctor.REPOSITORY)
    assert doctor.one_install([str(doctor.REPOSITORY), str(tmp_path / "link")]).ok


def test_a_kernel_of_another_environment(tmp_path, monkeypatch):
    spec = tmp_path / "kernels/python3/kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps({"argv": ["/other/bin/python", "-m", "ipykernel"], "display_name": "Python 3"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    finding = doctor.kernel()
    assert finding.ok is False
    assert "/other/bin/python" in finding.text
    assert str(spec.parent) in finding.text


def test_this_environments_kernel(monkeypatch):
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    assert doctor.kernel().ok


def test_a_work_folder_that_cannot_be_written(folder):
    folder.write_text("a file in its place")
    finding = doctor.work_folder()
    assert finding.ok is False
    assert "cannot be written" in finding.text


def test_a_work_folder_that_can(folder):
    assert doctor.work_folder().ok
    assert list((folder / ".crm-lab").iterdir()) == []


def test_a_full_disk(folder, monkeypatch):
    usage = type("usage", (), {"free": 120_000_000})
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda place: usage)
    finding = doctor.disk()
    assert finding.ok is False
    assert "Only 120 MB are free" in finding.text


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be read as one" * 30, b"SQLite format 3\x00" * 99]
)
def test_a_broken_progress_file(folder, content):
    folder.mkdir()
    (folder / FILE).write_bytes(content)
    finding = doctor.progress()
    assert finding.ok is False
    assert "Rename it" in finding.text
    assert (folder / FILE).read_bytes() == content


def test_a_whole_progress_file_and_none(folder):
    assert doctor.progress().ok
    folder.mkdir()
    connection = sqlite3.connect(folder / FILE)
    connection.execute("create table progress (lab text)")
    connection.close()
    assert doctor.progress().ok


def test_a_damaged_data_set(monkeypatch):
    import crm_lab.data

    monkeypatch.setattr(crm_lab.data, "verify", lambda: ["orders.csv.gz is missing. Run it."], raising=False)
    assert doctor.company() == doctor.Finding(False, "orders.csv.gz is missing. Run it.")


def test_no_browser_is_worth_a_note(monkeypatch):
    def none():
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    finding = doctor.browser()
    assert finding.ok is None
    assert "Copy the address" in finding.text


def test_a_port_in_use_is_worth_a_note():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        assert doctor.port(number).ok is None
    assert doctor.port(number).ok


def test_no_jupyterlab(monkeypatch):
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    assert doctor.jupyterlab().ok is False


def broken():
    raise RuntimeError("the look itself failed")


@pytest.mark.parametrize(
    ("looks", "code"),
    [
        ([lambda: doctor.Finding(True, "fine"), lambda: doctor.Finding(None, "by the way")], 0),
        ([lambda: doctor.Finding(True, "fine"), lambda: doctor.Finding(False, "bad")], 1),
        ([broken], 1),
    ],
)
def test_the_exit_code_says_whether_something_is_wrong(looks, code, capsys):
    assert doctor.main(looks) == code
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(looks)
    assert any(line.startswith("WRONG") for line in lines) == bool(code)


def test_every_look_is_taken():
    looks = {name for name in ("python", "versions", "one_install", "jupyterlab", "kernel", "work_folder", "disk",
                               "progress", "company", "browser", "port")}  # fmt: skip
    assert {look.__name__ for look in doctor.LOOKS} == looks


def test_the_lock_is_read_for_this_python():
    text = f"a==1 ; python_version == '{sys.version_info[0]}.{sys.version_info[1]}'\na==2 ; python_version < '3.0'\n"
    assert pins.read_lock(text) == {"a": "1"}
