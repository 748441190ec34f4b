"""How close customers are to the company, and where they sit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import YEAR, all_orders, delivered, not_cancelled
from crm_lab.exercises.ch04._borders import DAYS, nearest

Rule = Callable[[pd.DataFrame], pd.Series]

# ---- relationship


def last_contacts(t: Tables) -> pd.DataFrame:
    """Each customer's marks: days since the last order and visit, account and consent; somebody on each border."""
    people = t.table("customers")[["customer_id", "account_open", "marketing_consent", "last_visit_at"]]
    last = people["customer_id"].map(not_cancelled(t).groupby("customer_id")["ordered_at"].max())
    people["days_since_order"] = (t.today - last.dt.normalize()).dt.days
    for sign, border in ((-1, YEAR), (1, YEAR + 1)):
        found = nearest(sign * people["days_since_order"], sign * border, sign * border + DAYS)
        people.loc[found, "days_since_order"] = border
    people["days_since_visit"] = (t.today - people.pop("last_visit_at").dt.normalize()).dt.days
    return people


def relationship(t: Tables) -> pd.Series:
    return classify.relationship(t.table("customers"), t.table("orders"), t.today)


RULES: dict[str, Rule] = {
    "current": lambda f: f["days_since_order"] <= 365,
    "lost": lambda f: f["days_since_order"].notna(),
    "target": lambda f: f["account_open"] & f["marketing_consent"] & (f["days_since_visit"] <= 90),
    "potential": lambda f: f["account_open"] & (f["days_since_visit"] <= 365),
}


def by_rules(order: Sequence[str] = tuple(RULES), **changed: Rule) -> Callable[[Tables], pd.Series]:
    """The rules as the task states them, on the supplied table: in another order, or with some of them changed."""

    def recipe(t: Tables) -> pd.Series:
        table = last_contacts(t).set_index("customer_id")
        rules = [(RULES | changed)[name](table) for name in order]
        return pd.Series(np.select(rules, list(order), "non_customer"), table.index, name="relationship")

    return recipe


declare(
    relationship,
    "table",
    key=("customer_id",),
    by_hand="classify.relationship",
    sections=("relationship-idea",),
    supplies={"last_contacts": last_contacts},
    mistakes={
        "consent forgotten": by_rules(target=lambda f: f["account_open"] & (f["days_since_visit"] <= 90)),
        "potential before target": by_rules(["current", "lost", "potential", "target"]),
        "never is not lost": by_rules(lost=lambda f: ~(f["days_since_order"] <= 365)),
        "account forgotten": by_rules(
            target=lambda f: f["marketing_consent"] & (f["days_since_visit"] <= 90),
            potential=lambda f: f["days_since_visit"] <= 365,
        ),
        "orders below": by_rules(current=lambda f: f["days_since_order"] < 365),
        "visits below": by_rules(
            target=lambda f: f["account_open"] & f["marketing_consent"] & (f["days_since_visit"] < 90),
            potential=lambda f: f["account_open"] & (f["days_since_visit"] < 365),
        ),
        "lost before current": by_rules(["lost", "current", "target", "potential"]),
        "visitors before buyers": by_rules(["target", "potential", "current", "lost"]),
        "visits for orders": by_rules(current=lambda f: f["days_since_order"].notna() & (f["days_since_visit"] <= 365)),
    },
    facts=lambda t, groups: {
        "all": len(groups),
        **groups.value_counts().reindex(["current", "lost", "target"], fill_value=0).to_dict(),
    },
)

# ---- position

POSITIONS = {"consumer": "external", "business": "external", "dealer": "channel", "employee": "internal"}


def position(
    t: Tables,
    orders: Any = delivered,
    count: str = "nunique",
    value: str = "margin",
    figure: str = "sum",
    **elsewhere: str,
) -> pd.DataFrame:
    """Buyers and margin of each position; some kinds of customer may sit elsewhere."""
    placed = orders(t).assign(position=lambda o: o["customer_id"].map(positions(t, **elsewhere)))
    return placed.groupby("position").agg(buyers=("customer_id", count), margin=(value, figure))


