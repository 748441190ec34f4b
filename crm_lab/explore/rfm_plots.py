"""The three RFM measures, and the money in each segment."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lab.base.text import _, ngettext
from crm_lab.explore.check import lacks_nothing, numeric
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import (
    BLUE,
    FONT,
    HATCHES,
    ORANGE,
    SIZE,
    SKY,
    bar_words,
    capital,
    label,
    look,
    money,
    number,
    percent_axis,
    share,
    sheet,
)


def rfm_histograms(rfm: pd.DataFrame) -> Picture:
    """How recency, frequency and money are spread over the customers, each with its median.

    rfm  the table of classify.rfm

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> rfm_histograms(table)  # doctest: +ELLIPSIS
    Three histograms of 2 customers. Days since the last order: median 46, from 3 to 90. ...
    """
    table = lacks_nothing(rfm, ("recency_days", "frequency", "monetary"), "rfm")
    measures = [numeric(table[name], name) for name in ("recency_days", "frequency", "monetary")]
    middles = [float(values.median()) for values in measures]
    with look():
        title = _("In the middle: last order {days} days ago, {orders} orders, {money}")
        title = title.format(days=number(middles[0]), orders=number(middles[1]), money=money(middles[2]))
        figure, axes = sheet(title)
        axes.remove()
        names = (_("days since last order"), _("orders"), _("money, ¥"))
        for panel, values, name, write in zip(
            figure.subplots(1, 3), measures, names, (number, number, money), strict=True
        ):
            _histogram(panel, values, name, write(float(values.median())))
            panel.grid(False, axis="x")
        figure.axes[0].set_ylabel(_("customers"))
        return Picture(figure, _histograms_alt(measures))


def _histogram(axes: Axes, values: pd.Series, name: str, middle: str) -> None:
    """Counts over one measure; the longest hundredth of a tail shares the last bar, so the body stays readable."""
    low, high = float(values.min()), float(values.quantile(0.99))
    step = (high - low) / 20 or 1.0
    step = float(np.ceil(step)) if (values % 1 == 0).all() else step  # whole numbers: every bar covers equally many
    edges = np.arange(low, high + 1.5 * step, step).tolist()
    axes.hist(values.clip(upper=edges[-1]), bins=edges, color=BLUE, ec="white")
    axes.axvline(float(values.median()), color=ORANGE, lw=4, ls="--")
    axes.set_title(_("median {value}").format(value=middle), size=FONT - 2)
    axes.set_xlabel(name)
    axes.locator_params(axis="x", nbins=3)
    axes.xaxis.set_major_formatter(_short)


def _short(value: float, position: Any = None) -> str:
    return f"{value / 1000:g} k".replace("-", "−") if abs(value) >= 1000 else f"{value:g}".replace("-", "−")


def _histograms_alt(measures: list[pd.Series]) -> str:
    names = (_("Days since the last order"), _("Orders"), _("Money"))
    parts = [
        _("{name}: median {middle}, from {low} to {high}.").format(
            name=name, middle=write(values.median()), low=write(values.min()), high=write(values.max())
        )
        for name, values, write in zip(names, measures, (number, number, money), strict=True)
    ]
    start = ngettext("Three histograms of {n} customer.", "Three histograms of {n} customers.", len(measures[0]))
    return f"{start.format(n=number(len(measures[0])))} {' '.join(parts)}"


def segment_bars(segments: pd.DataFrame) -> Picture:
    """Share of the customers beside share of the money, segment by segment.

    segments  the table of classify.segment_money

    >>> table = pd.DataFrame({"customer_share": [0.3, 0.7], "monetary_share": [0.8, 0.2]}, index=["champions", "new"])
    >>> segment_bars(table)
    Bars for 2 segments: champions 30 % of the customers and 80 % of the money; new 70 % and 20 %.
    """
    table = lacks_nothing(segments, ("customer_share", "monetary_share"), "segments")
    people, cash = (
        numeric(table["customer_share"], "customer_share"),
        numeric(table["monetary_share"], "monetary_share"),
    )
    with look():
        best: Any = cash.idxmax()
        title = _("{segment}: {customers} of the customers, {money} of the money")
        title = title.format(segment=capital(label(best)), customers=share(people[best]), money=share(cash[best]))
        figure, axes = sheet(title, max(SIZE[1], 1.5 + 0.47 * len(table)), grid="x")
        axes.margins(x=0, y=0.02)
        for shift, part, colour, hatch, words in (
            (-0.2, people, SKY, HATCHES[1], _("{part} of customers")),
            (0.2, cash, BLUE, "", _("{part} of money")),
        ):
            axes.barh(np.arange(len(table)) + shift, part, 0.38, color=colour, hatch=hatch)
            bar_words(axes, part.tolist(), [words.format(part=share(value)) for value in part], shift, FONT - 4)
        axes.set_yticks(range(len(table)), [label(code) for code in table.index])
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        percent_axis(axes, x=_("share of all"))
        return Picture(figure, _segments_alt(people, cash))


def _segments_alt(people: pd.Series, cash: pd.Series) -> str:
    first, *rest = cash.nlargest(5).index
    start = ngettext("Bars for {n} segment:", "Bars for {n} segments:", len(cash)).format(n=len(cash))
    text = _("{segment} {customers} of the customers and {money} of the money")
    parts = [text.format(segment=label(first), customers=share(people[first]), money=share(cash[first]))]
    parts += [f"{label(code)} {share(people[code])} {_('and')} {share(cash[code])}" for code in rest]
    return f"{start} {'; '.join(parts)}."
