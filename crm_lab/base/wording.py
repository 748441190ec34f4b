"""How numbers, shares and days are written in the language of the edition."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from math import isfinite
from typing import Any
from unicodedata import east_asian_width

from crm_lab.base.text import _, locale

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"  # Chinese letters and signs
_BREAKABLE = re.compile(rf"\s*[“‘（《]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[，。、；：！？）》”’]*")
COMPACT_FROM = {"en_US": 1e6, "zh_CN": 1e4}  # below it an amount of money is written in full


def short(value: float) -> str:
    """A number as short as it can be, for the ticks of an axis: 2.5K or 3.54万.

    >>> short(2500), short(-1_200_000), short(0.25)
    ('2.5K', '−1.2M', '0.25')
    """
    from babel.numbers import format_compact_decimal

    return format_compact_decimal(value, locale=locale(), fraction_digits=2).replace("-", "−")


def number(value: Any) -> str:
    """A count with thousands separated.

    >>> number(12034)
    '12,034'
    """
    return f"{value:,.0f}".replace("-", "−")


def share(value: Any, decimals: int | None = None) -> str:
    """A share as a percentage: one decimal below ten, none above, unless `decimals` says how many.

    >>> share(0.8147), share(0.034), share(1), share(0), share(1.0031, 1)
    ('81 %', '3.4 %', '100 %', '0 %', '100.3 %')
    """
    if not isfinite(value):
        return _("unknown")
    percent = 100 * value
    if decimals is None:
        decimals = 1 if 0.05 <= abs(percent) < 9.95 else 0
    rounded = round(percent, decimals) + 0.0  # no "-0"
    return percentage(f"{rounded:.{decimals}f}".replace("-", "−"))


def percentage(figure: str) -> str:
    """A figure with the sign for per cent, with or without a space as the language has it.

    >>> percentage("12.5")
    '12.5 %'
    """
    return _("{number} %").format(number=figure)


def weekday(day: int, width: str = "wide") -> str:
    """The name of a weekday, 0 for Monday.

    width   "wide" or "abbreviated"

    >>> weekday(0), weekday(6, "abbreviated")
    ('Monday', 'Sun')
    """
    from babel.dates import get_day_names

    return str(get_day_names(width, "stand-alone", locale())[day])  # type: ignore[arg-type]


def month(number: int, width: str = "wide") -> str:
    """The name of a month, 1 for January.

    width   "wide" or "abbreviated"

    >>> month(3), month(9, "abbreviated")
    ('March', 'Sep')
    """
    from babel.dates import get_month_names

    return str(get_month_names(width, "stand-alone", locale())[number])  # type: ignore[arg-type]


def in_a_row(names: Iterable[Any]) -> str:
    """Some names one after the other, with the comma the language has for it.

    >>> in_a_row(["Ann", "Bo", "Cai"])
    'Ann, Bo, Cai'
    """
    return _(", ").join(map(str, names))


def clauses(parts: Iterable[str]) -> str:
    """Parts of equal rank in one sentence.

    >>> clauses(["class A brings 80 %", "class B 15 %"])
    'class A brings 80 %; class B 15 %'
    """
    return _("; ").join(parts)


def sentences(parts: Iterable[str]) -> str:
    """Sentences one after the other, each with the full stop of the language.

    >>> sentences(["A fifth brings most", "The rest is small."])
    'A fifth brings most. The rest is small.'
    """
    space = "" if locale() == "zh_CN" else " "
    return space.join(_("{sentence}.").format(sentence=part.rstrip(".。")) for part in parts if part)


def lines_of(text: str, columns: int, **options: Any) -> list[str]:
    """A text in lines that fit. A Chinese character takes two columns, and a line may end after each of them.

    options  of textwrap.wrap, for a text without such characters

    >>> lines_of("A fifth of the customers", 12)
    ['A fifth of', 'the', 'customers']
    >>> lines_of("最好的 20% 客户带来收入。", 12)
    ['最好的 20%', '客户带来收', '入。']
    """
    if not any(_columns(letter) == 2 for letter in text):
        return textwrap.wrap(text, columns, **options)
    lines = [""]
    for piece in _BREAKABLE.findall(text):
        if lines[-1] and _columns(lines[-1] + piece.rstrip()) > columns:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
