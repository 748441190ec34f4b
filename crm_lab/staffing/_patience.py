"""Erlang A: callers who wait have patience, and give up when it ends (the queue M/M/c+M)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from crm_lab.base.arguments import amount, whole
from crm_lab.base.errors import one_of
from crm_lab.staffing import _erlang as erlang

# Beyond a drop of 40 the density is below e^-40 of its peak. Panels double away from the peak, so that a queue with
# two very different time scales (calls of minutes, patience of hours) is resolved as well as any other.
_DROP, _HALVINGS, _NODES = 40.0, 40, 16


@dataclass(frozen=True)
class ErlangA:
    """What callers meet in a steady M/M/c+M queue. Rates are per one unit of time, waits in that unit.

    wait_probability  share of offered calls that cannot be answered at once
    abandonment       share of offered calls given up
    mean_wait         mean time in the queue of all offered calls, those given up included
    speed_of_answer   mean wait of the calls that are answered (ASA); NaN where none is
    occupancy         share of the agents' time spent on calls; 0 without agents
    """

    arrival_rate: float
    service_rate: float
    abandonment_rate: float
    agents: int
    wait_probability: float
    abandonment: float
    mean_wait: float
    speed_of_answer: float
    occupancy: float

    def service_level(self, within: float, of: str = "offered") -> float:
        """Calls answered within so much time, as a share of the calls "offered" or of those "answered".

        within  in the unit of time of the rates, from 0

        Raises InputError when within is negative or `of` is another word.

        >>> result = erlang_a(arrival_rate=0.1, service_rate=1 / 300, abandonment_rate=1 / 240, agents=32)
        >>> round(result.service_level(20), 3), round(result.service_level(20, of="answered"), 3)
        (0.764, 0.803)
        """
        one_of("share", of, ["offered", "answered"])
        within = amount(within, "within")
        if self.arrival_rate == 0 or self.agents == 0:
            return float(self.agents > 0)
        quick = self._answered(within)
        return min(1.0, quick / (1 - self.abandonment)) if of == "answered" else quick

    def _answered(self, within: float) -> float:
        """Share of the offered calls answered within that time."""
        if not self.abandonment_rate:
            load = self.arrival_rate / self.service_rate
            return erlang.service_level(load, self.agents, 1 / self.service_rate, within)
        queue = _queue(self.arrival_rate, self.service_rate, self.abandonment_rate, self.agents)
        return 1 - self.wait_probability + self.wait_probability * queue.mean(queue.staying, within)


def erlang_a(arrival_rate: float, service_rate: float, abandonment_rate: float, agents: int) -> ErlangA:
    """What callers meet when each has patience of their own, exponential, and gives up when it ends (Erlang A).

    arrival_rate      calls per unit of time, from 0
    service_rate      calls one agent can finish per unit of time: 1 / mean handling time
    abandonment_rate  1 / mean patience; 0: nobody gives up, which needs more agents than load
    agents            number of agents, from 0

    The wait v that a caller with endless patience would have, has the density λ·p·exp(λ/θ·(1 − e^(−θv)) − cμv) for
    v > 0, with p the chance that all agents but one are busy; the chance of no wait is p / B(c − 1). Its logarithm is
    concave, so Gauss's rule on panels around the peak gives every share to about 12 digits, at any size.
    From it follow P(abandon) = E[1 − e^(−θv)], mean wait = P(abandon) / θ, occupancy = λ(1 − P(abandon)) / cμ.
    Raises InputError when a rate is negative or not finite, or the load cannot be carried and nobody gives up.
    Source: C. Palm (1957); F. Baccelli & G. Hébuterne (1981); O. Garnett, A. Mandelbaum & M. Reiman (2002),
    Designing a call center with impatient customers, M&SOM 4(3), 208–227.

    >>> result = erlang_a(arrival_rate=0.1, service_rate=1 / 300, abandonment_rate=1 / 240, agents=32)
    >>> round(result.wait_probability, 4), round(result.abandonment, 4), round(result.mean_wait, 2)
    (0.3628, 0.0482, 11.57)
    """
    rates = _rates(arrival_rate, service_rate, abandonment_rate)
    agents = whole(agents, "agents")
    if rates[0] == 0:
        return ErlangA(*rates, agents, float(agents == 0), 0.0, 0.0, math.nan, 0.0)
    if agents == 0 and rates[2]:
        return ErlangA(*rates, agents, 1.0, 1.0, 1 / rates[2], math.nan, 0.0)
    return _with_patience(*rates, agents) if rates[2] else _without_patience(*rates, agents)


def _rates(arrival: float, service: float, abandonment: float) -> tuple[float, float, float]:
    return (
        amount(arrival, "arrival_rate"),
        amount(service, "service_rate", above=0),
        amount(abandonment, "abandonment_rate"),
    )


def _without_patience(arrival: float, service: float, abandonment: float, agents: int) -> ErlangA:
    load = arrival / service
    wait = erlang.mean_wait(load, agents, 1 / service)
    waiting, busy = erlang.erlang_c(load, agents), erlang.occupancy(load, agents)
    return ErlangA(arrival, service, abandonment, agents, waiting, 0.0, wait, wait, busy)


def _with_patience(arrival: float, service: float, abandonment: float, agents: int) -> ErlangA:
    queue = _queue(arrival, service, abandonment, agents)
    waiting = queue.waiting()
    lost = waiting * queue.mean(queue.leaving)
    answered = 1 - waiting + waiting * queue.mean(queue.staying)  # 1 - lost would have no digits in deep overload
    busy = min(1.0, arrival * answered / (agents * service))
    answer = waiting * queue.mean(lambda z: queue.staying(z) * queue.wait(z)) / answered
    return ErlangA(arrival, service, abandonment, agents, waiting, lost, lost / abandonment, answer, busy)


class _Queue:
    """The density of the wait, on a scale z of mean patiences from its peak: exp(−drop(z)).

    x, y    what all agents finish, and what arrives, per mean patience
    before  how far the start of the wait lies before the peak (0 unless overloaded)
    """

    def __init__(self, arrival: float, service: float, abandonment: float, agents: int) -> None:
        self.load, self.agents, self.rate = arrival / service, agents, abandonment
        self.x, self.y = agents * service / abandonment, arrival / abandonment
        self.before = max(0.0, math.log(self.y / self.x))
        self.slope, self.bend = max(self.x - self.y, 0.0), min(self.x, self.y)
        self.places, self.mass = self._density(math.inf)
        self.total = float(self.mass.sum())

    def drop(self, z: np.ndarray) -> np.ndarray:
        """How far the density's logarithm lies below its peak."""
        near = np.clip(z, -1e-3, 1e-3)  # there z + expm1(-z) would lose digits, so its series takes over
        series = near * near / 2 * (1 - near / 3 * (1 - near / 4 * (1 - near / 5)))
        curve = np.where(near == z, series, z + np.expm1(-np.maximum(z, -700)))
        return self.slope * z + self.bend * curve

    def wait(self, z: np.ndarray) -> np.ndarray:
        return (z + self.before) / self.rate

    def staying(self, z: np.ndarray) -> np.ndarray:
        """Share of callers whose patience outlasts that wait."""
        return np.exp(-(z + self.before))

    def leaving(self, z: np.ndarray) -> np.ndarray:
        return -np.expm1(-(z + self.before))

    def waiting(self) -> float:
        """Probability of a wait. In overload the density's peak is huge, hence logarithms."""
        peak = float(self.drop(np.array(-self.before)))
        blocked = erlang.erlang_b(self.load, self.agents - 1)
        if blocked == 0:
            return 0.0
        odds = math.log(self.y * self.total) + peak + math.log(blocked)
        return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0

    def mean(self, value: Callable[[np.ndarray], np.ndarray], within: float = math.inf) -> float:
        """Mean of a function of z over those who wait; counting only waits up to `within`."""
        end = within * self.rate - self.before
        places, mass = (self.places, self.mass) if end == math.inf else self._density(end)
        return float(mass @ value(places)) / self.total

    def _density(self, end: float) -> tuple[np.ndarray, np.ndarray]:
        """Places up to `end`, and the density there times the width each stands for."""
        places, weight = self._rule(end)
        return places, weight * np.exp(-self.drop(places))

    def _rule(self, end: float) -> tuple[np.ndarray, np.ndarray]:
        """Places and weights of the integral from the start of the wait to `end`."""
        halves = 0.5 ** np.arange(_HALVINGS + 1)
        left = min(self.before, math.sqrt(2 * _DROP / self.bend))
        edges = np.minimum(np.concatenate([-left * halves, [0.0], self._reach() * halves[::-1]]), end)
        place, weight = _gauss()
        width = np.diff(edges)[:, None]
        return (edges[:-1, None] + width * place).ravel(), (width * weight).ravel()

    def _reach(self) -> float:
        """A place right of the peak where the density has dropped enough: drop(z) ≥ slope·z + bend·z²/(2 + z)."""
        half = self.slope - _DROP / 2
        root = math.sqrt(half * half + 2 * _DROP * self.x)
        return (root - half) / self.x if half < 0 else 2 * _DROP / (root + half)


@lru_cache(maxsize=64)  # service levels asked of one result share its density
def _queue(arrival: float, service: float, abandonment: float, agents: int) -> _Queue:
    return _Queue(arrival, service, abandonment, agents)


@cache
def _gauss() -> tuple[np.ndarray, np.ndarray]:
    """Gauss–Legendre on [0, 1]."""
    place, weight = np.polynomial.legendre.leggauss(_NODES)
    return (place + 1) / 2, weight / 2
