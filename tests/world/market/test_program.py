"""The dealers' programme: drawn by lot among all who were dealers before."""

import pandas as pd

from crm_lab.world._clock import Clock
from crm_lab.world._market.program import make_dealer_program
from crm_lab.world._market.truth import MARKET_ESTIMANDS
from crm_lab.world.parameters import Parameters

from .market_measures import PROGRAMME_BEGINS

PARAMETERS = Parameters()


def test_the_truth_of_the_effect_is_its_parameter(company):
    structural = company.truth.structural["market"]["program"]
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
    since = pd.to_datetime(["2024-05-01", "2025-03-01"] * 300)  # every second one came too late
    dealers = pd.DataFrame({"dealer_id": [f"D{n:04d}" for n in range(600)], "since": since})
    dealers = dealers.assign(region="east", tier="gold")
    table = make_dealer_program(PARAMETERS.market.program, Clock(PARAMETERS), dealers, seed=1, block=0)
    own = table["dealer_id"].str.startswith("DX")
    assert set(table.loc[~own, "dealer_id"]) == set(dealers["dealer_id"][::2])
    assert table.loc[own, "dealer_id"].nunique() == 2  # so that both groups are there even without
