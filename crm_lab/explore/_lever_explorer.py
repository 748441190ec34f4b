"""The lever explorer: how easily customers stay, and what comes true of a promise, decide which lever adds most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import lifetime
from crm_lab.base.arguments import share as within_0_1
from crm_lab.base.text import _
from crm_lab.base.wording import in_a_row
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._dressing import DASHES
from crm_lab.explore._explorer import Explorer, slider
from crm_lab.explore._marks import Line, Rule
from crm_lab.explore._style import PALETTE, label, money, share

STAY = np.arange(10, 81, 5) / 100  # retention along the axis


@dataclass(frozen=True)
class LeverOutcome:
    """¥ a customer: value without a lever, of one point of retention, and what each lever adds; curves over retention.

    gains   by lever, at the chosen retention
    curves  retention × levers
    """

    clv: float
    point: float
    gains: pd.Series
    curves: pd.DataFrame


def lever_explorer(levers: pd.DataFrame, margin: float, retention: float) -> LeverExplorer:
    """A widget to move a customer's margin and retention, the discount rate, promise and cost of levers.

    levers             one row a lever, as for lifetime.lever_effects: the promise that is to come true or not
    margin, retention  ¥ a year of a customer who is there and the share who stay: where the sliders start

    Where no kernel runs, the stored output shows its picture instead.

    >>> plans = pd.DataFrame({"margin_growth": [0.1, 0], "retention_points": [0, 5], "cost": [5, 5]}, ["goods", "club"])
    >>> lever_explorer(plans, 250, 0.6).outcome.gains.round(1).to_dict()
    {'goods': 44.0, 'club': 48.9}
    """
    return LeverExplorer(levers, margin, within_0_1(retention, "retention"))


class LeverExplorer(Explorer):
    """Sliders, a line for each lever and a sentence. `.outcome` holds the figures shown."""

    kind = "lever"
    headed = False  # the sentence says the same

    def __init__(self, levers: pd.DataFrame, margin: float, retention: float) -> None:
        self._levers = levers
        self._ends = (-0.15 * margin, 0.3 * margin)
        sign = money.sign
        super().__init__(
            {
                "margin": slider(
                    _("Margin of a year, {sign}").format(sign=sign), round(margin), round(margin / 4), round(2 * margin)
                ),
                "retention": slider(_("Retention, %"), round(100 * retention), 10, 80),
                "discount": slider(_("Discount rate, %"), 10, 0, 30),
                "promise": slider(_("Promise kept, %"), 100, 0, 100, 5),
                "cost": slider(_("Cost, % of what is planned"), 100, 0, 200, 5),
            }
        )

    def work_out(self, chosen: dict[str, Any]) -> LeverOutcome:
        """What each lever adds, here and along the axis of retention."""
        margin, stay, discount = chosen["margin"], chosen["retention"] / 100, chosen["discount"] / 100
        parts = {"margin_growth": "promise", "retention_points": "promise", "cost": "cost"}
        plans = self._levers.assign(**{name: self._levers[name] * chosen[by] / 100 for name, by in parts.items()})
        gains = {each: lifetime.lever_effects(margin, each, discount, plans)["gain"] for each in (*STAY, stay)}
        return LeverOutcome(
            lifetime.discounted_clv(margin, stay, discount),
            lifetime.value_of_retention(margin, stay, discount),
            gains[stay],
            pd.DataFrame({each: gains[each] for each in STAY}).T,
        )

    def chart(self, outcome: LeverOutcome) -> Chart:
        """What each lever adds against retention; a line stands where one is."""
        best = str(outcome.gains.idxmax())
        lines = (
            Line(STAY, outcome.curves[lever], label(lever), colour, dashes)
            for lever, colour, dashes in zip(outcome.curves, PALETTE * 9, DASHES[:4] * 9, strict=False)
        )
        here = self.controls["retention"].value / 100
        return Chart(
            _("Where {share} stay, {lever} comes out best: {gain} a customer").format(
                share=share(here), lever=label(best), gain=money(outcome.gains[best])
            ),
            (Rule(0), Rule(here, "x", _("chosen")), *lines),
            x=Scale(_("retention"), share, (STAY[0], STAY[-1])),
            y=Scale(_("lifetime value added, {sign}").format(sign=money.sign), money, self._ends),
            grid="y",
        )

    def summary(self, outcome: LeverOutcome) -> str:
        """The value of a customer, of a point of retention, and what each lever adds."""
        part = _("{lever} {gain}")
        listed = in_a_row(part.format(lever=label(lever), gain=money(gain)) for lever, gain in outcome.gains.items())
        return _(
            "A customer is worth {clv}, one more point of retention {point}. Added, cost taken off: {levers}."
        ).format(clv=money(outcome.clv), point=money(outcome.point), levers=listed)
