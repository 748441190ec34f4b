"""The price explorer: price and unit cost move; how many accept it and what it brings follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.columns import numbers
from crm_lab.base.text import _
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, slider
from crm_lab.explore._marks import Line, Points
from crm_lab.explore._style import money, share


@dataclass(frozen=True)
class Outcome:
    """The curve over prices, the chosen point on it and the best one: price, share, margin in ¥ a person asked."""

    curve: pd.DataFrame
    here: pd.Series
    best: pd.Series


def price_explorer(too_expensive: Any, unit_cost: float) -> PriceExplorer:
    """A widget to move price and unit cost, and see who still accepts the price and what it brings.

    too_expensive  ¥, one answer a person: from here on they would not buy
    unit_cost      ¥, where its slider starts; it goes to twice as much, from 0 to the median of the answers

    Where no kernel runs, the stored output shows its picture instead.

    >>> float(price_explorer([10.0, 20.0, 30.0, 40.0], 5.0).outcome.best["price"])
    29.0
    """
    return PriceExplorer(numbers(too_expensive, "too_expensive"), unit_cost)


class PriceExplorer(Explorer):
    """Sliders, the curve and a sentence. `.outcome` holds the figures shown."""

    kind = "price"

    def __init__(self, limits: pd.Series, unit_cost: float) -> None:
        low, high = int(limits.min()), int(limits.max())
        self._prices = np.arange(low, high + 1)
        self._share = 1 - np.searchsorted(np.sort(limits.to_numpy()), self._prices, side="right") / len(limits)
        most = min(2 * round(unit_cost), int(limits.median())) or int(limits.median())
        ends = np.array([((self._prices - cost) * self._share) for cost in (0, most)])
        room = 0.06 * np.ptp(ends)
        self._ends = (float(ends.min() - room), float(ends.max() + room))  # a scale that stays is drawn once
        super().__init__(
            {
                "price": slider(_("Price, {sign}").format(sign=money.sign), int(limits.median()), low, high),
                "cost": slider(_("Unit cost, {sign}").format(sign=money.sign), round(unit_cost), 0, most),
            }
        )

    def work_out(self, chosen: dict[str, Any]) -> Outcome:
        """Share and margin at every whole price."""
        margin = (self._prices - chosen["cost"]) * self._share
        curve = pd.DataFrame({"price": self._prices, "share": self._share, "margin": margin})
        return Outcome(curve, curve.iloc[chosen["price"] - self._prices[0]], curve.iloc[int(curve["margin"].argmax())])

    def chart(self, outcome: Outcome) -> Chart:
        """Margin a person asked against price; a dot shows where one stands."""
        curve, here = outcome.curve, outcome.here
        return Chart(
            _("At {0}, {1} accept and {2} a person is left").format(
                money(here["price"]), share(here["share"]), money(here["margin"])
            ),
            (Line(curve["price"], curve["margin"]), Points([here["price"]], [here["margin"]])),
            x=Scale(_("price, {sign}").format(sign=money.sign), money, (curve["price"].min(), curve["price"].max())),
            y=Scale(
                _("margin of a person asked, {sign}").format(sign=money.sign),
                money,
                self._ends,
            ),
            grid="y",
        )

    def summary(self, outcome: Outcome) -> str:
        """The best price beside the chosen one."""
        best = outcome.best
        return _("The best price is {0}: {1} accept it, {2} a person asked is left.").format(
            money(best["price"]), share(best["share"]), money(best["margin"])
        )
