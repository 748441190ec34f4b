"""The self-diagnostic on Python itself, and on drawing a plot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from crm_lab.data.tables import Tables
from crm_lab.exercises import declare
from crm_lab.exercises._orders import all_orders, delivered

Basket = Mapping[str, int]
Prices = Mapping[str, float]
Value = Callable[[Basket, Prices], float]

# ---- mending a function


def basket_value(t: Tables) -> Value:
    return lambda basket, prices: sum(pieces * prices[product] for product, pieces in basket.items())


def of_last(basket: Basket, prices: Prices) -> float:
    return [pieces * prices[product] for product, pieces in basket.items()][-1]


def of_first(basket: Basket, prices: Prices) -> float:
    return next(pieces * prices[product] for product, pieces in basket.items())


def largest_order(t: Tables) -> tuple[dict[str, int], dict[str, float]]:
    """The basket with the most products of all orders, and the price list."""
    lines, products = t.table("order_lines"), t.table("products")
    order = lines["order_id"].value_counts().sort_index(kind="stable").idxmax()
    mine = lines[lines["order_id"] == order].groupby("product_id")["quantity"].sum()
    prices = dict(zip(products["product_id"], products["list_price"], strict=True))
    return {str(name): int(n) for name, n in mine.items()}, prices


def baskets(t: Tables) -> list[tuple[Any, ...]]:
    """What the learner's function is tried with; in each, products and pieces differ."""
    prices = {"tea": 30.0, "cup": 5.0, "lamp": 120.0}
    return [({"tea": 2, "cup": 1}, prices), ({"cup": 3, "lamp": 2, "tea": 1}, prices), largest_order(t)]


def worth_of_largest(t: Tables, function: Value) -> dict[str, Any]:
    basket, prices = largest_order(t)
    return {"form": "one" if len(basket) == 1 else "more", "n": len(basket), "value": function(basket, prices)}


declare(
    basket_value,
    "function",
    returns="number",
    probes=baskets,
    sections=("python", "functions", "errors"),
    mistakes={
        "return in the loop": lambda t: of_first,
        "pieces forgotten": lambda t: lambda basket, prices: sum(prices[product] for product in basket),
        "pieces only": lambda t: lambda basket, prices: sum(basket.values()),
        "not added up": lambda t: of_last,
    },
    facts=worth_of_largest,
)

# ---- a plot


def movement(t: Tables, orders: Any = delivered, day: str = "ordered_at") -> pd.Series:
    month = orders(t)[day].dropna().dt.to_period("M").dt.to_timestamp().rename("month")
    return month.value_counts().sort_index().rename("orders")


def revenue_by_month(t: Tables) -> pd.Series:
    orders = delivered(t)
    return orders.groupby(orders["ordered_at"].dt.to_period("M").dt.to_timestamp().rename("month"))["revenue"].sum()


declare(
    movement,
    "plot",
    shape="line",
    named="orders",
    key=("month",),
    sections=("plots",),
    mistakes={
        "all orders": {"orders": all_orders},
        "by delivery": {"day": "delivered_at"},
        "revenue": revenue_by_month,
    },
    facts=lambda t, counts: {"most": counts.max(), "when": f"{counts.idxmax():%Y-%m}", "least": counts.min()},
)
