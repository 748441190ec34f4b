"""How close customers are to the company, and where they sit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.exercises import declare
from crm_lab.exercises._orders import all_orders, delivered, not_cancelled

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

Rule = Callable[[pd.DataFrame], pd.Series]

# ---- relationship


def last_contacts(t: Tables) -> pd.DataFrame:
    """Each customer's marks: days since the last order and visit, account and consent."""
    people = t.table("customers")[["customer_id", "account_open", "marketing_consent", "last_visit_at"]]
    last = people["customer_id"].map(not_cancelled(t).groupby("customer_id")["ordered_at"].max())
    people["days_since_order"] = (t.today - last.dt.normalize()).dt.days
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
        "visits for orders": by_rules(current=lambda f: f["days_since_order"].notna() & (f["days_since_visit"] <= 365)),
    },
    facts=lambda t, groups: {
        "all": len(groups),
        **groups.value_counts().reindex(["current", "lost", "target"], fill_value=0).to_dict(),
    },
)

# ---- position

POSITIONS = {"consumer": "external", "business": "external", "dealer": "channel", "employee": "internal"}


def position(t: Tables, orders: Any = delivered, count: str = "nunique", **elsewhere: str) -> pd.DataFrame:
    """Buyers and margin of each position; some kinds of customer may sit elsewhere."""
    placed = orders(t).assign(position=lambda o: o["customer_id"].map(positions(t, **elsewhere)))
    return placed.groupby("position").agg(buyers=("customer_id", count), margin=("margin", "sum"))


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
    },
    facts=outside,
)
