"""The policy explorer: be more or less generous to a class of customers and see what each class leaves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.base.columns import codes, matched
from crm_lab.base.text import _
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, slider
from crm_lab.explore._marks import Bars
from crm_lab.explore._style import SKY, Money, capital, label, money, money_of, share


def policy_outcome(
    profit: pd.Series,
    revenue: pd.Series,
    classes: pd.Series,
    *,
    visits: int = 4,
    discount: float = 0.03,
    more: float = 0.0,
    fee: float = 12.0,
) -> pd.DataFrame:
    """What each class brings before and after a policy, if important customers buy more because of it.

    profit, revenue  money of one year per customer
    classes          a class per customer, from classify.value_classes
    visits           to each important customer, a year
    discount         for important customers, share of revenue
    more             extra purchases of important customers, share of what they buy now
    fee              a year from each small customer

    Returns the table of classify.policy_result under these terms; profit_before is without the extra purchases.

    >>> profit, revenue = pd.Series([5000.0, 10.0]), pd.Series([20000.0, 80.0])
    >>> outcome = policy_outcome(profit, revenue, pd.Series(["important", "small"]), visits=0, discount=0.0, more=0.5)
    >>> outcome["profit_after"].to_dict()
    {'important': 6940.0, 'main': 0.0, 'ordinary': 0.0, 'small': 16.0}
    """
    terms = classify.policies()
    terms.loc["important", "visits"] = visits
    terms.loc["important", "discount"] = discount
    terms.loc["small", "fee"] = fee
    classes = matched(codes(classes, "classes"), profit.index, "classes", "profit")
    revenue = matched(revenue, profit.index, "revenue", "profit")
    growth = np.where(classes == "important", 1 + more, 1.0)
    result = classify.policy_result(profit * growth, revenue * growth, classes, terms)
    return result.assign(profit_before=profit.groupby(classes).sum().reindex(result.index, fill_value=0.0))


def policy_explorer(profit: pd.Series, revenue: pd.Series, classes: pd.Series) -> PolicyExplorer:
    """A widget to change what important customers get and small ones pay, and see what each class leaves.

    profit, revenue, classes  as for policy_outcome

    Where no kernel runs, the stored output shows its picture instead.

    >>> profit, revenue = pd.Series([5000.0, 10.0]), pd.Series([20000.0, 80.0])
    >>> policy_explorer(profit, revenue, pd.Series(["important", "small"])).outcome["profit_after"].sum()
    np.float64(2656.0)
    """
    return PolicyExplorer(profit, revenue, classes)


class PolicyExplorer(Explorer):
    """Sliders, bars and a sentence. `.outcome` holds the figures shown, `.picture()` the bars as they stand."""

    kind = "policy"

    def __init__(self, profit: pd.Series, revenue: pd.Series, classes: pd.Series) -> None:
        self._given = (profit, revenue, classes)
        self._money = money_of(profit, revenue)
        controls = {
            "visits": slider(_("Important: visits a year"), 4, 0, 12),
            "discount": slider(_("Important: discount, %"), 3, 0, 15),
            "more": slider(_("Important: buy more, %"), 0, 0, 40),
            "fee": slider(_("Small: fee, {sign} a year").format(sign=self._money.sign), 12, 0, 60, 2),
        }
        super().__init__(controls)

    def work_out(self, chosen: dict[str, Any]) -> pd.DataFrame:
        """The table of policy_outcome; two of the sliders count in per cent."""
        percent = {name: chosen[name] / 100 for name in ("discount", "more")}
        return policy_outcome(*self._given, **{**chosen, **percent})

    def chart(self, outcome: pd.DataFrame) -> Chart:
        """A light bar for before and a strong one for after, one pair a class."""
        names = {place: capital(label(code)) for place, code in enumerate(outcome.index)}
        before, after = outcome["profit_before"].tolist(), outcome["profit_after"].tolist()
        bottom, top = min(0.0, *(1.1 * value for value in after)), 1.15 * max(before + after)
        words = [self._money(value) for value in after]
        return Chart(
            _("What each class leaves before and after its policy"),
            (
                Bars(before, name=_("before"), colour=SKY, standing=True, shift=-0.2, width=0.36),
                Bars(after, words, _("after"), hatch="//", standing=True, shift=0.2, width=0.36),
            ),
            x=Scale(limits=(-0.5, len(names) - 0.5), ticks=names),
            y=Scale(_("profit a year"), self._money, (bottom, max(top, 1.0))),
            grid="y",
        )

    def summary(self, outcome: pd.DataFrame) -> str:
        """What the policy does, with what is assumed of extra sales."""
        discount, more = (self.controls[name].value / 100 for name in ("discount", "more"))
        return summary(outcome, discount, more, self._money)


def summary(table: pd.DataFrame, discount: float, more: float, money: Money = money) -> str:
    """What the policy does to the important class and to all, and how much more buying would pay for it.

    table     from policy_outcome
    discount  share of revenue
    more      extra purchases assumed, as a share
    money     how amounts are written
    """
    row = table.loc["important"]
    change = row["profit_after"] - row["profit_before"]
    lead = _("Important customers leave {after}, {change} than before.").format(
        after=money(row["profit_after"]),
        change=_("{amount} more").format(amount=money(change)) if change >= 0 else _("{amount} less").format(
            amount=money(-change)
        ),
    )  # fmt: skip
    given_away = row["discount_cost"] / (1 + more)
    kept = row["profit_before"] - given_away
    if kept > 0:
        needed = _("The policy pays once they buy {share} more.").format(
            share=share((row["service_cost"] + given_away) / kept)
        )
    else:
        needed = _("The discount eats the whole margin: no extra sales can pay for it.")
    total = _("All classes together leave {total}.").format(total=money(table["profit_after"].sum()))
    return f"{lead} {needed} {total}"
