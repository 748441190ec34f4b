"""What a service level costs with everyone who must be paid, and whether to do it oneself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.exercises import declare, texts, then
from crm_lab.exercises.ch12.plan import loads
from crm_lab.exercises.ch12.queues import HANDLING, PATIENCE

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

WAGE = 45  # ¥ an hour, stated in the task
PERCENT = (70, 80, 90, 95, 99)
HOURS = {"telephone": 1600, "leave": 176, "illness": 91, "training": 97, "meetings": 116}  # of one agent in a year
AWAY = ("leave", "illness", "training", "meetings")

# ---- the cost of a service level


def goals(t: Tables) -> pd.DataFrame:
    """Five targets for the busiest half-hour of next Monday."""
    return pd.DataFrame({"percent": PERCENT, "load": round(loads(t).max(), 1)})


def paid_time(t: Tables) -> pd.DataFrame:
    """Where the paid hours of one agent go in a year."""
    return pd.DataFrame(list(HOURS.items()), columns=["activity", "hours"])


def shrinkage(away: Sequence[str] = AWAY) -> float:
    """Share of paid time away from the telephone."""
    return sum(HOURS[activity] for activity in away) / sum(HOURS.values())


def service_cost(t: Tables, **settings: Any) -> pd.DataFrame:
    """Agents, paid and cost of each target."""
    settings = {"patience": PATIENCE, "shrinkage": shrinkage(), **settings}
    targets = settings.pop("targets", [percent / 100 for percent in PERCENT])
    curve = staffing.cost_curve(t.table("goals")["load"].iloc[0], HANDLING, targets, wage=WAGE, **settings)
    table = pd.DataFrame({"agents": curve["agents"], "paid": curve["paid"], "cost": curve["staff_cost"]})
    return table.set_index(pd.Index(PERCENT, name="percent"))


def paid_instead(table: pd.DataFrame, paid: pd.Series) -> pd.DataFrame:
    return table.assign(paid=paid, cost=WAGE * paid)


def unrounded(table: pd.DataFrame) -> pd.Series:
    """Agents to pay, with parts of people."""
    return table["agents"] / (1 - shrinkage())


def steps_of_cost(t: Tables, table: pd.DataFrame) -> dict[str, float]:
    cost = table["cost"]
    return {**table.loc[80, ["agents", "paid"]], "more": cost[90] - cost[80], "last": cost[99] - cost[90]}


declare(
    service_cost,
    "table",
    key=("percent",),
    sections=("shrinkage-idea",),
    supplies={"goals": goals, "paid_time": paid_time},
    mistakes={
        "multiplied": then(lambda table: paid_instead(table, np.ceil(table["agents"] * (1 + shrinkage())))),
        "no shrinkage": {"shrinkage": 0},
        "parts of people": then(lambda table: paid_instead(table, unrounded(table))),
        "rounded down": then(lambda table: paid_instead(table, np.floor(unrounded(table)))),
        "no meetings": {"shrinkage": shrinkage(AWAY[:-1])},
        "away by telephone": {"shrinkage": shrinkage() / (1 - shrinkage())},
        "nobody gives up": {"patience": None},
        "always 80 %": {"targets": [0.8] * len(PERCENT)},
        "only those on the telephone cost": then(lambda table: table.assign(cost=WAGE * table["agents"])),
    },
    facts=steps_of_cost,
)

# ---- in-house or outsourced


def quotes(t: Tables) -> pd.DataFrame:
    """What own agents and the service provider cost."""
    amounts = {
        "own_fixed": 156_000.0,
        "wage": float(WAGE),
        "shrinkage": round(shrinkage(), 3),
        "occupancy": 0.8,
        "handling": round(float(t.table("calls")["handling_seconds"].mean()), 1),
        "provider_fixed": 12_000.0,
        "provider_minute": 2.1,
    }
    table = pd.DataFrame(list(amounts.items()), columns=["item", "amount"])
    return table.assign(unit=table["item"].map(texts("break_even", __name__)))


def break_even(t: Tables, waiting: bool = True, away: bool = True, own_calls: bool = True, fee: bool = True) -> float:
    """Calls a month from which own agents are cheaper, with parts of the cost in or left out.

    waiting    own agents are paid while they wait for calls
    away       they are paid while away
    own_calls  a call by them costs something
    fee        the provider asks a fixed amount
    """
    items = t.table("quotes").set_index("item")["amount"]
    busy = (items["occupancy"] if waiting else 1) * (1 - items["shrinkage"] if away else 1)
    own = items["wage"] * items["handling"] / 3600 / busy if own_calls else 0.0
    price = items["provider_minute"] * items["handling"] / 60
    return staffing.break_even_calls(items["own_fixed"], own, price, items["provider_fixed"] if fee else 0.0)


def calls_of_a_month(t: Tables, calls: float) -> dict[str, Any]:
    table = t.table("call_intervals")
    month = table.loc[table["date"] >= t.today - pd.Timedelta(days=365), "offered"].sum() / 12
    return {"form": "own" if month > calls else "provider", "month": month, "times": month / calls}


declare(
    break_even,
    "number",
    sections=("outsource-idea",),
    supplies={"quotes": quotes},
    mistakes={
        "agents always busy": {"waiting": False},
        "nobody away": {"away": False},
        "talk time only": {"waiting": False, "away": False},
        "provider without fee": {"fee": False},
        "whole calls": then(lambda calls: float(np.ceil(calls))),
        "own calls for nothing": {"own_calls": False},
    },
    facts=calls_of_a_month,
)

# ---- outsourcing beyond the price

OFFERS = {"own": (6.4, 0.86, 0.04), "A": (5.6, 0.66, 0.03), "B": (5.2, 0.62, 0.08), "C": (6.9, 0.9, 0.02)}
WORTH = 30  # ¥ of margin lost with a caller who gives up, stated in the task


def offers(t: Tables) -> pd.DataFrame:
    """What own agents and three providers ask and do."""
    rows = [(name, *values) for name, values in OFFERS.items()]
    return pd.DataFrame(rows, columns=["name", "per_call", "solved", "gives_up"])


def question_cost(t: Tables, again: bool = True, worth: float = WORTH) -> pd.Series:
    """Cost of a question: calls until it is solved, and the callers lost."""
    table = t.table("offers").set_index("name")
    calls = 1 / table["solved"] if again else 1
    return (table["per_call"] * calls + worth * table["gives_up"]).rename("cost")


def solved_times(t: Tables) -> pd.Series:
    table = t.table("offers").set_index("name")
    return table["per_call"] * table["solved"] + WORTH * table["gives_up"]


def one_repeat(t: Tables) -> pd.Series:
    table = t.table("offers").set_index("name")
    return table["per_call"] * (2 - table["solved"]) + WORTH * table["gives_up"]


def cheapest(t: Tables, cost: pd.Series) -> dict[str, Any]:
    asked = t.table("offers").set_index("name")["per_call"]
    return {"price": asked.idxmin(), "best": cost.idxmin(), "least": cost.min(), "own": cost["own"]}


declare(
    question_cost,
    "table",
    key=("name",),
    sections=("own-idea",),
    supplies={"offers": offers},
    mistakes={
        "price alone": {"again": False, "worth": 0},
        "nobody lost": {"worth": 0},
        "nobody calls again": {"again": False},
        "one repeat": one_repeat,
        "times solved": solved_times,
    },
    facts=cheapest,
)
