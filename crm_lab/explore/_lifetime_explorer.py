"""The lifetime explorer: purchases, silence and amount move; P(alive) and the value still to come follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import lifetime
from crm_lab.base.text import _
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, slider
from crm_lab.explore._marks import Line, Points, Rule
from crm_lab.explore._style import money, number, share

SILENCE = 104  # weeks the curve shows
WEEKS = 52  # weeks ahead


@dataclass(frozen=True)
class Outlook:
    """What the models say of one customer.

    frequency, recency, T, monetary  the history, as from lifetime.purchase_history in weeks
    alive                            chance of still being there
    purchases                        expected in the next 52 weeks
    clv, stake                       ¥ of margin to come in them, and what leaving will cost of it
    """

    frequency: int
    recency: float
    T: float
    monetary: float
    alive: float
    purchases: float
    clv: float
    stake: float


def lifetime_outlook(
    purchases: lifetime.BgNbd, spend: lifetime.GammaGamma, margin: float, *, frequency: int, span: int, silence: int,
    monetary: int,
) -> Outlook:  # fmt: skip
    """What the two models expect of a customer with this history.

    purchases, spend  fitted in weeks
    margin            share of the amount that is kept
    frequency         repeat purchases; with none, `span` and `monetary` do not count
    span, silence     weeks from first to last purchase (at least 1 counts), and from there to today
    monetary          mean amount of a repeat purchase, ¥

    >>> models = lifetime.BgNbd(0.7, 7.9, 0.8, 3.1), lifetime.GammaGamma(3.9, 4.0, 239)
    >>> outlook = lifetime_outlook(*models, 0.28, frequency=6, span=40, silence=30, monetary=300)
    >>> round(outlook.alive, 2), round(outlook.purchases, 1)
    (0.28, 1.1)
    """
    recency = float(max(span, 1)) if frequency else 0.0
    amount = float(monetary) if frequency else np.nan
    rows = {"frequency": [frequency], "recency": [recency], "T": [recency + silence], "monetary": [amount]}
    history = pd.DataFrame(rows)
    seen = (frequency, recency, recency + silence)
    return Outlook(
        *seen,
        amount,
        alive=purchases.p_alive(*seen),
        purchases=purchases.expected_purchases(WEEKS, *seen),
        clv=float(lifetime.expected_clv(purchases, spend, history, WEEKS, margin).iloc[0]),
        stake=float(lifetime.value_at_stake(purchases, spend, history, WEEKS, margin).iloc[0]),
    )


def lifetime_explorer(purchases: lifetime.BgNbd, spend: lifetime.GammaGamma, margin: float = 1.0) -> LifetimeExplorer:
    """A widget to move a customer's history and see the chance of still being there and the value to come.

    purchases, spend  fitted in weeks
    margin            share of the amount that is kept

    Where no kernel runs, the stored output shows its picture instead.

    >>> models = lifetime.BgNbd(0.7, 7.9, 0.8, 3.1), lifetime.GammaGamma(3.9, 4.0, 239)
    >>> lifetime_explorer(*models).outcome.frequency
    6
    """
    return LifetimeExplorer(purchases, spend, margin)


class LifetimeExplorer(Explorer):
    """Sliders, a curve and a sentence. `.outcome` holds the figures shown, `.picture()` the curve as it stands."""

    kind = "lifetime"

    def __init__(self, purchases: lifetime.BgNbd, spend: lifetime.GammaGamma, margin: float) -> None:
        self._purchases, self._spend, self._margin = purchases, spend, margin
        controls = {
            "frequency": slider(_("Repeat purchases"), 6, 0, 30),
            "span": slider(_("Weeks, first to last purchase"), 40, 1, 104),
            "silence": slider(_("Weeks of silence since"), 30, 0, SILENCE),
            "monetary": slider(_("Mean purchase, {sign}").format(sign=money.sign), 300, 50, 1500, 50),
        }
        super().__init__(controls)

    def work_out(self, chosen: dict[str, Any]) -> Outlook:
        """What the models expect of the customer on the sliders."""
        return lifetime_outlook(self._purchases, self._spend, self._margin, **chosen)

    def chart(self, outcome: Outlook) -> Chart:
        """P(alive) against the weeks of silence; a dot shows today."""
        silence = np.arange(0, SILENCE + 1, 4.0)
        x, t_x = np.full(silence.shape, outcome.frequency), np.full(silence.shape, outcome.recency)
        alive = self._purchases.p_alive(x, t_x, t_x + silence)
        return Chart(
            _("{share} likely to be still there, {money} to come in a year").format(
                share=share(outcome.alive), money=money(outcome.clv)
            ),
            (Rule(0.5), Line(silence, alive), Points([outcome.T - outcome.recency], [outcome.alive])),
            x=Scale(_("weeks of silence"), number, (0, SILENCE)),
            y=Scale(_("chance of being still there"), share, (-0.02, 1.08)),
            grid="y",
        )

    def summary(self, outcome: Outlook) -> str:
        """What is to come, and what an offer to stay could win at most."""
        return _(
            "{purchases:.1f} purchases and {clv} of margin are to be expected in the next 52 weeks. If the customer,"
            " where still there, never left, it would be {stake} more: no offer to stay is worth more than that."
        ).format(purchases=outcome.purchases, clv=money(outcome.clv), stake=money(outcome.stake))
