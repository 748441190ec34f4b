"""The dealers' programme: drawn by lot among all who were dealers before."""

import pandas as pd

from crm_lab.world import World
from crm_lab.world.market.truth import MARKET_ESTIMANDS

from .market_measures import PROGRAMME_BEGINS


def test_the_truth_of_the_effect_is_its_parameter():
    structural = World(1).truth.structural["market"]["program"]
    assert MARKET_ESTIMANDS["programme_log_sales"] == structural["effect"]
    assert MARKET_ESTIMANDS["programme_score"] == structural["score_effect"]


def test_half_of_the_dealers_take_part(company):
    arm = company.dealer_program.groupby("dealer_id")["assignment"].agg(["first", "nunique"])
    assert (arm["nunique"] == 1).all()
    assert len(arm) == 240
    assert (arm["first"] == "programme").sum() == 120


def test_dealers_of_the_panel_are_themselves_and_measured_once_they_are_there(company):
    both = company.dealer_program.merge(company.dealers, on="dealer_id", suffixes=("", "_own"))
    assert both["dealer_id"].nunique() > 20
    assert (both["region"] == both["region_own"]).all()
    assert (both["tier"] == both["tier_own"]).all()
    assert (both["quarter"] >= both["since"]).all()
    before = company.dealer_program[company.dealer_program["quarter"] < PROGRAMME_BEGINS]
    assert set(before["dealer_id"]) == set(company.dealer_program["dealer_id"])


def test_scores_stay_on_their_scale(companies):
    scores = pd.concat([world.dealer_program for world in companies])["score"]
    assert scores.between(0, 100).all()


def test_a_company_with_many_dealers_measures_them_all():
    world = World(20_000, seed=2)
    early = world.dealers[world.dealers["since"] <= "2025-01-01"]
    assert len(early) > 240
    assert set(early["dealer_id"]) <= set(world.dealer_program["dealer_id"])
