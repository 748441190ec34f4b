"""Every gate of the project, in one table. `python run.py test` sets up and runs this file.

python tests/gates.py [gate ...]    run all gates, or those named
python tests/gates.py --list        show them

To add a gate, add a line to GATES. Each is a command, run from the repository's root; what pytest runs is counted
test by test, anything else counts as one. The last line reads "N passed, N failed, N skipped". With CI=true a
skipped test is a failed one: nothing is left out in silence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
ARTEFACTS = ROOT / "artefacts"


@dataclass(frozen=True)
class Count:
    """Result of one gate."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Gate:
    """One gate: its name, why it exists, and what runs it."""

    name: str
    why: str
    run: Callable[[str], Count]


def tool(*words: str) -> Callable[[str], Count]:
    """A gate that passes when Python, called with these words, does."""
    return lambda name: Count(passed=1) if call(*words) == 0 else Count(failed=1)


def suite(*options: str, runner: tuple[str, ...] = ("-m", "pytest")) -> Callable[[str], Count]:
    """A gate of pytest, counted from the report it writes to artefacts/."""

    def run(name: str) -> Count:
        report = ARTEFACTS / f"{name}.xml"
        report.unlink(missing_ok=True)
        code = call(*runner, "-q", f"--junitxml={report}", *options)
        counted = read_report(report)
        # pytest may also fail without a failed test: nothing collected, a crash, a faulty option
        return counted if code == 0 or counted.failed else counted + Count(failed=1)

    return run


def read_report(report: Path) -> Count:
    """The count of a JUnit report; nothing if pytest did not live to write one."""
    if not report.is_file():
        return Count()
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    numbers = [[int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")] for suite in suites]
    total, failures, errors, skipped = map(sum, zip(*numbers, strict=True))
    return Count(total - failures - errors - skipped, failures + errors, skipped)


def call(*words: str) -> int:
    """Run this environment's Python from the repository's root and return its exit code."""
    return subprocess.run([sys.executable, *words], cwd=ROOT).returncode


ELSEWHERE = ["--ignore=tests/browser"]  # a gate of its own
PARALLEL = ["-nauto", "--dist=loadgroup"]  # groups: tests/conftest.py
NBVAL = ("tests/guards/run_nbval.py",)
RAN = ARTEFACTS / "executed"  # the notebooks as the gate `notebooks` has seen them, for the gate `derived`
FLOORS = "from importlinter.cli import lint_imports_command as lint; lint()"

GATES = [
    Gate("lint", "Faults a reader finds before a run does, in notebooks too.", tool("-m", "ruff", "check")),
    Gate("format", "One layout, so that a change shows only what changed.", tool("-m", "ruff", "format", "--check")),
    Gate("types", "What a function promises is what its callers use.", tool("-m", "mypy")),
    Gate("floors", "An import goes down a floor, never up.", tool("-c", FLOORS)),
    Gate("tests", "The package does what its tests and docstrings say.", suite(*PARALLEL, *ELSEWHERE)),
    Gate(
        "notebooks",
        "Every notebook runs and gives what is stored.",
        suite("-nauto", "--dist=loadfile", f"--keep-executed={RAN}", runner=NBVAL),
    ),
    Gate(
        "derived",
        "No derived file is older than its source.",
        tool("-m", "crm_lab.cli", "build", "--check", f"--ran={RAN}"),
    ),
    Gate(
        "browser", "What a learner clicks works in a real browser.", suite("-n2", "--dist=worksteal", "tests/browser")
    ),
]


def main(words: list[str]) -> int:
    """Run the gates named, or all, and say how each went. The exit code is 0 only if nothing failed."""
    if "--list" in words:
        print("\n".join(f"{gate.name:10} {gate.why}" for gate in GATES))
        return 0
    unknown = sorted(set(words) - {gate.name for gate in GATES})
    if unknown:
        print(f"Unknown gate: {', '.join(unknown)}. Use: {', '.join(gate.name for gate in GATES)}.", file=sys.stderr)
        return 2
    chosen = [gate for gate in GATES if not words or gate.name in words]
    prepare(chosen)
    lines, total = [], Count()
    for gate in chosen:
        seconds, count = timed(gate)
        lines.append(f"{'FAILED' if count.failed else 'ok':6} {gate.name:10} {seconds:6.1f} s  {count}")
        total += count
    print("\n" + "\n".join(lines) + f"\n\n{total}", flush=True)
    return 1 if total.failed else 0


def prepare(chosen: list[Gate]) -> None:
    """Make the place for what the gates leave behind, and find the browser before a test needs it."""
    ARTEFACTS.mkdir(exist_ok=True)
    shutil.rmtree(RAN, ignore_errors=True)  # only what this very run executes may be taken from there
    if any(gate.name == "browser" for gate in chosen):
        import browsers  # beside this file

        browser = browsers.provide()
        os.environ |= {"CRM_LAB_BROWSER": browser} if browser else {}
        print(f"Browser: {browser or 'none found: the tests that need one are left out'}", flush=True)


def timed(gate: Gate) -> tuple[float, Count]:
    """Seconds and count of one gate. In CI a skipped test counts as failed."""
    print(f"\n=== {gate.name}: {gate.why}", flush=True)
    began = time.monotonic()
    count = gate.run(gate.name)
    if os.environ.get("CI", "").lower() in ("1", "true"):
        count = Count(count.passed, count.failed + count.skipped)
    return time.monotonic() - began, count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
