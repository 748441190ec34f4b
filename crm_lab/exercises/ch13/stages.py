"""What else a telephone team may do: pass calls on to a specialist or to a provider, and take its breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import queueing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch13.channels import CALL, INF, contacts

WAGE, FEE, LOST = 45, 9.2, 30  # ¥ an hour, ¥ a call of the provider, ¥ of margin a caller who gives up

# ---- what the lab brings along


def staged(t: Tables) -> pd.DataFrame:
    """Calls of an hour and a half; one in ten is passed on to a specialist."""
    rng = np.random.default_rng(134)
    calls = contacts(t, [1.0] * 3, rng)
    passed = rng.random(len(calls)) < 1 / 10
    calls["specialist"] = np.where(passed, "expert", "")
    return calls.assign(specialist_service=np.where(passed, rng.exponential(300, len(calls)).round(1), 0))


def rush(t: Tables) -> pd.DataFrame:
    """Calls of two hours."""
    return contacts(t, [1.0, 1.2, 1.1, 0.9], np.random.default_rng(135)).drop(columns="skill")


PLANS = {"alone": (20, INF), "after_60": (20, 60), "after_20": (20, 20), "more": (21, INF)}


def plans(t: Tables) -> pd.DataFrame:
    rows = [(name, agents, after) for name, (agents, after) in PLANS.items()]
    return pd.DataFrame(rows, columns=["plan", "agents", "provider_after"])


def noon(t: Tables) -> pd.DataFrame:
    """Calls from half past eleven to two."""
    return contacts(t, [1.05, 0.88, 0.76, 0.8, 0.96], np.random.default_rng(136)).drop(columns="skill")


# ---- a second stage

EXPERTS, PHONES = [2, 3, 4, 5], 18


def second_line(t: Tables) -> pd.DataFrame:
    return pd.DataFrame({"plan": [f"S{number}" for number in EXPERTS], "specialists": EXPERTS})


def both_lines(t: Tables, experts: int, phone: str = "call") -> pd.DataFrame:
    first = [queueing.Agent(frozenset({phone} if phone else ()))] * PHONES
    team = [*first, *[queueing.Agent(frozenset({"expert"}))] * experts]
    return t.once(("ch13 staged", experts, phone), lambda: queueing.story(staged(t), team))


def first_line(t: Tables) -> pd.DataFrame:
    team = [CALL] * PHONES
    return t.once("ch13 first line", lambda: queueing.story(staged(t).drop(columns="specialist"), team))


def whole(t: Tables, of: str = "passed", phone: str = "call", value: str = "mean", second: bool = False) -> pd.Series:
    """Mean wait of those passed on, in both lines, by number of specialists."""
    found = {}
    for experts in EXPERTS:
        told = both_lines(t, experts, phone)
        wait = told["wait"] - (first_line(t)["wait"] if second else 0)
        here = (told["outcome"] == "answered") if of != "called" else told["outcome"] != ""
        found[experts] = wait[here & ((told["specialist"] != "") | (of == "all"))].agg(value)
    return pd.Series(found, name="whole").rename("S{}".format).rename_axis("plan")


def first_line_only(t: Tables) -> pd.Series:
    told = first_line(t)
    passed = (told["outcome"] == "answered") & (t.table("staged")["specialist"] != "").to_numpy()
    return whole(t) * 0 + told.loc[passed, "wait"].mean()


def first_line_twice(t: Tables) -> pd.Series:
    return 2 * whole(t) - whole(t, second=True)


declare(
    whole,
    "table",
    key=("plan",),
    sections=("second-idea",),
    supplies={"staged": staged, "second_line": second_line},
    mistakes={
        "all callers": {"of": "all"},
        "given up counts": {"of": "called"},
        "everybody is a specialist": {"phone": ""},
        "second line only": {"second": True},
        "first line only": first_line_only,
        "first line twice": first_line_twice,
        "median": {"value": "median"},
        "minutes": then(lambda found: found / 60),
    },
    facts=lambda t, found: {
        "first": first_line(t)["wait"].mean(),
        "few": found.iloc[0],
        "three": found.iloc[1],
        "four": found.iloc[2],
    },
)

# ---- overflow


def taken(t: Tables, plan: str) -> pd.DataFrame:
    agents, after = PLANS[plan]
    return t.once(("ch13 rush", plan), lambda: queueing.story(rush(t), agents, provider_after=after))


def bills(
    t: Tables,
    lost: float = LOST,
    fee: float = FEE,
    wage: float = 2 * WAGE,
    of: str = "all",
    counted: tuple[str, ...] = ("answered",),
) -> pd.DataFrame:
    """Cost and service level of each plan."""
    rows = []
    for plan, (agents, _after) in PLANS.items():
        told = taken(t, plan)
        became = told["outcome"].value_counts()
        cost = wage * agents + fee * became.get("provider", 0) + lost * became.get("abandoned", 0)
        quick = ((told["wait"] <= 20) & told["outcome"].isin(counted)).sum()
        rows.append((plan, cost, quick / (len(told) if of == "all" else became["answered"])))
    return pd.DataFrame(rows, columns=["plan", "cost", "level"])


def best(t: Tables, found: pd.DataFrame) -> dict[str, Any]:
    """The cheapest plan that holds 80 %, or the one that comes nearest."""
    holding = found[found["level"] >= 0.8].sort_values("cost")
    plan, cost, level = (holding if len(holding) else found.sort_values("level", ascending=False)).iloc[0]
    gain = found["cost"].iloc[0] - cost  # doing nothing is the first plan
    form = "none" if holding.empty else "holds" if gain >= 0 else "dearer"
    return {"form": form, "best": plan, "cost": cost, "gain": abs(gain), "level": level}


declare(
    bills,
    "table",
    key=("plan",),
    sections=("overflow-idea",),
    supplies={"rush": rush, "plans": plans},
    mistakes={
        "lost callers are free": {"lost": 0},
        "provider is free": {"fee": 0},
        "a whole day": {"wage": 8 * WAGE},
        "one hour": {"wage": WAGE},
        "of the answered": {"of": "answered"},
        "gone quickly counts as quick": {"counted": ("answered", "abandoned")},
        "the provider's calls count": {"counted": ("answered", "provider")},
    },
    facts=best,
)

# ---- breaks

BREAKS = {"together": [20], "halves": [10, 10], "even": [5, 5, 5, 5]}


def pausing(numbers: Sequence[int], start: float = 1800, lasts: float = 1800) -> Iterator[queueing.Agent]:
    """Twenty agents, so many of whom go in each half-hour from noon on."""
    for place, number in enumerate(numbers):
        goes = start + 1800 * place
        yield from [queueing.Agent(spells=((0, goes), (goes + lasts, INF)))] * number


def breaks(
    t: Tables, names: Sequence[str] = ("halves", "even"), value: str = "mean", width: int = 1800, **when: float
) -> pd.DataFrame:
    """Wait of the calls that come in each half-hour, by plan."""
    found = {}
    for name, called in zip(names, ("halves", "even"), strict=True):
        told = queueing.story(noon(t), list(pausing(BREAKS[name], **when)))
        hour = (11.5 + told["arrival"] // width * width / 3600).rename("hour")
        found[called] = told["wait"].groupby(hour).agg(value)
    return pd.concat(found, names=["plan"]).reset_index()[["hour", "plan", "wait"]]


declare(
    breaks,
    "plot",
    shape="line",
    key=("hour", "plan"),
    sections=("break-idea",),
    supplies={"noon": noon},
    mistakes={
        "longest wait": {"value": "max"},
        "all the waiting": {"value": "sum"},
        "a break of an hour": {"lasts": 3600},
        "breaks from the start": {"start": 0},
        "breaks of the chapter": {"start": 7200},
        "all at once": {"names": ("together", "even")},
        "plans exchanged": {"names": ("even", "halves")},
    },
    facts=lambda t, found: found.groupby("plan")["wait"].max().to_dict(),
)
