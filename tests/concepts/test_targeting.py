"""The value of a call: by hand, its error against resampling, and its power on twenty companies."""

import numpy as np
import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.concepts import targeting
from crm_lab.world._contact.campaigns import make_campaigns
from crm_lab.world._contact.contact_parameters import CampaignParameters

CAMPAIGNS = pd.DataFrame(
    {"campaign_id": ["proactive_service", "sale"], "contact_cost": [4.0, 1.0], "discount": [0, 0.1]}
)


def experiment() -> pd.DataFrame:
    """20 who asked for advice (called: 6 of 10 buy, left alone: 2 of 10) and 20 who did not (3 and 3 of 10)."""
    bought = [*[1] * 6, *[0] * 4, *[1] * 2, *[0] * 8, *[1] * 3, *[0] * 7, *[1] * 3, *[0] * 7]
    table = pd.DataFrame(
        {
            "person_id": [f"A{n}" for n in range(40)],
            "campaign_id": "proactive_service",
            "treated": [True] * 10 + [False] * 10 + [True] * 10 + [False] * 10,
            "bought": np.array(bought, dtype=bool),
            "advice_contacts": [3] * 20 + [2] * 20,
        }
    )
    return table.assign(margin=np.where(table["bought"], 50.0, 0.0))


def test_values_by_hand() -> None:
    table = targeting(experiment(), CAMPAIGNS)
    assert table["people"].to_dict() == {"product": 40, "customer": 20, "others": 20}
    assert table["uplift"].tolist() == pytest.approx([0.2, 0.4, 0.0])
    assert table["value"].tolist() == pytest.approx([6, 16, -4])
    assert table.loc["customer", "error"] == pytest.approx(50 * np.sqrt(0.6 * 0.4 / 10 + 0.2 * 0.8 / 10))


def test_the_interval_lies_around_the_value() -> None:
    table = targeting(experiment(), CAMPAIGNS)
    assert (table["high"] - table["value"]).tolist() == pytest.approx(1.96 * table["error"])
    assert (table["value"] - table["low"]).tolist() == pytest.approx(1.96 * table["error"])


def test_the_threshold_decides_who_is_chosen() -> None:
    with pytest.raises(InputError, match="others"):
        targeting(experiment(), CAMPAIGNS, advice_from=2)  # then everybody is chosen
    with pytest.raises(InputError, match="customer"):
        targeting(experiment(), CAMPAIGNS, advice_from=4)


def test_a_discount_is_refused() -> None:
    with pytest.raises(InputError, match="discount"):
        targeting(experiment().assign(campaign_id="sale"), CAMPAIGNS, "sale")


def test_an_unknown_campaign_is_refused() -> None:
    with pytest.raises(InputError, match="Unknown campaign"):
        targeting(experiment(), CAMPAIGNS, "spring")


def test_the_error_is_what_resampling_finds() -> None:
    results, campaigns = crm_lab.load("campaign_results"), crm_lab.load("campaigns")
    results = results[results["campaign_id"] == "proactive_service"]
    rng = np.random.default_rng(1)
    again = [
        targeting(results.iloc[rng.integers(0, len(results), len(results))], campaigns)["value"] for _ in range(200)
    ]
    found = pd.DataFrame(again).std()
    assert targeting(results, campaigns)["error"].to_numpy() == pytest.approx(found.to_numpy(), rel=0.2)


def test_customer_centred_wins_on_twenty_companies() -> None:
    """Chosen people against the others, whose errors are independent: at least 80 % power at 5 %."""
    tables = [make_campaigns(CampaignParameters(), seed)[0] for seed in range(20)]
    found = [targeting(each["campaign_results"], each["campaigns"]) for each in tables]
    gains = [table.loc["customer", "value"] - table.loc["product", "value"] for table in found]
    z = [
        (table.loc["customer", "value"] - table.loc["others", "value"])
        / np.hypot(table.loc["customer", "error"], table.loc["others", "error"])
        for table in found
    ]
    assert min(gains) > 0
    assert np.mean(np.array(z) > 1.96) >= 0.8
