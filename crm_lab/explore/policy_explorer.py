"""The policy explorer: be more or less generous to a class of customers and see what each class leaves."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.explore.check import aligned
from crm_lab.explore.explorer import Explorer
from crm_lab.explore.picture import LIVE_DPI, Picture, live_html
from crm_lab.explore.style import BLUE, INK, PALE, capital, label, look, money, money_axis, share, sheet

_WIDE: dict[str, Any] = {"style": {"description_width": "190px"}, "layout": {"width": "400px"}}


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

    profit, revenue  ¥ of one year per customer
    classes          a class per customer, from classify.value_classes
    visits           to each important customer, a year
    discount         for important customers, share of revenue
    more             extra purchases of important customers, share of what they buy now
    fee              ¥ a year from each small customer

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
    classes = aligned(classes, profit, _("classes"), _("profit"))
    revenue = aligned(revenue, profit, _("revenue"), _("profit"))
    growth = np.where(classes == "important", 1 + more, 1.0)
    result = classify.policy_result(profit * growth, revenue * growth, classes, terms)
    return result.assign(profit_before=profit.groupby(classes).sum().reindex(result.index, fill_value=0.0))


def policy_explorer(profit: pd.Series, revenue: pd.Series, classes: pd.Series) -> PolicyExplorer:
    """A widget to change what important customers get and small ones pay, and see what each class leaves.

    profit, revenue, classes  as for policy_outcome

    Where no kernel runs, the stored output shows its picture instead.

    >>> profit, revenue = pd.Series([5000.0, 10.0]), pd.Series([20000.0, 80.0])
    >>> policy_explorer(profit, revenue, pd.Series(["important", "small"])).table["profit_after"].sum()
    np.float64(2656.0)
    """
    return PolicyExplorer(profit, revenue, classes)


class PolicyExplorer(Explorer):
    """Sliders, bars and a sentence. `.table` holds the figures shown, `.picture()` the bars as they stand."""

    def __init__(self, profit: pd.Series, revenue: pd.Series, classes: pd.Series) -> None:
        self._given = (profit, revenue, classes)
        self._bars: _Bars | None = None
        super().__init__(_controls())

    def _redraw(self, change: Any = None) -> None:
        chosen = {name: control.value for name, control in self.controls.items()}
        percent = {name: chosen[name] / 100 for name in ("discount", "more")}
        self.table = policy_outcome(*self._given, **{**chosen, **percent})
        self._bars = self._bars or _Bars(self.table)
        self._image.value = self._bars.render(self.table)
        text = escape(summary(self.table, **percent))
        self._summary.value = f'<p class="policy-summary" role="status" aria-live="polite">{text}</p>'

    def picture(self) -> Picture:
        """The bars as they stand, as a picture with alt text."""
        with look():
            figure, axes = sheet(_("What each class leaves before and after its policy"))
            _Bars.draw(axes, self.table)
            return Picture(figure, _alt(self.table))


def summary(table: pd.DataFrame, discount: float, more: float) -> str:
    """What the policy does to the important class and to all, and how much more buying would pay for it.

    table     from policy_outcome
    discount  share of revenue
    more      extra purchases assumed, as a share
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


class _Bars:
    """Bars on a canvas that stays: a light one for before, a strong one for after, one pair a class."""

    def __init__(self, table: pd.DataFrame) -> None:
        with look():
            self.figure: Figure
            self.figure, self._axes = sheet(_("What each class leaves before and after its policy"))
            self.figure.set_dpi(LIVE_DPI)
            self._canvas = FigureCanvasAgg(self.figure)
            self._after, self._texts = self.draw(self._axes, table)
            self._canvas.draw()
            self.figure.set_layout_engine("none")

    @staticmethod
    def draw(axes: Axes, table: pd.DataFrame) -> tuple[Any, list[Any]]:
        places = np.arange(len(table))
        before = axes.bar(places - 0.2, table["profit_before"], 0.36, color=PALE, ec=INK, lw=1)
        after = axes.bar(places + 0.2, table["profit_after"], 0.36, color=BLUE, hatch="//", ec="white", lw=0)
        top = float(table["profit_before"].max())
        axes.set_ylim(min(0.0, 1.1 * float(table["profit_after"].min())), 1.3 * top)
        axes.set_xticks(places, [capital(label(code)) for code in table.index])
        money_axis(axes, y=_("profit a year"))
        axes.legend([before, after], [_("before"), _("after")], frameon=False, ncols=2, loc="upper right")
        texts = [axes.text(x + 0.2, 0, "", ha="center", va="bottom", fontsize=15) for x in places]
        _Bars.place(axes, after, texts, table)
        return after, texts

    @staticmethod
    def place(axes: Axes, after: Any, texts: list[Any], table: pd.DataFrame) -> None:
        for bar, text, value in zip(after, texts, table["profit_after"], strict=True):
            bar.set_height(value)
            text.set_text(money(value))
            text.set_y(max(value, 0) + 0.01 * axes.get_ylim()[1])

    def render(self, table: pd.DataFrame) -> str:
        with look():
            self.place(self._axes, self._after, self._texts, table)
            lowest = float(table["profit_after"].min())
            self._axes.set_ylim(bottom=min(0.0, 1.1 * lowest))
            self._canvas.draw()
        return live_html(self._canvas, _alt(table))


def _controls() -> dict[str, Any]:
    return {
        "visits": widgets.IntSlider(4, 0, 12, description=_("Important: visits a year"), **_WIDE),
        "discount": widgets.IntSlider(3, 0, 15, description=_("Important: discount, %"), **_WIDE),
        "more": widgets.IntSlider(0, 0, 40, description=_("Important: buy more, %"), **_WIDE),
        "fee": widgets.IntSlider(12, 0, 60, 2, description=_("Small: fee, ¥ a year"), **_WIDE),
    }


def _alt(table: pd.DataFrame) -> str:
    parts = [
        _("{name} {before} before, {after} after").format(
            name=label(code), before=money(row["profit_before"]), after=money(row["profit_after"])
        )
        for code, row in table.iterrows()
    ]
    return _("Pairs of bars, profit of each class of customers before and after its policy: {parts}.").format(
        parts="; ".join(parts)
    )
