"""How many agents: for a service level, for each half-hour, together or apart, and counting those who are away."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from crm_lab.base.arguments import amount, share, whole
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.staffing._patience import erlang_a


def agents_needed(
    load: float, handling_time: float, target: float = 0.8, within: float = 20, patience: float | None = None
) -> int:
    """The fewest agents that answer a share `target` of the offered calls within so many seconds.

    load           offered traffic in erlangs, from 0; may be fractional
    handling_time  mean, in seconds
    target         share of the calls, from 0 to below 1; 0.8 within 20 s is the common "80/20"
    within         seconds that count as a quick answer, from 0
    patience       mean patience in seconds (exponential): Erlang A; None: nobody gives up, Erlang C

    No call needs no agent: a load of 0 returns 0.
    Raises InputError when an argument is out of range.
    Source: Gross & Harris; Gans, Koole & Mandelbaum (2003), Telephone call centers, M&SOM 5(2), 79–141.

    >>> agents_needed(10, handling_time=180), agents_needed(10, handling_time=180, patience=240)
    (14, 13)
    """
    load, handling = amount(load, "load"), amount(handling_time, "handling_time", above=0)
    target, within = share(target, "target"), amount(within, "within")
    limit = None if patience is None else amount(patience, "patience", above=0)
    if load == 0:
        return 0
    if limit is None:
        return _without_patience(load, handling, target, within)
    return _with_patience(load, handling, target, within, limit)


def _without_patience(load: float, handling: float, target: float, within: float) -> int:
    """One pass of Erlang B's recursion, agent by agent, until Erlang C meets the target."""
    blocked, agents = 1.0, 0
    while True:
        agents += 1
        blocked = load * blocked / (agents + load * blocked)
        spare = agents - load
        if spare > 0:
            waiting = agents * blocked / (spare + load * blocked)
            if 1 - waiting * math.exp(-spare * within / handling) >= target:
                return agents


def _with_patience(load: float, handling: float, target: float, within: float, patience: float) -> int:
    """Halve the range: one more agent never lowers the service level."""

    def enough(agents: int) -> bool:
        return erlang_a(load / handling, 1 / handling, 1 / patience, agents).service_level(within) >= target

    few, many = 0, 1 + math.ceil(load)
    while not enough(many):
        few, many = many, 2 * many
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if enough(middle) else (middle, many)
    return many


def agents_per_interval(
    calls: pd.Series,
    handling_time: float,
    interval: float = 1800,
    target: float = 0.8,
    within: float = 20,
    patience: float | None = None,
) -> pd.Series:
    """Agents needed in each interval of a forecast, each taken as a steady queue of its own.

    calls          calls expected in each interval, from 0
    handling_time  mean, in seconds
    interval       length in seconds; 1800 for half-hours
    target, within, patience  as for agents_needed

    Returns whole numbers named "agents" on the index of `calls`. Load of an interval = calls · handling / interval.
    Raises InputError when a number of calls is missing or negative, or an argument is out of range.
    Source: the stationary, independent, period-by-period approach; L. Green, P. Kolesar & J. Soares (2001),
    Improving the SIPP approach for staffing, Operations Research 49(4), 549–564.

    >>> agents_per_interval(pd.Series([0, 60, 66.5]), handling_time=300).tolist()
    [0, 14, 15]
    """
    per_call = amount(handling_time, "handling_time", above=0) / amount(interval, "interval", above=0)

    @cache
    def needed(offered: float) -> int:
        return agents_needed(offered * per_call, handling_time, target, within, patience)

    expected = pd.Series(calls, dtype=float)
    if not (expected >= 0).all():
        raise InputError(_("calls must be 0 or more in every interval, with none missing."))
    return pd.Series([needed(offered) for offered in expected], index=expected.index, name="agents", dtype="int64")


def pooling(loads: Mapping[Any, float], handling_time: float, target: float = 0.8, within: float = 20) -> pd.DataFrame:
    """Agents that several queues need apart, and what they need as one queue that every agent serves.

    loads          erlangs of each queue, by name
    handling_time  mean in seconds, the same in all queues
    target, within  as for agents_needed

    Returns one row a queue, then "apart" (their sum) and "pooled": load, agents, occupancy. Erlang C throughout.
    Raises InputError without a queue, or when a load is negative.
    Source: D. R. Smith & W. Whitt (1981), Resource sharing for efficiency in traffic systems, BSTJ 60(1), 39–55.

    >>> pooling({"north": 10, "south": 10}, handling_time=180)["agents"].to_dict()
    {'north': 14, 'south': 14, 'apart': 28, 'pooled': 24}
    """
    if not len(loads):
        raise InputError(_("loads is empty. Give the load of at least one queue."))
    apart = {name: amount(load, f"loads, {name}") for name, load in loads.items()}
    agents = {name: agents_needed(load, handling_time, target, within) for name, load in apart.items()}
    total = sum(apart.values())
    answer = pd.DataFrame({"load": apart, "agents": agents})
    answer.loc["apart"] = [total, sum(agents.values())]
    answer.loc["pooled"] = [total, agents_needed(total, handling_time, target, within)]
    answer["agents"] = answer["agents"].astype("int64")
    return answer.assign(occupancy=answer["load"] / answer["agents"].where(answer["agents"] > 0))


def with_shrinkage(agents: int, shrinkage: float) -> int:
    """Agents to pay so that so many are on the telephone: agents / (1 − shrinkage), rounded up.

    agents     needed on the telephone, a whole number from 0
    shrinkage  share of paid time away from it (leave, illness, training, meetings, breaks), from 0 to below 1

    Raises InputError when an argument is out of range.
    Source: B. Cleveland (2012), Call Center Management on Fast Forward, 3rd ed.

    >>> with_shrinkage(35, 0.3), with_shrinkage(35, 0)
    (50, 35)
    """
    # 35 / (1 - 0.3) is 50.00000000000001 in a computer: unrounded, one agent too many
    return math.ceil(round(whole(agents, "agents") / (1 - share(shrinkage, "shrinkage")), 9))
