"""The self-diagnostic on Python itself, and on choosing a plot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from crm_lab.exercises import declare

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

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

# ---- choosing a chart


def charts(t: Tables, **others: str) -> dict[str, str]:
    return {"by_channel": "bars", "by_month": "line", "order_sizes": "histogram", "price_pieces": "scatter"} | others


declare(
    charts,
    "choice",
    options=("bars", "line", "histogram", "scatter"),
    transfers=False,
    sections=("plots",),
    mistakes={
        "bars for everything": {"by_month": "bars", "order_sizes": "bars", "price_pieces": "bars"},
        "bars and histogram": {"by_channel": "histogram", "order_sizes": "bars"},
        "line for two figures": {"price_pieces": "line"},
        "bars over time": {"by_month": "bars"},
    },
)
