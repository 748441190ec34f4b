"""Stage by stage: shares and times by hand, who has not had their time, and the default company."""

import numpy as np
import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.concepts import formation
from crm_lab.concepts._formation import STAGES

TODAY = "2026-01-01"
SPEND = pd.DataFrame({"clicks": [600, 400], "sign_ups": [60, 40], "new_customers": [30, 20]})
CUSTOMERS = pd.DataFrame(
    {"customer_id": list("abcd"), "registered_at": pd.to_datetime(["2024-01-01"] * 3 + ["2025-06-01"])}
)


def orders(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "status"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"]))


BOUGHT = orders(
    ("a", "2024-01-03", "delivered"),
    ("a", "2024-02-02", "open"),
    ("b", "2024-01-11", "delivered"),
    ("b", "2024-01-12", "cancelled"),
    ("c", "2025-01-01", "delivered"),  # 366 days after the account: too late
    ("d", "2025-06-01", "delivered"),  # an account too young to count
)


def test_stages_by_hand() -> None:
    table = formation(SPEND, CUSTOMERS, BOUGHT, TODAY)
    assert table.index.tolist() == list(STAGES)
    assert table["share"].tolist()[1:] == pytest.approx([0.1, 0.5, 2 / 3, 0.5, 0.0])
    assert table["of_1000"].tolist() == pytest.approx([1000, 100, 50, 100 / 3, 50 / 3, 0])
    assert table["days"].tolist()[3:5] == [6, 30]  # (2 + 10) / 2, and 30 days after the first
    assert table["days"].isna().tolist() == [True, True, True, False, False, True]


def test_a_shorter_time_lets_younger_accounts_in() -> None:
    table = formation(SPEND, CUSTOMERS, BOUGHT, TODAY, within=30)
    assert table.loc["first_order", "share"] == pytest.approx(3 / 4)
    assert table.loc["second_order", "share"] == 0


def test_no_account_old_enough_is_refused() -> None:
    with pytest.raises(InputError, match="Lower `within`"):
        formation(SPEND, CUSTOMERS.iloc[3:], BOUGHT, TODAY)


def test_no_visit_is_refused() -> None:
    with pytest.raises(InputError, match="click"):
        formation(SPEND * 0, CUSTOMERS, BOUGHT, TODAY)


def test_few_visits_become_customers_and_most_customers_buy_again() -> None:
    names = ("channel_spend", "customers", "orders")
    table = formation(*map(crm_lab.load, names), crm_lab.data.today())
    assert 5 < table.loc["account", "of_1000"] < 40
    assert (table["share"].iloc[3:] > 0.5).all()
    assert np.all(np.diff(table["of_1000"]) < 0)


def test_the_usual_time_is_the_median() -> None:
    slow = orders(("a", "2024-01-02", "delivered"), ("b", "2024-01-03", "delivered"), ("c", "2024-04-01", "delivered"))
    assert formation(SPEND, CUSTOMERS, slow, TODAY).loc["first_order", "days"] == 2
