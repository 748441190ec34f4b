"""Floor 1: simulated queues, exact and fast for all replications at once, or as a story event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_lab.base.lazy import lazily

if TYPE_CHECKING:
    from crm_lab.queueing._arrivals import poisson_arrivals
    from crm_lab.queueing._recursion import Waits, simulate
    from crm_lab.queueing._replications import Estimate, estimate, padded, replicate
    from crm_lab.queueing._story import Agent, story

__all__ = [
    "Agent",
    "Estimate",
    "Waits",
    "estimate",
    "padded",
    "poisson_arrivals",
    "replicate",
    "simulate",
    "story",
]

__getattr__ = lazily(
    __name__,
    {
        "_arrivals": ("poisson_arrivals",),
        "_recursion": ("Waits", "simulate"),
        "_replications": ("Estimate", "estimate", "padded", "replicate"),
        "_story": ("Agent", "story"),
    },
)
