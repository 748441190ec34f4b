"""Rules tried out on the same callers: priority, skills, a call-back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab import queueing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch13.days import AGENTS, mondays
from crm_lab.exercises.ch13.teams import TEAM, teams

DAY = 86_400  # seconds: by the next opening nobody is left in line


def mornings(t: Tables) -> pd.DataFrame:
    """The first two hours of the last twenty days, one after the other: seconds run on from the first opening."""
    calls = mondays(t).query("arrival < 7200 and day > 20").reset_index(drop=True)
    return calls.assign(arrival=calls["arrival"] + DAY * (calls["day"] - 21))


# ---- priority


def two_groups(calls: pd.DataFrame) -> pd.Series:
    return calls["important"].map({True: "important", False: "others"}).rename("group")


def in_turn(calls: pd.DataFrame) -> pd.DataFrame:
    """What becomes of each caller without a rule: what `story` tells, by the recursion, which is faster."""
    told = queueing.simulate(calls["arrival"], calls["service"], calls["patience"], AGENTS)
    outcome = np.where(told.abandoned, "abandoned", "answered")
    return pd.DataFrame({"wait": told.wait, "outcome": outcome}, index=calls.index)


def by_rank(t: Tables, rank: str) -> pd.DataFrame:
    """What becomes of each caller when important ones are first, or last, or, without a rank, in turn."""

    def play() -> pd.DataFrame:
        calls = mornings(t)
        ranked = calls.assign(priority=calls["important"] == (rank == "last"))
        return queueing.story(ranked, AGENTS) if rank else in_turn(calls)

    told: pd.DataFrame = t.once(("ch13 rank", rank), play)
    return told


def priority(
    t: Tables, rank: str = "first", value: str = "mean", of: Any = lambda told: told["wait"].notna()
) -> pd.DataFrame:
    """Waits of both groups without and with priority, on the same callers; `of` says of which."""
    calls = mornings(t)
    told = {"before": by_rank(t, ""), "after": by_rank(t, rank)}
    group = two_groups(calls)
    return pd.DataFrame({name: one["wait"][of(one)].groupby(group).agg(value) for name, one in told.items()})


def longer(t: Tables) -> tuple[float, float]:
    """How much longer all callers together wait under the rule, seconds a call: the interval over the mornings."""
    more = (by_rank(t, "first")["wait"] - by_rank(t, "")["wait"]).groupby(mornings(t)["day"]).mean()
    return queueing.estimate(more.to_numpy()).interval


def others_for_each(t: Tables) -> float:
    """Other callers for each important one."""
    return float((1 / mornings(t)["important"].mean()) - 1)


def played_apart(t: Tables) -> pd.DataFrame:
    """Each group alone with all the agents, with the rule."""
    calls = mornings(t)
    alone = calls.groupby(two_groups(calls)).apply(lambda some: in_turn(some)["wait"].mean())
    return priority(t).assign(after=alone)


declare(
    priority,
    "table",
    key=("group",),
    sections=("priority-idea",),
    supplies={"mornings": mornings},
    mistakes={
        "important last": {"rank": "last"},
        "answered only": {"of": lambda told: told["outcome"] == "answered"},
        "who waited": {"of": lambda told: told["wait"] > 0},
        "played apart": played_apart,
        "median": {"value": "median"},
        "no rule": {"rank": ""},
    },
    facts=lambda t, found: {
        "gain": (found["before"] - found["after"])["important"],
        "cost": (found["after"] - found["before"])["others"],
        "times": others_for_each(t),
        "paid": (found["after"] - found["before"])["others"] * others_for_each(t),
        **dict(zip(["low", "high"], longer(t), strict=True)),
    },
)

# ---- skills


def skilled(t: Tables) -> pd.DataFrame:
    """The calls of the first five mornings with what they are about."""
    calls = mornings(t).query("day <= 25")
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

# ---- a call-back


def first_morning(t: Tables) -> pd.DataFrame:
    return mornings(t).query("day == 21")


def call_backs(t: Tables, length: float = 5, counted: tuple[str, ...] = ("abandoned",)) -> pd.DataFrame:
    rows = []
    for agents in TEAM:
        told = queueing.story(first_morning(t), agents, call_back_from=length)
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
            **{name: lambda f, name=name: f[name] * len(first_morning(t)) for name in ("lost", "called_back")}
        ),
        "of the willing": lambda t: call_backs(t).assign(
            called_back=lambda f: f["called_back"] / first_morning(t)["call_back"].mean()
        ),
    },
    facts=lambda t, found: {
        "few": TEAM[0],
        "saved": call_backs(t, length=float("inf"))["lost"].iloc[0] - found["lost"].iloc[0],
        "many": TEAM[-1],
        "hardly": found["called_back"].iloc[-1],
    },
)
