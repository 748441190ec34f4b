"""Run every stored notebook and compare what it shows with what is stored, under guard.

python tests/guards/run_nbval.py [pytest's options] [notebooks or folders]

Each notebook has 20 s and 700 MB, kernels have no network, a dead kernel fails within seconds.
"""

import os
import sys
from pathlib import Path

import pytest

GUARDS = Path(__file__).resolve().parent
ROOT = GUARDS.parents[1]
OPTIONS = [
    *("-p", "nbval_guard", "--nbval", "--nbval-cell-timeout", "20"),
    *("--nbval-sanitize-with", str(GUARDS / "images.cfg")),
    *("-o", "addopts=", "--rootdir", str(ROOT)),
]


def main(words):
    """Run pytest with these words; without a path among them, over all notebooks. Returns its exit code."""
    searched = [str(GUARDS), os.environ.get("PYTHONPATH", "")]
    os.environ |= {"CRM_LAB_GUARD": "1", "PYTHONPATH": os.pathsep.join(filter(None, searched))}
    sys.path.insert(0, str(GUARDS))
    paths = [] if any(Path(word).exists() for word in words) else ["notebooks", "labs", "solutions"]
    return pytest.main([*OPTIONS, *words, *paths])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
