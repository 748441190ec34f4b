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
DAY = 86_400  # seconds: by the next opening nobody is left in line


def mornings(t: Tables) -> pd.DataFrame:
    """The first two hours of each of these days, one after the other: seconds run on from the first opening."""
    calls = mondays(t).query("arrival < 7200").reset_index(drop=True)
    return calls.assign(arrival=calls["arrival"] + DAY * (calls["day"] - 1))


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


def one_less(t: Tables, found: pd.DataFrame) -> dict[str, float]:
    """The level of one agent less than the fewest that hold it, day by day."""
    told, there = played(t, int(found.loc[found["level"] >= 0.8, "agents"].min()) - 1)
    days = queueing.estimate((quick(told) & there).sum(axis=0) / there.sum(axis=0))
    return {"below": days.value, "low": days.interval[0], "high": days.interval[1]}


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


def padding_too(t: Tables) -> pd.DataFrame:
    """Shares of all places, also of those that hold no call."""
    rows = []
    for agents in TEAM:
        told, _there = played(t, agents)
        rows.append((agents, quick(told).mean(), told.abandoned.mean()))
    return pd.DataFrame(rows, columns=["agents", "level", "lost"])


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
        "padding": padding_too,
        "nobody gives up": {"limit": np.inf},
        "within 30": {"within": 30},
        "kept for lost": then(lambda found: found.assign(lost=1 - found["lost"])),
    },
    facts=lambda t, found: {
        "fewest": found.loc[found["level"] >= 0.8, "agents"].min(),
        "formula": staffing.agents_needed(peak_calls(t) * HANDLING / 1800, HANDLING, patience=PATIENCE),
        "lost": found["lost"].iloc[0],
        "least": TEAM[0],
        **one_less(t, found),
    },
)

# ---- priority


def two_groups(calls: pd.DataFrame) -> pd.Series:
    return calls["important"].map({True: "important", False: "others"}).rename("group")


RULES = {  # priority of a call, by whether it is important
    "as they come": lambda important: 0,
    "important first": lambda important: 1 - important,
    "important last": lambda important: 1 * important,
}


def under(t: Tables, rule: str, drop: tuple[str, ...] = ()) -> pd.DataFrame:
    """What becomes of each caller under a rule."""

    def play() -> pd.DataFrame:
        calls = mornings(t).drop(columns=[*drop])
        return queueing.story(calls.assign(priority=RULES[rule](calls["important"])), AGENTS)

    played: pd.DataFrame = t.once(("ch13 under", rule, drop), play)
    return played


def priority(
    t: Tables,
    after: str = "important first",
    value: str = "mean",
    drop: tuple[str, ...] = (),
    of: Any = lambda told: told["wait"].notna(),
) -> pd.DataFrame:
    """Waits of both groups without and with priority, on the same callers; `of` says of which."""
    group, found = two_groups(mornings(t)), {}
    for name, rule in {"before": "as they come", "after": after}.items():
        told = under(t, rule, drop)
        found[name] = told["wait"][of(told)].groupby(group).agg(value)
    return pd.DataFrame(found)


def others_for_each(t: Tables) -> float:
    """Other callers for each important one."""
    return float((1 / mornings(t)["important"].mean()) - 1)


def played_apart(t: Tables) -> pd.DataFrame:
    """Each group alone with all the agents, with the rule."""
    calls = mornings(t)
    alone = calls.groupby(two_groups(calls)).apply(lambda some: queueing.story(some, AGENTS)["wait"].mean())
    return priority(t).assign(after=alone)


declare(
    priority,
    "table",
    key=("group",),
    sections=("priority-idea",),
    supplies={"mornings": mornings},
    mistakes={
        "important last": {"after": "important last"},
        "answered only": {"of": lambda told: told["outcome"] == "answered"},
        "who waited": {"of": lambda told: told["wait"] > 0},
        "played apart": played_apart,
        "nobody gives up": {"drop": ("patience",)},
        "median": {"value": "median"},
        "no rule": {"after": "as they come"},
    },
    facts=lambda t, found: {
        "gain": (found["before"] - found["after"])["important"],
        "cost": (found["after"] - found["before"])["others"],
        "times": others_for_each(t),
        "paid": (found["after"] - found["before"])["others"] * others_for_each(t),
    },
)

# ---- skills


