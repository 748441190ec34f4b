"""The orders that count: cancelled ones leave, bad columns are named."""

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.concepts._orders import real_orders

ORDERS = pd.DataFrame(
    {
        "customer_id": ["a", "b", "c"],
        "ordered_at": pd.to_datetime(["2025-12-31 23:00", "2025-12-30 01:00", "2025-12-30 01:00"]),
        "status": ["delivered", "open", "cancelled"],
        "margin": [1.0, 2.0, 3.0],
    }
)


def test_cancelled_orders_leave_and_days_are_calendar_days() -> None:
    table = real_orders(ORDERS, ["margin"], "2026-01-01")
    assert table["customer_id"].tolist() == ["a", "b"]
    assert table["ago"].tolist() == [1, 2]
    assert "ago" not in real_orders(ORDERS, [])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"margin": ["x", "y", "z"]}, "must hold numbers"),
        ({"status": [None, "open", "open"]}, "status"),
        ({"customer_id": [None, "b", "c"]}, "customer_id"),
    ],
)
def test_bad_columns_are_named(change: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        real_orders(ORDERS.assign(**change), ["margin"])
