"""Starting: the package, the command and run.py, each in a fresh process, against `import pandas` in one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import Result, against
from run import LOCK, STAMP, fingerprint

ROOT = Path(__file__).parents[1]


def process(*words: str) -> Callable[[], None]:
    """A call of Python with these words, from start to end."""

    def call() -> None:
        subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    return call


def ready() -> bool:
    """Whether run.py has nothing left to install: measuring must not change the environment it runs in."""
    return STAMP.is_file() and fingerprint(LOCK) in STAMP.read_text("utf-8").splitlines()


def run() -> list[Result]:
    """Three ways in; a second `run.py setup` is what `python run.py` does before it opens the lab."""
    ways = {"import crm_lab": ("-c", "import crm_lab"), "crm-lab --help": ("-m", "crm_lab.cli", "--help")}
    if ready():
        ways["run.py setup, second time"] = ("run.py", "setup")
    peer = process("-c", "import pandas")
    return [against(name, process(*words), "import pandas", peer, pairs=5) for name, words in ways.items()]
