"""Whom to choose: the marks of a good customer."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare
from crm_lab.exercises._orders import HALF, YEAR, delivered, number_of, total
from crm_lab.exercises.ch04._borders import NEAR, nearest

Rule = Callable[[pd.DataFrame], pd.Series]


def facts(t: Tables) -> pd.DataFrame:
    """What the seven marks need, one row a customer; amounts in ¥, of delivered orders; somebody at ¥500."""
    year, latest = delivered(t, YEAR), delivered(t, HALF)
    earlier, previous = (
        now[~now["order_id"].isin(later["order_id"])]
        for now, later in ((delivered(t, 2 * YEAR), year), (delivered(t, 2 * HALF), latest))
    )
    returned = year[year["order_id"].isin(t.table("returns")["order_id"])]
    counts = {"orders": year, "orders_before": earlier, "returned_orders": returned}
    sums = {
        "revenue": total(year, "revenue"),
        "margin": total(year),
        "revenue_latest": total(latest, "revenue"),
        "revenue_previous": total(previous, "revenue"),
    }
    table = t.table("customers").set_index("customer_id")[["advice_contacts", "recommend_score"]]
    for name, orders in counts.items():
        table[name] = number_of(orders).reindex(table.index, fill_value=0)
    for name, amounts in sums.items():
        table[name] = amounts.round(2).reindex(table.index, fill_value=0.0)
    return on_borders(table).reset_index()


def on_borders(table: pd.DataFrame) -> pd.DataFrame:
    """Somebody with ¥500 of revenue, a buyer without profit or loss, one who brings the same in both half-years."""
    amounts = ["revenue", "margin", "revenue_latest", "revenue_previous"]
    for customer in nearest(table["revenue"], 500, NEAR * 500):
        scaled = table.loc[customer, amounts].astype(float) * 500 / table.loc[customer, "revenue"]
        table.loc[customer, amounts] = scaled.round(2)
    table.loc[nearest(-table["margin"].where(table["orders"] > 0), 0, 10), "margin"] = 0.0
    still = nearest(table["revenue_previous"] / table["revenue_latest"], 1, NEAR)
    table.loc[still, "revenue_previous"] = table.loc[still, "revenue_latest"]
    return table


def marks(t: Tables, **bars: float) -> pd.Series:
    customers, orders, returns = (t.table(name) for name in ("customers", "orders", "returns"))
    return classify.good_customer_marks(customers, orders, returns, t.today, **bars)["marks"]


RULES: dict[str, Rule] = {
    "enough": lambda f: f["revenue"] >= 500,
    "profit": lambda f: f["margin"] > 0,
    "keeps": lambda f: f["returned_orders"] / f["orders"] <= 0.2,
    "cheap": lambda f: f["advice_contacts"] / f["orders"] <= 1,
    "growing": lambda f: f["revenue_latest"] > f["revenue_previous"],
    "recommends": lambda f: f["recommend_score"] >= 9,
    "stays": lambda f: (f["orders"] > 0) & (f["orders_before"] > 0),
}


def by_rules(**changed: Rule) -> Callable[[Tables], pd.Series]:
    """The marks as the task states them, from the supplied table, some of them changed."""

    def recipe(t: Tables) -> pd.Series:
        table = facts(t).set_index("customer_id")
        given = pd.DataFrame({name: rule(table) for name, rule in (RULES | changed).items()})
        return given.sum(axis=1).rename("marks")

    return recipe


def buyers_only(t: Tables) -> pd.Series:
    return marks(t)[facts(t).set_index("customer_id")["orders"] > 0]


def found_by_margin(t: Tables, values: pd.Series) -> dict[str, int]:
    """Customers with six or seven marks, and how many of them last year's margin alone would have found."""
    good = values.index[values >= 6]
    largest = facts(t).set_index("customer_id")["margin"].nlargest(len(good)).index
    return {"many": len(good), "all": len(values), "same": len(good.intersection(largest))}


declare(
    marks,
    "table",
    key=("customer_id",),
    by_hand="classify.good_customer_marks",
    sections=("choose-idea",),
    supplies={"facts": facts},
    mistakes={
        "8 recommends": {"recommend_from": 8},
        "9 left out": {"recommend_from": 9.5},
        "idle is good": by_rules(
            keeps=lambda f: f["returned_orders"] <= 0.2 * f["orders"],
            cheap=lambda f: f["advice_contacts"] <= f["orders"],
        ),
        "no loss for a profit": by_rules(profit=lambda f: f["margin"] >= 0),
        "nothing sent back": by_rules(keeps=lambda f: f["returned_orders"] <= 0.2 * f["orders"]),
        "nothing asked": by_rules(cheap=lambda f: f["advice_contacts"] <= f["orders"]),
        "less than 20 %": by_rules(keeps=lambda f: f["returned_orders"] / f["orders"] < 0.2),
        "less than one contact": by_rules(cheap=lambda f: f["advice_contacts"] / f["orders"] < 1),
        "20 for 20 %": by_rules(keeps=lambda f: f["returned_orders"] / f["orders"] <= 20),
        "returns by number": by_rules(keeps=lambda f: (f["orders"] > 0) & (f["returned_orders"] <= 0.2)),
        "last year is enough": by_rules(stays=lambda f: f["orders"] > 0),
        "either year": by_rules(stays=lambda f: (f["orders"] > 0) | (f["orders_before"] > 0)),
        "above 500": by_rules(enough=lambda f: f["revenue"] > 500),
        "standing still": by_rules(growing=lambda f: f["revenue_latest"] >= f["revenue_previous"]),
        "stayed away": by_rules(stays=lambda f: f["orders_before"] > 0),
        "buyers only": buyers_only,
    },
    facts=found_by_margin,
)
