"""What the company may decide for a quarter. The default policy made the data sets; a player may supply another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Actions:
    """Decisions for one quarter, as multipliers of what the default company does.

    buying   of every customer's purchases a week
    leaving  of every customer's chance of leaving after a purchase
    failing  of the chance that something goes wrong with an order
    serving  of the chance that a complaint ends well served

    >>> Actions().leaving
    1.0
    """

    buying: float = 1.0
    leaving: float = 1.0
    failing: float = 1.0
    serving: float = 1.0


Policy = Callable[[int, Any], Actions]


def default_policy(quarter: int, state: Any) -> Actions:
    """The company as it is: nothing changes from quarter to quarter."""
    return Actions()
