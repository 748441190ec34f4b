"""Cohorts: counted long, laid out wide, and drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab import lifetime
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import all_orders, delivered, not_cancelled

# ---- the triangle


def cohorts(t: Tables, orders: Any = delivered) -> pd.DataFrame:
    return lifetime.cohort_triangle(orders(t)).add_prefix("q")


def counted(figure: Any = "nunique", first: Any = delivered) -> Any:
    """The triangle with places to go wrong: what is counted, and whose first order makes the cohort."""

    def recipe(t: Tables) -> pd.DataFrame:
        table, everything = delivered(t), first(t)
        begun = everything.groupby("customer_id")["ordered_at"].min().dt.to_period("Q")
        cohort = table["customer_id"].map(begun)
        age = table["ordered_at"].dt.to_period("Q").astype("int64") - cohort.astype("int64")
        long = pd.DataFrame({"cohort": cohort.astype(str), "age": age, "customer_id": table["customer_id"]})
        return long.pivot_table(index="cohort", columns="age", values="customer_id", aggfunc=figure).add_prefix("q")

    return recipe


declare(
    cohorts,
    "table",
    key=("cohort",),
    by_hand="lifetime.cohort_triangle",
    sections=("triangle-idea",),
    mistakes={
        "orders counted": counted("count"),
        "orders counted, zeros for the future": lambda t: counted("count")(t).fillna(0),
        "all orders": {"orders": all_orders},
        "open orders too": {"orders": not_cancelled},
        "cohort of cancelled orders": counted(first=all_orders),
        "shares": then(lambda triangle: triangle.div(triangle["q0"], axis=0)),
        "zeros for the future": then(lambda triangle: triangle.fillna(0)),
    },
    facts=lambda t, triangle: {
        "first": triangle.index[0],
        "size": triangle.iloc[0, 0],
        "next": triangle.iloc[0, 1],
        "last": triangle.iloc[0, -1],
    },
)

# ---- the curves


def triangle_2024(t: Tables) -> pd.DataFrame:
    """The cohorts of 2024 in long form: cohort, age in quarters, customers."""
    found = lifetime.cohort_triangle(delivered(t)).head(4)
    long = found.reset_index().melt("cohort", var_name="age", value_name="customers").dropna()
    return long.astype({"age": int, "customers": int}).sort_values(["cohort", "age"], ignore_index=True)


def curves(t: Tables, against: str = "start") -> pd.DataFrame:
    long = t.table("triangle_2024")
    groups = long.groupby("cohort")["customers"]
    base = {"start": groups.transform("first"), "before": groups.shift(), "all": groups.transform("sum")}[against]
    return long.assign(share=(long["customers"] / base).fillna(1))[["age", "cohort", "share"]]


def customers_drawn(t: Tables) -> pd.DataFrame:
    return t.table("triangle_2024").rename(columns={"customers": "share"})[["age", "cohort", "share"]]


def at_age(table: pd.DataFrame, age: int) -> float:
    return float(table.loc[table["age"] == age, "share"].mean())


declare(
    curves,
    "plot",
    shape="line",
    key=("age", "cohort"),
    sections=("curves-idea",),
    supplies={"triangle_2024": triangle_2024},
    mistakes={
        "customers drawn": customers_drawn,
        "of the quarter before": {"against": "before"},
        "of all who ever ordered": {"against": "all"},
        "percent": then(lambda table: table.assign(share=100 * table["share"])),
    },
    facts=lambda t, table: {"one": at_age(table, 1), "four": at_age(table, 4)},
)
