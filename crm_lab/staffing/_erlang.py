"""Erlang's formulas without patience: calls that are blocked (B) or wait as long as it takes (C)."""

from __future__ import annotations

import math

from crm_lab.base.arguments import amount, share, whole
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def erlang_b(load: float, agents: int) -> float:
    """Probability that a call finds every line busy and is lost (Erlang B, the queue M/M/c/c).

    load    offered traffic in erlangs: calls per second × mean handling time in seconds; any number from 0
    agents  number of agents or lines, from 0

    B(0) = 1 and B(n) = load · B(n − 1) / (n + load · B(n − 1)): only sums of positive numbers, so it stays exact for
    many thousands of erlangs, where powers and factorials overflow. It holds for any distribution of handling time.
    Raises InputError when load is negative or agents is not a whole number from 0.
    Source: A. K. Erlang (1917), Elektroteknikeren 13, 5–13; recursion: e.g. R. B. Cooper (1981), Introduction to
    Queueing Theory, 2nd ed.

    >>> round(erlang_b(2, 3), 4)
    0.2105
    """
    load, agents = amount(load, "load"), whole(agents, "agents")
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def erlang_c(load: float, agents: int) -> float:
    """Probability that a call waits in an M/M/c queue where nobody gives up (Erlang C).

    load    offered traffic in erlangs, from 0; may be fractional
    agents  number of agents, more than `load`

    C = n·B / (n − load + load·B), with B from erlang_b.
    Raises InputError when agents ≤ load: the queue would grow without end.
    Source: A. K. Erlang (1917); D. Gross & C. M. Harris, Fundamentals of Queueing Theory.

    >>> round(erlang_c(48, 55), 4)
    0.2387
    """
    load, agents = _stable(load, agents)
    return _waiting(load, agents, erlang_b(load, agents))


def service_level(load: float, agents: int, handling_time: float, within: float = 20) -> float:
    """Share of calls answered within so many seconds when nobody gives up (Erlang C).

    load           erlangs, below `agents`
    handling_time  mean, in seconds
    within         seconds that count as a quick answer, from 0

    SL = 1 − C · exp(−(agents − load) · within / handling_time). As every call is answered, it makes no difference
    whether one divides by calls offered or answered.
    Raises InputError when agents ≤ load or a time is out of range.
    Source: Gross & Harris; N. Gans, G. Koole & A. Mandelbaum (2003), Telephone call centers, M&SOM 5(2), 79–141.

    >>> round(service_level(10, 14, handling_time=180, within=20), 3)
    0.888
    """
    load, agents = _stable(load, agents)
    handling, within = amount(handling_time, "handling_time", above=0), amount(within, "within")
    return 1 - erlang_c(load, agents) * math.exp(-(agents - load) * within / handling)


def mean_wait(load: float, agents: int, handling_time: float) -> float:
    """Mean wait of all calls in the unit of handling_time, when nobody gives up: the average speed of answer (ASA).

    load           erlangs, below `agents`
    handling_time  mean, in seconds

    E[W] = C · handling_time / (agents − load).
    Raises InputError when agents ≤ load or handling_time is not above 0.
    Source: Gross & Harris, Fundamentals of Queueing Theory.

    >>> round(mean_wait(10, 14, handling_time=180), 2)
    7.84
    """
    load, agents = _stable(load, agents)
    return erlang_c(load, agents) * amount(handling_time, "handling_time", above=0) / (agents - load)


def wait_quantile(part: float, load: float, agents: int, handling_time: float) -> float:
    """The wait that a given part of the calls does not exceed, when nobody gives up (Erlang C).

    part           share of the calls, from 0 to below 1: 0.9 asks for the wait of the unluckiest tenth at best
    load           erlangs, below `agents`
    handling_time  mean, in seconds

    0 where at least that part does not wait at all, else handling_time / (agents − load) · ln(C / (1 − part)).
    Raises InputError when agents ≤ load or part is not such a share.
    Source: solved from the service level; Gross & Harris.

    >>> wait_quantile(0.5, 10, 14, handling_time=180), round(wait_quantile(0.95, 10, 14, handling_time=180), 1)
    (0.0, 56.2)
    """
    load, agents = _stable(load, agents)
    waiting, late = erlang_c(load, agents), 1 - share(part, "part")
    handling = amount(handling_time, "handling_time", above=0)
    return handling / (agents - load) * math.log(waiting / late) if waiting > late else 0.0


def occupancy(load: float, agents: int) -> float:
    """Share of their time that agents are busy with calls, when nobody gives up: load / agents.

    load    erlangs, below `agents`
    agents  number of agents

    Raises InputError when agents ≤ load.
    Source: Gans, Koole & Mandelbaum (2003).

    >>> occupancy(45, 50)
    0.9
    """
    load, agents = _stable(load, agents)
    return load / agents


def _waiting(load: float, agents: int, blocked: float) -> float:
    """Erlang C from Erlang B."""
    return agents * blocked / (agents - load + load * blocked)


def _stable(load: float, agents: int) -> tuple[float, int]:
    """Both as numbers; InputError unless the agents can carry the load."""
    load, agents = amount(load, "load"), whole(agents, "agents")
    if agents <= load:
        raise InputError(
            _(
                "{agents} agents cannot carry {load:g} erlangs: the queue would grow without end. "
                "Give more agents than load, or use erlang_a, where callers give up."
            ).format(agents=agents, load=load)
        )
    return load, agents
