"""Run the benchmarks named, or all, and write benchmarks/results.md: python -m benchmarks [name ...]"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import statistics
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.timing import Result
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.files import write_atomic

NAMES = (
    "people",
    "explorer",
    "shop",
    "staffing",
    "queueing",
    "baskets",
    "lifetime",
    "satisfaction",
    "startup",
    "personal",
    "large",
)
PACKAGES = ("pandas", "numpy", "matplotlib", "seaborn", "faker", "mimesis", "simpy")
HEAD = "| ours | ms | peer | ms | ours ÷ peer | lowest – highest, pairs |\n|---|---:|---|---:|---:|---|"


def row(result: Result) -> str:
    """One line of the table."""
    ratios = result.ratios
    spread = f"{min(ratios):.2f} – {max(ratios):.2f}, {len(ratios)}" if len(ratios) > 1 else ""
    unit = "" if result.unit == "ms" else f" {result.unit}"
    return (
        f"| {result.ours} | {result.ours_ms:,.1f}{unit} | {result.peer} | {result.peer_ms:,.1f}{unit} "
        f"| **{statistics.median(ratios):.2f}** | {spread} |"
    )


def machine() -> str:
    """What it ran on."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    load = f" Load average at the end {os.getloadavg()[0]:.1f}." if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    return f"{system}; {versions}.{load}"


def main(names: list[str]) -> None:
    """Print each row as it comes; write the page only when all have run."""
    print(HEAD)
    rows = []
    for name in names or NAMES:
        for result in import_module(f"benchmarks.{one_of('benchmark', name, NAMES)}").run():
            rows.append(row(result))
            print(rows[-1], flush=True)
    if not names:
        page = "\n".join(["# Results", "", "See README.md for how to read them.", "", HEAD, *rows, "", machine(), ""])
        write_atomic(Path(__file__).with_name("results.md"), page)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except InputError as error:
        sys.exit(str(error))
