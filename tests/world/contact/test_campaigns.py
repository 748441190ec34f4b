"""Campaigns: randomised, the same for every panel, with the uplift the truth states."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world._contact.campaigns import type_chances
from crm_lab.world._contact.contact_parameters import TYPES, CampaignParameters
from crm_lab.world._contact.truth import ESTIMANDS

from ..pooling import misses, share_bound
from . import contact_measures as found

PARAMETERS = CampaignParameters()
TRUTH = ESTIMANDS["campaigns"]


def campaigns(world):
    """What the lesson finds, without the ratio of sales."""
    return {
        name: {key: value for key, value in figures.items() if key != "sales_ratio"}
        for name, figures in found.campaigns(world).items()
    }


def test_treated_less_holdout_is_the_uplift_of_the_truth(companies):
    truth = {
        name: {key: value for key, value in figures.items() if key != "sales_ratio"} for name, figures in TRUTH.items()
    }
    assert not misses(companies, campaigns, truth)


def test_sales_rise_as_the_truth_says(companies):
    def ratios(world):
        return {name: found.sales_ratio(found.campaign(world, name)) for name in TRUTH}

    assert not misses(companies, ratios, {name: figures["sales_ratio"] for name, figures in TRUTH.items()})


def test_proactive_service_raises_sales_by_15_to_20_percent_but_not_for_everyone():
    assert 0.15 <= TRUTH["proactive_service"]["sales_ratio"] <= 0.20
    assert TRUTH["proactive_service"]["uplift_advice"] > 2.5 * TRUTH["proactive_service"]["uplift_no_advice"]


def test_advice_pays_only_for_those_who_ask_for_it(companies):
    """Calling everyone costs more than it brings; calling those who ask for advice brings more than it costs."""
    people = pd.concat([found.campaign(world, "proactive_service") for world in companies])
    asks = people["advice_contacts"] >= 2

    def gain(rows):
        margin = people[rows].groupby("treated")["margin"].mean()
        return margin[True] - margin[False]

    cost = PARAMETERS.campaigns["proactive_service"].contact_cost
    assert TRUTH["proactive_service"]["margin_uplift"] < cost
    assert gain(~asks) < cost < gain(asks)


def test_types_react_as_the_parameters_say(companies):
    for name, campaign in PARAMETERS.campaigns.items():
        people = pd.concat([found.campaign(world, name) for world in companies])
        bought = people.groupby(["type", "treated"])["bought"].agg(["mean", "size"])
        for place, kind in enumerate(TYPES):
            for treated, chance in ((False, campaign.control[place]), (True, campaign.treated[place])):
                mean, size = bought.loc[(kind, treated)]
                assert mean == pytest.approx(chance, abs=share_bound(chance, size)), (name, kind, treated)


def test_the_holdout_is_random(companies):
    for name, campaign in PARAMETERS.campaigns.items():
        people = pd.concat([found.campaign(world, name) for world in companies])
        assert 1 - people["treated"].mean() == pytest.approx(
            campaign.holdout, abs=share_bound(campaign.holdout, len(people))
        )

    def gaps(world):
        means = world.campaign_results.groupby(["campaign_id", "treated"])["orders_year"].mean().unstack()
        return means[True] - means[False]

    assert not misses(companies, gaps, dict.fromkeys(PARAMETERS.campaigns, 0.0))


def test_what_the_company_knows_tells_of_the_type(company):
    people = found.campaign(company, "proactive_service")
    chances = type_chances(PARAMETERS, PARAMETERS.campaigns["proactive_service"], people)
    assert np.allclose(chances.sum(axis=1), 1)
    persuadable = people["type"].to_numpy() == "persuadable"
    likely = chances[:, 1] > np.quantile(chances[:, 1], 0.8)
    assert persuadable[likely].mean() > 2 * persuadable[~likely].mean()


def test_columns_agree_with_each_other(company):
    results = company.campaign_results
    assert results["person_id"].is_unique
    assert len(results) >= 20_000
    assert (results["promotion_orders"] <= results["orders_year"]).all()
    assert ((results["spend_year"] > 0) == (results["orders_year"] > 0)).all()
    assert ((results["recency_days"] <= 366) == (results["orders_year"] > 0)).mean() > 0.99
    assert ((results["revenue"] > 0) == results["bought"]).all()
    assert (results.loc[~results["bought"], "margin"] == 0).all()


def test_campaigns_end_before_today_and_fit_their_results(company):
    ends = company.campaigns["sent_on"] + pd.to_timedelta(company.campaigns["window_days"], unit="D")
    assert (ends < company.today).all()
    sizes = company.campaign_results["campaign_id"].value_counts()
    assert (company.campaigns.set_index("campaign_id").sort_index()["people"] == sizes.sort_index()).all()
