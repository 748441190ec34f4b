"""The plan: agents for every half-hour of next Monday, and the cheapest shifts that bring them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import LinearConstraint, milp

from crm_lab import staffing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch12.forecasts import next_week
from crm_lab.exercises.ch12.queues import HANDLING, PATIENCE

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
    """The usual needs, busy in the show, one more here and there: so that half people or shorter breaks cost less."""
    midday = (usual.index >= SHOW[0]) & (usual.index < SHOW[1])
    busy = usual.where(~midday, usual.clip(lower=usual.max() - 1))
    for turn in range(TRIES):
        raised = busy + np.random.default_rng(turn).integers(0, 2, len(busy))
        least = milp_cost(raised, shifts) - 1
        if all(milp_cost(raised, shifts, **knob) < least for knob in ({"away": 1}, {"whole": False})):
            return raised
    return busy


def milp_cost(needed: pd.Series, shifts: pd.DataFrame, **knobs: Any) -> float:
    return float(solved(needed, shifts, **knobs).fun)


def solved(needed: pd.Series, shifts: pd.DataFrame, whole: bool = True, away: int = 2, last: bool = False) -> Any:
    """The least cost of covering the needs; perhaps by parts of people.

    away  half-hours of a break, of the two there are
    last  whether agents work the half-hour that begins when their shift ends, too
    """
    at = needed.index.to_numpy()[:, None]
    begin, end, pause, back = (shifts[name].to_numpy() for name in ("start", "end", "break_start", "break_end"))
    resting = {0: at != at, 1: at == pause, 2: (pause <= at) & (at < back)}[away]
    there = (begin <= at) & ((at < end) | (last & (at == end)))
    enough = LinearConstraint((there & ~resting).astype(int), needed, np.inf)
    whole_numbers = np.full(len(shifts), int(whole))
    return milp(shifts["cost"], constraints=enough, integrality=whole_numbers, options={"mip_rel_gap": 0.0})


def patterns(t: Tables) -> pd.DataFrame:
    """Every shift that may be worked, with an hour's break in full ones; short ones are dearer by the hour.

    `staffing.plan_shifts` knows breaks of half an hour only: it takes these shifts and finds a plan that leaves holes.
    """
    shifts = staffing.shift_patterns(hourly=HOURLY)
    back = pd.to_datetime(shifts["break_start"], format="%H:%M") + pd.Timedelta(hours=1)
    shifts.insert(4, "break_end", back.dt.strftime("%H:%M").fillna(""))
    return shifts


def rota(t: Tables, contracts: Sequence[str] = tuple(HOURLY), **knobs: Any) -> float:
    needed, shifts = needs_and_shifts(t, contracts)
    return milp_cost(needed, shifts, **knobs)


def needs_and_shifts(t: Tables, contracts: Sequence[str] = tuple(HOURLY)) -> tuple[pd.Series, pd.DataFrame]:
    """The agents needed, and the shifts of these contracts."""
    shifts = t.table("patterns")
    return t.table("needs").set_index("start")["agents"], shifts[shifts["contract"].isin(contracts)]


def by_the_half_hour(t: Tables) -> float:
    """The cost if agents could come for single half-hours."""
    return HOURLY["full_time"] * float(t.table("needs")["agents"].sum()) / 2


def rounded_up(t: Tables, digits: int) -> float:
    """Parts of people, each rounded up to a whole one; with many digits a hair above nought makes one, too."""
    needed, shifts = needs_and_shifts(t)
    return float(np.ceil(solved(needed, shifts, whole=False).x.round(digits)) @ shifts["cost"])


def fewest_people(t: Tables) -> float:
    """The number of people of the plan with as few as can be: every shift counts the same."""
    needed, shifts = needs_and_shifts(t)
    return milp_cost(needed, shifts.assign(cost=1.0))


def shifts_and_least(t: Tables, cost: float) -> dict[str, float]:
    needed, shifts = needs_and_shifts(t)
    count = pd.Series(solved(needed, shifts).x.round().astype(int)).groupby(shifts["contract"]).sum()
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
        "parts of people": {"whole": False},
        "breaks of half an hour": {"away": 1},
        "no breaks": {"away": 0},
        "rounded up": partial(rounded_up, digits=6),
        "rounded up, hairs too": partial(rounded_up, digits=300),
        "end included": {"last": True},
        "other wages": lambda t: staffing.plan_shifts(t.table("needs").set_index("start")["agents"]).cost,
        "fewest people": fewest_people,
        "nobody": lambda t: 0.0,
    },
    facts=shifts_and_least,
)
