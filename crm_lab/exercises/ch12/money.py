"""Lab 12, money: what a service level costs with everyone who must be paid, and whether to do it oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch12.plan import HALF_HOUR, monday
from crm_lab.exercises.ch12.queues import HANDLING, PATIENCE

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

WAGE = 45  # ¥ an hour, stated in the task
PERCENT = (70, 80, 90, 95, 99)
_HOURS = {"telephone": 1717, "leave": 176, "illness": 71, "training": 64, "meetings": 52}  # of one agent in a year

# ---- the cost of a service level


def goals(t: Tables) -> pd.DataFrame:
    """Five targets for the busiest half-hour of next Monday."""
    load = round(monday(t)["calls"].max() * HANDLING / HALF_HOUR, 1)
    return pd.DataFrame({"percent": PERCENT, "load": load})


def paid_time(t: Tables) -> pd.DataFrame:
    """Where the paid hours of one agent go in a year."""
    return pd.DataFrame(list(_HOURS.items()), columns=["activity", "hours"])


def shrinkage() -> float:
    """Share of paid time away from the telephone."""
    return 1 - _HOURS["telephone"] / sum(_HOURS.values())


def costs(t: Tables, patience: float | None = PATIENCE) -> pd.DataFrame:
    """Agents, paid and cost of each target."""
    load = goals(t)["load"].iloc[0]
    targets = [percent / 100 for percent in PERCENT]
    curve = staffing.cost_curve(load, HANDLING, targets, patience=patience, wage=WAGE, shrinkage=shrinkage())
    table = curve[["agents", "paid"]].assign(percent=PERCENT, cost=curve["staff_cost"])
    return table.set_index("percent")


def priced(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the cost of those paid."""
    return table.assign(cost=WAGE * table["paid"])


def paid_by(t: Tables, factor: float, round_up: bool = True) -> pd.DataFrame:
    """The table with agents multiplied by another factor."""
    table = costs(t)
    paid = table["agents"] * factor
    return priced(table.assign(paid=np.ceil(paid) if round_up else paid))


def _cost_means(t: Tables, table: pd.DataFrame) -> str:
    cost = table["cost"].to_dict()
    return _(
        "For 80 % the company pays {paid:.0f} agents to have {agents:.0f} on the telephone. From 80 to 90 % an hour "
        "costs ¥{more:,.0f} more, from 90 to 99 % another ¥{last:,.0f}: the last points are the dear ones. A target "
        "has a price; name both together."
    ).format(
        paid=table["paid"].to_dict()[80], agents=table["agents"].to_dict()[80], more=cost[90] - cost[80],
        last=cost[99] - cost[90],
    )  # fmt: skip


service_cost = Exercise(
    name="service_cost",
    lab="12",
    title=_("What a service level costs"),
    points=3,
    sections=("shrinkage-idea", "cost-idea"),
    kind="table",
    key=("percent",),
    columns={
        "agents": _("agents on the telephone"),
        "paid": _("agents to pay"),
        "cost": _("¥ an hour"),
    },
    reference=costs,
    supplies={"goals": goals, "paid_time": paid_time},
    mistakes=(
        Mistake(
            "multiplied",
            lambda t: paid_by(t, 1 + shrinkage()),
            _("You added the shrinkage to the agents. Of those paid, that share is away: divide by 1 − shrinkage."),
        ),
        Mistake(
            "no shrinkage",
            lambda t: paid_by(t, 1),
            _("You pay only those on the telephone. People are on leave, ill, in training: pay for them, too."),
        ),
        Mistake(
            "parts of people",
            lambda t: paid_by(t, 1 / (1 - shrinkage()), round_up=False),
            _("You pay fractions of an agent. Round up to whole people before you work out the cost."),
        ),
        Mistake(
            "rounded to the nearest",
            lambda t: costs(t).assign(paid=lambda table: (table["agents"] / (1 - shrinkage())).round()).pipe(priced),
            _("You rounded to the nearest whole agent. Rounding down leaves the telephone short: round up."),
        ),
        Mistake(
            "away by telephone",
            lambda t: paid_by(t, 1 / (1 - shrinkage() / (1 - shrinkage()))),
            _("You divided the hours away by the hours on the telephone. Shrinkage is a share of all paid hours."),
        ),
        Mistake(
            "nobody gives up",
            lambda t: costs(t, patience=None),
            _("You left the patience out. Give patience=240 to agents_needed."),
        ),
        Mistake(
            "only those on the telephone cost",
            lambda t: costs(t).assign(cost=lambda table: WAGE * table["agents"]),
            _("You multiplied the wage by the agents on the telephone. Everybody paid gets it."),
        ),
    ),
    hints=(
        _("Three steps for each target: agents on the telephone, agents to pay, cost. Work out the shrinkage first."),
        _("shrinkage = hours away ÷ all hours; paid = agents ÷ (1 − shrinkage), rounded up with np.ceil."),
        _("agents_needed(load, 300, target=percent / 100, patience=240) for each row of goals."),
    ),
    meaning=_cost_means,
)

