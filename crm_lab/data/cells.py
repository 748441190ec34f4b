"""Cells of a shop's export turned into texts, numbers and moments, however they were written.

Each distinct text is looked at once, so a million lines with ten thousand different dates cost ten thousand readings.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from crm_lab.base.text import _, ngettext

MISSING = {"", "nan", "none", "null", "nat", "n/a", "#n/a", "<na>", "-"}
FIRST_YEAR, LAST_YEAR = 1970, 2100
SERIAL_DAYS = (20_000, 80_000)  # 1954 to 2119, counted the way a spreadsheet counts days
FORMATS, FAILURES = 40, 1_000  # how many ways of writing a date, and how many unreadable ones, before giving up

_SIGNS = re.compile(r"[\s'’€$£¥₹元円]|CNY|RMB|USD|EUR|GBP|HKD|JPY", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?P<gap>\s*[T,]?\s*)(\d{1,2}:\d{2})(?P<s>:\d{2})?(?P<f>\.\d+)?(?P<gap2>\s*)(?P<half>[AaPp][Mm])?$"
)
_ZONE = re.compile(r"(?<=\d)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})$")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class Problem(NamedTuple):
    """One row of `Shop.problems`: what was found, in how many lines, and what was done about it."""

    problem: str
    rows: int
    action: str


def _clean(value: object) -> str | None:
    text = str(value).strip().strip("\ufeff")
    if text.lower() in MISSING:
        return None
    whole, dot, zeros = text.rpartition(".")  # a spreadsheet makes 12583.0 of customer 12583
    return whole if dot and zeros and not zeros.strip("0") and whole.isdigit() else text


def distinct(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """The place of each cell in a list of distinct texts (-1: empty), and that list.

    >>> codes, texts = distinct(pd.Series([12583.0, None, " 12583", "A7"], dtype=object))
    >>> codes.tolist(), texts
    ([0, -1, 0, 1], ['12583', 'A7'])
    """
    try:
        places, values = pd.factorize(column)
    except TypeError:  # lists and other things that have no hash
        places, values = pd.factorize(column.map(str))
    again, texts = pd.factorize(np.array([*map(_clean, values), None], dtype=object))
    return again[places], list(texts)


def category(column: pd.Series) -> pd.Categorical:
    """The cells of a column of names or numbers of things as tidy texts; missing where there is none.

    >>> list(category(pd.Series(["C1 ", "n/a", "C1"])))
    ['C1', nan, 'C1']
    """
    codes, texts = distinct(column)
    return pd.Categorical.from_codes(codes, pd.Index(texts, dtype="str"))


def _plain(texts: pd.Series, mark: str) -> pd.Series:
    """Numbers whose decimal mark is `mark`; NaN for every text that is not one."""
    group = "," if mark == "." else "."
    shape = rf"[+-]?(?:\d+|\d{{1,3}}(?:\{group}\d{{2,3}})*\{group}\d{{3}})?(?:\{mark}\d*)?(?:[eE][+-]?\d+)?"
    fits = texts.str.fullmatch(shape)
    bare = texts.where(fits).str.replace(group, "", regex=False).str.replace(mark, ".", regex=False)
    return pd.to_numeric(bare, errors="coerce").astype(float)


def _bare(texts: pd.Series) -> pd.Series:
    """Amounts without currency and spaces, the minus sign in front."""
    bare = texts.str.normalize("NFKC").str.replace(_SIGNS, "", regex=True).str.replace(r"[−–]", "-", regex=True)
    return bare.str.replace(r"^\((.+)\)$|^(.+)-$", r"-\1\2", regex=True)


def _amounts(texts: pd.Series) -> tuple[pd.Series, bool]:
    """The numbers in texts, and whether most of those that tell use a decimal comma."""
    bare = _bare(texts)
    comma = bare.str.contains(r",(?:\d{1,2}|\d{4,})$|\.\d{3},").sum()
    point = bare.str.contains(r"\.(?:\d{1,2}|\d{4,})$|,\d{3}\.").sum()
    first, second = (",", ".") if comma > point else (".", ",")
    return _plain(bare, first).fillna(_plain(bare, second)), bool(comma > point)


def numbers(column: pd.Series, name: str) -> tuple[pd.Series, list[Problem]]:
    """A column of quantities or prices as floats, NaN where a cell holds no number, and what was decided.

    name  the column's name in the file, for the message

    >>> values, problems = numbers(pd.Series(["1.234,50 €", "(3,00)", "free"]), "Preis")
    >>> values.tolist(), problems[0].action
    ([1234.5, -3.0, nan], 'read 1.234,50 as 1234.50')
    """
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values, comma = pd.Series(column.to_numpy(float, na_value=np.nan)), False
    else:
        codes, texts = distinct(column)
        read, comma = _texts_to_numbers(pd.Series(texts, dtype="str"))
        values = pd.Series(np.append(read.to_numpy(), np.nan)[codes])
    values = values.where(values.abs() < 1e12)  # also drops infinity
    note = Problem(
        _("{name} is written with a decimal comma").format(name=name),
        int(values.notna().sum()),
        _("read 1.234,50 as 1234.50"),
    )
    return values, [note] if comma else []


def _texts_to_numbers(texts: pd.Series) -> tuple[pd.Series, bool]:
    plain = pd.to_numeric(texts, errors="coerce").astype(float)
    return (plain, False) if plain.notna().all() else _amounts(texts)


def _clock_format(text: str) -> tuple[str, str]:
    """The part of a text before the time of day, and the format of what follows it."""
    clock = _CLOCK.search(text)
    if clock is None:
        return text, ""
    hours, half = ("%I", "%p") if clock["half"] else ("%H", "")
    tail = f"{hours}:%M" + (":%S" if clock["s"] else "") + (".%f" if clock["f"] else "")
    return text[: clock.start()], clock["gap"] + tail + clock["gap2"] + half


def _formats(text: str) -> tuple[str, str] | None:
    """How a date is written, its day before its month and the other way round; the same twice where only one can be.

    >>> _formats("12/1/2010 8:45")
    ('%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M')
    >>> _formats("1 Dec 2010")
    ('%d %b %Y', '%d %b %Y')
    """
    date, tail = _clock_format(text)
    digits, names = re.findall(r"\d+", date), re.findall(r"[A-Za-z]+", date)
    if "%" in text or (names and names[0][:3].lower() not in _MONTHS):
        return None
    year = ["%Y" if len(part) == 4 else "%y" for part in digits]
    if len(digits) == 1 and len(digits[0]) == 8 and not names:
        return (f"%Y%m%d{tail}",) * 2
    if len(digits) == 3 and not names and len(digits[0]) == 4:
        orders = [["%Y", "%m", "%d"]] * 2
    elif len(digits) == 3 and not names:
        orders = [["%d", "%m", year[2]], ["%m", "%d", year[2]]]
    elif len(digits) == 2 and len(names) == 1:
        orders = [["%d", year[1]]] * 2
    else:
        return None
    shape = re.sub(r"[A-Za-z]+", "%b" if names and len(names[0]) == 3 else "%B", date)
    day, month = (_filled(shape, parts) + tail for parts in orders)
    return day, month


def _filled(shape: str, parts: list[str]) -> str:
    left = iter(parts)
    return re.sub(r"\d+", lambda _digits: next(left), shape)


def _read_as(texts: pd.Series, form: str) -> np.ndarray:
    return pd.to_datetime(texts, format=form, errors="coerce").to_numpy("datetime64[us]")


def _both_ways(texts: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Every date read with its day first and with its month first; NaT where that way gives no date."""
    day = np.full(len(texts), np.datetime64("NaT", "us"))
    month = day.copy()
    texts = texts.str.replace(_ZONE, "", regex=True)  # a shop's day is the one on its own clock
    tried: set[tuple[str, str]] = set()
    failures = 0
    for place, text in enumerate(texts):
        if not (np.isnat(day[place]) and np.isnat(month[place])):
            continue
        forms = _formats(text)
        if forms is None or forms in tried:
            failures += 1
        else:
            tried.add(forms)
            todo = np.flatnonzero(np.isnat(day) & np.isnat(month))
            day[todo], month[todo] = (_read_as(texts.iloc[todo], form) for form in forms)
        if failures > FAILURES or len(tried) > FORMATS:
            break
    return day, month


