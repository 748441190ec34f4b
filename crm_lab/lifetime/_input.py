"""Checks at the door: purchase histories that can be, else one sentence with what is wrong, where, and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.columns import numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def column(values: Any, name: str) -> np.ndarray:
    """`values` as floats, a single number as an array of one; InputError unless all are finite and 0 or more."""
    series = numbers(np.atleast_1d(values) if np.isscalar(values) else values, name)
    refuse(series < 0, name, _("{where} is below 0. Amounts and times start at 0."))
    return series.to_numpy()


def histories(frequency: Any, recency: Any, T: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The three as float arrays of one length; InputError unless they can be purchase histories."""
    x, t_x, end = column(frequency, "frequency"), column(recency, "recency"), column(T, "T")
    same_length({"frequency": x, "recency": t_x, "T": end})
    who = frequency.index if isinstance(frequency, pd.Series) else pd.RangeIndex(len(x))
    not_whole = _("{where} is not whole. Count the repeat purchases.")
    late = _("{where} is more than T. Both count from the first purchase, in the same unit of time.")
    apart = _("{where} does not fit its frequency. It runs from first to last purchase: 0 only without a repeat.")
    refuse(pd.Series(x % 1 != 0, who), "frequency", not_whole)
    refuse(pd.Series(t_x > end * (1 + 1e-12), who), "recency", late)
    refuse(pd.Series((x > 0) != (t_x > 0), who), "recency", apart)
    return x, t_x, end


def same_length(named: dict[str, np.ndarray]) -> None:
    """InputError unless these arrays have one entry for each customer."""
    if len({len(values) for values in named.values()}) > 1:
        sizes = ", ".join(f"{name} {len(values)}" for name, values in named.items())
        raise InputError(_("One value a customer is needed, not these lengths: {sizes}.").format(sizes=sizes))


def refuse(bad: Any, name: str, sentence: str) -> None:
    """InputError with this sentence if any entry is bad; {where} becomes the name and the place of the first."""
    places = np.flatnonzero(bad)
    if len(places):
        label = bad.index[places[0]] if isinstance(bad, pd.Series) else places[0]
        raise InputError(sentence.format(where=_("{name} at {place}").format(name=name, place=label)))


def like(values: np.ndarray, given: Any) -> Any:
    """Results in the form of what was given: a float for a number, a Series for a Series, else an array."""
    if np.isscalar(given):
        return float(values[0])
    return pd.Series(values, given.index) if isinstance(given, pd.Series) else values