# ---- in-house or outsourced


def quotes(t: Tables) -> pd.DataFrame:
    """What own agents and the service provider cost."""
    calls = t.table("calls")
    rows = [
        ("own_fixed", 156_000.0, "¥ a month"),
        ("wage", float(WAGE), "¥ an hour paid"),
        ("shrinkage", round(shrinkage(), 3), "share of paid time"),
        ("occupancy", 0.8, "share of time on the telephone"),
        ("handling", round(float(calls["handling_seconds"].mean()), 1), "seconds a call"),
        ("provider_fixed", 12_000.0, "¥ a month"),
        ("provider_minute", 2.1, "¥ a minute of handling"),
    ]
    return pd.DataFrame(rows, columns=["item", "amount", "unit"])


def _own(items: pd.Series, occupancy: bool = True, away: bool = True) -> float:
    """¥ of wages for one call."""
    used = (items["occupancy"] if occupancy else 1) * (1 - items["shrinkage"] if away else 1)
    return float(items["wage"] * items["handling"] / 3600 / used)


def _price(items: pd.Series) -> float:
    return float(items["provider_minute"] * items["handling"] / 60)


def even(t: Tables, provider_fixed: bool = True, **parts: bool) -> float:
    """Calls a month from which own agents are cheaper."""
    items = quotes(t).set_index("item")["amount"]
    fixed = float(items["provider_fixed"]) if provider_fixed else 0.0
    return staffing.break_even_calls(float(items["own_fixed"]), _own(items, **parts), _price(items), fixed)


def fixed_by_price(t: Tables) -> float:
    """The break-even if a call by own agents cost nothing."""
    items = quotes(t).set_index("item")["amount"]
    return float((items["own_fixed"] - items["provider_fixed"]) / _price(items))


def _even_means(t: Tables, calls: float) -> str:
    table = t.table("call_intervals")
    month = table.loc[table["date"] >= t.today - pd.Timedelta(days=365), "offered"].sum() / 12
    verdict = _("own agents are cheaper") if month > calls else _("the provider is cheaper")
    return _(
        "Willow Lane gets about {month:,.0f} calls a month, {times:.1f} times the break-even: {verdict}. Money is one "
        "side only. A provider takes up the peaks; own agents know the products, and what callers say stays here."
    ).format(month=month, times=month / calls, verdict=verdict)


break_even = Exercise(
    name="break_even",
    lab="12",
    title=_("In-house or outsourced"),
    points=3,
    sections=("outsource-idea",),
    kind="number",
    unit=_("calls a month"),
    reference=even,
    supplies={"quotes": quotes},
    mistakes=(
        Mistake(
            "agents always busy",
            lambda t: even(t, occupancy=False),
            _("You paid own agents for calls alone. They also wait for calls: divide by the occupancy."),
        ),
        Mistake(
            "nobody away",
            lambda t: even(t, away=False),
            _("You forgot paid time away from the telephone: divide by 1 − shrinkage."),
        ),
        Mistake(
            "talk time only",
            lambda t: even(t, occupancy=False, away=False),
            _("You paid own agents for handling alone. They are also paid while they wait for calls, and while away."),
        ),
        Mistake(
            "provider without fee",
            lambda t: even(t, provider_fixed=False),
            _("You forgot what the provider asks each month whatever the calls: take it off your own fixed cost."),
        ),
        Mistake(
            "whole calls",
            lambda t: float(np.ceil(even(t))),
            _("You rounded to whole calls. Leave the number as it comes out."),
        ),
        Mistake(
            "own calls for nothing",
            fixed_by_price,
            _("You divided by the provider's price. A call by own agents costs something, too: take the difference."),
        ),
    ),
    hints=(
        _("Set fixed own + calls × own cost of a call equal to fixed provider + calls × price of a call."),
        _("One call by own agents: wage × handling / 3600, divided by occupancy and by 1 − shrinkage."),
        _("(own_fixed − provider_fixed) / (provider_minute × handling / 60 − cost of a call by own agents)."),
    ),
    meaning=_even_means,
)
