"""Acceptable prices: four questions (van Westendorp), and yes or no at fixed prices (Gabor and Granger)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import amount
from crm_lab.base.columns import columns, flags, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


@dataclass(frozen=True)
class PriceRange:
    """Where the four curves of van Westendorp cross, in ¥.

    pmc  point of marginal cheapness: too cheap × not cheap; the lowest acceptable price
    opp  optimal price point: too cheap × too expensive
    idp  indifference price: cheap × expensive
    pme  point of marginal expensiveness: too expensive × not expensive; the highest acceptable price
    """

    pmc: float
    opp: float
    idp: float
    pme: float


def van_westendorp(too_cheap: Any, cheap: Any, expensive: Any, too_expensive: Any) -> PriceRange:
    """The price range of van Westendorp from four answers a person.

    too_cheap, cheap, expensive, too_expensive  ¥, one answer a person each, in this order from low to high

    Too cheap and cheap: the share whose answer is at least the price; (too) expensive: at most the price. Between
    two answered prices the shares run along straight lines; where curves run together for a while, the middle counts.
    Raises InputError for missing answers, or answers that do not rise: leave such people out first.
    Source: P. van Westendorp (1976), NSS Price Sensitivity Meter, Proceedings of the 29th ESOMAR Congress, 139–167.

    >>> van_westendorp([10, 20, 30], [20, 30, 40], [30, 40, 50], [40, 50, 60])
    PriceRange(pmc=30.0, opp=35.0, idp=35.0, pme=40.0)
    """
    names = ("too_cheap", "cheap", "expensive", "too_expensive")
    given = (too_cheap, cheap, expensive, too_expensive)
    answers = pd.DataFrame({name: numbers(one, name).to_numpy() for name, one in zip(names, given, strict=True)})
    if (answers.diff(axis=1).iloc[:, 1:] < 0).any(axis=None):
        raise InputError(_("The four prices of a person must rise from too cheap to too expensive. Leave out others."))
    prices = np.unique(answers.to_numpy())
    low = {name: np.array([(answers[name] >= price).mean() for price in prices]) for name in names[:2]}
    high = {name: np.array([(answers[name] <= price).mean() for price in prices]) for name in names[2:]}
    return PriceRange(
        pmc=_crossing(prices, low["too_cheap"], 1 - low["cheap"]),
        opp=_crossing(prices, low["too_cheap"], high["too_expensive"]),
        idp=_crossing(prices, low["cheap"], high["expensive"]),
        pme=_crossing(prices, 1 - high["expensive"], high["too_expensive"]),
    )


def _crossing(prices: np.ndarray, falling: np.ndarray, rising: np.ndarray) -> float:
    """The price at which the falling curve meets the rising one."""
    gap = falling - rising  # never rises
    before, after = np.flatnonzero(gap > 1e-12), np.flatnonzero(gap < -1e-12)
    i = before[-1] if len(before) else 0
    j = after[0] if len(after) else len(prices) - 1
    if j - i <= 1:
        step = gap[i] - gap[j]
        return float(prices[i] + (prices[j] - prices[i]) * (gap[i] / step if step else 0.5))
    return float((prices[i + 1] + prices[j - 1]) / 2)


def acceptance(offers: pd.DataFrame, unit_cost: float = 0.0) -> pd.DataFrame:
    """How many would buy at each price, and what a hundred people asked would bring (Gabor and Granger).

    offers     price (¥) and would_buy (True or False), one row a person and price
    unit_cost  ¥ that one piece costs the shop

    Returns a DataFrame indexed by price: people, share who would buy, revenue_each and margin_each (¥ a person asked)
    and margin_error, the standard error of margin_each. Raises InputError for bad columns.
    Source: A. Gabor & C. W. J. Granger (1966), Price as an indicator of quality, Economica 33(129), 43–70.

    >>> offers = pd.DataFrame({"price": [10, 10, 20, 20], "would_buy": [True, True, True, False]})
    >>> acceptance(offers, unit_cost=4)[["share", "revenue_each", "margin_each"]].to_numpy().tolist()
    [[1.0, 10.0, 6.0], [0.5, 10.0, 8.0]]
    """
    table = columns(offers, ["price", "would_buy"], "offers")
    numbers(table["price"], "offers, price")
    cost = amount(unit_cost, "unit_cost")
    by = flags(table, "would_buy", "offers").groupby(table["price"])
    result = by.agg(people="size", share="mean")
    price = result.index.to_numpy(dtype=float)
    error = np.sqrt(result["share"] * (1 - result["share"]) / result["people"])
    return result.assign(
        revenue_each=price * result["share"],
        margin_each=(price - cost) * result["share"],
        margin_error=np.abs(price - cost) * error,
    )
