"""Dates and moments as shops write them, and the order of day, month and year decided for the whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lab.data._shop._eras import in_our_years
from crm_lab.data._shop._months import in_english, months_in, words_of
from crm_lab.data._shop._texts import DIGITS, distinct

FIRST_YEAR, LAST_YEAR = 1970, 2100
SERIAL_DAYS = (20_000, 80_000)  # 1954 to 2119, counted the way a spreadsheet counts days
EPOCH = (100_000_000, 4_102_444_800)  # seconds since 1970: 1973 to 2099
FORMATS, FAILURES = 60, 1_000  # how many ways of writing a date, and how many unreadable ones, before giving up

_PLAIN = str.maketrans(DIGITS)
_CLOCK = re.compile(
    r"(?P<gap>\s*[T,]?\s*)(\d{1,2}:\d{2})(?P<s>:\d{2})?(?P<f>[.,]\d+)?(?P<gap2>\s*)(?P<half>[AaPp][Mm])?$"
)
_ZONE = (  # after a time of day: Z, +02:00, GMT+2, (CEST), PDT, Europe/Berlin
    r"(:\d\d(?:[.,]\d+)?(?:\s?[AaPp]\.?\s?[Mm]\.?)?)\s*(?:Z|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?|\((?:[^)]*)\)|"
    r"(?![AP]M\b)[A-Z]{2,5}|[A-Z][a-z]+/\w+(?:/\w+)?)(?:\s*\([^)]*\))?$"
)
_LATE_YEAR = (
    r"([A-Za-z]{3,}\.?) (\d{1,2}) (\d{1,2}:\d\d(?::\d\d)?)(?: [A-Z]{3,4})? (\d{4})$"  # Tue Sep 03 10:00:00 2024
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ORDERS = {"day": ("%d", "%m", "y"), "month": ("%m", "%d", "y"), "year": ("y", "%m", "%d")}


@dataclass
class Dates:
    """A column of dates. `order` is "day", "month" or "year", whichever comes first; for each line: whether that order
    mattered, whether it can be nothing else, whether it was read the other way round, and what else it was."""

    moments: pd.Series
    order: str = ""
    proved: bool = True
    differ: np.ndarray | None = None
    contrary: np.ndarray | None = None
    certain: int = 0  # different dates that can be nothing else
    sure: np.ndarray | None = None  # lines with those
    serials: np.ndarray | None = None
    epochs: np.ndarray | None = None
    eras: np.ndarray | None = None
    swapped: bool = False  # a spreadsheet has read part of the dates, probably the wrong way round


def read_dates(column: pd.Series, name: str, dayfirst: bool | None = None, european: bool = False) -> Dates:
    """A column of dates or moments, NaT where a cell holds none, and how they were read.

    name      the column's name in the file, for a message
    dayfirst  the order of day and month, if it is known
    european  whether the file has a decimal comma or semicolons, as where nobody puts the month first

    Rule: dates that can be read in one order only decide it; dates with points, such as 1.2.2024, never put the month
    first. Without a proof: the day first in a European file; else the order in which the lines are sorted; else the
    shorter history. A year of two digits stands last, unless only the other way makes dates. Numbers are a
    spreadsheet's days, or seconds, milliseconds and so on since 1970. A time zone is dropped: the day is that of the
    shop's own clock.

    >>> read_dates(pd.Series(["2/1/2024", "13/1/2024", "soon"]), "date").moments.dt.strftime("%d %b").tolist()
    ['02 Jan', '13 Jan', nan]
    """
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if pd.api.types.is_datetime64_dtype(column):
        return Dates(_plausible(column.to_numpy("datetime64[us]")))
    codes, texts = distinct(column)
    texts = [text if text.isascii() else text.translate(_PLAIN) for text in texts]
    series, eras = in_our_years(pd.Series(texts, dtype="str"))
    serials, epochs = _numbers(series)
    counted = ~np.isnat(serials) | ~np.isnat(epochs)
    ways = _all_ways(series.where(~counted, ""), name)
    rank = pd.Series(codes)[pd.Series(codes) >= 0].drop_duplicates().to_numpy()
    order, proved = _order(ways, rank, dayfirst, european, series)
    chosen, other = ways[order], ways["month" if order == "day" else "day"]
    contrary = np.isnat(chosen) & ~np.isnat(other)
    read = np.where(contrary, other, chosen)
    read = np.where(np.isnat(serials), np.where(np.isnat(epochs), read, epochs), serials)
    differ = ~np.isnat(chosen) & (chosen != other)
    sure = differ & np.isnat(other)

    def every(mask: np.ndarray) -> np.ndarray:
        return np.append(mask, False)[codes]

    return Dates(
        moments=_plausible(np.append(read, np.datetime64("NaT"))[codes]),
        order=order,
        proved=proved,
        differ=every(differ),
        contrary=every(contrary),
        certain=int(sure.sum()),
        sure=every(sure),
        serials=every(~np.isnat(serials)),
        epochs=every(~np.isnat(epochs)),
        eras=every(eras),
        swapped=_swapped(series, ways, serials),
    )


def _plausible(moments: np.ndarray) -> pd.Series:
    series = pd.Series(moments)
    return series.where(series.dt.year.between(FIRST_YEAR, LAST_YEAR))


def _numbers(texts: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Dates that are a spreadsheet's own day numbers, such as 40513.36, and those that are seconds since 1970."""
    values = pd.to_numeric(texts, errors="coerce").astype(float)
    values = values.where(~values.between(1e11, 1e12))  # 202405011030 is a date without its marks
    days = values.where(values.between(*SERIAL_DAYS))
    serials = pd.to_datetime(days, unit="D", origin="1899-12-30").dt.round("s").to_numpy("datetime64[us]")
    seconds = pd.Series(np.nan, index=values.index)
    for scale in (1, 1e3, 1e6, 1e9):
        inside = (values / scale).between(*EPOCH) & seconds.isna()
        seconds = seconds.where(~inside, values / scale)
    return serials, pd.to_datetime(seconds, unit="s").dt.round("ms").to_numpy("datetime64[us]")


