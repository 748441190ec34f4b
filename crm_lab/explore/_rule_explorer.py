"""The rule explorer: move the thresholds and see which rules pass, and how many chance alone would let through."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from crm_lab import baskets
from crm_lab.base.arguments import whole
from crm_lab.base.text import _, ngettext
from crm_lab.base.wording import clauses
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, slider
from crm_lab.explore._marks import Points, Rule
from crm_lab.explore._style import BLUE, GREY, label, number, share

NAMED, DEALS = 3, 5


class RuleOutcome(NamedTuple):
    """passed  the rules that reach all thresholds, strongest lift first; by_chance  how many did, a deal."""

    passed: pd.DataFrame
    by_chance: float


def rule_explorer(rows: Iterable[Iterable[Hashable]]) -> RuleExplorer:
    """A widget to move the thresholds of support, confidence and lift, and see what passes in fact and by chance.

    rows  a list of baskets, each a list or set of items

    Chance is five deals of the same items into baskets of the same sizes. Where no kernel runs, the stored output
    shows the picture instead.

    >>> len(rule_explorer([["tea", "cup"]] * 30 + [["mat"]] * 30).outcome.passed)
    2
    """
    return RuleExplorer(rows)


class RuleExplorer(Explorer):
    """Sliders, points and a sentence. `.outcome` holds the rules shown, `.picture()` the points as they stand."""

    kind = "rule"

    def __init__(self, rows: Iterable[Iterable[Hashable]]) -> None:
        listed = [list(row) for row in rows]
        self._rules = _measured(baskets.pair_rules(listed))
        dealt = [baskets.shuffled(listed, seed) for seed in range(0, 2 * DEALS, 2)]
        self._dealt = pd.concat([_measured(baskets.pair_rules(one)) for one in dealt], ignore_index=True)
        self._ends = (1.05 * self._rules["confidence"].max(), 1.1 * self._rules["lift"].clip(upper=20).max())
        controls = {
            "support": slider(_("In so many of 1,000 baskets"), 5, 1, 20),
            "confidence": slider(_("Confidence from, %"), 10, 1, 60),
            "lift": slider(_("Lift from, tenths"), 0, 0, 40),
        }
        super().__init__(controls)

    def work_out(self, chosen: dict[str, Any]) -> RuleOutcome:
        """What reaches the thresholds in fact, and in a mean deal."""
        return RuleOutcome(_passing(self._rules, chosen), len(_passing(self._dealt, chosen)) / DEALS)

    def chart(self, outcome: RuleOutcome) -> Chart:
        """A point for each rule of confidence and lift; those of the deals hollow."""
        dealt = _passing(self._dealt, {name: control.value for name, control in self.controls.items()})
        passed = outcome.passed
        clouds = (
            Points(dealt["confidence"], dealt["lift"], (), _("by chance, five deals"), GREY, "s", 7, hollow=True),
            Points(passed["confidence"], passed["lift"], (), _("bought together"), BLUE, size=9),
        )
        return Chart(
            _("Rules that pass: {n}, by chance {chance}").format(
                n=number(len(passed)), chance=number(outcome.by_chance)
            ),
            (Rule(1.0, words=_("lift 1: as often as everybody")), *(one for one in clouds if len(one.x))),
            x=Scale(_("confidence"), share, (0, self._ends[0])),
            y=Scale(_("lift"), _plain, (0, self._ends[1])),
        )

    def summary(self, outcome: RuleOutcome) -> str:
        """How many pass, how many would by chance, and the strongest."""
        return summary(outcome)


def summary(outcome: RuleOutcome) -> str:
    """How many rules pass, how many would by chance, and the strongest of them."""
    n = len(outcome.passed)
    lead = ngettext("{n} rule passes.", "{n} rules pass.", whole(n, "n")).format(n=number(n))
    chance = _("If items fell into the baskets by chance, about {n} would.").format(n=number(outcome.by_chance))
    best = [
        _("{a} → {b} (lift {lift})").format(a=label(str(a)), b=label(str(b)), lift=_plain(lift))
        for a, b, lift in outcome.passed[["a", "b", "lift"]].head(NAMED).itertuples(index=False)
    ]
    strongest = _("Strongest: {rules}.").format(rules=clauses(best)) if best else ""
    return f"{lead} {chance} {strongest}".strip()


def _measured(rules: pd.DataFrame) -> pd.DataFrame:
    return rules.round({"support": 12, "confidence": 12, "lift": 12})


def _passing(rules: pd.DataFrame, chosen: dict[str, Any]) -> pd.DataFrame:
    reached = rules["support"].ge(chosen["support"] / 1000) & rules["confidence"].ge(chosen["confidence"] / 100)
    return rules[reached & rules["lift"].ge(chosen["lift"] / 10)]


def _plain(value: float) -> str:
    return f"{value:.1f}"
