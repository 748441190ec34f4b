"""Checks shared by the figures: what cannot be drawn is said in one sentence."""

from typing import Any

import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def some(values: Any, name: str) -> pd.Series:
    """`values` as a Series with at least one entry and none missing; InputError otherwise.

    >>> some([1.0, 2.0], "profit").tolist()
    [1.0, 2.0]
    >>> some([], "profit")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: There is no profit to draw: the table is empty. Check what you selected.
    """
    series = pd.Series(values)
    if series.empty:
        raise InputError(
            _("There is no {name} to draw: the table is empty. Check what you selected.").format(name=name)
        )
    if series.isna().any():
        missing = int(series.isna().sum())
        raise InputError(_("{name}: {n} entries are missing. Leave those rows out first.").format(name=name, n=missing))
    return series


def numeric(values: Any, name: str) -> pd.Series:
    """`values` as a Series of finite numbers; InputError otherwise.

    >>> numeric(["a"], "profit")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: profit must hold finite numbers.
    """
    series = some(values, name)
    if series.dtype.kind not in "iuf" or series.abs().max() == float("inf"):
        raise InputError(_("{name} must hold finite numbers.").format(name=name))
    return series.astype(float)


def aligned(series: pd.Series, other: pd.Series, name: str, other_name: str) -> pd.Series:
    """`series` in the order of `other`; InputError unless both hold the same customers, each once.

    >>> aligned(pd.Series([1, 2], index=["b", "a"]), pd.Series([0, 0], index=["a", "b"]), "profit", "classes").tolist()
    [2, 1]
    """
    same = len(series) == len(other) and not series.index.has_duplicates and series.index.isin(other.index).all()
    if not same or other.index.has_duplicates:
        text = _("{name} and {other} must hold the same customers, each once.")
        raise InputError(text.format(name=name, other=other_name))
    return series.reindex(other.index)


def lacks_nothing(table: Any, needed: tuple[str, ...], name: str) -> pd.DataFrame:
    """`table` itself, a DataFrame with rows and the needed columns; InputError otherwise.

    >>> lacks_nothing(pd.DataFrame({"a": [1]}), ("b",), "orders")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: orders must be a DataFrame with rows and the columns b.
    """
    if not isinstance(table, pd.DataFrame) or table.empty or not set(needed) <= set(table.columns):
        text = _("{name} must be a DataFrame with rows and the columns {needed}.")
        raise InputError(text.format(name=name, needed=", ".join(needed)))
    return table
