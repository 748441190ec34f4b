"""Queues by hand: the load of a day, lines by Erlang B, Erlang C from B, patience, Erlang A from its chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

HANDLING, PATIENCE = 300, 240  # seconds, stated in the tasks

# ---- the load of a day

FESTIVAL = "2025-11-11"  # the day of the task


def festival(t: Tables) -> pd.DataFrame:
    table = t.table("call_intervals")
    return table[table["date"] == FESTIVAL].set_index("start")


def load_curve(t: Tables, calls: str = "offered", period: int = 1800) -> pd.Series:
    """Erlangs of each half-hour of the festival."""
    day = festival(t)
    return (day[calls] * day["handling_seconds"] / period).rename("load")


def one_handling_time(t: Tables) -> pd.Series:
    day = festival(t)
    return day["offered"] * day["handling_seconds"].mean() / 1800


declare(
    load_curve,
    "plot",
    shape="line",
    key=("start",),
    sections=("erlang-idea",),
    mistakes={
        "answered calls": {"calls": "answered"},
        "an hour": {"period": 3600},
        "one handling time": one_handling_time,
        "300 seconds": lambda t: festival(t)["offered"] * HANDLING / 1800,
        "calls": lambda t: festival(t)["offered"],
        "work in seconds": {"period": 1},
        "agents": lambda t: festival(t)["agents"],
    },
    facts=lambda t, load: {"most": load.max(), "start": load.idxmax()},
)

# ---- lines


def heaviest(t: Tables) -> pd.DataFrame:
    """The load of the half-hour with the most calls."""
    top = t.table("call_intervals").nlargest(1, "offered")
    return pd.DataFrame({"load": (top["offered"] * top["handling_seconds"] / 1800).round(2)}).reset_index(drop=True)


def lines(t: Tables, lost: float = 0.01, share: Callable[[float, int], float] = staffing.erlang_b) -> int:
    """The fewest lines with which at most this share of the calls is lost."""
    load = float(t.table("heaviest")["load"].iloc[0])
    return next(number for number in range(1, 10_000) if share(load, number) <= lost)


def waiting_share(load: float, agents: int) -> float:
    return staffing.erlang_c(load, agents) if agents > load else 1.0


declare(
    lines,
    "number",
    sections=("b-idea",),
    supplies={"heaviest": heaviest},
    mistakes={
        "one short": then(lambda number: number - 1),
        "one too many": then(lambda number: number + 1),
        "a tenth": {"lost": 0.1},
        "a thousandth": {"lost": 0.001},
        "load rounded up": lambda t: int(np.ceil(t.table("heaviest")["load"].iloc[0])),
        "they wait": {"share": waiting_share},
    },
    facts=lambda t, number: {"lines": number, "load": t.table("heaviest")["load"].iloc[0]},
)

# ---- Erlang C


def waits(
    t: Tables, carried: Callable[[float, int], float] = staffing.erlang_c, overloaded: float = 1.0
) -> Callable[[float, int], float]:
    """The share that waits; `overloaded` where the agents cannot carry the load."""
    return lambda load, agents: carried(load, agents) if agents > load else overloaded


def recursion_too_short(load: float, agents: int) -> float:
    """Erlang C with a B whose recursion ends one agent too early."""
    blocked = staffing.erlang_b(load, agents - 1)
    return agents * blocked / (agents - load + load * blocked)


def without_blocked(load: float, agents: int) -> float:
    """Erlang C with agents − load as the denominator."""
    return min(1.0, agents * staffing.erlang_b(load, agents) / (agents - load))


def formula_everywhere(load: float, agents: int) -> float:
    """Erlang C's formula also where the agents cannot carry the load."""
    blocked = staffing.erlang_b(load, agents)
    return float("inf") if agents == load else agents * blocked / (agents - load + load * blocked)


def busiest(t: Tables) -> tuple[float, int]:
    """Load in erlangs of the busiest half-hour ever, and the agents who were on duty."""
    top = t.table("call_intervals").nlargest(1, "offered").iloc[0]
    return round(float(top["offered"]) * HANDLING / 1800, 2), int(top["agents"])


def loads(t: Tables) -> list[tuple[Any, ...]]:
    """Teams of all sizes: nearly idle, almost full, overloaded, and one that no factorial can be worked out for."""
    load, agents = busiest(t)
    small = [(2, 3), (0.5, 1), (10, 14), (26.4, 30), (48, 55), (5, 5), (12, 9), (99, 100), (0.1, 3)]
    return [*small, (load, agents + 9), (1800.5, 1840)]


def busiest_if_all_waited(t: Tables, wait: Callable[[float, int], float]) -> dict[str, float]:
    load, agents = busiest(t)
    return {"load": load, "agents": agents, "share": wait(load, agents), "more": wait(load, agents + 10)}


