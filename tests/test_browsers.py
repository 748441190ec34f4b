"""A browser is found wherever one of the three systems keeps it, and its absence is said."""

import importlib.util
import os
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("browsers_under_test", Path(__file__).with_name("browsers.py"))
browsers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(browsers)


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "microsoft-edge"])
def test_on_path(tmp_path, name):
    assert browsers.find({"PATH": str(tmp_path)}, "linux") is None
    path = program(tmp_path / name)
    assert browsers.find({"PATH": str(tmp_path)}, "linux") == path


@pytest.mark.parametrize("name", browsers.MAC)
def test_on_a_mac(tmp_path, name):
    path = program(tmp_path / f"Applications/{name}.app/Contents/MacOS/{name}")
    assert browsers.find({"PATH": "", "HOME": str(tmp_path)}, "darwin") == path


@pytest.mark.parametrize("name", browsers.WINDOWS)
@pytest.mark.parametrize("variable", ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"])
def test_on_windows(tmp_path, name, variable):
    path = program(tmp_path / name)
    assert browsers.find({"PATH": "", variable: str(tmp_path)}, "win32") == path


def test_the_one_named_wins_and_a_wrong_name_finds_nothing(tmp_path):
    program(tmp_path / "chromium")
    chosen = program(tmp_path / "own/browser")
    assert browsers.find({"PATH": str(tmp_path), "CRM_LAB_BROWSER": chosen}, "linux") == chosen
    assert browsers.find({"PATH": str(tmp_path), "CRM_LAB_BROWSER": "/no/such"}, "linux") is None


def test_nothing_is_installed_without_the_right_to(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(browsers.subprocess, "run", lambda *a, **k: pytest.fail("it tried"))
    assert browsers.install() is False


def test_root_on_debian_gets_one(monkeypatch):
    ran = []

    def run(command, **options):
        ran.append(command)
        return type("done", (), {"returncode": 0})

    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(browsers.shutil, "which", lambda name, path=None: "/usr/bin/apt-get")
    monkeypatch.setattr(browsers.subprocess, "run", run)
    assert browsers.install() is True
    assert ran[-1][-3:] == list(browsers.PACKAGES)
