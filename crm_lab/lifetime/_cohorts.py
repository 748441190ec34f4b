"""Cohorts: customers who came in the same period, followed from period to period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.columns import columns, complete, numbers
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _

PERIODS = ("M", "Q", "Y")


def cohort_triangle(orders: pd.DataFrame, period: str = "Q", date: str = "ordered_at") -> pd.DataFrame:
    """How many customers of each cohort order again, period by period. Filter the orders first.

    orders  one row an order, with customer_id and the column named by `date`
    period  "M", "Q" or "Y": calendar months, quarters or years

    A cohort is the customers whose first order fell into the same period; a customer with several orders in a period
    counts once in it. The last period must be over, or its figures are too small.

    Returns a DataFrame indexed by cohort ("2024Q1"), with the columns age 0, 1, 2 … in periods: customers who ordered
    at that age; empty where the period has not come yet.
    Raises InputError for a missing column, customer or date, or another period.
    Source: P. S. Fader & B. G. S. Hardie (2007), How to project customer retention, Journal of Interactive Marketing
    21(1), 76–90.

    >>> orders = pd.DataFrame({"customer_id": ["C1", "C2", "C1", "C3", "C1"], "ordered_at": pd.to_datetime(
    ...     ["2025-01-10", "2025-03-01", "2025-04-02", "2025-05-05", "2025-08-08"])})
    >>> cohort_triangle(orders)  # doctest: +NORMALIZE_WHITESPACE
    age       0    1    2
    cohort
    2025Q1  2.0  1.0  1.0
    2025Q2  1.0  0.0  NaN
    """
    one_of("period", period, PERIODS)
    table = columns(orders, ["customer_id", date], "orders")
    who = complete(table["customer_id"], "orders, customer_id")
    periods = complete(table[date], f"orders, {date}").dt.to_period(period)
    ordinal = periods.astype("int64")
    cohort = ordinal.groupby(who, observed=True).transform("min")
    seen = pd.DataFrame({"who": who, "cohort": cohort, "age": ordinal - cohort}).drop_duplicates()
    counts = pd.crosstab(seen["cohort"], seen["age"]).reindex(columns=range(ordinal.max() - cohort.min() + 1))
    counts = counts.fillna(0).astype(float)
    ages_seen = ordinal.max() - counts.index.to_numpy()
    counts = counts.where(counts.columns.to_numpy() <= ages_seen[:, np.newaxis])
    names = [str(pd.Period(ordinal=each, freq=period)) for each in counts.index]
    return counts.set_axis(pd.Index(names, name="cohort"), axis=0)


def retention_curves(triangle: pd.DataFrame) -> pd.DataFrame:
    """The share of each cohort that orders at each age, from 1 at age 0.

    triangle  from `cohort_triangle`

    Where nothing is signed, a customer who skips a period has not left: such a curve may rise again.
    Raises InputError where a cohort has nobody at age 0.

    >>> retention_curves(pd.DataFrame({0: [50, 40], 1: [20, 16]}, index=["2024Q1", "2024Q2"])).to_dict("list")
    {0: [1.0, 1.0], 1: [0.4, 0.4]}
    """
    start = numbers(triangle.iloc[:, 0], "triangle, age 0")
    if (start <= 0).any():
        empty = triangle.index[start <= 0][0]
        raise InputError(_("The cohort {name} has nobody at age 0. Leave it out.").format(name=empty))
    return triangle.div(start.to_numpy(), axis=0)
