"""Effects of CRM: each number by hand, and what is missing is named."""

import math

import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.concepts import cost_of_a_customer, effects, follow_ups_a_win

TABLES = {
    "leads": pd.DataFrame(
        {
            "lead_id": ["L1", "L2", "L3", "L4", "L5"],
            "source": ["cold_call", "cold_call", "referral", "referral", "cold_call"],
            "stage": ["won", "lost", "won", "won", "proposal"],
        }
    ),
    "lead_events": pd.DataFrame(
        {
            "lead_id": ["L1", "L1", "L2", "L3", "L4", "L5", "L1"],
            "event": ["follow_up"] * 6 + ["objection"],
        }
    ),
    "channel_spend": pd.DataFrame(
        {
            "channel": ["display", "search", "platform", "email", "community", "referral", "mobile"],
            "spend": [300.0, 200.0, 100.0, 40.0, 20.0, 0.0, 999.0],
            "new_customers": [2, 2, 2, 3, 2, 1, 1],
        }
    ),
    "campaign_results": pd.DataFrame(
        {
            "campaign_id": ["proactive_service"] * 8 + ["other"],
            "treated": [True] * 4 + [False] * 5,
            "bought": [True, True, False, False, True, False, False, False, True],
        }
    ),
}


def test_effects_by_hand() -> None:
    table = effects(TABLES)
    assert table["first"].tolist() == [3, 100, 25]  # (2 + 1) ÷ 1 won; 600 ÷ 6; 1 of 4
    assert table["second"].tolist() == [1, 10, 50]
    assert table["change"].tolist() == pytest.approx([-2 / 3, -0.9, 1])
    assert table["evidence"].tolist() == ["comparison", "comparison", "experiment"]


def test_work_on_lost_leads_counts_and_that_on_open_ones_does_not() -> None:
    assert follow_ups_a_win(TABLES["leads"], TABLES["lead_events"]).to_dict() == {"referral": 1.0, "cold_call": 3.0}


def test_cost_is_the_ratio_of_the_sums() -> None:
    spend = pd.DataFrame({"channel": "search", "spend": [100.0, 20.0], "new_customers": [1, 5]})
    assert cost_of_a_customer(spend).to_dict() == {"search": 20.0}  # the mean of the months would be 52
    assert cost_of_a_customer(spend.assign(new_customers=0)).empty


def test_the_interval_belongs_to_the_experiment_alone() -> None:
    table = effects(TABLES)
    assert table.loc[["efficiency", "cost"], ["low", "high"]].isna().all(axis=None)
    width = 1.96 * math.sqrt(0.5 / (4 * 0.5) + 0.75 / (4 * 0.25))  # of the log of 50 ÷ 25
    assert table.loc["sales", "low"] == pytest.approx(2 * math.exp(-width) - 1)
    assert table.loc["sales", "high"] == pytest.approx(2 * math.exp(width) - 1)


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_that_lacks_is_named(name: str) -> None:
    with pytest.raises(InputError, match=f"lacks {name}"):
        effects({key: table for key, table in TABLES.items() if key != name})


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("leads", {"stage": "lost"}, "none won from cold_call"),
        ("channel_spend", {"new_customers": 0}, "no new customer"),
        ("campaign_results", {"treated": True}, "left alone"),
        ("campaign_results", {"campaign_id": "other"}, "Unknown campaign"),
    ],
)
def test_what_cannot_be_measured_is_said(name: str, change: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        effects({**TABLES, name: TABLES[name].assign(**change)})


def test_the_company_gains_in_all_three() -> None:
    change = effects({name: crm_lab.load(name) for name in TABLES})["change"]
    assert change["efficiency"] < 0
    assert change["cost"] < 0
    assert change["sales"] > 0
