"""Campaigns: randomised, the same for every panel, with the uplift the truth states."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world.contact.campaigns import make_campaigns, type_chances
from crm_lab.world.contact.parameters import TYPES, CampaignParameters
from crm_lab.world.contact.truth import ESTIMANDS

from . import contact_measures as found

SEEDS = range(300, 320)
PARAMETERS = CampaignParameters()
TRUTH = ESTIMANDS["campaigns"]
FIGURES = ("uplift", "margin_uplift", "uplift_advice", "uplift_many_messages", "uplift_promotion")


@pytest.fixture(scope="module")
def samples():
    """Results and hidden truth of 20 seeds."""
    made = [make_campaigns(PARAMETERS, seed) for seed in SEEDS]
    return [(tables["campaign_results"], hidden) for tables, hidden in made]


@pytest.fixture(scope="module")
def measured(samples):
    return [found.campaigns(results) for results, _ in samples]


def pooled(measured, campaign, figure):
    """Mean over the seeds and four standard errors of it."""
    values = np.array([each[campaign][figure] for each in measured])
    return values.mean(), 4 * values.std(ddof=1) / np.sqrt(len(values))


def power(samples, campaign, rows, sign=1):
    """Share of seeds in which the 95 % interval of the difference of shares lies on this side of zero."""
    hits = 0
    for results, _ in samples:
        people = results[(results["campaign_id"] == campaign) & rows(results)]
        shares = people.groupby("treated")["bought"].agg(["mean", "size"])
        error = np.sqrt((shares["mean"] * (1 - shares["mean"]) / shares["size"]).sum())
        hits += sign * (shares.loc[True, "mean"] - shares.loc[False, "mean"]) > 1.96 * error
    return hits / len(samples)


@pytest.mark.parametrize("campaign", PARAMETERS.campaigns)
@pytest.mark.parametrize(
    "figure", ["uplift", "margin_uplift", "uplift_advice", "uplift_many_messages", "uplift_promotion"]
)
def test_treated_less_holdout_is_the_uplift_of_the_truth(measured, campaign, figure):
    mean, error = pooled(measured, campaign, figure)
    assert mean == pytest.approx(TRUTH[campaign][figure], abs=error)


@pytest.mark.parametrize("campaign", PARAMETERS.campaigns)
def test_sales_rise_as_the_truth_says(measured, campaign):
    mean, error = pooled(measured, campaign, "sales_ratio")
    # a ratio of two noisy means is biased upwards by the squared relative error of the lower one
    assert mean == pytest.approx(TRUTH[campaign]["sales_ratio"], abs=error + 0.01)


def test_proactive_service_raises_sales_by_15_to_20_percent_but_not_for_everyone():
    assert 0.15 <= TRUTH["proactive_service"]["sales_ratio"] <= 0.20
    assert TRUTH["proactive_service"]["uplift_advice"] > 2.5 * TRUTH["proactive_service"]["uplift_no_advice"]


def test_advice_pays_only_for_those_who_ask_for_it(samples):
    """Calling everyone costs more than it brings; calling those who ask for advice brings more than it costs."""
    people = pd.concat([results[results["campaign_id"] == "proactive_service"] for results, _ in samples])
    asks = people["advice_contacts"] >= 2

    def gain(rows):
        margin = people[rows].groupby("treated")["margin"].mean()
        return margin[True] - margin[False]

    cost = PARAMETERS.campaigns["proactive_service"].contact_cost
    assert TRUTH["proactive_service"]["margin_uplift"] < cost
    assert gain(~asks) < cost < gain(asks)


def test_types_react_as_the_parameters_say(samples):
    for name, campaign in PARAMETERS.campaigns.items():
        rows = [(results["campaign_id"] == name).to_numpy() for results, _ in samples]
        parts = [(each[own], hidden[own]) for (each, hidden), own in zip(samples, rows, strict=True)]
        people = pd.concat([each.assign(type=hidden["type"].to_numpy()) for each, hidden in parts])
        bought = people.groupby(["type", "treated"])["bought"].agg(["mean", "size"])
        for place, kind in enumerate(TYPES):
            for treated, chance in ((False, campaign.control[place]), (True, campaign.treated[place])):
                mean, size = bought.loc[(kind, treated)]
                assert mean == pytest.approx(chance, abs=4.5 * np.sqrt(chance * (1 - chance) / size))


def test_types_are_as_frequent_as_the_truth_says(samples):
    for name in PARAMETERS.campaigns:
        people = pd.concat([hidden[(results["campaign_id"] == name).to_numpy()] for results, hidden in samples])
        for kind in TYPES:
            share = TRUTH[name][f"share_{kind}"]
            assert (people["type"] == kind).mean() == pytest.approx(share, abs=4.5 * np.sqrt(0.25 / len(people)))


def test_effects_a_lab_tests_are_found_in_four_of_five_companies(samples):
    def everyone(people):
        return people["recency_days"] > 0

    for campaign in ("spring_coupon", "win_back", "proactive_service"):
        assert power(samples, campaign, everyone) >= 0.8
    assert power(samples, "proactive_service", lambda people: people["advice_contacts"] >= 2) >= 0.8
    assert power(samples, "autumn_newsletter", lambda people: people["messages_quarter"] >= 5, sign=-1) >= 0.8


def test_the_holdout_is_random(samples):
    for results, _ in samples:
        for name, people in results.groupby("campaign_id"):
            campaign = PARAMETERS.campaigns[name]
            error = np.sqrt(campaign.holdout * (1 - campaign.holdout) / len(people))
            assert 1 - people["treated"].mean() == pytest.approx(campaign.holdout, abs=4.5 * error)
            means = people.groupby("treated")["orders_year"].agg(["mean", "var", "size"])
            gap = abs(means["mean"].diff().iloc[-1]) / np.sqrt((means["var"] / means["size"]).sum())
            assert gap < 4.5


def test_what_the_company_knows_tells_of_the_type(samples):
    results, hidden = samples[0]
    people = results[results["campaign_id"] == "proactive_service"]
    chances = type_chances(PARAMETERS, PARAMETERS.campaigns["proactive_service"], people)
    assert np.allclose(chances.sum(axis=1), 1)
    persuadable = hidden.loc[people["person_id"], "type"].to_numpy() == "persuadable"
    likely = chances[:, 1] > np.quantile(chances[:, 1], 0.8)
    assert persuadable[likely].mean() > 2 * persuadable[~likely].mean()


def test_columns_agree_with_each_other(samples):
    results, _ = samples[0]
    assert results["person_id"].is_unique
    assert len(results) >= 20_000
    assert (results["promotion_orders"] <= results["orders_year"]).all()
    assert ((results["spend_year"] > 0) == (results["orders_year"] > 0)).all()
    assert ((results["recency_days"] <= 366) == (results["orders_year"] > 0)).mean() > 0.99
    assert ((results["revenue"] > 0) == results["bought"]).all()
    assert (results.loc[~results["bought"], "margin"] == 0).all()


def test_campaigns_end_before_today_and_fit_their_results():
    world = World(1)
    ends = world.campaigns["sent_on"] + pd.to_timedelta(world.campaigns["window_days"], unit="D")
    assert (ends < world.today).all()
    sizes = world.campaign_results["campaign_id"].value_counts()
    assert (world.campaigns.set_index("campaign_id").sort_index()["people"] == sizes.sort_index()).all()


def test_the_size_of_the_panel_changes_no_campaign():
    pd.testing.assert_frame_equal(World(1, seed=3).campaign_results, World(60, seed=3).campaign_results)
