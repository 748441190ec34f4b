"""The self-diagnostic on tables: filter and extend, dates, groups, joins."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import all_orders, delivered

FIRMS = ("business", "dealer")
OFTEN = 3  # times advice was asked for, from which on it counts as often
YEAR = 2025
WEEKEND = (5, 6)  # Monday is 0

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
        "equals nothing": {"answered": ()},
    },
    facts=lambda t, table: {"n": len(table), "often": int(table["asked_often"].sum())},
)

# ---- dates


def weekend(
    t: Tables,
    days: tuple[int, ...] = WEEKEND,
    column: str = "ordered_at",
    year: int | None = YEAR,
    figure: str = "mean",
    orders: Any = all_orders,
    until: str = "2026-01-01",
) -> float:
    times = orders(t)[column].dropna()
    times = times if year is None else times[(times.dt.year == year) & (times < until)]
    return float(times.dt.day_of_week.isin(days).agg(figure))


def arriving(t: Tables) -> float:
    """The day of delivery, of the orders placed in that year."""
    orders = all_orders(t)
    arrived = orders[orders["ordered_at"].dt.year == YEAR]["delivered_at"]
    return float(arrived.dt.day_of_week.isin(WEEKEND).mean())


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
        "Sunday only": {"days": (6,)},
        "from Friday": {"days": (4, 5, 6)},
        "Sunday and Monday": {"days": (6, 0)},
        "Friday and Saturday": {"days": (4, 5)},
        "delivered only": {"orders": delivered},
        "not the last day": {"until": "2025-12-31"},
        "delivery": {"column": "delivered_at"},
        "day of delivery": arriving,
        "working days": then(lambda share: 1 - share),
    },
    facts=lambda t, share: {"share": share, "year": YEAR, "even": 2 / 7},
)

# ---- groups


def sales(t: Tables, orders: Any = all_orders) -> pd.DataFrame:
    lines = t.table("order_lines").merge(orders(t)[["order_id"]])
    lines["sales"] = lines["quantity"] * lines["unit_price"]
    return lines.groupby("product_id").agg(pieces=("quantity", "sum"), sales=("sales", "sum"))


def prices(t: Tables, figure: str) -> pd.Series:
    return t.table("order_lines").groupby("product_id")["unit_price"].agg(figure)


def at_list_price(t: Tables) -> pd.DataFrame:
    """The price of today in place of what was paid."""
    prices = t.table("products").set_index("product_id")["list_price"]
    return sales(t).assign(sales=lambda table: table["pieces"] * prices)


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
        "delivered only": {"orders": delivered},
        "list price": at_list_price,
        "mean price": lambda t: sales(t).assign(sales=lambda table: prices(t, "mean") * table["pieces"]),
    },
    facts=best_tenth,
)

# ---- joins


def refunds(t: Tables, returns: pd.DataFrame | None = None, column: str = "refund", figure: str = "sum") -> pd.Series:
    joined = (t.table("returns") if returns is None else returns).merge(t.table("products"), on="product_id")
    return joined.groupby("category")[column].agg(figure).rename("refund")


def doubled(t: Tables) -> pd.Series:
    """Each refund once for every line of its product."""
    lines = t.table("order_lines")["product_id"].value_counts()
    returns = t.table("returns")
    return refunds(t, returns.assign(refund=returns["refund"] * returns["product_id"].map(lines)))


def times_quantity(t: Tables) -> pd.Series:
    """What was paid back for all pieces, taken for that of one."""
    returns = t.table("returns")
    return refunds(t, returns.assign(refund=returns["refund"] * returns["quantity"]))


def by_reason(t: Tables) -> pd.Series:
    """The reason in place of the category."""
    return t.table("returns").groupby("reason")["refund"].sum().rename_axis("category")


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
        "doubled": doubled,
        "times quantity": times_quantity,
        "reason": by_reason,
    },
    facts=lambda t, refund: {"category": refund.idxmax(), "most": refund.max(), "all": refund.sum()},
)
