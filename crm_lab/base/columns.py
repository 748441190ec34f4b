"""Checks at the door, whole columns and tables: bad input gets one sentence naming the place and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import midnight
from crm_lab.base.errors import InputError
from crm_lab.base.text import _, ngettext


def numbers(values: Any, name: str, missing_ok: bool = False) -> pd.Series:
    """`values` as a float Series on its own index; InputError unless it holds finite numbers, at least one.

    >>> numbers([1, 2], "profit").tolist()
    [1.0, 2.0]
    >>> numbers(["12"], "profit")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: profit must hold numbers, not str. Convert it with pd.to_numeric.
    """
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
    """`column` itself; InputError saying how many of its entries are missing, if any are.

    >>> complete(pd.Series(["a", None]), "orders, status")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: orders, status: 1 of 2 entries is missing. Fill it or leave that row out first.
    """
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
    """InputError if a key stands there twice, naming the first such key.

    >>> distinct(pd.Index(["C1", "C1"]), "rfm")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: rfm holds C1 more than once. Keep one row per customer.
    """
    doubled = keys[keys.duplicated()]
    if len(doubled):
        raise InputError(
            _("{name} holds {key} more than once. Keep one row per customer.").format(
                name=name, key=next(iter(doubled))
            )
        )


def columns(frame: Any, needed: Iterable[str], name: str, empty_ok: bool = False) -> pd.DataFrame:
    """The needed columns on a plain index; a column that serves as the index is found too.

    >>> columns(pd.DataFrame({"a": [1]}), ["b"], "orders")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: orders has no column 'b'. Its columns are: a.
    """
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
    """The needed columns of `customers`, one row a customer, indexed by customer_id.

    >>> people(pd.DataFrame({"customer_id": ["C1"], "kind": ["dealer"]}), ["kind"]).to_dict()
    {'kind': {'C1': 'dealer'}}
    """
    frame = columns(customers, ["customer_id", *needed], "customers")
    complete(frame["customer_id"], "customers, customer_id")
    distinct(frame["customer_id"], "customers, customer_id")
    return frame.set_index("customer_id")


def flags(frame: pd.DataFrame, column: str, name: str) -> pd.Series:
    """A column of True and False; InputError if it holds anything else.

    >>> flags(pd.DataFrame({"treated": [0, 1]}), "treated", "results")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: results, treated must hold True or False, not int64.
    """
    series = complete(frame[column], f"{name}, {column}")
    if series.dtype.kind != "b":
        raise InputError(
            _("{name}, {column} must hold True or False, not {dtype}.").format(
                name=name, column=column, dtype=series.dtype
            )
        )
    return series.astype(bool)


def days_before(moments: pd.Series, today: Any, name: str, missing_ok: bool = False) -> pd.Series:
    """Calendar days from each moment to `today`: yesterday at 23:50 is 1, today at any hour is 0.

    >>> days_before(pd.to_datetime(pd.Series(["2025-12-31 23:50"])), "2026-01-01", "orders").tolist()
    [1]
    """
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


def codes(values: Any, name: str) -> pd.Series:
    """A Series of class codes, one a customer and none missing.

    >>> codes(pd.Series(["A", "B"], ["C1", "C2"]), "classes").tolist()
    ['A', 'B']
    """
    if not isinstance(values, pd.Series):
        raise InputError(
            _("{name} must be a Series of codes indexed by customer, not {type}.").format(
                name=name, type=type(values).__name__
            )
        )
    distinct(values.index, name)
    return complete(values, name)


def matched(series: pd.Series, index: pd.Index, name: str, other: str) -> pd.Series:
    """`series` in the order of `index`; InputError unless both hold the same customers.

    >>> matched(pd.Series([1, 2], ["b", "a"]), pd.Index(["a", "b"]), "revenue", "profit").tolist()
    [2, 1]
    """
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


def table_of(tables: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """One of the tables given; InputError naming it when it is not among them.

    >>> table_of({}, "orders")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: tables lacks orders. Add it: tables["orders"] = crm_lab.load("orders").
    """
    if name not in tables:
        text = _('tables lacks {name}. Add it: tables["{name}"] = crm_lab.load("{name}").')
        raise InputError(text.format(name=name))
    return tables[name]
