"""Three values: each figure and the one against it by hand; what the tables cannot show is said."""

import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.concepts import targeting, three_values

ANSWERED = pd.to_datetime(["2025-03-01", "2025-03-01", "2025-03-01", "2025-03-01", "2025-11-01", "2025-03-01"])
ORDERED = pd.to_datetime(["2025-02-28", "2025-03-01", "2025-08-27", "2025-08-28", "2025-04-01", "2025-04-01"])
TABLES = {
    "surveys": pd.DataFrame(
        {
            "customer_id": ["a", "b", "c", "d", "c", None],  # c's second answer is too young, the last has no name
            "answered_at": ANSWERED,
            "csat": [4.0, 5.0, 3.0, None, 5.0, 5.0],
        }
    ),
    "orders": pd.DataFrame(
        {
            "customer_id": ["a", "a", "a", "a", "c", "c"],
            "ordered_at": ORDERED,  # before the answer, on its day, on day 179, on day 180, and two of c
            "status": ["delivered"] * 5 + ["cancelled"],
            "margin": [1_000.0, 30.0, 50.0, 2_000.0, 8.0, 500.0],
        }
    ),
    "call_backs": pd.DataFrame(
        {"assignment": ["call"] * 4 + ["control"] * 5, "bought_again": [True, True, True, False, True] + [False] * 4}
    ),
    "campaign_results": crm_lab.load("campaign_results"),
    "campaigns": crm_lab.load("campaigns"),
}


def test_values_by_hand() -> None:
    table = three_values(TABLES, "2026-01-01")
    assert table.loc["customer", ["figure", "otherwise"]].tolist() == [40, 8]  # (80 + 0) ÷ 2 answers
    assert table.loc["interaction", ["figure", "otherwise"]].tolist() == [750, 200]
    value = targeting(TABLES["campaign_results"], TABLES["campaigns"])["value"]
    assert table.loc["insight", "figure"] == pytest.approx(1000 * value["customer"])


@pytest.mark.parametrize(("cost", "better"), [(5.0, "nobody"), (1.0, "everyone")])
def test_without_knowing_the_better_of_everyone_and_nobody(cost: float, better: str) -> None:
    campaigns = TABLES["campaigns"].assign(contact_cost=cost)
    value = targeting(TABLES["campaign_results"], campaigns).loc["product", "value"]
    assert (value > 0) == (better == "everyone")
    expected = 1000 * value if better == "everyone" else 0
    table = three_values({**TABLES, "campaigns": campaigns}, "2026-01-01")
    assert table.loc["insight", "otherwise"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("surveys", {"csat": 5.0}, "and others who answered"),
        ("surveys", {"answered_at": pd.Timestamp("2025-12-01")}, "180 days before 2026-01-01"),
        ("call_backs", {"assignment": "call"}, "people left alone"),
    ],
)
def test_what_cannot_be_measured_is_said(name: str, change: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        three_values({**TABLES, name: TABLES[name].assign(**change)}, "2026-01-01")


def test_the_default_company() -> None:
    tables = {name: crm_lab.load(name) for name in TABLES}
    table = three_values(tables, crm_lab.data.today())
    assert (table["figure"] > table["otherwise"]).all()
    assert table["unit"].tolist() == ["¥", "people", "¥"]
