"""The seven marks of a good customer, each flipped by one fact."""

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.classify import good_customer_marks

TODAY = "2026-01-01"
CUSTOMERS = pd.DataFrame(
    {"customer_id": ["good", "none", "bad"], "advice_contacts": [2, 0, 3], "recommend_score": [9.0, None, 8.9]}
)
ORDERS = pd.DataFrame(
    [
        ("O1", "good", "2025-12-01", "delivered", 300.0, 60.0),
        ("O2", "good", "2025-07-03", "delivered", 200.0, 40.0),  # 182 days ago: the latest half
        ("O3", "good", "2025-01-01", "delivered", 0.0, 0.0),  # 365 days ago: still this year
        ("O4", "good", "2024-12-31", "delivered", 50.0, 9.0),  # 366 days ago: the year before
        ("O5", "bad", "2025-07-02", "delivered", 499.0, 20.0),  # 183 days ago: the half before
        ("O6", "bad", "2025-12-01", "delivered", 0.5, -20.0),
        ("O7", "bad", "2025-12-02", "cancelled", 9000.0, 900.0),
        ("O8", "bad", "2025-12-03", "open", 9000.0, 900.0),
        ("O9", "bad", "2023-12-31", "delivered", 9000.0, 900.0),  # 732 days ago: before both years
    ],
    columns=["order_id", "customer_id", "ordered_at", "status", "revenue", "margin"],
).assign(ordered_at=lambda table: pd.to_datetime(table["ordered_at"]))
RETURNS = pd.DataFrame({"order_id": ["O1", "O4", "O5", "O5"]})  # O4 is not of this year


def marks(**bars):
    return good_customer_marks(CUSTOMERS, ORDERS, RETURNS, TODAY, **bars)


def test_marks_by_hand():
    """good: 500 ¥, 100 ¥ margin, 1 of 3 orders returned, 2 contacts for 3 orders, 500 > 0, 9, both years.
    bad: 499.50 ¥, margin 0, 1 of 2 orders returned, 3 contacts for 2 orders, 0.50 < 499, 8.9, this year only."""
    result = marks(returned_up_to=1 / 3)
    assert result.loc["good"].tolist() == [True] * 7 + [7]
    assert result.loc["none"].tolist() == [False] * 7 + [0]
    assert result.loc["bad"].tolist() == [False] * 7 + [0]


@pytest.mark.parametrize(
    ("earlier", "later", "growing"),
    [(365, 182, True), (364, 182, False), (365, 183, False), (183, 182, False), (182, 181, True)],
)
def test_growing_compares_182_days_with_the_182_before(earlier, later, growing):
    """40 ¥, then 30 ¥: growing only when the 30 ¥ are in the latest half and the 40 ¥ not in the half before."""
    days = pd.to_timedelta([earlier, later], unit="D")
    two = ORDERS[:2].assign(ordered_at=pd.Timestamp(TODAY) - days, revenue=[40.0, 30.0])
    assert good_customer_marks(CUSTOMERS, two, RETURNS, TODAY).loc["good", "growing"] == growing


@pytest.mark.parametrize(
    ("bars", "lost"),
    [
        ({"revenue_from": 500.01}, "buys_enough"),
        ({"returned_up_to": 0.33}, "keeps_goods"),
        ({"contacts_per_order": 0.66}, "cheap_to_serve"),
        ({"recommend_from": 9.1}, "recommends"),
    ],
)
def test_each_bar_takes_its_own_mark_away(bars, lost):
    before, after = marks(returned_up_to=1 / 3).loc["good"], marks(**({"returned_up_to": 1 / 3} | bars)).loc["good"]
    assert before.index[before != after].tolist() == [lost, "marks"]


def test_a_shop_without_returns_and_rows_in_any_order():
    none_back = good_customer_marks(CUSTOMERS, ORDERS, RETURNS[:0], TODAY)
    assert none_back["keeps_goods"].tolist() == [True, False, True]
    shuffled = good_customer_marks(CUSTOMERS[::-1], ORDERS[::-1], RETURNS[::-1], TODAY)
    pd.testing.assert_frame_equal(shuffled[::-1], marks())


def test_missing_columns_and_bars_that_are_no_numbers():
    with pytest.raises(InputError, match="orders has no column 'revenue'"):
        good_customer_marks(CUSTOMERS, ORDERS.drop(columns="revenue"), RETURNS, TODAY)
    with pytest.raises(InputError, match="revenue_from must be one number"):
        marks(revenue_from=None)
