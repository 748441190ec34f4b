"""An index with what it is worth: value, standard error and interval; and answers checked against their scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from crm_lab.base.arguments import amount
from crm_lab.base.columns import columns, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _

Z = float(stats.norm.ppf(0.975))


class Estimate(float):
    """A number that knows how sure it is. It counts as a float; `.value` is the same number.

    standard_error  in the unit of the value
    interval        95 %: lower and upper end
    n, missing      answers used, and left out because they were missing

    >>> Estimate(20.0, 5.0, (10.2, 29.8), 100, 3)
    20 (10.2 to 29.8), n = 100
    """

    def __new__(
        cls, value: float, standard_error: float, interval: tuple[float, float], n: int, missing: int = 0
    ) -> Estimate:
        """A float with more attributes."""
        made = super().__new__(cls, value)
        made.standard_error, made.n, made.missing = float(standard_error), int(n), int(missing)
        made.interval = (float(interval[0]), float(interval[1]))
        return made

    standard_error: float
    interval: tuple[float, float]
    n: int
    missing: int

    @property
    def value(self) -> float:
        """The number itself.

        >>> Estimate(20.0, 5.0, (10.2, 29.8), 100).value
        20.0
        """
        return float(self)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.value, self.standard_error, self.interval, self.n, self.missing

    def __repr__(self) -> str:
        text = _("{value:.4g} ({low:.4g} to {high:.4g}), n = {n}")
        return text.format(value=self.value, low=self.interval[0], high=self.interval[1], n=self.n)


def answers(values: Any, name: str, low: int, high: int) -> tuple[pd.Series, int]:
    """The answers given, as floats, and how many are missing. InputError names the first row out of scale.

    >>> answers([9, None, 3], "nps", 0, 10)[1]
    1
    >>> answers([9, 11], "nps", 0, 10)
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: nps, row 1: 11 is no whole number from 0 to 10. Correct it or make it missing.
    """
    column = numbers(values, name, missing_ok=True)
    given = column.dropna()
    wrong = given[~given.between(low, high) | (given % 1 != 0)]
    if len(wrong):
        text = _("{name}, row {row}: {value:g} is no whole number from {low} to {high}. Correct it or make it missing.")
        raise InputError(text.format(name=name, row=wrong.index[0], value=wrong.iloc[0], low=low, high=high))
    if given.empty:
        raise InputError(_("{name}: all answers are missing. Give at least one.").format(name=name))
    return given, len(column) - len(given)


def of_mean(values: pd.Series, missing: int = 0) -> Estimate:
    """A mean with its standard error s ÷ √n (s from n − 1) and Student's 95 % interval; of one value, unknown.

    >>> of_mean(pd.Series([4.0, 5.0, 6.0]))
    5 (2.516 to 7.484), n = 3
    """
    n = len(values)
    mean = float(values.mean())
    error = float(values.std(ddof=1)) / math.sqrt(n) if n > 1 else math.nan
    reach = float(stats.t.ppf(0.975, n - 1)) * error if n > 1 else math.nan
    return Estimate(mean, error, (mean - reach, mean + reach), n, missing)


def of_share(count: int, n: int, missing: int = 0) -> Estimate:
    """A share in per cent; its interval is the adjusted Wald one: z²/2 successes and failures are added first.

    Source: A. Agresti & B. Coull (1998), The American Statistician 52(2), 119–126.

    >>> of_share(10, 10)
    100 (67.91 to 100), n = 10
    """
    share, tries = count / n, n + Z**2
    centre = (count + Z**2 / 2) / tries
    reach = Z * math.sqrt(centre * (1 - centre) / tries)
    ends = (100 * max(0.0, centre - reach), 100 * min(1.0, centre + reach))
    return Estimate(100 * share, 100 * math.sqrt(share * (1 - share) / n), ends, n, missing)


def difference(first: Estimate, second: Estimate) -> Estimate:
    """First less second, of two independent samples: variances add; the interval is ± 1.96 standard errors.

    first, second   results of this module's indices, in the same unit

    >>> difference(Estimate(20, 3, (14, 26), 900), Estimate(12, 4, (4, 20), 500))
    8 (-1.8 to 17.8), n = 1400
    """
    for one, name in ((first, "first"), (second, "second")):
        if not isinstance(one, Estimate):
            text = _("{name} must be the result of an index such as nps(scores), not {type}.")
            raise InputError(text.format(name=name, type=type(one).__name__))
    error = math.hypot(first.standard_error, second.standard_error)
    gap = first.value - second.value
    return Estimate(gap, error, (gap - Z * error, gap + Z * error), first.n + second.n, first.missing + second.missing)


def sample_size(margin: float, spread: float) -> int:
    """Answers needed for a 95 % interval of ± `margin`: (1.96 × spread ÷ margin)², rounded up.

    margin  in the unit of the index, above 0
    spread  standard deviation of one answer in the same unit: at most 50 for a share in %, at most 100 for an NPS

    >>> sample_size(5, 50), sample_size(5, 100)
    (385, 1537)
    """
    return math.ceil((Z * amount(spread, "spread", above=0) / amount(margin, "margin", above=0)) ** 2)


def item_frame(items: Any, name: str, low: float | None = None, high: float | None = None) -> pd.DataFrame:
    """Rows of people × columns of items as floats, rows with a missing answer left out.

    >>> item_frame(pd.DataFrame({"a": [1, None], "b": [2, 3]}), "items").to_numpy().tolist()
    [[1.0, 2.0]]
    """
    frame = columns(items, _names(items, name), name)
    for item in frame:
        column = numbers(frame[item], f"{name}, {item}", missing_ok=True)
        if low is not None and high is not None and column.notna().any():
            answers(column, f"{name}, {item}", int(low), int(high))
    whole = frame.dropna().astype(float)
    if whole.empty:
        raise InputError(_("{name}: no row is complete. Give at least one without a gap.").format(name=name))
    return whole


def _names(items: Any, name: str) -> Iterable[str]:
    if not isinstance(items, pd.DataFrame):
        text = _("{name} must be a DataFrame, one row a person and one column an item, not {type}.")
        raise InputError(text.format(name=name, type=type(items).__name__))
    return list(items.columns)


def normalised(weights: Any, name: str, n: int) -> np.ndarray:
    """Weights as shares that add up to 1; InputError unless there are `n`, none below 0, not all 0.

    >>> normalised([3, 1], "weights", 2).tolist()
    [0.75, 0.25]
    """
    given = numbers(weights, name).to_numpy()
    if len(given) != n or (given < 0).any() or given.sum() == 0:
        text = _("{name} must be {n} numbers, none below 0 and not all 0, one for each item.")
        raise InputError(text.format(name=name, n=n))
    return np.asarray(given / given.sum())
