"""What the company's decisions amount to in one quarter, against what the recorded company does."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Effects:
    """Everything that decisions move. As given, nothing differs from the recorded company.

    accounts    new accounts by channel, as a multiple of the usual; channels not named: 1
    failing     chance that something goes wrong with an order, as a multiple
    response    hours until a complaint is answered, as a multiple
    generosity  complaints not settled in favour = the usual share to this power; compensation, as a multiple
    mood        satisfaction of everyone, in standard deviations above the recorded company's
    leaving     odds of leaving after an order, as a multiple
    posts       share of orders that are written about, as a multiple
    agents      agents planned for every half-hour, as a multiple

    >>> Effects().failing
    1.0
    """

    accounts: dict[str, float] = field(default_factory=dict)
    failing: float = 1.0
    response: float = 1.0
    generosity: float = 1.0
    mood: float = 0.0
    leaving: float = 1.0
    posts: float = 1.0
    agents: float = 1.0
