"""The plan: agents for every half-hour of next Monday, and the cheapest shifts that bring them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, OptimizeResult, milp

from crm_lab import staffing
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch12.forecasts import next_week
from crm_lab.exercises.ch12.queues import HANDLING, PATIENCE

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

HALF_HOUR = 1800
HOURLY = {"full_time": 44.0, "part_time": 52.0}  # ¥ an hour

# ---- agents for next Monday


def monday(t: Tables) -> pd.DataFrame:
    """The calls to expect in each half-hour of next Monday, to one decimal."""

    def forecast() -> pd.DataFrame:
        calls = staffing.forecast_calls(t.table("call_intervals"), [next_week(t)["date"].iloc[0]])
        return calls[["start"]].assign(calls=calls["expected"].round(1))

    return t.once("ch12 monday", forecast).copy()


def loads(t: Tables) -> pd.Series:
    """Erlangs in each half-hour of next Monday."""
    return monday(t).set_index("start")["calls"] * HANDLING / HALF_HOUR


def agents(t: Tables, **settings: Any) -> pd.Series:
    """Agents needed in each half-hour of next Monday."""
    calls = monday(t).set_index("start")["calls"]
    settings = {"patience": PATIENCE, **settings}
    needed = partial(staffing.agents_per_interval, calls, HANDLING, **settings)
    return t.once(("ch12 agents", *settings.items()), needed).copy()


def agents_for(t: Tables, load: Any = lambda load: load, **settings: float) -> pd.Series:
    """Agents needed where the load is taken for another one, or the times are."""
    settings = {"handling_time": HANDLING, "patience": PATIENCE, **settings}
    return load(loads(t)).map(lambda one: staffing.agents_needed(one, **settings)).rename("agents")


def mean_of_the_day(t: Tables) -> pd.Series:
    calls = monday(t).set_index("start")["calls"]
    return staffing.agents_per_interval(calls * 0 + calls.mean(), HANDLING, patience=PATIENCE)


def through_the_day(t: Tables, needed: pd.Series) -> dict[str, float]:
    more = agents(t, patience=None) - needed
    return {"least": needed.min(), "most": needed.max(), "hours": needed.sum() / 2, "more": more.sum() / 2}


declare(
    agents,
    "table",
    key=("start",),
    sections=("agents-idea",),
    supplies={"monday": monday},
    mistakes={
        "nobody gives up": {"patience": None},
        "calls of an hour": {"interval": 3600},
        "calls for load": {"interval": HANDLING},
        "minutes": partial(agents_for, handling_time=HANDLING / 60),
        "minutes in the load": partial(agents_for, load=lambda load: load / 60),
        "all in minutes": partial(agents_for, handling_time=HANDLING / 60, patience=PATIENCE / 60),
        "load by 0.8": lambda t: np.ceil(loads(t) / 0.8).rename("agents"),
        "agents by 0.8": then(lambda needed: np.ceil(needed / 0.8)),
        "whole erlangs": partial(agents_for, load=round),
        "whole erlangs, up": partial(agents_for, load=np.ceil),
        "load rounded up": lambda t: np.ceil(loads(t)).rename("agents"),
        "mean of the day": mean_of_the_day,
        "peak all day": then(lambda needed: needed * 0 + needed.max()),
    },
    facts=through_the_day,
)

# ---- the cheapest shifts


SHOW = ("11:30", "17:30")  # a live show in the app: its viewers call all the while
TRIES = 60


def needs(t: Tables) -> pd.DataFrame:
    """Agents needed on a Monday with a live show: whole people and their breaks both matter on such a day."""
    return t.once("ch12 needs", lambda: telling(agents(t), patterns(t))).rename("agents").reset_index()


def telling(usual: pd.Series, shifts: pd.DataFrame) -> pd.Series:
    """The usual needs, busy during the show, one more here and there: so that half people or no breaks cost less."""
    midday = (usual.index >= SHOW[0]) & (usual.index < SHOW[1])
    busy = usual.where(~midday, usual.clip(lower=usual.max() - 1))
    for turn in range(TRIES):
        raised = busy + np.random.default_rng(turn).integers(0, 2, len(busy))
        cost = staffing.plan_shifts(raised, shifts).cost
        if cost - max(milp_plan(raised, shifts, whole=False).fun, milp_plan(raised, shifts, breaks=False).fun) > 1:
            return raised
    return busy


def milp_plan(
    needed: pd.Series, shifts: pd.DataFrame, whole: bool = True, breaks: bool = True, end: bool = False
) -> OptimizeResult:
    """The cheapest cover by hand, perhaps by parts of people, without breaks, or with the half-hour of the end, too."""
    at, (begin, until, pause) = (
        needed.index.to_numpy()[:, None],
        (shifts[name].to_numpy() for name in ("start", "end", "break_start")),
    )
    covers = (begin <= at) & ((at < until) | (end & (at == until))) & ((at != pause) | (not breaks))
    enough = LinearConstraint(covers.astype(int), needed, np.inf)
    return milp(shifts["cost"], constraints=enough, integrality=np.full(len(shifts), int(whole)))


def patterns(t: Tables) -> pd.DataFrame:
    """Every shift that may be worked, one row each; short ones are dearer by the hour."""
    return staffing.shift_patterns(hourly=HOURLY)


def rota(t: Tables, contracts: Sequence[str] = tuple(HOURLY)) -> float:
    return cheapest(t, contracts).cost


def cheapest(t: Tables, contracts: Sequence[str] = tuple(HOURLY)) -> staffing.ShiftPlan:
    """The cheapest plan from the shifts of these contracts."""
    needed, shifts = t.table("needs").set_index("start")["agents"], t.table("patterns")
    return staffing.plan_shifts(needed, shifts[shifts["contract"].isin(contracts)])


def by_the_half_hour(t: Tables) -> float:
    """The cost if agents could come for single half-hours."""
    return HOURLY["full_time"] * float(t.table("needs")["agents"].sum()) / 2


def of_needs(t: Tables, **settings: bool) -> OptimizeResult:
    return milp_plan(t.table("needs").set_index("start")["agents"], t.table("patterns"), **settings)


def rounded_up(t: Tables, digits: int) -> float:
    """Parts of people, each rounded up to a whole one; with many digits a hair above nought makes one, too."""
    return float(np.ceil(of_needs(t, whole=False).x.round(digits)) @ t.table("patterns")["cost"])


def fewest_people(t: Tables) -> float:
    """The number of people of the plan with as few as can be: every shift counts the same."""
    needed, shifts = t.table("needs").set_index("start")["agents"], t.table("patterns")
    return staffing.plan_shifts(needed, shifts.assign(cost=1.0)).cost


def shifts_and_least(t: Tables, cost: float) -> dict[str, float]:
    count = cheapest(t).shifts.groupby("contract")["agents"].sum().reindex(list(HOURLY), fill_value=0)
    return {"full": count["full_time"], "part": count["part_time"], "cost": cost, "least": by_the_half_hour(t)}


declare(
    rota,
    "number",
    by_hand="staffing.plan_shifts",
    sections=("shifts-idea",),
    supplies={"needs": needs, "patterns": patterns},
    mistakes={
        "full shifts only": {"contracts": ["full_time"]},
        "part shifts only": {"contracts": ["part_time"]},
        "paid by the half-hour": by_the_half_hour,
        "parts of people": lambda t: of_needs(t, whole=False).fun,
        "rounded up": partial(rounded_up, digits=6),
        "rounded up, hairs too": partial(rounded_up, digits=300),
        "no breaks": lambda t: of_needs(t, breaks=False).fun,
        "end included": lambda t: of_needs(t, end=True).fun,
        "other wages": lambda t: staffing.plan_shifts(t.table("needs").set_index("start")["agents"]).cost,
        "fewest people": fewest_people,
        "nobody": lambda t: 0.0,
    },
    facts=shifts_and_least,
)
