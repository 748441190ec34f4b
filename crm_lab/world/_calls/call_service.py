"""What callers meet in a steady half-hour: the queue M/M/c+M (Erlang A), exact, for many half-hours at once.

The wait a caller would have, v, has the density (Baccelli & Hébuterne 1981)
    f(v) = λ p exp( λ/θ (1 − e^(−θv)) − cμv ),   v > 0,
with arrival rate λ, service rate μ, c agents, patience of rate θ, and p the chance that all agents but one are busy.
Erlang's loss formula B gives p: the chance of no wait is p / B(c − 1, λ/μ).
"""

from __future__ import annotations

import numpy as np

PANELS = ((20.0, 10), (180.0, 24), (1500.0, 32))  # length in seconds of each stretch of waits, and its nodes


def service(
    rate: np.ndarray, agents: np.ndarray, handling: float, patience: float, within: float
) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the offered calls answered within `within` seconds, and given up.

    rate      calls a second, any shape
    agents    agents on duty, same shape, at least 1
    handling, patience  means in seconds; both exponential

    Waits beyond 1,700 seconds are left out, which from three agents on changes nothing one could see.

    >>> quick, lost = service(np.array([0.1]), np.array([32]), handling=300.0, patience=240.0, within=20.0)
    >>> round(float(quick[0]), 4), round(float(lost[0]), 4)
    (0.7641, 0.0482)
    """
    parts = []
    begin = 0.0
    for length, nodes in ((within, PANELS[0][1]), *PANELS[1:]):
        parts.append(_panel(rate, agents, handling, patience, begin, begin + length, nodes))
        begin += length
    all_waits, lost = (sum(part[n] for part in parts) for n in (0, 1))
    free = 1 / _loss(rate * handling, agents - 1)  # per unit of p: somebody is free
    quick = free + parts[0][0] - parts[0][1]
    return quick / (free + all_waits), lost / (free + all_waits)


def _panel(
    rate: np.ndarray, agents: np.ndarray, handling: float, patience: float, begin: float, end: float, nodes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Integral of the density between two waits, for p = 1, and of its part that is given up."""
    x, weight = np.polynomial.legendre.leggauss(nodes)
    waits = begin + (x + 1) / 2 * (end - begin)
    weight = weight * (end - begin) / 2
    gone = -np.expm1(-waits / patience)
    density = rate[..., None] * np.exp(
        np.multiply.outer(rate * patience, gone) - np.multiply.outer(agents / handling, waits)
    )
    return density @ weight, density @ (weight * gone)


def _loss(load: np.ndarray, agents: np.ndarray) -> np.ndarray:
    """Erlang B for each pair of load in erlangs and number of agents."""
    inverse, answer = np.ones_like(load), np.ones_like(load)
    for number in range(1, int(agents.max(initial=0)) + 1):
        inverse = 1 + inverse * number / load
        answer = np.where(agents == number, inverse, answer)
    return 1 / answer