declare(
    waits,
    "function",
    returns="number",
    probes=loads,
    by_hand="staffing.erlang_c",
    sections=("b-idea", "c-idea"),
    mistakes={
        "Erlang B": {"carried": staffing.erlang_b},
        "recursion too short": {"carried": recursion_too_short},
        "recursion too short, and B": {"carried": lambda load, agents: staffing.erlang_b(load, agents - 1)},
        "denominator": {"carried": without_blocked},
        "occupancy": {"carried": lambda load, agents: load / agents},
        "waits of an overloaded team": {"overloaded": 0.0},
        "overload forgotten": lambda t: formula_everywhere,
    },
    facts=busiest_if_all_waited,
)

# ---- patience


def patience(
    t: Tables, waits_of: Sequence[str] = ("answered", "abandoned"), by: Sequence[str] = ("abandoned",)
) -> pd.Series:
    """Seconds that a caller would wait on average, by topic: time waited by `waits_of` ÷ number of `by`."""
    calls = t.table("calls")
    waited = calls[calls["outcome"].isin(waits_of)].groupby("topic")["wait_seconds"].sum()
    return (waited / calls[calls["outcome"].isin(by)].groupby("topic").size()).rename("patience")


declare(
    patience,
    "table",
    key=("topic",),
    sections=("a-idea",),
    mistakes={
        "only those who gave up": {"waits_of": ["abandoned"]},
        "only those who were answered": {"waits_of": ["answered"]},
        "mean wait": {"by": ["answered", "abandoned"]},
        "by those answered": {"by": ["answered"]},
    },
    facts=lambda t, seconds: {
        "least": seconds.min(),
        "most": seconds.max(),
        "seen": patience(t, waits_of=["abandoned"]).mean(),
    },
)

# ---- Erlang A

Queue = Callable[[float, float, float, int], float]


def patient(t: Tables, figure: str = "abandonment") -> Queue:
    """A figure of Erlang A; by default the share of the calls given up."""
    return lambda arrival, service, leaving, agents: getattr(
        staffing.erlang_a(arrival, service, leaving, agents), figure
    )


def all_may_leave(arrival: float, service: float, leaving: float, agents: int) -> float:
    """The birth–death chain in which even callers on the line give up."""
    number = np.arange(1, 4_001)
    logs = np.cumsum(np.log(arrival / (np.minimum(number, agents) * service + number * leaving)))
    weights = np.exp(logs - max(logs.max(), 0))
    chances = weights / (weights.sum() + np.exp(-max(logs.max(), 0)))
    return float(leaving * (np.maximum(number - agents, 0) @ chances) / arrival)


def chain_of(states: int) -> Callable[[Tables], Queue]:
    """Erlang A from a chain that ends early."""

    def given_up(arrival: float, service: float, leaving: float, agents: int) -> float:
        number = np.arange(1, states)
        waiting = np.maximum(number - agents, 0)
        logs = np.cumsum(np.log(arrival / (np.minimum(number, agents) * service + waiting * leaving)))
        weights = np.exp(logs - logs.max())
        return float(leaving * (waiting @ weights) / (weights.sum() + np.exp(-logs.max())) / arrival)

    return lambda t: given_up


def queues(t: Tables) -> list[tuple[Any, ...]]:
    """Patient and impatient callers, small teams, and one for which plain products overflow."""
    load, agents = busiest(t)
    small = [(5, 1, 1, 3), (48, 1, 0.5, 50), (0.1, 1 / 300, 1 / 240, 32), (30, 1, 2, 20), (8, 1, 0.25, 12)]
    busy = (round(load / HANDLING, 4), 1 / HANDLING, 1 / PATIENCE, agents)
    return [*small, (1500, 1, 0.5, 1480), (2, 1, 0.001, 1), busy]


declare(
    patient,
    "function",
    returns="number",
    probes=queues,
    by_hand="staffing.erlang_a",
    sections=("a-idea",),
    mistakes={
        "all who wait": {"figure": "wait_probability"},
        "Erlang B": lambda t: lambda arrival, service, leaving, agents: staffing.erlang_b(arrival / service, agents),
        "callers hang up while talking": lambda t: all_may_leave,
        "mean wait": {"figure": "mean_wait"},
        "1,000 states": chain_of(1_000),
        "100 states": chain_of(100),
        "rates taken for times": lambda t: (
            lambda arrival, service, leaving, agents: (
                staffing.erlang_a(arrival, 1 / service, 1 / leaving, agents).abandonment
            )
        ),
    },
    facts=lambda t, given_up: {"agents": queues(t)[-1][-1], "lost": given_up(*queues(t)[-1])},
)
