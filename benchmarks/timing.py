"""Times that can be compared: ours and a peer's in turn, so that a busy machine slows both."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple


class Result(NamedTuple):
    """One row of the table. In milliseconds, or what `unit` says; `ratios` holds ours ÷ peer, one for each pair."""

    ours: str
    peer: str
    ours_ms: float
    peer_ms: float
    ratios: list[float]
    unit: str = "ms"


def milliseconds(action: Callable[[], object]) -> float:
    """How long one call takes, with rubbish collected before it, not in it."""
    gc.collect()
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def against(
    ours: str, ours_action: Callable[[], object], peer: str, peer_action: Callable[[], object], pairs: int = 7
) -> Result:
    """Both in turn, once to warm up and then `pairs` times. The times given are medians."""
    ours_action(), peer_action()
    times = [(milliseconds(ours_action), milliseconds(peer_action)) for _ in range(pairs)]
    mine, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    return Result(ours, peer, mine, theirs, [one / other for one, other in times])


class Cost(NamedTuple):
    """What one call in a fresh process takes: milliseconds and the highest memory in MB, imports included."""

    ms: float
    mb: float


PEAK = """
import resource
from pathlib import Path
status = Path("/proc/self/status")  # getrusage would count the memory of the parent too, which Linux hands on
if status.is_file():
    print(status.read_text().split("VmHWM:")[1].split()[0])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def alone(code: str) -> Cost:
    """The cost of a few lines of Python in a process of their own. Memory counts on Linux, and roughly elsewhere."""
    start = time.perf_counter()
    answer = subprocess.run([sys.executable, "-c", f"{code}\n{PEAK}"], check=True, capture_output=True, text=True)
    return Cost(1000 * (time.perf_counter() - start), float(answer.stdout.split()[-1]) / 1024)


def costs(ours: str, our_costs: list[Cost], peer: str, peer_costs: list[Cost]) -> list[Result]:
    """Two rows of fresh processes run in pairs: their time and their memory."""
    rows = []
    for field, unit, what in (("ms", "ms", ""), ("mb", "MB", ", highest memory")):
        mine, theirs = ([getattr(cost, field) for cost in one] for one in (our_costs, peer_costs))
        ratios = [one / other for one, other in zip(mine, theirs, strict=True)]
        rows.append(Result(ours + what, peer + what, statistics.median(mine), statistics.median(theirs), ratios, unit))
    return rows


def quantiles(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile.

    >>> quantiles(list(range(101)))
    (50.0, 95.0)
    """
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]
