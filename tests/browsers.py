"""The browser of the browser tests: any Chrome, Chromium or Edge there is, else Debian's, where it may be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
PACKAGES = ("chromium", "fonts-liberation", "fonts-wqy-microhei")  # the chapters hold Chinese terms
VARIABLE = "CRM_LAB_BROWSER"


def find(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> str | None:
    """Path of the browser CRM_LAB_BROWSER names, or of the first one installed; None if there is none."""
    chosen = environment.get(VARIABLE)
    if chosen:
        return shutil.which(chosen)
    on_path = (shutil.which(name, path=environment.get("PATH")) for name in NAMES)
    elsewhere = (str(path) for path in _usual_places(environment, system) if path.is_file())
    return next(filter(None, on_path), None) or next(elsewhere, None)


def _usual_places(environment: Mapping[str, str], system: str) -> Iterator[Path]:
    """Where macOS and Windows keep programs that are not on PATH."""
    if system == "darwin":
        for root in (Path("/Applications"), Path(environment.get("HOME", "/")) / "Applications"):
            yield from (root / f"{name}.app/Contents/MacOS/{name}" for name in MAC)
    elif system == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if environment.get(variable):
                yield from (Path(environment[variable]) / name for name in WINDOWS)


def install() -> bool:
    """Install Debian's chromium and two fonts if this is root on a system with apt. Whether it was done."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES])
    return all(
        subprocess.run(["apt-get", "-qq", *c], env=quiet, stdin=subprocess.DEVNULL).returncode == 0 for c in commands
    )


def provide() -> str | None:
    """The browser to test with: found, else installed, else None."""
    return find() or (find() if install() else None)
