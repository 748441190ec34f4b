"""Concentration: how much of the profit comes from how few customers (80/20, Lorenz, Gini, ABC, whale curve)."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import rising, top_count, within
from crm_lab.base.columns import numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def pareto_share(values: Any, top: float = 0.2) -> float:
    """Share of the total brought by the `ceil(top × n)` largest of `values`.

    values  money (or any other amount) per customer, shape (n,); losses are allowed as long as the total is positive
    top     share of the customers to count, above 0 and up to 1

    Returns a share of the total; above 1 when the others together lose money.
    Raises InputError when a value is missing or the total is not positive.
    Source: V. Pareto (1896), Cours d'économie politique; J. M. Juran (1951), Quality Control Handbook.

    >>> pareto_share([80, 5, 5, 5, 5])
    0.8
    """
    within(top, "top", 0, 1)
    largest_first = np.sort(numbers(values, "values"))[::-1]
    return float(largest_first[: top_count(top, len(largest_first))].sum() / _total(largest_first))


def lorenz(values: Any) -> pd.DataFrame:
    """The Lorenz curve: the share of the total that the smallest share of customers brings.

    values  money per customer, shape (n,), none below 0

    Returns columns population and value, n + 1 points from (0, 0) to (1, 1), smallest customers first.
    Raises InputError when a value is missing or negative, or when all are 0.
    Source: M. O. Lorenz (1905), Publications of the American Statistical Association 9(70), 209–219.

    >>> lorenz([3, 1]).to_numpy().tolist()
    [[0.0, 0.0], [0.5, 0.25], [1.0, 1.0]]
    """
    return _curve(np.sort(_amounts(values)))


def gini(values: Any) -> float:
    """The Gini coefficient of a whole population: twice the area between the diagonal and the Lorenz curve.

    values  money per customer, shape (n,), none below 0

    G = Σᵢ (2i − n − 1) xᵢ / (n Σ xᵢ) with x in ascending order and i from 1. It is 0 when all bring the same and
    (n − 1)/n when one brings everything. Estimates from a sample often multiply this by n/(n − 1).
    Raises InputError when a value is missing or negative, or when all are 0.
    Source: C. Gini (1914), Atti del Reale Istituto Veneto 73, 1203–1248.

    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 8])
    (0.0, 0.75)
    """
    ascending = np.sort(_amounts(values))
    n = len(ascending)
    weights = 2 * np.arange(1, n + 1) - n - 1
    share = ascending / ascending.sum()
    return max(0.0, float(weights @ share) / n)  # equal values may leave -1e-17


def whale_curve(values: Any) -> pd.DataFrame:
    """Cumulative share of total profit, most profitable customers first: it climbs above 1, then losses pull it back.

    values  profit per customer, shape (n,); losses allowed, the total must be positive

    Returns columns population and value, n + 1 points from (0, 0) to (1, 1).
    Raises InputError when a value is missing or the total is not positive.
    Source: R. S. Kaplan & V. G. Narayanan (2001), Measuring and managing customer profitability, J. Cost Mgmt 15(5).

    >>> whale_curve([120, -20]).to_numpy().tolist()
    [[0.0, 0.0], [0.5, 1.2], [1.0, 1.0]]
    """
    return _curve(np.sort(numbers(values, "values"))[::-1])


def abc_classes(values: Any, cuts: Sequence[float] = (0.8, 0.95)) -> pd.Series:
    """Class A, B, C … of each customer, by the share of the total reached before them, largest first.

    values  money per customer, shape (n,), none below 0
    cuts    rising shares of the total, above 0 and up to 1: (0.8, 0.95) makes A the first 80 %, B the next 15 %

    The customer who crosses a cut belongs to the higher class. Equal values keep the order they came in.
    Returns a Series named "abc" on the index of `values`.
    Raises InputError when a value is missing or negative, when all are 0, or when the cuts do not rise.
    Source: H. F. Dickie (1951), ABC inventory analysis shoots for dollars, not pennies, Factory Management 109(7).

    >>> abc_classes([10, 75, 3, 12]).tolist()
    ['B', 'A', 'C', 'A']
    """
    steps = rising(cuts, "cuts", above=0, most=1)
    amounts = _amounts(values)
    order = np.argsort(-amounts.to_numpy(), kind="stable")
    largest_first = amounts.to_numpy()[order]
    before = (np.cumsum(largest_first) - largest_first) / largest_first.sum()
    letters = np.empty(len(amounts), dtype="U1")
    # (4.69 + 2.47) / 8.95 is 0.7999999999999999 in a computer: unrounded, the next customer would slip into class A
    letters[order] = np.array(list(ascii_uppercase))[np.searchsorted(steps, before.round(9), side="right")]
    return pd.Series(letters, index=amounts.index, name="abc", dtype="str")


def _amounts(values: Any) -> pd.Series:
    amounts = numbers(values, "values")
    losses = int((amounts < 0).sum())
    if losses:
        raise InputError(
            _("values: {n} of {all} are negative. Losses need whale_curve or pareto_share.").format(
                n=losses, all=len(amounts)
            )
        )
    _total(amounts)
    return amounts


def _total(amounts: Any) -> float:
    total = float(amounts.sum())
    if total <= 0:
        raise InputError(
            _("values add up to {total:g}. Shares need a total above 0.").format(total=total),
        )
    return total


def _curve(amounts: np.ndarray) -> pd.DataFrame:
    _total(amounts)
    running = np.concatenate([[0.0], np.cumsum(amounts)])
    population = np.arange(len(running)) / len(amounts)
    return pd.DataFrame({"population": population, "value": running / running[-1]})
