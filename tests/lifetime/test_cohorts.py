"""The cohort triangle by hand and against counting sets, and its curves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.lifetime import cohort_triangle, retention_curves


def orders(*rows):
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"], format="mixed"))


def test_by_hand():
    found = cohort_triangle(
        orders(
            ("C1", "2024-01-05"),
            ("C1", "2024-02-01"),
            ("C1", "2024-05-01"),
            ("C2", "2024-03-31 23:59"),
            ("C2", "2024-07-01"),
            ("C3", "2024-04-01"),
            ("C4", "2024-09-30"),
        )
    )
    expected = pd.DataFrame({0: [2, 1, 1.0], 1: [1, 0, np.nan], 2: [1, np.nan, np.nan]}, ["2024Q1", "2024Q2", "2024Q3"])
    pd.testing.assert_frame_equal(found, expected.rename_axis("cohort").rename_axis("age", axis=1))


def test_years_and_months():
    bought = orders(("C1", "2023-12-31"), ("C1", "2025-01-01"))
    assert cohort_triangle(bought, "Y").loc["2023"].tolist() == [1, 0, 1]
    assert cohort_triangle(bought, "M").loc["2023-12"].tolist() == [1, *[0] * 12, 1]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 700)), min_size=1, max_size=40))
def test_it_counts_what_sets_count(pairs):
    start = pd.Timestamp("2024-01-01")
    bought = orders(*((f"C{who}", start + pd.Timedelta(days=day)) for who, day in pairs))
    seen = {}
    for who, at in bought.itertuples(index=False):
        seen.setdefault(who, set()).add(at.to_period("Q").ordinal)
    last = max(max(quarters) for quarters in seen.values())
    triangle = cohort_triangle(bought)
    for cohort in triangle.index:
        begin = pd.Period(cohort, "Q").ordinal
        for age in triangle.columns:
            count = sum(min(q) == begin and begin + age in q for q in seen.values())
            assert triangle.loc[cohort, age] == count or (begin + age > last and np.isnan(triangle.loc[cohort, age]))


def test_curves_begin_at_one_and_keep_what_is_not_yet_known():
    curves = retention_curves(pd.DataFrame({0: [50, 40.0], 1: [20, np.nan]}, index=["a", "b"]))
    assert curves.loc["a"].tolist() == [1, 0.4]
    assert np.isnan(curves.loc["b", 1])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: cohort_triangle(orders(("C1", "2024-01-01")), "W"), "period"),
        (lambda: cohort_triangle(orders(("C1", None))), "ordered_at"),
        (lambda: cohort_triangle(orders((None, "2024-01-01"))), "customer_id"),
        (lambda: retention_curves(pd.DataFrame({0: [1, 0]}, index=["a", "b"])), "cohort b has nobody at age 0"),
    ],
)
def test_what_cannot_be_is_named(call, sentence):
    with pytest.raises(InputError, match=sentence):
        call()
