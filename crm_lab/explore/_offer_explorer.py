"""The offer explorer: what an offer costs and keeps moves; the profit at every threshold follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import predict
from crm_lab.base.text import _
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, slider
from crm_lab.explore._marks import Line, Points, Rule
from crm_lab.explore._style import money, number, share


@dataclass(frozen=True)
class Outcome:
    """The curve of profit, and its point at the chosen threshold and at the best one."""

    curve: pd.DataFrame
    here: pd.Series
    best: pd.Series


def offer_explorer(left: Any, probability: Any, value: Any) -> OfferExplorer:
    """A widget to move an offer's cost, the share it keeps and the threshold, and see what it would have earned.

    left, probability, value  as outcome, probability and value of predict.profit_curve

    Where no kernel runs, the stored output shows its picture instead.

    >>> float(offer_explorer([True, False], [0.9, 0.2], 200.0).outcome.best["profit"])
    10.0
    """
    return OfferExplorer(left, probability, value)


class OfferExplorer(Explorer):
    """Sliders, the curve and a sentence. `.outcome` holds the figures shown."""

    kind = "offer"

    def __init__(self, left: Any, probability: Any, value: Any) -> None:
        self._known = (left, probability, value)
        super().__init__(
            {
                "cost": slider(_("An offer costs, {sign}").format(sign=money.sign), 10, 0, 40),
                "saved": slider(_("Leavers it keeps, %"), 10, 1, 40),
                "threshold": slider(_("Offer from a chance of, %"), 80, 0, 100),
            }
        )

    def work_out(self, chosen: dict[str, Any]) -> Outcome:
        """The profit at every threshold."""
        left, probability, value = self._known
        curve = predict.profit_curve(
            left, probability, saved=chosen["saved"] / 100, value=value, cost=float(chosen["cost"])
        )
        return Outcome(curve, curve.iloc[chosen["threshold"]], curve.iloc[int(curve["profit"].argmax())])

    def chart(self, outcome: Outcome) -> Chart:
        """Profit against threshold; a dot shows where one stands."""
        curve = outcome.curve
        return Chart(
            _("From {0} on, an offer to {1} customers earns {2}").format(
                share(outcome.here["threshold"]), number(outcome.here["customers"]), money(outcome.here["profit"])
            ),
            (
                Rule(0),
                Line(curve["threshold"], curve["profit"]),
                Points([outcome.here["threshold"]], [outcome.here["profit"]]),
            ),
            x=Scale(_("lowest chance of leaving that gets an offer"), share, (-0.02, 1.02)),
            y=Scale(
                _("profit, {sign}").format(sign=money.sign),
                money,
                (-_step_above(-curve["profit"].min()), _step_above(curve["profit"].max())),
            ),
            grid="y",
        )

    def summary(self, outcome: Outcome) -> str:
        """The best threshold beside the chosen one."""
        return _("The best threshold is {0}: {1} customers, {2}. Doing nothing earns {3}.").format(
            share(outcome.best["threshold"]), number(outcome.best["customers"]), money(outcome.best["profit"]), money(0)
        )


def _step_above(value: float) -> float:
    """The end of a scale: 1, 2 or 5 with zeros behind it, so that a scale seldom changes, and is seldom drawn anew."""
    value = 1.1 * max(value, 100.0)
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step for step in (1, 2, 5, 10) if step * power >= value) * power)
