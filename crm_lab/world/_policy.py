"""What the company may decide for a quarter. The default policy made the data sets; a manager may supply another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Rule = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Actions:
    """A manager's decisions for one quarter. As given, they are those of the recorded company.

    acquisition   ¥ of the whole company by paid channel; channels not named get what they usually get
    offers        by name of a campaign, who is contacted at the start of the quarter: a rule that takes what is known
                  of the customers (a frame, see Company.customers_known) and answers True or False for each
    agents        agents on duty in the call centre, as a multiple of the usual plan, 0.5 to 2
    speed         how fast complaints are answered, as a multiple of the usual, 0.25 to 4
    compensation  what is given to who complains, as a multiple of the usual, 0 to 3
    quality       ¥ spent on packing, checks and carriers beyond the usual
    community     ¥ spent on the user community beyond the usual

    What each costs and does stands in World.truth.structural["decisions"].

    >>> Actions(agents=1.1, acquisition={"display": 0}).agents
    1.1
    """

    acquisition: Mapping[str, float] = field(default_factory=dict)
    offers: Mapping[str, Rule] = field(default_factory=dict)
    agents: float = 1.0
    speed: float = 1.0
    compensation: float = 1.0
    quality: float = 0.0
    community: float = 0.0


Policy = Callable[[int, Any], Actions]


def default_policy(quarter: int, state: Any) -> Actions:
    """The company as it is: nothing changes from quarter to quarter."""
    return Actions()