def _serials(texts: pd.Series) -> np.ndarray | None:
    """Dates that a spreadsheet left as its own day numbers, such as 40513.36; None if these are not."""
    days = pd.to_numeric(texts, errors="coerce").astype(float)
    if not len(days) or not days.between(*SERIAL_DAYS).all():
        return None
    return pd.to_datetime(days, unit="D", origin="1899-12-30").dt.round("s").to_numpy("datetime64[us]")


def _span(moments: np.ndarray) -> np.timedelta64:
    known = moments[~np.isnat(moments)]
    return known.max() - known.min() if len(known) else np.timedelta64(0, "us")


def _day_first(day: np.ndarray, month: np.ndarray) -> bool:
    """Whether the column writes the day first: dates that can only be read one way decide, else the shorter span."""
    only_day, only_month = (int((~np.isnat(a) & np.isnat(b)).sum()) for a, b in ((day, month), (month, day)))
    return only_day > only_month if only_day != only_month else bool(_span(day) <= _span(month))


def dates(column: pd.Series, name: str) -> tuple[pd.Series, list[Problem]]:
    """A column of dates or moments, NaT where a cell holds none, and what was decided about day and month.

    name  the column's name in the file, for the message

    >>> moments, problems = dates(pd.Series(["2/1/2024", "13/1/2024", "soon"]), "date")
    >>> moments.dt.strftime("%d %b").tolist()
    ['02 Jan', '13 Jan', nan]
    >>> problems[0].action
    'read as day, month, year: 1 different date can be nothing else'
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if pd.api.types.is_datetime64_dtype(column):
        return _plausible(column.to_numpy("datetime64[us]")), []
    codes, texts = distinct(column)
    serials = _serials(pd.Series(texts, dtype="str"))
    if serials is not None:
        note = Problem(
            _("{name} holds the day numbers of a spreadsheet").format(name=name),
            int((codes >= 0).sum()),
            _("counted from 30 December 1899"),
        )
        return _plausible(np.append(serials, np.datetime64("NaT"))[codes]), [note]
    day, month = (np.append(way, np.datetime64("NaT")) for way in _both_ways(pd.Series(texts, dtype="str")))
    chosen, other = (day, month) if (day_first := _day_first(day, month)) else (month, day)
    read = np.where(np.isnat(chosen), other, chosen)
    return _plausible(read[codes]), _decisions(codes, chosen, other, day_first, name)


def _plausible(moments: np.ndarray) -> pd.Series:
    series = pd.Series(moments)
    return series.where(series.dt.year.between(FIRST_YEAR, LAST_YEAR))


def _decisions(codes: np.ndarray, chosen: np.ndarray, other: np.ndarray, day_first: bool, name: str) -> list[Problem]:
    """What to tell about the order of day and month; nothing where no date could be read both ways."""
    contrary = np.isnat(chosen) & ~np.isnat(other)
    differ = ~np.isnat(chosen) & (chosen != other)
    sure = int((differ & np.isnat(other)).sum())
    order = _("day, month, year") if day_first else _("month, day, year")
    told = ngettext(
        "read as {order}: {n} different date can be nothing else",
        "read as {order}: {n} different dates can be nothing else",
        sure,
    ).format(order=order, n=sure)
    guessed = _("read as {order}, which gives the shorter history; write dates as 2024-12-31 to be sure").format(
        order=order
    )
    found = [
        (
            differ,
            _("{name} gives day and month as numbers").format(name=name),
            told if sure > contrary.sum() else guessed,
        ),
        (
            contrary,
            _("{name} changes its order of day and month").format(name=name),
            _("read the only way that is a date"),
        ),
    ]
    return [Problem(what, int(rows), action) for mask, what, action in found if (rows := mask[codes].sum())]
