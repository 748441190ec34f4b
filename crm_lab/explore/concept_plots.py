"""Plots of the concepts: who counts as a customer, how one comes about, more, longer, deeper, effects, targeting."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.concepts.growth import year_on_year
from crm_lab.explore.check import lacks_nothing, numeric
from crm_lab.explore.concept_diagrams import cents
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import (
    BLUE,
    FONT,
    GREEN,
    GREY,
    HATCHES,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    bar_words,
    capital,
    label,
    look,
    number,
    share,
    sheet,
)


def definition_bars(table: pd.DataFrame) -> Picture:
    """The number of customers now and a year ago under each definition.

    table  from concepts.customer_definitions: customers, a_year_ago, growth, indexed by definition

    >>> rows = pd.DataFrame({"customers": [30, 10], "a_year_ago": [20, 10], "growth": [0.5, 0.0]})
    >>> definition_bars(rows.set_axis(["buyer", "active"]))
    Bars of customers by definition, a year ago → now: buyer 20 → 30 (+50 %), active 10 → 10 (0 %).
    """
    counts = lacks_nothing(table, ("customers", "a_year_ago", "growth"), "table")
    words = [f"{number(row.customers)}  ({_signed(row.growth)})" for row in counts.itertuples()]
    with look():
        low, high = counts["growth"].min(), counts["growth"].max()
        title = _("Grown by {high} or by {low}? It depends on who counts")
        figure, axes = sheet(title.format(high=_signed(high), low=_signed(low)), grid="x")
        places = np.arange(len(counts))
        axes.barh(places - 0.2, counts["a_year_ago"], 0.36, color=PALE, hatch="//", ec=GREY, lw=0)
        axes.barh(places + 0.2, counts["customers"], 0.36, color=BLUE)
        bar_words(axes, counts["a_year_ago"].tolist(), [_("a year ago")] * len(counts), -0.2, FONT - 2)
        bar_words(axes, counts["customers"].tolist(), words, 0.2)
        axes.set_yticks(places, [label(code) for code in counts.index])
        axes.invert_yaxis()
        axes.set_xlabel(_("customers"))
        parts = [
            f"{label(row.Index)} {number(row.a_year_ago)} → {number(row.customers)} ({_signed(row.growth)})"
            for row in counts.itertuples()
        ]
        alt = _("Bars of customers by definition, a year ago → now: {parts}.").format(parts=", ".join(parts))
        return Picture(figure, alt)


def _signed(value: Any) -> str:
    rounded = share(value)
    return f"+{rounded}" if value > 0 and rounded != share(0) else share(0) if rounded == "−0 %" else rounded


def word_bars(words: pd.DataFrame) -> Picture:
    """How many shoppers, customers and consumers there are.

    words  from concepts.shoppers_customers_consumers: True or False for shopper, customer and consumer

    >>> word_bars(pd.DataFrame({"shopper": [True, True], "customer": [True, False], "consumer": [False, False]}))
    Bars of 2 accounts: shopper (顾客) 2, customer (客户) 1, consumer (消费者) 0. 1 of the 2 shoppers did not order.
    """
    flags = lacks_nothing(words, ("shopper", "customer", "consumer"), "words")
    chinese = {"shopper": "顾客", "customer": "客户", "consumer": "消费者"}
    counts = flags[list(chinese)].sum()
    looked = int((flags["shopper"] & ~flags["customer"]).sum())
    names = [f"{label(code)} ({chinese[code]})" for code in chinese]
    with look():
        title = _("{n} of {all} shoppers looked and did not order").format(n=number(looked), all=number(counts.iloc[0]))
        figure, axes = sheet(title, grid="x")
        axes.barh(range(3), counts, color=[BLUE, GREEN, PURPLE], height=0.7)
        bar_words(axes, counts.tolist(), [number(count) for count in counts])
        axes.set_yticks(range(3), [f"{label(code)}\n{chinese[code]}" for code in chinese])
        axes.invert_yaxis()
        axes.set_xlabel(_("accounts in the window"))
        parts = ", ".join(f"{name} {number(count)}" for name, count in zip(names, counts, strict=True))
        alt = _("Bars of {n} accounts: {parts}. {looked} of the {all} shoppers did not order.")
        return Picture(
            figure,
            alt.format(n=number(len(flags)), parts=parts, looked=number(looked), all=number(counts.iloc[0])),
        )


def formation_bars(table: pd.DataFrame) -> Picture:
    """What becomes of 1,000 visits: how many reach each stage after them.

    table  from concepts.formation: share, of_1000 and days, indexed by stage, the visits first

    >>> table = pd.DataFrame({"share": [None, 0.02, 0.5], "of_1000": [1000.0, 20, 10], "days": [None, None, 5]})
    >>> formation_bars(table.set_axis(["visit", "account", "first_order"]))
    Bars of what becomes of 1,000 visits: account 20.0 (2.0 % of the stage before), first order 10.0 (50 % of the ...).
    """
    stages = lacks_nothing(table, ("share", "of_1000", "days"), "table").iloc[1:]
    numeric(stages["of_1000"], _("stages"))
    words = [_stage_words(row) for row in stages.itertuples()]
    with look():
        title = _("Of 1,000 visits {first} become a “{one}”, {last} a “{other}”").format(
            first=f"{stages['of_1000'].iloc[0]:.0f}",
            one=label(stages.index[0]),
            last=f"{stages['of_1000'].iloc[-1]:.0f}",
            other=label(stages.index[-1]),
        )
        figure, axes = sheet(title, grid="x")
        axes.barh(range(len(stages)), stages["of_1000"], color=BLUE, height=0.7)
        bar_words(axes, stages["of_1000"].tolist(), words)
        axes.set_yticks(range(len(stages)), [label(code) for code in stages.index])
        axes.invert_yaxis()
        axes.set_xlabel(_("people out of 1,000 visits"))
        axes.set_xlim(0, 1.75 * stages["of_1000"].max())
        parts = [
            _("{stage} {n:.1f} ({part} of the stage before)").format(
                stage=label(row.Index), n=row.of_1000, part=share(row.share)
            )
            for row in stages.itertuples()
        ]
        return Picture(figure, _("Bars of what becomes of 1,000 visits: {parts}.").format(parts=", ".join(parts)))


def _stage_words(row: Any) -> str:
    part = _("{part} of those before").format(part=share(row.share))
    return part if pd.isna(row.days) else _("{part}, {days:.0f} days").format(part=part, days=row.days)


def growth_lines(kpis: pd.DataFrame) -> Picture:
    """More, longer, deeper: customers, their tenure and their orders in each month.

    kpis  from concepts.growth: customers, tenure_days and orders_each, indexed by month

    >>> months = pd.period_range("2025-01", "2025-03", freq="M")
    >>> table = pd.DataFrame({"customers": [10, 5, 12], "tenure_days": [9.0, 20, 30], "orders_each": [1.0, 1, 2]})
    >>> growth_lines(table.set_axis(months))  # doctest: +ELLIPSIS
    Three lines over 3 months, 2025-01 to 2025-03: more (更多), customers, from 10 to 12; longer (更久), days since ...
    """
    table = lacks_nothing(kpis, ("customers", "tenure_days", "orders_each"), "kpis").dropna()
    if len(table) < 2:
        raise InputError(_("kpis needs two months with customers, or there is no line to draw."))
    panels = (
        ("customers", _("more"), "更多", _("customers"), BLUE, "{:.0f}"),
        ("tenure_days", _("longer"), "更久", _("days since first order"), GREEN, "{:.0f}"),
        ("orders_each", _("deeper"), "更深", _("orders per customer"), PURPLE, "{:.2f}"),
    )
    with look():
        figure, spare = sheet(_growth_title(table))
        spare.remove()
        parts = []
        for place, (name, goal, chinese, unit, colour, form) in enumerate(panels):
            axes = figure.add_subplot(3, 1, place + 1)
            _line(axes, table[name], f"{capital(goal)} {chinese}: {unit}", colour, form)
            axes.tick_params(labelbottom=place == 2)
            ends = [form.format(table[name].iloc[end]) for end in (0, -1)]
            parts.append(
                f"{goal} ({chinese}), {unit}, " + _("from {first} to {last}").format(first=ends[0], last=ends[1])
            )
        start = _("Three lines over {n} months, {first} to {last}: ")
        alt = start.format(n=len(table), first=table.index[0], last=table.index[-1]) + "; ".join(parts) + "."
        return Picture(figure, alt)


def _growth_title(table: pd.DataFrame) -> str:
    if len(table) < 24:
        return _("More, longer, deeper over {n} months").format(n=len(table))
    change = year_on_year(table)["change"]
    return _("More {more}, longer {longer}, deeper {deeper} in a year").format(
        more=_signed(change["customers"]), longer=_signed(change["tenure_days"]), deeper=_signed(change["orders_each"])
    )


def _line(axes: Axes, values: pd.Series, name: str, colour: str, form: str) -> None:
    """One KPI over the months with its first and last value written at its ends."""
    at = np.arange(len(values))
    axes.plot(at, values, color=colour)
    for place, side in ((0, "right"), (len(values) - 1, "left")):
        axes.plot(place, values.iloc[place], "o", color=colour, ms=9)
        shift = (-10, 0) if side == "right" else (10, 0)
        words = form.format(values.iloc[place])
        axes.annotate(words, (place, values.iloc[place]), shift, textcoords="offset points", ha=side, va="center")
    step = max(1, -(-len(values) // 6))
    axes.set_xticks(at[::step], [str(month) for month in values.index[::step]])
    room = 0.09 * len(values)
    axes.set(xlim=(-room - 0.5, len(values) - 0.5 + room), ylim=(-0.1 * values.max(), 1.25 * values.max()))
    axes.set_title(name, loc="left", size=FONT - 1, color=INK)
    axes.set_yticks([])


def effect_bars(table: pd.DataFrame) -> Picture:
    """Efficiency, cost and sales: each without and with what CRM adds.

    table  from concepts.effects: measure, without, with_crm, change, evidence, indexed by effect

    >>> table = pd.DataFrame({"measure": ["orders"], "without": [20.0], "with_crm": [25.0], "change": [0.25],
    ...     "evidence": ["experiment"]}, index=["sales"])
    >>> effect_bars(table)
    Pairs of bars, without and with CRM: sales (orders) 20.0 → 25.0 (+25 %, experiment).
    """
    needed = ("measure", "without", "with_crm", "change", "evidence")
    rows = lacks_nothing(table, needed, "table")
    with look():
        best: Any = rows["change"].abs().idxmax()
        tested = int((rows["evidence"] == "experiment").sum())
        title = _("Largest change: {effect} {change}. Drawn by lot: {n} of {all}").format(
            effect=label(best), change=_signed(rows.loc[best, "change"]), n=tested, all=len(rows)
        )
        figure, spare = sheet(title, grid="none")
        spare.remove()
        for place, row in enumerate(rows.itertuples()):
            _pair(figure, len(rows), place, row)
        parts = [
            f"{label(row.Index)} ({row.measure}) {row.without:.1f} → {row.with_crm:.1f} "
            f"({_signed(row.change)}, {label(row.evidence)})"
            for row in rows.itertuples()
        ]
        return Picture(figure, _("Pairs of bars, without and with CRM: {parts}.").format(parts="; ".join(parts)))


def _pair(figure: Figure, count: int, place: int, row: Any) -> None:
    """Two bars in a panel of their own: the three measures have three units."""
    axes = figure.add_subplot(1, count, place + 1)
    axes.bar([0, 1], [row.without, row.with_crm], color=[PALE, BLUE], hatch=["//", HATCHES[0]], ec=GREY, lw=0)
    for x, value in enumerate((row.without, row.with_crm)):
        axes.annotate(f"{value:.1f}", (x, value), (0, 4), textcoords="offset points", ha="center", va="bottom")
    axes.set_xticks([0, 1], [_("without"), _("with")])
    axes.set_ylim(0, 1.2 * max(row.without, row.with_crm))
    axes.set_title(f"{capital(label(row.Index))}  {_signed(row.change)}\n{row.measure}", size=FONT - 2)
    axes.set_xlabel(label(row.evidence), style="italic")
    axes.set_yticks([])
    axes.grid(False)
    axes.spines["left"].set_visible(False)


def targeting_bars(table: pd.DataFrame) -> Picture:
    """What a call is worth for each choice of people, with its 95 % interval.

    table  from concepts.targeting: value and error (¥ a call), people, indexed by choice

    >>> table = pd.DataFrame({"people": [90, 20], "value": [-2.0, 1.5], "error": [0.5, 1.0]})
    >>> targeting_bars(table.set_axis(["product", "customer"]))  # doctest: +ELLIPSIS
    Points with 95 % intervals of the value of a call: whole list −¥2.00 (−¥2.98 to −¥1.02), those who asked ...
    """
    names = {"product": _("whole list"), "customer": _("those who asked"), "others": _("the others")}
    rows = lacks_nothing(table, ("people", "value", "error"), "table").rename(index=names)
    half = 1.96 * rows["error"]
    with look():
        best: Any = rows["value"].idxmax()
        title = _("A call leaves {best} for “{who}”, and {all} for the whole list")
        figure, axes = sheet(
            title.format(best=cents(rows.loc[best, "value"]), who=best, all=cents(rows["value"].iloc[0])),
            grid="x",
        )
        places = np.arange(len(rows))
        axes.errorbar(rows["value"], places, xerr=half, fmt="o", ms=12, color=BLUE, capsize=8, elinewidth=3, capthick=3)
        for place, row in zip(places, rows.itertuples(), strict=True):
            words = _("{value}  ({n} people)").format(value=cents(row.value), n=number(row.people))
            plain = {"fc": "white", "lw": 0, "pad": 1}  # the broken line stops behind the words
            axes.annotate(
                words, (row.value, place), (0, 14), textcoords="offset points", ha="center", va="bottom", bbox=plain
            )
        axes.axvline(0, color=ORANGE, lw=2.5, ls="--", zorder=1.5)
        axes.set_yticks(places, rows.index)
        axes.set_ylim(len(rows) - 0.6, -0.7)
        axes.set_xlabel(_("¥ a call leaves; broken line: nothing gained"))
        return Picture(figure, _targeting_alt(rows, half))


def _targeting_alt(rows: pd.DataFrame, half: pd.Series) -> str:
    limits = zip(rows.index, rows["value"], rows["value"] - half, rows["value"] + half, strict=True)
    parts = [f"{who} {cents(value)} ({cents(low)} {_('to')} {cents(high)})" for who, value, low, high in limits]
    return _("Points with 95 % intervals of the value of a call: {parts}.").format(parts=", ".join(parts))
