"""The self-diagnostic on Python itself, and on choosing a plot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from crm_lab.base.text import _, ngettext
from crm_lab.exercises import Exercise, Mistake

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

Basket = Mapping[str, int]
Prices = Mapping[str, float]

# ---- mending a function


def value_of(basket: Basket, prices: Prices) -> float:
    """What a basket costs.

    basket  pieces by product
    prices  ¥ a piece by product

    >>> value_of({"tea": 2, "cup": 1}, {"tea": 30.0, "cup": 5.0})
    65.0
    """
    return sum(pieces * prices[product] for product, pieces in basket.items())


def largest_order(t: Tables) -> tuple[dict[str, int], dict[str, float]]:
    """The basket with the most products of all orders, and the price list."""
    lines, products = t.table("order_lines"), t.table("products")
    order = lines["order_id"].value_counts().sort_index(kind="stable").idxmax()
    mine = lines[lines["order_id"] == order].groupby("product_id")["quantity"].sum()
    return {str(name): int(n) for name, n in mine.items()}, dict(
        zip(products["product_id"], products["list_price"], strict=True)
    )


def baskets(t: Tables) -> list[tuple[Any, ...]]:
    """What the learner's function is tried with; in each, products and pieces differ."""
    prices = {"tea": 30.0, "cup": 5.0, "lamp": 120.0}
    return [({"tea": 2, "cup": 1}, prices), ({"cup": 3, "lamp": 2, "tea": 1}, prices), largest_order(t)]


def _first_only(basket: Basket, prices: Prices) -> float:
    product, pieces = next(iter(basket.items()))
    return pieces * prices[product]


def _basket_means(t: Tables, function: Callable[..., float]) -> str:
    basket, prices = largest_order(t)
    return ngettext(
        "It works for any basket: the one with the most products at Willow Lane holds {n} of them, worth ¥{value:,.0f} "
        "at today's list price.",
        "It works for any basket: the one with the most products at Willow Lane holds {n} of them, worth ¥{value:,.0f} "
        "at today's list prices.",
        len(basket),
    ).format(n=len(basket), value=function(basket, prices))


basket_value = Exercise(
    name="basket_value",
    lab="00",
    title=_("Mend a function"),
    points=1,
    kind="function",
    answer="number",
    sections=("python", "functions", "errors"),
    probes=baskets,
    reference=lambda t: value_of,
    mistakes=(
        Mistake(
            "return in the loop",
            lambda t: _first_only,
            _("Only the first product is counted. Your return stands inside the loop, so the first round ends it."),
        ),
        Mistake(
            "pieces forgotten",
            lambda t: lambda basket, prices: sum(prices[product] for product in basket),
            _("You add up the prices alone. Each price counts as often as the basket has pieces of it."),
        ),
        Mistake(
            "pieces only",
            lambda t: lambda basket, prices: sum(basket.values()),
            _("You add up the pieces alone. Multiply each by its price."),
        ),
        Mistake(
            "not added up",
            lambda t: lambda basket, prices: [pieces * prices[product] for product, pieces in basket.items()][-1],
            _("Only the last product is left: each round replaces the total. Add to it instead."),
        ),
    ),
    hints=(
        _("Read the last line of the error first. Which word of draft does it speak of?"),
        _("A dict has the method items, with an s. To find the value of a key, use square brackets."),
        _("Two places change: basket.items(), and prices[product] in place of prices(product)."),
    ),
    meaning=_basket_means,
)

# ---- choosing a chart

_CHARTS = {"by_channel": "bars", "by_month": "line", "order_sizes": "histogram", "price_pieces": "scatter"}


charts = Exercise(
    name="charts",
    lab="00",
    title=_("Which chart?"),
    points=1,
    kind="choice",
    options=("bars", "line", "histogram", "scatter"),
    transfers=False,
    sections=("plots",),
    reference=lambda t: dict(_CHARTS),
    mistakes=(
        Mistake(
            "bars for everything",
            lambda t: dict.fromkeys(_CHARTS, "bars"),
            _("Bars compare a few groups. Ask of each question: groups, time, spread, or two figures together?"),
        ),
        Mistake(
            "bars and histogram",
            lambda t: _CHARTS | {"by_channel": "histogram", "order_sizes": "bars"},
            _(
                "Bars and a histogram look alike. Bars show one figure for each group; a histogram counts how many "
                "rows fall into each range of one figure."
            ),
        ),
        Mistake(
            "line for two figures",
            lambda t: _CHARTS | {"price_pieces": "line"},
            _("A line leads from one point to the next. Products have no such order; show each as a point."),
        ),
        Mistake(
            "bars over time",
            lambda t: _CHARTS | {"by_month": "bars"},
            _("Bars can show months, but so many of them hide the movement. Which chart leads the eye through time?"),
        ),
    ),
    hints=(
        _("First say in one word what each question is about: groups, time, spread, or a pair of figures."),
        _("Section 9 of the primer begins with a table of four questions, in other words."),
    ),
    meaning=lambda t, right: _(
        "The question chooses the chart. When you know which of the four questions you ask, you rarely need another "
        "chart in this course."
    ),
)
