"""Rules tried out on the same callers: patience, priority, skills, a call-back, and how many agents it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import queueing, staffing
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch13.days import AGENTS, HANDLING, PATIENCE, mondays, peak_calls

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

TEAM = list(range(17, 24))


def morning(t: Tables) -> pd.DataFrame:
    """The first two hours of the first of these days."""
    calls = mondays(t).query("day == 1 and arrival < 7200")
    return calls.drop(columns="day").reset_index(drop=True)


def teams(t: Tables) -> pd.DataFrame:
    return pd.DataFrame({"agents": TEAM})


def quick(told: queueing.Waits, within: float = 20) -> np.ndarray:
    return (told.wait <= within) & ~told.abandoned


# ---- patience


def played(t: Tables, agents: int, patience: Any = None) -> tuple[queueing.Waits, np.ndarray]:
    """All days at once, and which places hold a call."""

    def arrays() -> list[np.ndarray]:
        days = [day for _number, day in mondays(t).groupby("day")]
        return [queueing.padded([day[name] for day in days]) for name in ("arrival", "service", "patience")]

    arrival, service, limit = t.once("ch13 arrays", arrays)
    told = t.once(
        ("ch13 played", agents, patience),
        lambda: queueing.simulate(arrival, service, limit if patience is None else patience, agents),
    )
    return told, arrival < np.inf


def patience(t: Tables, within: float = 20, of: str = "all", limit: Any = None) -> pd.DataFrame:
    rows = []
    for agents in TEAM:
        told, there = played(t, agents, limit)
        lost, fast = told.abandoned[there].mean(), quick(told, within)[there].mean()
        rows.append((agents, fast / (1 - lost) if of == "answered" else fast, lost))
    return pd.DataFrame(rows, columns=["agents", "level", "lost"])


def mean_of_days(t: Tables) -> pd.DataFrame:
    """Shares of each day, and then their mean: a day of few calls counts as much as one of many."""
    rows = []
    for agents in TEAM:
        told, there = played(t, agents)
        parts = (part.sum(axis=0) / there.sum(axis=0) for part in (quick(told) & there, told.abandoned & there))
        rows.append((agents, *(share.mean() for share in parts)))
    return pd.DataFrame(rows, columns=["agents", "level", "lost"])


def quick_or_gone(t: Tables) -> pd.DataFrame:
    found = patience(t)
    found["level"] = [(told.wait[there] <= 20).mean() for told, there in (played(t, agents) for agents in TEAM)]
    return found


declare(
    patience,
    "table",
    key=("agents",),
    sections=("patience-idea",),
    supplies={"mondays": mondays, "teams": teams},
    mistakes={
        "of the answered": {"of": "answered"},
        "gone quickly counts as quick": quick_or_gone,
        "mean of days": mean_of_days,
        "nobody gives up": {"limit": np.inf},
        "within 30": {"within": 30},
        "kept for lost": then(lambda found: found.assign(lost=1 - found["lost"])),
    },
    facts=lambda t, found: {
        "fewest": found.loc[found["level"] >= 0.8, "agents"].min(),
        "formula": staffing.agents_needed(peak_calls(t) * HANDLING / 1800, HANDLING, patience=PATIENCE),
        "lost": found["lost"].iloc[0],
        "least": TEAM[0],
    },
)

# ---- priority


def priority(
    t: Tables, first: Any = lambda calls: 1 - calls["important"], value: str = "mean", drop: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Waits of both groups without and with priority, on the same callers."""
    calls = morning(t).drop(columns=[*drop])
    group = calls["important"].map({True: "important", False: "others"}).rename("group")
    told = {"before": calls, "after": calls.assign(priority=first(calls))}
    return pd.DataFrame(
        {rule: queueing.story(one, AGENTS)["wait"].groupby(group).agg(value) for rule, one in told.items()}
    )


def answered_only(t: Tables) -> pd.DataFrame:
    calls = morning(t)
    group = calls["important"].map({True: "important", False: "others"}).rename("group")
    found = {}
    for rule, one in {"before": calls, "after": calls.assign(priority=1 - calls["important"])}.items():
        told = queueing.story(one, AGENTS)
        found[rule] = told["wait"][told["outcome"] == "answered"].groupby(group).mean()
    return pd.DataFrame(found)


declare(
    priority,
    "table",
    key=("group",),
    sections=("priority-idea",),
    supplies={"morning": morning},
    mistakes={
        "important last": {"first": lambda calls: calls["important"] * 1},
        "answered only": answered_only,
        "nobody gives up": {"drop": ("patience",)},
        "median": {"value": "median"},
        "no rule": {"first": lambda calls: 0},
    },
    facts=lambda t, found: {
        "gain": (found["before"] - found["after"])["important"],
        "cost": (found["after"] - found["before"])["others"],
        "times": (~morning(t)["important"]).sum() / morning(t)["important"].sum(),
    },
)

