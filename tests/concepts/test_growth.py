"""More, longer, deeper: months counted by hand, an empty month, and the default company."""

import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.concepts import growth, year_on_year

ORDERS = pd.DataFrame(
    {
        "order_id": ["O1", "O2", "O3", "O4", "O5"],
        "customer_id": ["a", "a", "b", "a", "b"],
        "ordered_at": pd.to_datetime(["2025-01-10", "2025-01-31", "2025-03-31", "2025-03-01", "2025-03-05"]),
        "status": ["delivered", "open", "delivered", "delivered", "cancelled"],
        "margin": [10.0, 30.0, 60.0, 20.0, 500.0],
    }
)
LINES = pd.DataFrame({"order_id": ["O1", "O1", "O2", "O3", "O5"], "product_id": ["P1", "P2", "P1", "P2", "P3"]})
PRODUCTS = pd.DataFrame({"product_id": ["P1", "P2", "P3"], "category": ["tea", "bath", "garden"]})


def test_three_months_by_hand() -> None:
    table = growth(ORDERS, LINES, PRODUCTS)
    assert [str(month) for month in table.index] == ["2025-01", "2025-02", "2025-03"]
    assert table["customers"].tolist() == [1, 0, 2]
    assert table.loc["2025-01"].tolist() == [1, 21, 2, 2, 0.75]
    assert table.loc["2025-03"].tolist() == [2, (80 + 0) / 2, 1, 1, 0.25]  # an order without lines adds no category
    assert table.loc["2025-02"].drop("customers").isna().all()


def test_a_month_that_loses_money_has_no_share() -> None:
    table = growth(ORDERS.assign(margin=[-10.0, 5.0, 60.0, 20.0, 0.0]), LINES, PRODUCTS)
    assert table["repeat_margin"].isna().tolist() == [True, True, False]


def test_all_cancelled_is_refused() -> None:
    with pytest.raises(InputError, match="cancelled"):
        growth(ORDERS.assign(status="cancelled"), LINES, PRODUCTS)


def test_the_company_has_24_months_and_grows_longer() -> None:
    table = growth(crm_lab.load("orders"), crm_lab.load("order_lines"), crm_lab.load("products"))
    assert len(table) == 24
    assert table["customers"].min() > 100
    change = year_on_year(table)
    assert change.loc["tenure_days", "change"] > 1  # a young company: its customers cannot but grow older
    assert abs(change.loc["orders_each", "change"]) < 0.15


def test_year_on_year_takes_the_last_24_months() -> None:
    months = pd.period_range("2023-12", "2025-12", freq="M")
    table = year_on_year(pd.DataFrame({"customers": [999] + [10] * 12 + [20] * 12}, index=months))
    assert table.loc["customers"].tolist() == ["more", 10, 20, 1]


def test_less_than_two_years_is_refused() -> None:
    with pytest.raises(InputError, match="24"):
        year_on_year(pd.DataFrame({"customers": [1] * 23}))
