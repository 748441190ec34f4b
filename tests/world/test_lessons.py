"""What the lessons find about customers' lives and selling is as the truth says, and says what it is there to teach."""

import pytest

from crm_lab.world._lessons import CARE, CHURN, LESSONS, LIFETIME, RECOMMENDATION, SALES
from crm_lab.world.parameters import CONSUMER

from . import care_measures, churn_measures, lifetime_measures, recommendation_measures, sales_measures
from .pooling import misses, pooled

MEASURES = {
    "lifetime": lifetime_measures.measure,
    "churn": churn_measures.measure,
    "recommendation": recommendation_measures.measure,
    "sales": sales_measures.measure,
    "care": care_measures.measure,
}


@pytest.fixture(scope="module")
def found(companies):
    """By group: its figures in each company."""
    return {group: [measure(world) for world in companies] for group, measure in MEASURES.items()}


@pytest.mark.parametrize("group", LESSONS)
def test_the_standard_methods_find_what_the_truth_says(found, group):
    assert not misses(found[group], dict, LESSONS[group])


def test_the_models_of_lifetime_are_settled_by_every_company_at_one_and_at_two_years(found):
    for company in found["lifetime"]:
        for fitted in company["fitted"].values():
            assert 0.1 < fitted["a"] < 5
            assert 0.5 < fitted["b"] < 20


def test_trouble_and_the_calendar_part_the_fitted_model_from_the_structural_one():
    fitted, structural = LIFETIME["fitted"]["two_years"], CONSUMER
    rate = fitted["r"] / fitted["alpha"]
    assert rate < 0.95 * structural.rate_shape * structural.rate_scale
    leaving = fitted["a"] / (fitted["a"] + fitted["b"])
    assert leaving > structural.drop_a / (structural.drop_a + structural.drop_b)


def test_the_calendar_forecasts_too_much_and_business_time_does_not():
    for weeks, figures in LIFETIME["holdout"].items():
        assert figures["purchases"] > 1.15, weeks
        assert figures["purchases_in_season"] == pytest.approx(1, abs=0.05), weeks
    one, two = (LIFETIME["fitted"][f"{name}_in_season"] for name in ("one_year", "two_years"))
    assert one == pytest.approx(two, rel=0.1)


def test_the_fitted_model_knows_a_customer_better_than_last_year_does(found):
    for company in found["lifetime"]:
        for figures in company["holdout"].values():
            assert figures["error"] < figures["error_as_before"]


def test_a_cohort_loses_most_in_its_first_quarter_and_a_busy_season_brings_some_back():
    for cohort, shares in LIFETIME["retention"].items():
        assert shares[0] < 0.5, cohort
    assert LIFETIME["retention"]["2024Q1"][2] > LIFETIME["retention"]["2024Q1"][1]  # October to December


def test_every_leak_looks_better_than_an_honest_model(found):
    for company in found["churn"]:
        honest = max(company["auc"], company["auc_boosting"])
        assert min(company["leak_after"], company["leak_today"], company["leak_target"]) > honest + 0.1
        assert company["leak_random_split"] > company["split_in_time"] + 0.03
    assert CHURN["leak_random_split"] > CHURN["split_in_time"] + 0.08


def test_what_is_bought_together_beats_popularity_within_an_order(found):
    def gain(company):
        rates = {name: figures["hit_rate"] for name, figures in company["same_order"].items()}
        return rates["item_to_item"] - rates["popularity"]

    mean, bound = pooled(found["recommendation"], gain)
    assert mean > bound
    assert sum(gain(company) > 0 for company in found["recommendation"]) >= 19
    assert RECOMMENDATION["same_order"]["item_to_item"]["coverage"] > 0.5


def test_the_pipeline_forecasts_better_than_the_quarter_before():
    assert SALES["forecast"]["error"] < 0.75 * SALES["forecast"]["error_last_quarter"]
    assert SALES["forecast"]["inside"] == pytest.approx(0.8, abs=0.1)


def test_a_complaint_well_served_is_worth_more_than_silence_and_far_more_than_a_bad_answer():
    recovery = CARE["recovery"]
    assert recovery["margin_well_served"] > recovery["margin_silent"] > recovery["margin_badly_served"]
    assert recovery["again_well_served"] > recovery["again_silent"] > recovery["again_badly_served"]


def test_a_point_of_satisfaction_is_worth_money():
    assert CARE["point"]["margin_csat"] > 0.1 * CARE["point"]["margin"]
    assert CARE["point"]["again_csat"] > CARE["point"]["again_nps"] > 0.02  # a point of five is more than one of eleven
