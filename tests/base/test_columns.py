"""Whole columns and tables at the door: one sentence that names the argument, the place and the remedy."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.base import columns
from crm_lab.base.errors import InputError


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([], "values is empty"),
        ([1, None, 3, None], "values: 2 of 4 entries are missing"),
        ([1, None], "values: 1 of 2 entries is missing"),
        (["12", "7"], "values must hold numbers, not str"),
        ([True, False], "values must hold numbers, not bool"),
        ([1j], "values must hold numbers, not complex128"),
        ([1, np.inf], "values holds an infinite number"),
        (np.ones((2, 2)), "values must be one column of numbers"),
        (pd.DataFrame({"a": [1]}), "values must be one column of numbers"),
        (object(), "values must hold numbers"),
    ],
)
def test_what_is_not_a_column_of_numbers_is_refused(values, says):
    with pytest.raises(InputError, match=says):
        columns.numbers(values, "values")


@pytest.mark.parametrize("values", [[1, 2], (1, 2), np.array([1, 2]), pd.Series([1, 2], dtype="Int64"), range(1, 3)])
def test_numbers_come_in_many_shapes(values):
    pd.testing.assert_series_equal(columns.numbers(values, "values"), pd.Series([1.0, 2.0]))


def test_an_unknown_column_lists_those_there_are():
    orders = pd.DataFrame({"customer": ["C1"], "margin": [1.0]})
    with pytest.raises(InputError, match=r"orders has no column 'customer_id'. Its columns are: customer, margin\."):
        columns.columns(orders, ["customer_id", "margin"], "orders")
    with pytest.raises(InputError, match="orders has no rows"):
        columns.columns(orders.iloc[:0], ["margin"], "orders")
    with pytest.raises(InputError, match="orders must be a DataFrame, not list"):
        columns.columns([1], ["margin"], "orders")


def test_a_needed_column_may_be_the_index():
    indexed = pd.DataFrame({"kind": ["dealer"]}, index=pd.Index(["C1"], name="customer_id"))
    assert columns.columns(indexed, ["customer_id", "kind"], "customers").to_dict("list") == {
        "customer_id": ["C1"],
        "kind": ["dealer"],
    }


def test_a_customer_may_stand_only_once():
    with pytest.raises(InputError, match="customers, customer_id holds C1 more than once"):
        columns.people(pd.DataFrame({"customer_id": ["C1", "C1"]}), [])


def test_days_are_calendar_days():
    moments = pd.to_datetime(
        pd.Series(["2025-12-31 23:50", "2025-12-31 00:00", "2026-01-01 00:00", "2026-01-01 10:00"])
    )
    assert columns.days_before(moments, "2026-01-01 09:00", "orders").tolist() == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("moments", "today", "says"),
    [
        (["2026-01-02"], "2026-01-01", "orders: 1 date is after today, 2026-01-01"),
        (["2026-01-02", "2026-02-02"], "2026-01-01", "orders: 2 dates are after today"),
        (["2026-01-02", None], "2026-01-31", "orders: 1 of 2 entries is missing"),
        (["2026-01-02"], None, "today must be a date without a time zone, not None"),
        (["2026-01-02"], "2026-01-03T00:00+08:00", "today must be a date without a time zone"),
        (["2026-01-02"], "soon", "today must be a date such as"),
    ],
)
def test_dates_that_cannot_be_are_refused(moments, today, says):
    with pytest.raises(InputError, match=says):
        columns.days_before(pd.to_datetime(pd.Series(moments)), today, "orders")


def test_text_is_not_a_date():
    with pytest.raises(InputError, match=r"orders must hold dates .* not str\. Convert it with pd\.to_datetime"):
        columns.days_before(pd.Series(["2026-01-01"]), "2026-01-01", "orders")


def test_flags_are_true_or_false():
    with pytest.raises(InputError, match="customers, account_open must hold True or False, not int64"):
        columns.flags(pd.DataFrame({"account_open": [1, 0]}), "account_open", "customers")


def test_two_columns_must_cover_the_same_customers():
    one, other = pd.Series([1, 2], index=["a", "b"]), pd.Index(["b", "c"])
    with pytest.raises(InputError, match="revenue and profit must cover the same customers; 2 stand in only one"):
        columns.matched(one, other, "revenue", "profit")
    assert columns.matched(one, pd.Index(["b", "a"]), "revenue", "profit").tolist() == [2, 1]


def test_codes_stand_on_customers_and_none_is_missing():
    with pytest.raises(InputError, match="classes must be a Series of codes indexed by customer, not list"):
        columns.codes(["A"], "classes")
    with pytest.raises(InputError, match="classes holds C1 more than once"):
        columns.codes(pd.Series(["A", "B"], ["C1", "C1"]), "classes")
    with pytest.raises(InputError, match="classes: 1 of 2 entries is missing"):
        columns.codes(pd.Series(["A", None]), "classes")


def test_a_missing_table_is_named():
    with pytest.raises(InputError, match="lacks visits"):
        columns.table_of({"orders": pd.DataFrame()}, "visits")
