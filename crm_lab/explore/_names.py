"""What stands on the axes of a plot one draws oneself: names, units and ways to write a column of the tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from crm_lab.base import wording
from crm_lab.base.text import _, language
from crm_lab.explore._style import Money, label, money, share
from crm_lab.schema import TABLES

HOME = Money()  # the tables of Willow Lane name this currency as the unit of money
UNITS = {"s", "h", "days", "minutes", "1–5", "1–7", "1–10", "0–10", "0–100"}  # others repeat the name
_MONEY = {
    "monetary",
    "previous",
    "latest",
    "profit",
    "staff_cost",
    "inhouse",
    "outsourced",
    "per_call",
    "revenue_each",
    "call_gain",
}
_SHARES = re.compile(
    r"share|.*_share|growth|occupancy|service_level|abandonment|target|population|value_share|percent"
    r"|retention|p_alive"
)


def column_name(column: str, money: Money = money, unit: bool = True) -> str:
    """The name of a column as an axis shows it, with its unit if wanted; words that are no column stay as they are.

    money  how its amounts are written, if it holds such

    >>> column_name("margin"), column_name("recency_days"), column_name("Orders a day")
    ('margin, ¥', 'days since the last order', 'Orders a day')
    """
    _kind, measured, chinese = _schema().get(column, ("", "", ""))
    words = _words(language()).get(column)
    known = words or (chinese if chinese and language().startswith("zh") else label(column))
    if unit and (column == "monetary" or (measured == HOME.sign and not words)):
        return money.named(known)
    return f"{known}, {measured}" if unit and measured in UNITS and not words else known


def writer(column: str, money: Money = money) -> Callable[[Any], str]:
    """How a value of a column is written: money, share, or a plain number.

    >>> writer("margin")(35_400), writer("customer_share")(0.25), writer("orders")(12034.0)
    ('¥35,400', '25 %', '12,034')
    """
    kind, unit, _chinese = _schema().get(column, ("", "", ""))
    if kind == "money" or column in _MONEY or (money.sign and column.endswith(money.sign)):
        return money
    return share if unit == "share" or _SHARES.fullmatch(column) else plain


def plain(value: Any) -> str:
    """A number as one reads it off a plot: whole numbers and thousands in full, others with three figures.

    >>> plain(1234567.0), plain(1234.5), plain(0.12346), plain(12.0), plain(-4.832)
    ('1,234,567', '1,234', '0.123', '12', '−4.83')
    """
    whole = abs(value) >= 1000 or value % 1 == 0
    return (f"{value:,.0f}" if whole else f"{float(f'{value:.3g}'):,.10g}").replace("-", "−")


def weekday(day: int) -> str:
    """The short name of a day of the week, Monday being 0.

    >>> weekday(0)
    'Mon'
    """
    return wording.weekday(day, "abbreviated")


def tick_word(axis: str, text: str) -> str:
    """The words for a tick with a name: a code in plain words, a day of the week where the axis counts them.

    >>> tick_word("weekday", "0"), tick_word("segment", "cant_lose"), tick_word("month", "2025-01")
    ('Mon', "can't lose", '2025-01')
    """
    if axis in ("weekday", "day_of_week") and text in set("0123456"):
        return weekday(int(text))
    return label(text)


@cache
def _schema() -> dict[str, tuple[str, str, str]]:
    """Type, unit and Chinese name of each column; what the tables describe differently is left out of it."""
    kinds: dict[str, set[tuple[str, str]]] = {}
    chinese: dict[str, set[str]] = {}
    for column in (column for table in TABLES.values() for column in table.columns):
        kinds.setdefault(column.name, set()).add((column.type, column.unit))
        chinese.setdefault(column.name, set()).add(re.split("[（，；：。]", column.meaning_zh)[0])
    return {
        name: (*next(iter(found)), next(iter(chinese[name])) if len(chinese[name]) == 1 else "")
        for name, found in kinds.items()
        if len(found) == 1
    }


@cache
def _words(language: str) -> dict[str, str]:
    """Columns that results have and no table, and those whose name says too little."""
    return {
        "recency_days": _("days since the last order"),
        "frequency": _("orders"),
        "monetary": _("money"),
        "customer_share": _("share of the customers"),
        "monetary_share": _("share of the money"),
        "tenure_days": _("days since the first order"),
        "orders_each": _("orders per customer"),
        "categories_each": _("categories per customer"),
        "repeat_margin": _("share of margin after first orders"),
        "a_year_ago": _("a year ago"),
        "previous": _("margin in the earlier half-year"),
        "latest": _("margin in the latest half-year"),
        "before": _("class before"),
        "after": _("class after"),
        "staff_cost": _("staff cost of an hour"),
        "target": _("calls to be answered in time"),
        "offered": _("calls"),
        "start": _("start of the half-hour"),
        "load": _("load, erlangs"),
        "weekday": _("day of the week"),
        "size": _("customers"),
        "customers": _("customers"),
        "p_alive": _("chance of being still there"),
        "silence": _("weeks of silence"),
        "share": _("share"),
        "ordered_at": _("date of the order"),
        "abc": _("ABC class"),
        "count": _("number"),
        "Count": _("number"),
        "Frequency": _("number"),
        "change": _("value is"),
        "forecast_share": _("forecast share who leave"),
        "left_share": _("share who left"),
        "list_share": _("share of the list, from the top"),
        "found_share": _("share found so far"),
        "trouble_share": _("share who met trouble"),
        "orders_in_year": _("orders in the year"),
        "active_share": _("share still active"),
        "advice_asked": _("times advice was asked for"),
        "call_gain": _("gain of a call after its cost"),
        "list_length": _("people on the list"),
        "additional_buyers": _("additional buyers among the called"),
        "daily_wait": _("mean wait of a day, seconds"),
        "mean_wait": _("mean wait, seconds"),
        "hour": _("hour of the day"),
        "mood": _("mood of the customer, 0 to 10"),
    }