def skilled(t: Tables) -> pd.DataFrame:
    """The calls of these mornings with what they are about."""
    calls = mornings(t)
    return calls.assign(skill=np.where(np.random.default_rng(131).random(len(calls)) < 0.3, "return", "order"))


CREWS = {"apart": (13, 6, 0), "some": (9, 4, 6), "all": (0, 0, 19)}  # who knows orders, returns, both


def crew(orders: int, returns: int, both: int) -> list[queueing.Agent]:
    known = [frozenset({"order"})] * orders + [frozenset({"return"})] * returns
    return [*map(queueing.Agent, known), *(queueing.Agent() for _agent in range(both))]


def answered_by(t: Tables, numbers: tuple[int, int, int], drop: tuple[str, ...] = ()) -> pd.DataFrame:
    """What becomes of each caller with one crew."""
    played: pd.DataFrame = t.once(
        ("ch13 crew", numbers, drop), lambda: queueing.story(skilled(t).drop(columns=[*drop]), crew(*numbers))
    )
    return played


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
        told = answered_by(t, numbers, drop)
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
        "25 agents": {"some": (13, 6, 6)},
        "13 agents": {"some": (9, 4, 0)},
        "numbers of agents": lambda t: cross(t) * 0 + cross(t)["all"],
        "percent": then(lambda found: 100 * found),
    },
    facts=lambda t, found: {name: found[name] for name in CREWS},
)

# ---- the cheapest team that holds


def level_of(told: queueing.Waits, there: np.ndarray) -> float:
    return float(quick(told)[there].mean())


def plan(t: Tables, target: float = 0.8, of: Any = level_of, more: int = 0) -> float:
    """Cost of a day of the smallest team whose level over all days reaches the target: ¥45 an hour, eight hours."""
    for agents in range(AGENTS - 7, AGENTS + 20):
        if of(*played(t, agents)) >= target:
            return 8 * 45.0 * (agents + more)
    raise AssertionError("no team reaches it")


def of_each_day(told: queueing.Waits, there: np.ndarray) -> float:
    """The level of the worst day."""
    return float(((quick(told) & there).sum(axis=0) / there.sum(axis=0)).min())


def nobody_gives_up(t: Tables) -> float:
    """The smallest team when everybody waits."""
    return next(360.0 * n for n in range(AGENTS - 7, AGENTS + 20) if level_of(*played(t, n, np.inf)) >= 0.8)


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
        "nobody gives up": nobody_gives_up,
        "each day": {"of": of_each_day},
        "forty days": then(lambda cost: 40 * cost),
        "an hour": then(lambda cost: cost / 8),
        "number of agents": then(lambda cost: cost / 360),
    },
    facts=lambda t, cost: {
        "agents": round(cost / 360),
        "cost": cost,
        "level": level_of(*played(t, round(cost / 360))),
        "c": by_erlang_c(t) - cost,
    },
)

# ---- a call-back


def five(t: Tables) -> pd.DataFrame:
    """The first five mornings."""
    return mornings(t).query("day <= 5")


def call_backs(t: Tables, length: float = 5, counted: tuple[str, ...] = ("abandoned",)) -> pd.DataFrame:
    rows = []
    for agents in TEAM:
        told = queueing.story(five(t), agents, call_back_from=length)
        share = told["outcome"].value_counts(normalize=True)
        lost = sum(share.get(outcome, 0.0) for outcome in counted)
        rows.append((agents, lost, share.get("called back", 0.0)))
    return pd.DataFrame(rows, columns=["agents", "lost", "called_back"])


declare(
    call_backs,
    "table",
    key=("agents",),
    sections=("call-back-idea",),
    supplies={"mornings": mornings, "teams": teams},
    mistakes={
        "no offer": {"length": float("inf")},
        "offered to all": {"length": 0},
        "more than five": {"length": 6},
        "called back is lost": {"counted": ("abandoned", "called back")},
        "counts": lambda t: call_backs(t).assign(
            **{name: lambda f, name=name: f[name] * len(five(t)) for name in ("lost", "called_back")}
        ),
        "of the willing": lambda t: call_backs(t).assign(
            called_back=lambda f: f["called_back"] / five(t)["call_back"].mean()
        ),
    },
    facts=lambda t, found: {
        "few": TEAM[0],
        "saved": call_backs(t, length=float("inf"))["lost"].iloc[0] - found["lost"].iloc[0],
        "many": TEAM[-1],
        "hardly": found["called_back"].iloc[-1],
    },
)
