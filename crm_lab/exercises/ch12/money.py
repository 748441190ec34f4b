"""What a service level costs with everyone who must be paid, and whether to do it oneself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, texts, then
from crm_lab.exercises.ch12.plan import loads
from crm_lab.exercises.ch12.queues import HANDLING, PATIENCE

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


def on_calls(items: pd.Series) -> float:
    """Share of the paid time of own agents that they spend on calls."""
    return float(items["occupancy"] * (1 - items["shrinkage"]))


def price_of_a_call(items: pd.Series) -> float:
    return float(items["provider_minute"] * items["handling"] / 60)


def break_even(
    t: Tables, used: Any = on_calls, price: Any = price_of_a_call, own_calls: bool = True, fee: float = 1.0
) -> float:
    """Calls a month from which own agents are cheaper.

    used       quotes -> share of paid time that brings calls
    price      quotes -> ¥ that the provider takes for a call
    own_calls  whether a call by own agents costs something
    fee        how often the provider's fixed amount is taken off the own one
    """
    items = t.table("quotes").set_index("item")["amount"]
    own = items["wage"] * items["handling"] / 3600 / used(items) if own_calls else 0.0
    return float((items["own_fixed"] - fee * items["provider_fixed"]) / (price(items) - own))


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
        "agents always busy": {"used": lambda items: 1 - items["shrinkage"]},
        "nobody away": {"used": lambda items: items["occupancy"]},
        "talk time only": {"used": lambda items: 1.0},
        "times 1 + shrinkage": {"used": lambda items: items["occupancy"] / (1 + items["shrinkage"])},
        "times occupancy": {"used": lambda items: (1 - items["shrinkage"]) / items["occupancy"]},
        "price of a minute": {"price": lambda items: items["provider_minute"]},
        "price of a second": {"price": lambda items: items["provider_minute"] * items["handling"]},
        "provider without fee": {"fee": 0.0},
        "fees added": {"fee": -1.0},
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


def gives_up_each_call(t: Tables) -> pd.Series:
    """As if callers gave up at each call, not at each question."""
    table = t.table("offers").set_index("name")
    return (table["per_call"] + WORTH * table["gives_up"]) / table["solved"]


def six_rounds(t: Tables) -> pd.Series:
    """The first call and five that come again."""
    table = t.table("offers").set_index("name")
    return table["per_call"] * (1 - (1 - table["solved"]) ** 6) / table["solved"] + WORTH * table["gives_up"]


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
        "gives up at each call": gives_up_each_call,
        "everybody gives up": lambda t: question_cost(t, worth=0) + WORTH,
        "six rounds": six_rounds,
        "one repeat": one_repeat,
        "times solved": solved_times,
    },
    facts=cheapest,
)