def positions(t: Tables, **elsewhere: str) -> pd.Series:
    return t.table("customers").set_index("customer_id")["kind"].map(POSITIONS | elsewhere)


def accounts_by_position(t: Tables) -> pd.DataFrame:
    return position(t).assign(buyers=lambda table: positions(t).value_counts().reindex(table.index))


def outside(t: Tables, table: pd.DataFrame) -> dict[str, pd.Series]:
    known = table.reindex(["channel", "external"], fill_value=0)
    return {"buyers": known["buyers"], "share": known["margin"] / table["margin"].sum()}


declare(
    position,
    "table",
    key=("position",),
    by_hand="classify.position",
    sections=("position-idea",),
    mistakes={
        "all orders": {"orders": all_orders},
        "firms are the channel": {"business": "channel"},
        "staff are outside": {"employee": "external"},
        "accounts": accounts_by_position,
        "orders": {"count": "size"},
        "revenue": {"value": "revenue"},
        "mean of the orders": {"figure": "mean"},
        "mean of the buyers": then(lambda table: table.assign(margin=table["margin"] / table["buyers"])),
    },
    facts=outside,
)

# ---- internal customers

TEAMS = {
    "received": "sales",
    "credit_check": "finance",
    "confirmed": "sales",
    "changed": "sales",
    "picked": "warehouse",
    "shipped": "warehouse",
}


def steps(t: Tables) -> pd.DataFrame:
    """The steps of each company's order inside the house, and the department that does them."""
    stages = t.table("order_stages")
    table = stages.assign(team=stages["stage"].map(TEAMS), begun_at=stages["entered_at"]).dropna(subset="team")
    return table[["order_id", "step_no", "team", "begun_at"]].reset_index(drop=True)


def internal(
    t: Tables,
    figure: str = "median",
    inside: bool = False,
    apart: bool = True,
    first: bool = False,
    hours_of: Callable[[pd.Series], pd.Series] = lambda gap: gap.dt.total_seconds() / 3600,
) -> pd.DataFrame:
    """Handovers from department to department.

    figure    of the hours that the work lay with the supplier
    inside    counts steps that stay in one department, too
    apart     looks at each order by itself
    first     counts from the first of several steps in a row
    hours_of  makes hours of a length of time
    """
    table = t.table("steps")
    following = (table.groupby("order_id") if apart else table)[["team", "begun_at"]].shift(-1)
    begun = table.groupby(run_of(table))["begun_at"].transform("first") if first else table["begun_at"]
    hours = hours_of(following["begun_at"] - begun)
    passed = table.assign(customer=following["team"], hours=hours).rename(columns={"team": "supplier"})
    passed = passed.dropna(subset="customer")
    kept = passed if inside else passed[passed["supplier"] != passed["customer"]]
    return kept.groupby(["supplier", "customer"]).agg(handovers=("hours", "size"), hours=("hours", figure))


def run_of(table: pd.DataFrame) -> pd.Series:
    """A number for each run of steps of one order in one department."""
    same = table[["order_id", "team"]]
    return (same != same.shift()).any(axis=1).cumsum()


def slowest(t: Tables, table: pd.DataFrame) -> Any:
    return table.reset_index().nlargest(1, "hours").iloc[0]


declare(
    internal,
    "table",
    key=("supplier", "customer"),
    sections=("internal-idea",),
    supplies={"steps": steps},
    mistakes={
        "mean": {"figure": "mean"},
        "same department": {"inside": True},
        "across orders": {"apart": False},
        "exchanged": then(lambda table: table.rename_axis(["customer", "supplier"])),
        "from the first step": {"first": True},
        "days dropped": {"hours_of": lambda gap: gap.dt.seconds / 3600},
        "days": then(lambda table: table.assign(hours=table["hours"] / 24)),
        "minutes": then(lambda table: table.assign(hours=60 * table["hours"])),
    },
    facts=slowest,
)