def _tidy(texts: pd.Series, name: str) -> pd.Series:
    """Dates in English words and without time zone."""
    texts = texts.str.replace(r"(:\d\d(?:\.\d+)?)\s?(?:Z|[+-]\d{2}:?\d{2})$", r"\1", regex=True)
    odd = texts.str.contains(r"[^\d\s:/T.\-]|\s\s|\.\s|\.$|\s\d{1,2}\.\d\d$", regex=True)
    if not odd.any():
        return texts
    some = texts[odd].str.normalize("NFKC").str.replace(r"\s+", " ", regex=True).str.strip()
    for _again in range(2):  # +0200 (CEST)
        some = some.str.replace(_ZONE, r"\1", regex=True)
    some = some.str.replace(r"(\d{1,4}\.\s?\d{1,2}\.\s?\d{1,4})\.(?=\s|$)", r"\1", regex=True)
    some = some.str.replace(r"\b(1[3-9]|2[0-3])(:\d\d(?::\d\d)?) ?[AaPp][Mm]$", r"\1\2", regex=True)
    some = some.str.replace(r"(\d{4},? \d{1,2})\.(\d{2})$", r"\1:\2", regex=True)  # 1.5.2024 10.30
    some = some.str.replace(_LATE_YEAR, r"\2 \1 \4 \3", regex=True)
    worded = some.str.contains(r"[^\d\s.,:/T\-]", regex=True) & ~some.str.contains(r"^[\d\s./\-]+[T ][\d:.]+ ?[AP]M$")
    months = months_in({word for text in some[worded].head(5_000) for word in words_of(text)}, name)
    some = some.where(~worded, some[worded].map(lambda text: in_english(text, months)).reindex(some.index))
    return texts.where(~odd, some.reindex(texts.index)).astype("str")


def _clock_format(text: str) -> tuple[str, str]:
    """The part of a text before the time of day, and the format of what follows it."""
    clock = _CLOCK.search(text)
    if clock is None:
        return text, ""
    hours, half = ("%I", "%p") if clock["half"] else ("%H", "")
    if half and int(clock[2].partition(":")[0]) > 12:  # 13:45 PM
        return text, ""
    tail = f"{hours}:%M" + (":%S" if clock["s"] else "") + (clock["f"][0] + "%f" if clock["f"] else "")
    return text[: clock.start()], clock["gap"] + tail + clock["gap2"] + half


def _formats(text: str) -> dict[str, str]:
    """How a date is written, if its day, its month or its year comes first; the same where only one can be.

    >>> _formats("12/1/2010 8:45")["month"], _formats("1 Dec 2010")["day"], sorted(_formats("24/05/01"))
    ('%m/%d/%Y %H:%M', '%d %b %Y', ['day', 'month', 'year'])
    """
    date, tail = _clock_format(text)
    digits, names = re.findall(r"\d+", date), re.findall(r"[A-Za-z]+", date)
    if "%" in text or (names and names[0][:3].lower() not in _MONTHS):
        return {}
    year = ["%Y" if len(part) == 4 else "%y" for part in digits]
    if not names and len(digits) == 1 and len(digits[0]) in (8, 12, 14):
        shape = "%Y%m%d" + {8: "", 12: "%H%M", 14: "%H%M%S"}[len(digits[0])]
        return dict.fromkeys(_ORDERS, _filled(date, [shape]) + tail)
    if len(digits) == 3 and not names and len(digits[0]) == 4:
        return dict.fromkeys(_ORDERS, _filled(date, ["%Y", "%m", "%d"]) + tail)
    if len(digits) == 3 and not names and max(map(len, digits)) <= 4:
        return _numeric(date, digits, tail)
    if len(digits) == 2 and len(names) == 1:
        shape = re.sub(r"[A-Za-z]+", "%b" if len(names[0]) == 3 else "%B", date)
        if len(digits[0]) == 4 or int(digits[0]) > 31:
            return dict.fromkeys(_ORDERS, _filled(shape, [year[0], "%d"]) + tail)
        return dict.fromkeys(_ORDERS, _filled(shape, ["%d", year[1]]) + tail)
    return {}


