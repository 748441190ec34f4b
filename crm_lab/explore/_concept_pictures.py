"""The ideas of CRM in pictures: how a customer comes about, what CRM changes, what a call leaves."""

from typing import Any

import pandas as pd

from crm_lab.base.columns import columns
from crm_lab.base.text import _, ngettext
from crm_lab.explore._chart import Scale, figure, fold
from crm_lab.explore._marks import Bars, Intervals, Rule
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import ORANGE, label, money, number, share


def formation_bars(table: pd.DataFrame) -> Picture:
    """What becomes of 1,000 visits: how many reach each stage after them.

    table  from concepts.formation: share, of_1000 and days, indexed by stage, the visits first

    >>> table = pd.DataFrame({"share": [None, 0.02, 0.5], "of_1000": [1000.0, 20, 10], "days": [None, None, 5]})
    >>> formation_bars(table.set_axis(["visit", "account", "first_order"]))  # doctest: +ELLIPSIS
    Of 1,000 visits 20 lead to a “account”, 10 to a “first order”. Bars of number out of 1,000 visits: ...
    """
    columns(table, ["share", "of_1000", "days"], "table")
    stages = table.iloc[1:]
    words = [_stage_words(row) for row in stages.itertuples()]
    counts = stages["of_1000"].tolist()
    title = _("Of 1,000 visits {first} lead to a “{one}”, {last} to a “{other}”").format(
        first=number(counts[0]), one=label(stages.index[0]), last=number(counts[-1]), other=label(stages.index[-1])
    )
    x = Scale(_("number out of 1,000 visits"), "{:.1f}".format, (0, 1.75 * max(counts)))
    return figure(title, Bars(counts, words), x=x, y=groups(stages.index), grid="x")


def _stage_words(row: Any) -> str:
    part = _("{part} of those before").format(part=share(row.share))
    return part if pd.isna(row.days) else _("{part}, {days:.0f} days").format(part=part, days=row.days)


def effect_bars(table: pd.DataFrame) -> Picture:
    """Efficiency, cost and sales: the change from one way to work to another, and how that is known.

    table  from concepts.effects: measure, first, second, change, low and high, evidence, indexed by effect

    >>> table = pd.DataFrame({"measure": ["orders"], "first": [20.0], "second": [25.0], "change": [0.25],
    ...     "low": [0.1], "high": [0.4], "evidence": ["experiment"]}, index=["sales"])
    >>> effect_bars(table)  # doctest: +ELLIPSIS
    Only an experiment shows an effect: 1 of 1 is one. Bars of change: sales orders +25 % (+10 % to ...
    """
    columns(table, ["measure", "first", "second", "change", "low", "high", "evidence"], "table")
    tested = int((table["evidence"] == "experiment").sum())
    title = ngettext(
        "Only an experiment shows an effect: {n} of {all} is one",
        "Only an experiment shows an effect: {n} of {all} are one",
        tested,
    ).format(n=tested, all=len(table))
    words = [f"{_change(row)}\n{row.first:.1f} → {row.second:.1f}, {label(row.evidence)}" for row in table.itertuples()]
    names = [f"{label(row.Index)}\n{fold(str(row.measure), 16)}" for row in table.itertuples()]
    low, high = min(0.0, *table["change"]), max(0.0, *table["change"])
    x = Scale(_("change"), share, (1.05 * low, high + 0.7 * (high - low)))
    return figure(title, Bars(table["change"].tolist(), words), x=x, y=groups(names), grid="x")


def _change(row: Any) -> str:
    """A change, with its interval where one is known."""
    if pd.isna(row.low):
        return _signed(row.change)
    text = _("{change} ({low} to {high})")
    return text.format(change=_signed(row.change), low=_signed(row.low), high=_signed(row.high))


def _signed(value: Any) -> str:
    rounded = share(value)
    return f"+{rounded}" if value > 0 and rounded != share(0) else share(0) if rounded == "−0 %" else rounded


def groups(codes: Any) -> Scale:
    """The axis of lying bars, one name for each code, the first on top.

    >>> groups(["cant_lose"]).ticks
    {0: "can't lose"}
    """
    names = {place: label(code) for place, code in enumerate(codes)}
    return Scale(limits=(len(names) - 0.5, -0.5), ticks=names)


def targeting_bars(table: pd.DataFrame) -> Picture:
    """What a call is worth for each choice of people, with its 95 % interval.

    table  from concepts.targeting: value, low and high (¥ a call), people, indexed by choice

    >>> table = pd.DataFrame({"people": [90, 20], "value": [-2.0, 1.5], "low": [-3.0, -0.5], "high": [-1.0, 3.5]})
    >>> targeting_bars(table.set_axis(["product", "customer"]))  # doctest: +ELLIPSIS
    A call leaves ¥1.50 for “those who asked”, and −¥2.00 for the whole list. Line at ¥0.00: no call. ...
    """
    columns(table, ["people", "value", "low", "high"], "table")
    names = {"product": _("whole list"), "customer": _("those who asked"), "others": _("the others")}
    rows = table.rename(index=names)
    best: Any = rows["value"].idxmax()
    title = _("A call leaves {best} for “{who}”, and {all} for the whole list")
    title = title.format(best=cents(rows.loc[best, "value"]), who=best, all=cents(rows["value"].iloc[0]))
    words = [
        ngettext("{value}  ({n} person)", "{value}  ({n} people)", people).format(value=cents(value), n=number(people))
        for value, people in zip(rows["value"], rows["people"], strict=True)
    ]
    names_axis = Scale(limits=(len(rows) - 0.6, -0.7), ticks=dict(enumerate(rows.index)))
    return figure(
        title,
        Rule(0, "x", _("no call"), colour=ORANGE),
        Intervals(rows["value"].tolist(), rows["low"].tolist(), rows["high"].tolist(), words),
        x=Scale(_("{sign} a call leaves").format(sign=money.sign), cents),
        y=names_axis,
        grid="x",
    )


def cents(value: Any) -> str:
    """A small amount with its cents: a call is worth a few yuan.

    >>> cents(-1.5)
    '−¥1.50'
    """
    return money.exact(value)
