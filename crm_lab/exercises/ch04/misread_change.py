"""Lab 04b, who moves and whose value changes: the tables it supplies and the ways to misread its tasks, as recipes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.exercises.ch04.misread_a import delivered, total

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

YEAR, HALF = 365, 182  # days

# ---- migration


def quarter_classes(quarter: str) -> Callable[[Tables], pd.DataFrame]:
    """Each customer's class in the pyramid, by the margin of one quarter."""

    def supply(t: Tables) -> pd.DataFrame:
        orders = delivered(t)
        margin = total(orders[orders["ordered_at"].dt.to_period("Q").astype(str) == quarter])
        return classify.value_classes(margin).reset_index()

    return supply


def matrix_of(t: Tables) -> pd.DataFrame:
    """The migration matrix of the two quarters."""
    before, after = quarter_classes("2025Q3")(t), quarter_classes("2025Q4")(t)
    return classify.migration(*(side.set_index("customer_id")["value_class"] for side in (before, after)))


def all_pairs(t: Tables) -> pd.DataFrame:
    """The migration matrix as a long table, pairs that do not occur among its rows."""
    return matrix_of(t).melt(ignore_index=False, var_name="after", value_name="customers").reset_index()


def moves_of(t: Tables) -> pd.DataFrame:
    """How many went from which class to which."""
    table = all_pairs(t)
    return table[table["customers"] > 0].reset_index(drop=True)


def moves_where(keep: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Tables], pd.DataFrame]:
    """The moves without some of the rows."""
    return lambda t: moves_of(t).loc[keep]


def exchanged(t: Tables) -> pd.DataFrame:
    """The moves with the quarters the wrong way round."""
    return moves_of(t).rename(columns={"before": "after", "after": "before"})


def as_shares(t: Tables) -> pd.DataFrame:
    """The moves as shares of the class before."""
    moves = moves_of(t)
    return moves.assign(customers=moves["customers"] / moves.groupby("before")["customers"].transform("sum"))


# ---- value-changing customers


def changing_of(
    t: Tables, orders: pd.DataFrame | None = None, value: str = "margin", days: int = HALF, minimum: float = 100.0
) -> pd.DataFrame:
    """Rising, falling, steady and problem customers, with places to go wrong."""
    return classify.value_change(
        delivered(t) if orders is None else orders, t.today, days=days, value=value, minimum=minimum
    )


def named(table: pd.DataFrame, *order: str, trouble: pd.Series | None = None) -> pd.DataFrame:
    """The sums with names given in this order of rules, and perhaps another idea of trouble."""
    previous, latest = table["previous"], table["latest"]
    rules = {
        "problem": (previous + latest).round(6) < 0 if trouble is None else trouble,
        "rising": (latest >= 1.5 * previous) & ((latest - previous).round(6) >= 100),
        "falling": (previous >= 1.5 * latest) & ((previous - latest).round(6) >= 100),
    }
    return table.assign(change=np.select([rules[name] for name in order], list(order), "steady"))


def by_latest(t: Tables) -> pd.DataFrame:
    """The same, called a problem for a loss in the latest window alone."""
    table = changing_of(t)
    return named(table, "problem", "rising", "falling", trouble=table["latest"] < 0)


def by_either(t: Tables) -> pd.DataFrame:
    """The same, called a problem for a loss in either window."""
    table = changing_of(t)
    return named(table, "problem", "rising", "falling", trouble=(table["latest"] < 0) | (table["previous"] < 0))


def with_everyone(t: Tables) -> pd.DataFrame:
    """The same, with a row for those who ordered before both windows only."""
    table = changing_of(t).reindex(total(delivered(t)).index)
    return table.fillna({"previous": 0, "latest": 0, "change": "steady"})


def in_both_windows(t: Tables) -> pd.DataFrame:
    """The same without those who ordered in one window only."""
    days = (t.today - delivered(t)["ordered_at"].dt.normalize()).dt.days
    latest, previous = (delivered(t).loc[days.between(*window), "customer_id"] for window in ((1, 182), (183, 364)))
    table = changing_of(t)
    return table[table.index.isin(latest) & table.index.isin(previous)]


def all_before(t: Tables) -> pd.DataFrame:
    """The same, with everything before the latest window as the earlier one."""
    orders = delivered(t)
    days = (t.today - orders["ordered_at"].dt.normalize()).dt.days
    sums = orders.assign(
        previous=orders["margin"].where(days > HALF, 0), latest=orders["margin"].where(days <= HALF, 0)
    )
    table = sums.groupby("customer_id")[["previous", "latest"]].sum()
    return named(table, "problem", "rising", "falling")


def windows_exchanged(t: Tables) -> pd.DataFrame:
    """The same with the windows the wrong way round."""
    table = changing_of(t)
    return named(table.assign(previous=table["latest"], latest=table["previous"]), "problem", "rising", "falling")


# ---- marks of a good customer


def facts(t: Tables) -> pd.DataFrame:
    """What the seven marks need, one row a customer; amounts in ¥, of delivered orders."""
    year, both = delivered(t, YEAR), delivered(t, 2 * YEAR)
    latest, halves = delivered(t, HALF), delivered(t, 2 * HALF)
    counts = {
        "orders": year,
        "orders_before": both[~both["order_id"].isin(year["order_id"])],
        "returned_orders": year[year["order_id"].isin(t.table("returns")["order_id"])],
    }
    sums = {
        "revenue": total(year, "revenue"),
        "margin": total(year),
        "revenue_latest": total(latest, "revenue"),
        "revenue_previous": total(halves[~halves["order_id"].isin(latest["order_id"])], "revenue"),
    }
    table = t.table("customers").set_index("customer_id")[["advice_contacts", "recommend_score"]]
    for name, orders in counts.items():
        table[name] = orders.groupby("customer_id").size().reindex(table.index, fill_value=0)
    for name, amounts in sums.items():
        table[name] = amounts.round(2).reindex(table.index, fill_value=0.0)
    return table.reset_index()


def marks_of(t: Tables) -> pd.Series:
    """The number of marks of each customer."""
    customers, orders, returns = (t.table(name) for name in ("customers", "orders", "returns"))
    return classify.good_customer_marks(customers, orders, returns, t.today)["marks"]


def marks_from_facts(t: Tables, **others: Callable[[pd.DataFrame], pd.Series]) -> pd.Series:
    """The marks from the supplied facts; `others` take the place of marks by name."""
    table = facts(t).set_index("customer_id")
    rules: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
        "enough": lambda f: f["revenue"] >= 500,
        "profit": lambda f: f["margin"] > 0,
        "keeps": lambda f: f["returned_orders"] / f["orders"] <= 0.2,
        "cheap": lambda f: f["advice_contacts"] / f["orders"] <= 1,
        "growing": lambda f: f["revenue_latest"] > f["revenue_previous"],
        "recommends": lambda f: f["recommend_score"] >= 9,
        "stays": lambda f: (f["orders"] > 0) & (f["orders_before"] > 0),
    }
    marks = pd.DataFrame({name: rule(table) for name, rule in (rules | others).items()})
    return marks.sum(axis=1).rename("marks")