# ---- skills


def skilled(t: Tables) -> pd.DataFrame:
    """The calls of the morning with what they are about."""
    calls = morning(t)
    return calls.assign(skill=np.where(np.random.default_rng(131).random(len(calls)) < 0.3, "return", "order"))


CREWS = {"apart": (13, 6, 0), "some": (9, 4, 6), "all": (0, 0, 19)}  # who knows orders, returns, both


def crew(orders: int, returns: int, both: int) -> list[queueing.Agent]:
    known = [frozenset({"order"})] * orders + [frozenset({"return"})] * returns
    return [*map(queueing.Agent, known), *(queueing.Agent() for _agent in range(both))]


def cross(
    t: Tables,
    offered: bool = True,
    within: float = 20,
    lost: bool = False,
    some: tuple[int, int, int] = CREWS["some"],
    drop: tuple[str, ...] = (),
) -> pd.Series:
    """Service level of each crew, of all calls or of the answered ones."""
    found = {}
    for name, numbers in {**CREWS, "some": some}.items():
        told = queueing.story(t.table("skilled").drop(columns=[*drop]), crew(*numbers))
        answered = told["outcome"] == "answered"
        fast = (told["wait"] <= within) & (answered | lost)
        found[name] = fast.sum() / (len(told) if offered else answered.sum())
    return pd.Series(found, name="level").rename_axis("team")


declare(
    cross,
    "table",
    key=("team",),
    sections=("skills-idea",),
    supplies={"skilled": skilled},
    mistakes={
        "of the answered": {"offered": False},
        "gone quickly counts as quick": {"lost": True},
        "within 30": {"within": 30},
        "nobody gives up": {"drop": ("patience",)},
        "the chapter's team": {"some": (11, 4, 4)},
        "percent": then(lambda found: 100 * found),
    },
    facts=lambda t, found: {name: found[name] for name in CREWS},
)

# ---- the cheapest team that holds


def plan(
    t: Tables, target: float = 0.8, of: Any = lambda told, there: quick(told)[there].mean(), more: int = 0
) -> float:
    """Cost of a day of the smallest team whose level over all days reaches the target: ¥45 an hour, eight hours."""
    for agents in range(AGENTS - 7, AGENTS + 20):
        if of(*played(t, agents)) >= target:
            return 8 * 45.0 * (agents + more)
    raise AssertionError("no team reaches it")


def by_erlang_c(t: Tables) -> float:
    return 360.0 * staffing.agents_needed(peak_calls(t) * HANDLING / 1800, HANDLING)


declare(
    plan,
    "number",
    sections=("plan-idea",),
    supplies={"mondays": mondays},
    mistakes={
        "of the answered": {"of": lambda told, there: quick(told)[there].sum() / (there & ~told.abandoned).sum()},
        "Erlang C": by_erlang_c,
        "an hour": then(lambda cost: cost / 8),
        "number of agents": then(lambda cost: cost / 360),
    },
    facts=lambda t, cost: {
        "agents": round(cost / 360),
        "cost": cost,
        "level": quick(played(t, round(cost / 360))[0])[played(t, round(cost / 360))[1]].mean(),
        "c": by_erlang_c(t) - cost,
    },
)

# ---- a call-back


def call_backs(t: Tables, length: float = 5, counted: tuple[str, ...] = ("abandoned",)) -> pd.DataFrame:
    rows = []
    for agents in TEAM:
        told = queueing.story(morning(t), agents, call_back_from=length)
        share = told["outcome"].value_counts(normalize=True)
        lost = sum(share.get(outcome, 0.0) for outcome in counted)
        rows.append((agents, lost, share.get("called back", 0.0)))
    return pd.DataFrame(rows, columns=["agents", "lost", "called_back"])


declare(
    call_backs,
    "table",
    key=("agents",),
    sections=("call-back-idea",),
    supplies={"morning": morning, "teams": teams},
    mistakes={
        "no offer": {"length": float("inf")},
        "offered to all": {"length": 0},
        "called back is lost": {"counted": ("abandoned", "called back")},
        "counts": lambda t: call_backs(t).assign(lost=lambda f: f["lost"] * len(morning(t))),
    },
    facts=lambda t, found: {
        "few": TEAM[0],
        "saved": call_backs(t, length=float("inf"))["lost"].iloc[0] - found["lost"].iloc[0],
        "many": TEAM[-1],
        "hardly": found["called_back"].iloc[-1],
    },
)
