"""The self-diagnostic on tables: filter and extend, dates, groups, joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab.exercises import declare, then

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

FIRMS = ("business", "dealer")
OFTEN = 3  # times advice was asked for, from which on it counts as often
YEAR = 2025

# ---- rows and columns


def silent(
    t: Tables, kinds: tuple[str, ...] = FIRMS, answered: tuple[bool, ...] = (False,), asked_from: int = OFTEN
) -> pd.DataFrame:
    people = t.table("customers")
    chosen = people[people["kind"].isin(kinds) & people["recommend_score"].notna().isin(answered)]
    table = chosen.assign(asked_often=chosen["advice_contacts"] >= asked_from)
    return table[["customer_id", "region", "asked_often"]]


declare(
    silent,
    "table",
    key=("customer_id",),
    sections=("rows", "columns"),
    mistakes={
        "every kind": {"kinds": ("consumer", "business", "dealer", "employee")},
        "one kind": {"kinds": ("business",)},
        "answered as well": {"answered": (True, False)},
        "those who answered": {"answered": (True,)},
        "more than three": {"asked_from": OFTEN + 1},
    },
    facts=lambda t, table: {"n": len(table), "often": int(table["asked_often"].sum())},
)

# ---- dates


def weekend(
    t: Tables, first_day: int = 5, column: str = "ordered_at", year: int | None = YEAR, figure: str = "mean"
) -> float:
    days = t.table("orders")[column].dropna()
    days = days if year is None else days[days.dt.year == year]
    return float((days.dt.day_of_week >= first_day).agg(figure))


def of_all_years(t: Tables) -> float:
    """The weekend orders of one year, divided by the orders of all."""
    return weekend(t, figure="sum") / len(t.table("orders"))


declare(
    weekend,
    "number",
    sections=("dates",),
    mistakes={
        "a count": {"figure": "sum"},
        "percent": then(lambda share: 100 * share),
        "both years": {"year": None},
        "divided by all": of_all_years,
        "Sunday only": {"first_day": 6},
        "from Friday": {"first_day": 4},
        "delivery": {"column": "delivered_at"},
        "working days": then(lambda share: 1 - share),
    },
    facts=lambda t, share: {"share": share, "year": YEAR, "even": 2 / 7},
)

# ---- groups


def sales(t: Tables) -> pd.DataFrame:
    lines = t.table("order_lines")
    lines["sales"] = lines["quantity"] * lines["unit_price"]
    return lines.groupby("product_id").agg(pieces=("quantity", "sum"), sales=("sales", "sum"))


def prices(t: Tables, figure: str) -> pd.Series:
    return t.table("order_lines").groupby("product_id")["unit_price"].agg(figure)


def best_tenth(t: Tables, table: pd.DataFrame) -> dict[str, float]:
    best = table["sales"].nlargest(-(-len(table) // 10))
    return {"share": best.sum() / table["sales"].sum()}


declare(
    sales,
    "table",
    key=("product_id",),
    sections=("groups", "columns"),
    mistakes={
        "lines for pieces": lambda t: sales(t).assign(pieces=t.table("order_lines").groupby("product_id").size()),
        "quantity forgotten": lambda t: sales(t).assign(sales=prices(t, "sum")),
        "mean price": lambda t: sales(t).assign(sales=lambda table: prices(t, "mean") * table["pieces"]),
    },
    facts=best_tenth,
)

# ---- joins


def refunds(t: Tables, column: str = "refund", figure: str = "sum") -> pd.Series:
    joined = t.table("returns").merge(t.table("products"), on="product_id")
    return joined.groupby("category")[column].agg(figure).rename("refund")


declare(
    refunds,
    "table",
    key=("category",),
    sections=("joins", "groups"),
    mistakes={
        "counted": {"figure": "count"},
        "mean": {"figure": "mean"},
        "loss": {"column": "loss"},
        "list price": {"column": "list_price"},
    },
    facts=lambda t, refund: {"category": refund.idxmax(), "most": refund.max(), "all": refund.sum()},
)
