"""Three values: customer and exchange value by hand, insight as targeting counts it."""

import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.concepts import targeting_gain, three_values

DAYS = pd.to_datetime(["2025-12-31 20:00", "2025-12-29 00:00", "2025-12-30 10:00", "2024-12-31 10:00"])
TABLES = {
    "customers": pd.DataFrame({"customer_id": ["a", "b"], "kind": ["consumer", "dealer"]}),
    "orders": pd.DataFrame(
        {
            "order_id": ["O1", "O2", "O3", "O4"],
            "customer_id": ["a", "a", "b", "a"],
            "ordered_at": DAYS,
            "status": "delivered",
            "revenue": [100.0, 100.0, 200.0, 9_999.0],
            "margin": [30.0, 50.0, 20.0, 9_999.0],
        }
    ),
    "order_lines": pd.DataFrame(
        {
            "order_id": ["O1", "O2", "O3", "O4"],
            "product_id": ["P1", "P1", "P1", "P1"],
            "quantity": [1, 3, 1, 1],
            "unit_price": [10.0, 20.0, 1.0, 1.0],
        }
    ),
    "competitors": pd.DataFrame(
        {
            "product_id": ["P1", "P1", "P2"],
            "week": pd.to_datetime(["2025-12-29", "2025-12-29", "2025-12-29"]),  # a Monday
            "price": [14.0, 28.0, 900.0],
        }
    ),
    "campaign_results": crm_lab.load("campaign_results"),
    "campaigns": crm_lab.load("campaigns"),
}


def test_values_by_hand() -> None:
    figure = three_values(TABLES, "2026-01-01")["figure"]
    assert figure["customer"] == pytest.approx(100 * 4 * 21 / 70)  # the dealer's price and the old order do not count
    assert figure["exchange"] == pytest.approx(25)
    assert figure["insight"] == targeting_gain(TABLES["campaign_results"], TABLES["campaigns"])


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("orders", {"status": "cancelled"}, "no revenue"),
        ("competitors", {"product_id": "P9"}, "no price"),
        ("customers", {"kind": "dealer"}, "no price"),
    ],
)
def test_what_cannot_be_measured_is_said(name: str, change: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        three_values({**TABLES, name: TABLES[name].assign(**change)}, "2026-01-01")


def test_the_default_company() -> None:
    tables = {name: crm_lab.load(name) for name in TABLES}
    figure = three_values(tables, crm_lab.data.today())["figure"]
    assert 80 < figure["customer"] < 150
    assert 10 < figure["exchange"] < 60
