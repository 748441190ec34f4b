"""Where a table begins: the line of column names among the first lines of a file or sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data._shop._texts import clean, plain, words

LOOKED_AT = 60  # lines among which the names are looked for

_DATA = re.compile(r"[-+]?[\d.,:/\s-]*\d[\d.,:/\s-]*(?:[TZ][\d:.Z+-]*)?|\S+@\S+\.\S+")


def names_of(row: Sequence[Any]) -> list[str]:
    """The cells of a line of names as texts; an empty one gets its number.

    >>> names_of(["Nr", " Menge ", ""])
    ['Nr', 'Menge', '(3)']
    """
    return [clean(cell) or f"({place})" for place, cell in enumerate(row, 1)]


@cache
def _known() -> frozenset[str]:
    """Every name of a column that known exports and the usual languages use."""
    known = {plain(name) for names in words()["columns"].values() for name in names}
    for export in words("exports")["export"]:
        known.update(plain(name) for name in export["needs"])
    return frozenset(known)


def fit(row: Sequence[Any], wanted: Collection[str]) -> tuple[int, int]:
    """How well a line can be the names: how many of the wanted stand in it, and how many known ones."""
    cells = {clean(cell) for cell in row}
    return len(cells & set(wanted)), len({plain(cell) for cell in row} & _known())


def find_header(rows: Sequence[Sequence[Any]], wanted: Collection[str]) -> int:
    """The place of the line of names among the first lines of a table; -1 if there seems to be none.

    rows    the first lines, cut into cells
    wanted  the names that must be among them; empty if nothing is known

    Rule: the first line in which all wanted names stand; else the one with most of them; else the one with most known
    names, at least two; else the first line that is nearly as long as the longest, unless it holds dates or numbers.

    >>> find_header([["Report"], [], ["date", "order", "price"], ["2024-05-01", "1", "5"]], ["price", "date"])
    2
    >>> find_header([["1", "2024-05-01", "Ann", "5.00"], ["2", "2024-05-02", "Bob", "7.00"]], [])
    -1
    """
    fits = [fit(row, wanted) for row in rows[:LOOKED_AT]]
    for least in (len(set(wanted)), 1):
        places = [place for place, (found, __) in enumerate(fits) if found >= least > 0]
        if places:
            return max(places, key=lambda place: (fits[place][0], -place))
    known = max((count for __, count in fits), default=0)
    if known >= 2:
        return next(place for place, (__, count) in enumerate(fits) if count == known)
    filled = [sum(clean(cell) is not None for cell in row) for row in rows[:LOOKED_AT]]
    place = next((place for place, count in enumerate(filled) if count >= 0.8 * max(filled)), -1)
    return -1 if place < 0 or _is_data(rows[place]) else place


def _is_data(row: Sequence[Any]) -> bool:
    return any(_DATA.fullmatch(cell) for cell in map(clean, row) if cell) or any(
        not isinstance(cell, str) for cell in row
    )


def check_header(header: Any) -> None:
    """InputError unless `header` is None, False or the number of a line."""
    if header is None or header is False or (isinstance(header, int) and header is not True and header > 0):
        return
    raise InputError(
        _(
            "header is {header!r}. Give the number of the line that holds the column names, 1 for the first, or False."
        ).format(header=header)
    )
