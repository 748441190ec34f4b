"""Lab 12, the plan: agents for every half-hour of next Monday, and the cheapest shifts that bring them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch12.days import next_week
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


def needed(t: Tables, interval: float = HALF_HOUR, patience: float | None = PATIENCE) -> pd.Series:
    """Agents needed in each half-hour of next Monday."""
    calls = monday(t).set_index("start")["calls"]
    per_interval = staffing.agents_per_interval
    return t.once(
        ("ch12 needed", interval, patience), lambda: per_interval(calls, HANDLING, interval, patience=patience)
    )


def _same_all_day(t: Tables) -> pd.Series:
    calls = monday(t).set_index("start")["calls"]
    return staffing.agents_per_interval(calls * 0 + calls.mean(), HANDLING, patience=PATIENCE)


def _peak_all_day(t: Tables) -> pd.Series:
    return needed(t) * 0 + needed(t).max()


def _load_rounded_up(t: Tables) -> pd.Series:
    load = monday(t).set_index("start")["calls"] * HANDLING / HALF_HOUR
    return np.ceil(load).rename("agents")


def _agents_mean(t: Tables, agents: pd.Series) -> str:
    endless = needed(t, patience=None)
    return _(
        "Between {least} and {most} agents through one day, {hours:.0f} agent-hours in all. Planning without patience "
        "would take {more:.0f} agent-hours more; planning one number for the whole day either leaves callers waiting "
        "at the peak or agents idle in the evening."
    ).format(least=agents.min(), most=agents.max(), hours=agents.sum() / 2, more=(endless - agents).sum() / 2)


agents = Exercise(
    name="agents",
    lab="12",
    title=_("Agents for next Monday"),
    points=3,
    sections=("agents-idea",),
    kind="table",
    key=("start",),
    columns={"agents": _("agents needed on the telephone")},
    reference=needed,
    supplies={"monday": monday},
    mistakes=(
        Mistake(
            "nobody gives up",
            lambda t: needed(t, patience=None),
            _("You left the patience out: that is Erlang C, where everybody waits for ever. Give patience=240."),
        ),
        Mistake(
            "calls of an hour",
            lambda t: needed(t, interval=3600),
            _("You took the calls as those of an hour. They come in half an hour, 1,800 seconds."),
        ),
        Mistake(
            "load rounded up",
            _load_rounded_up,
            _("Your agents are the load, rounded up. That is the work itself, with no reserve for chance."),
        ),
        Mistake(
            "mean of the day",
            _same_all_day,
            _("You used the mean of the day everywhere. Each half-hour gets the number for its own calls."),
        ),
        Mistake(
            "peak all day",
            _peak_all_day,
            _("You staffed the peak all day. Each half-hour gets the number for its own calls."),
        ),
    ),
    hints=(
        _("First the load of each half-hour in erlangs: calls × handling time ÷ length of the half-hour, in seconds."),
        _("Then agents_needed(load, 300, patience=240) for each load; a list comprehension does it."),
        _("pd.Series([agents_needed(...) for load in loads], index=monday['start'])."),
    ),
    meaning=_agents_mean,
)

# ---- the cheapest shifts


def needs(t: Tables) -> pd.DataFrame:
    """Agents needed next Monday, as a table."""
    return needed(t).reset_index()


def patterns(t: Tables) -> pd.DataFrame:
    """Every shift that may be worked, one row each; short ones are dearer by the hour."""
    return staffing.shift_patterns(hourly=HOURLY)


def _cheapest(t: Tables, choose: Callable[[pd.DataFrame], pd.DataFrame] | None = None) -> float:
    """Cost of the cheapest plan, from all of the patterns or from some."""
    allowed = patterns(t) if choose is None else choose(patterns(t))
    return staffing.plan_shifts(needed(t), allowed).cost


def _rota_means(t: Tables, cost: float) -> str:
    plan = staffing.plan_shifts(needed(t), patterns(t))
    least = HOURLY["full_time"] * needed(t).sum() / 2
    count = plan.shifts.groupby("contract")["agents"].sum()
    return _(
        "{full} full and {part} part shifts cover the day for ¥{cost:,.0f}. Paying only the half-hours needed would "
        "take ¥{least:,.0f}: shifts have a length, and calls do not keep to it. Short shifts close a part of that gap."
    ).format(full=count.get("full_time", 0), part=count.get("part_time", 0), cost=cost, least=least)


rota = Exercise(
    name="rota",
    lab="12",
    title=_("The cheapest shifts"),
    points=4,
    sections=("shifts-idea",),
    kind="number",
    unit="¥",
    stretch=True,
    reference=_cheapest,
    supplies={"needs": needs, "patterns": patterns},
    by_hand="staffing.plan_shifts",
    mistakes=(
        Mistake(
            "full shifts only",
            lambda t: _cheapest(t, lambda shifts: shifts[shifts["contract"] == "full_time"]),
            _("You used full shifts alone. Part shifts are in the table, too, and they fit the peaks."),
        ),
        Mistake(
            "part shifts only",
            lambda t: _cheapest(t, lambda shifts: shifts[shifts["contract"] == "part_time"]),
            _("You used part shifts alone. Full shifts are in the table, too."),
        ),
        Mistake(
            "paid by the half-hour",
            lambda t: HOURLY["full_time"] * float(needed(t).sum()) / 2,
            _("You paid every half-hour needed and no more. Agents come for a whole shift."),
        ),
    ),
    hints=(
        _("Choose how often each shift is worked: whole numbers, least cost, every half-hour covered."),
        _(
            "covers is a matrix of 0 and 1, one row a half-hour and one column a shift: 1 if start <= half-hour < end "
            "and the half-hour is not the break. Times written HH:MM can be compared as text."
        ),
        _(
            "milp(cost, constraints=LinearConstraint(covers, needed, np.inf), integrality=np.ones(len(cost))).fun, "
            "from scipy.optimize."
        ),
    ),
    meaning=_rota_means,
)
