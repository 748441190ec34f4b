"""A company larger than memory: what write_world takes when the company grows, each size in a fresh process."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.timing import Result, alone, costs

SMALL, LARGE = 100_000, 400_000


def run() -> list[Result]:
    """Four times the customers against one; then the same company on disk and in memory."""
    with tempfile.TemporaryDirectory() as place:
        small, large = (
            alone(f"from crm_lab.data import write_world; write_world({str(Path(place) / str(size))!r}, {size})")
            for size in (SMALL, LARGE)
        )
    whole = alone(f"from crm_lab import World; World({SMALL})")
    name = "write_world, {:,} customers"
    return [
        *costs(name.format(LARGE), [large], name.format(SMALL), [small]),
        *costs(name.format(SMALL), [small], f"World({SMALL:,}), nothing written", [whole]),
    ]
