"""Times that can be compared: ours and a peer's in turn, so that a busy machine slows both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Result(NamedTuple):
    """One row of the table. Times in milliseconds; `ratios` holds ours ÷ peer, one for each pair."""

    ours: str
    peer: str
    ours_ms: float
    peer_ms: float
    ratios: list[float]


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


def quantiles(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile.

    >>> quantiles(list(range(101)))
    (50.0, 95.0)
    """
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]
