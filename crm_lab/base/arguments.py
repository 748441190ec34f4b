"""Checks at the door: bad input gets one sentence naming the argument, the place and the remedy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _, ngettext


def numbers(values: Any, name: str, missing_ok: bool = False) -> pd.Series:
    """`values` as a float Series on its own index; InputError unless it holds finite numbers, at least one."""
    try:
        series = pd.Series(values)
    except (TypeError, ValueError) as error:
        raise InputError(_("{name} must be one column of numbers.").format(name=name)) from error
    if series.empty:
        raise InputError(_("{name} is empty. Give at least one number.").format(name=name))
    if series.dtype.kind not in "iuf":
        raise InputError(
            _("{name} must hold numbers, not {dtype}. Convert it with pd.to_numeric.").format(
                name=name, dtype=series.dtype
            )
        )
    if not missing_ok:
        complete(series, name)
    floats = series.astype(float)
    if np.isinf(floats).any():
        raise InputError(_("{name} holds an infinite number. Remove it first.").format(name=name))
    return floats


def complete(column: pd.Series, name: str) -> pd.Series:
    """`column` itself; InputError saying how many of its entries are missing, if any are."""
    missing = int(column.isna().sum())
    if missing:
        text = ngettext(
            "{name}: {n} of {all} entries is missing. Fill it or leave that row out first.",
            "{name}: {n} of {all} entries are missing. Fill them or leave those rows out first.",
            missing,
        )
        raise InputError(text.format(name=name, n=missing, all=len(column)))
    return column


def distinct(keys: pd.Index | pd.Series, name: str) -> None:
    """InputError if a key stands there twice, naming the first such key."""
    doubled = keys[keys.duplicated()]
    if len(doubled):
        raise InputError(
            _("{name} holds {key} more than once. Keep one row per customer.").format(
                name=name, key=next(iter(doubled))
            )
        )


def columns(frame: Any, needed: Iterable[str], name: str, empty_ok: bool = False) -> pd.DataFrame:
    """The needed columns on a plain index; a column that serves as the index is found too."""
    if not isinstance(frame, pd.DataFrame):
        raise InputError(
            _("{name} must be a DataFrame, not {type}.").format(name=name, type=type(frame).__name__),
        )
    wanted = list(needed)
    if frame.index.name in wanted and frame.index.name not in frame.columns:
        frame = frame.reset_index()
    lacking = [column for column in wanted if column not in frame.columns]
    if lacking:
        raise InputError(
            _("{name} has no column {lacking}. Its columns are: {there}.").format(
                name=name, lacking=", ".join(map(repr, lacking)), there=", ".join(map(str, frame.columns))
            )
        )
    if frame.empty and not empty_ok:
        raise InputError(_("{name} has no rows. Give at least one.").format(name=name))
    return frame[wanted].reset_index(drop=True)


def people(customers: Any, needed: Iterable[str]) -> pd.DataFrame:
    """The needed columns of `customers`, one row a customer, indexed by customer_id."""
    frame = columns(customers, ["customer_id", *needed], "customers")
    complete(frame["customer_id"], "customers, customer_id")
    distinct(frame["customer_id"], "customers, customer_id")
    return frame.set_index("customer_id")


def flags(frame: pd.DataFrame, column: str, name: str) -> pd.Series:
    """A column of True and False; InputError if it holds anything else."""
    series = complete(frame[column], f"{name}, {column}")
    if series.dtype.kind != "b":
        raise InputError(
            _("{name}, {column} must hold True or False, not {dtype}.").format(
                name=name, column=column, dtype=series.dtype
            )
        )
    return series.astype(bool)


def midnight(today: Any) -> pd.Timestamp:
    """The start of the day `today`, without a time zone."""
    try:
        moment = pd.Timestamp(today)
    except (TypeError, ValueError) as error:
        raise InputError(_("today must be a date such as '2026-01-01', not {today!r}.").format(today=today)) from error
    if pd.isna(moment) or moment.tz is not None:
        raise InputError(_("today must be a date without a time zone, not {today!r}.").format(today=today))
    return moment.normalize()


def days_before(moments: pd.Series, today: Any, name: str, missing_ok: bool = False) -> pd.Series:
    """Calendar days from each moment to `today`: yesterday at 23:50 is 1, today at any hour is 0."""
    if not pd.api.types.is_datetime64_dtype(moments):
        raise InputError(
            _("{name} must hold dates without a time zone, not {dtype}. Convert it with pd.to_datetime.").format(
                name=name, dtype=moments.dtype
            )
        )
    if not missing_ok:
        complete(moments, name)
    days = (midnight(today) - moments.dt.normalize()).dt.days
    late = int((days < 0).sum())
    if late:
        text = ngettext(
            "{name}: {n} date is after today, {today}. Leave it out or move today.",
            "{name}: {n} dates are after today, {today}. Leave them out or move today.",
            late,
        )
        raise InputError(text.format(name=name, n=late, today=midnight(today).date()))
    return days


def labels(values: Any, name: str) -> pd.Series:
    """A Series of class codes, one a customer and none missing."""
    if not isinstance(values, pd.Series):
        raise InputError(
            _("{name} must be a Series of codes indexed by customer, not {type}.").format(
                name=name, type=type(values).__name__
            )
        )
    distinct(values.index, name)
    return complete(values, name)


def matched(series: pd.Series, index: pd.Index, name: str, other: str) -> pd.Series:
    """`series` in the order of `index`; InputError unless both hold the same customers."""
    distinct(series.index, name)
    distinct(index, other)
    apart = len(series.index.symmetric_difference(index))
    if apart:
        text = ngettext(
            "{name} and {other} must cover the same customers; {n} stands in only one of them.",
            "{name} and {other} must cover the same customers; {n} stand in only one of them.",
            apart,
        )
        raise InputError(text.format(name=name, other=other, n=apart))
    return series.reindex(index)


def number(value: Any, name: str) -> float:
    """`value` as a float; InputError unless it is one number."""
    if isinstance(value, bool) or not isinstance(value, Real) or math.isnan(value):
        raise InputError(_("{name} must be a number, not {value!r}.").format(name=name, value=value))
    return float(value)


def within(value: Any, name: str, low: float, high: float = math.inf) -> float:
    """`value` as a float; InputError unless it lies above `low`, up to `high`."""
    if not low < number(value, name) <= high:
        raise InputError(
            _("{name} must lie above {low:g}, up to {high:g}, not {value}.").format(
                name=name, low=low, high=high, value=value
            )
        )
    return float(value)


def whole(value: Any, name: str, least: int) -> int:
    """`value` as an int; InputError unless it is a whole number, at least `least`."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < least:
        raise InputError(
            _("{name} must be a whole number of at least {least}, not {value!r}.").format(
                name=name, least=least, value=value
            )
        )
    return int(value)


def rising(cuts: Sequence[float], name: str, low: float = -math.inf, high: float = math.inf) -> list[float]:
    """`cuts` as a list; InputError unless they rise and all lie above `low`, up to `high`."""
    steps = numbers(list(cuts), name).tolist()
    for cut in steps:
        within(cut, name, low, high)
    if any(later <= earlier for earlier, later in pairwise(steps)):
        raise InputError(_("{name} must rise from each to the next: {cuts}.").format(name=name, cuts=steps))
    return steps


def top_count(share: float, n: int) -> int:
    """How many of `n` make up at least `share` of them, never fewer than one.

    The product is rounded first: 0.07 × 100 is 7.000000000000001 in a computer, yet 7 % of 100 are 7.

    >>> top_count(0.2, 5), top_count(0.07, 100), top_count(0.2, 6)
    (1, 7, 2)
    """
    return max(1, math.ceil(round(share * n, 9)))