def _numeric(date: str, digits: list[str], tail: str) -> dict[str, str]:
    """The formats of a date of three numbers; with points never the month first, a year of two digits maybe first."""
    last = "%Y" if len(digits[2]) == 4 else "%y"
    first = {} if len(digits[2]) == 4 or len(digits[0]) != 2 else {"year": _ORDERS["year"]}
    orders = {"day": _ORDERS["day"], **({} if re.search(r"\d\.\s?\d", date) else {"month": _ORDERS["month"]}), **first}
    years = {"day": last, "month": last, "year": "%y"}
    return {
        order: _filled(date, [years[order] if part == "y" else part for part in parts]) + tail
        for order, parts in orders.items()
    }


def _filled(shape: str, parts: list[str]) -> str:
    left = iter(parts)
    return re.sub(r"\d+", lambda _digits: next(left), shape)


def _read_as(texts: pd.Series, form: str | None) -> np.ndarray:
    if form is None:
        return np.full(len(texts), np.datetime64("NaT", "us"))
    return pd.to_datetime(texts, format=form, errors="coerce").to_numpy("datetime64[us]")


def _all_ways(texts: pd.Series, name: str) -> dict[str, np.ndarray]:
    """Every date read with its day first, its month first and its year first; NaT where that way gives no date."""
    ways = {order: np.full(len(texts), np.datetime64("NaT", "us")) for order in _ORDERS}
    texts = _tidy(texts, name)
    tried: set[tuple[tuple[str, str], ...]] = set()
    failures = 0
    done = texts.eq("").to_numpy(bool)
    for place, text in enumerate(texts):
        if done[place]:
            continue
        forms = _formats(text)
        key = tuple(sorted(forms.items()))
        if not forms or key in tried:
            failures += 1
        else:
            tried.add(key)
            todo = np.flatnonzero(~done)
            for order, read in ways.items():
                read[todo] = _read_as(texts.iloc[todo], forms.get(order))
            done = ~np.all([np.isnat(read) for read in ways.values()], axis=0) | texts.eq("").to_numpy(bool)
        if failures > FAILURES or len(tried) > FORMATS:
            break
    return ways


def _span(moments: np.ndarray) -> np.timedelta64:
    known = moments[~np.isnat(moments)]
    return known.max() - known.min() if len(known) else np.timedelta64(0, "us")


def _disorder(moments: np.ndarray) -> int:
    """How often the order of the lines turns between earlier and later."""
    days = moments[~np.isnat(moments)].astype("datetime64[D]").astype(int)
    steps = np.sign(np.diff(days))
    return int(min((steps < 0).sum(), (steps > 0).sum()))


def _order(
    ways: dict[str, np.ndarray], rank: np.ndarray, dayfirst: bool | None, european: bool, texts: pd.Series
) -> tuple[str, bool]:
    """Which comes first, the day, the month or the year of two digits; and whether that is certain."""
    if dayfirst is not None:
        return ("day" if dayfirst else "month"), True
    day, month, year = (ways[order] for order in ("day", "month", "year"))
    readable = {order: int((~np.isnat(read)).sum()) for order, read in ways.items()}
    if readable["year"] > max(readable["day"], readable["month"]):
        return "year", True
    only_day, only_month = (int((~np.isnat(a) & np.isnat(b)).sum()) for a, b in ((day, month), (month, day)))
    best, proved = ("day", True) if only_day > only_month else ("month", only_day < only_month)
    if not proved:
        best = _likelier(day, month, rank, european)
    short = ~np.isnat(year) & (year != ways[best]) & ~texts.str.contains(".", regex=False).to_numpy(bool)
    if short.any() and short.sum() == readable[best] and _span(year) * 3 < _span(ways[best]):
        return "year", False
    return best, proved


def _likelier(day: np.ndarray, month: np.ndarray, rank: np.ndarray, european: bool) -> str:
    if european:
        return "day"
    turns = [_disorder(way[rank]) for way in (day, month)]
    if turns[0] != turns[1]:
        return "day" if turns[0] < turns[1] else "month"
    return "day" if _span(day) <= _span(month) else "month"


def _swapped(texts: pd.Series, ways: dict[str, np.ndarray], serials: np.ndarray) -> bool:
    """Whether a spreadsheet has read those dates it could, with the month first, and left those with a day above 12.

    Then the column is a mixture: real dates or day numbers, none after the 12th of a month, and texts that all begin
    with more than 12. At least four of each are needed, so that chance does not do it.
    """
    days = pd.Series(ways["day"]).dt.day.where(np.isnat(serials), pd.Series(serials).dt.day)
    only_day = ~np.isnat(ways["day"]) & np.isnat(ways["month"])
    both = ~np.isnat(ways["day"]) & (ways["day"] == ways["month"]) | ~np.isnat(serials)
    if only_day.sum() < 4 or both.sum() < 4 or (~only_day & ~both & texts.ne("").to_numpy(bool)).any():
        return False
    real = both & (texts.str.contains(r"^\d{4}-\d\d-\d\d(?: 00:00:00)?$").to_numpy(bool) | ~np.isnat(serials))
    return bool(real.sum() == both.sum() and (days[real] <= 12).all())
