"""The dealers' programme: drawn by lot, and its effect is found by the standard method in every company."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world.market.truth import MARKET_ESTIMANDS

BEGINS = "2025-04-01"


def effect(table, column, log=False):
    """Difference in differences: by dealer, mean after less mean before; then programme less control. And t, and
    what a plain before/after comparison of those who took part would say."""
    value = np.log(table[column]) if log else table[column]
    after = table["quarter"] >= BEGINS
    means = value.groupby([table["dealer_id"], table["assignment"], after]).mean().unstack()
    change = means[True] - means[False]
    a, b = change.xs("programme", level="assignment"), change.xs("control", level="assignment")
    difference = a.mean() - b.mean()
    return difference, difference / np.sqrt(a.var() / len(a) + b.var() / len(b)), a.mean()


@pytest.fixture(scope="module")
def tables(companies):
    return [company.dealer_program for company in companies]


@pytest.mark.parametrize(("column", "log", "name"), [("sales", True, "log_sales"), ("score", False, "score")])
def test_the_effect_is_found_in_every_company(tables, column, log, name):
    found, t, naive = zip(*(effect(table, column, log) for table in tables), strict=True)
    for values, key in ((found, "programme"), (naive, "before_after")):
        error = 4 * np.std(values, ddof=1) / np.sqrt(len(values))
        assert np.mean(values) == pytest.approx(MARKET_ESTIMANDS[f"{key}_{name}"], abs=error)
    assert np.mean(np.array(t) > 1.96) >= 0.8


def test_the_truth_of_the_effect_is_its_parameter():
    structural = World(1).truth.structural["market"]["program"]
    assert MARKET_ESTIMANDS["programme_log_sales"] == structural["effect"]
    assert MARKET_ESTIMANDS["programme_score"] == structural["score_effect"]


def test_half_of_the_dealers_take_part():
    world = World()
    arm = world.dealer_program.groupby("dealer_id")["assignment"].agg(["first", "nunique"])
    assert (arm["nunique"] == 1).all()
    assert len(arm) == 240
    assert (arm["first"] == "programme").sum() == 120


def test_dealers_of_the_panel_are_themselves_and_measured_once_they_are_there():
    world = World()
    both = world.dealer_program.merge(world.dealers, on="dealer_id", suffixes=("", "_own"))
    assert both["dealer_id"].nunique() > 20
    assert (both["region"] == both["region_own"]).all()
    assert (both["tier"] == both["tier_own"]).all()
    assert (both["quarter"] >= both["since"]).all()
    before = world.dealer_program[world.dealer_program["quarter"] < BEGINS]
    assert set(before["dealer_id"]) == set(world.dealer_program["dealer_id"])


def test_scores_stay_on_their_scale(tables):
    scores = pd.concat(tables)["score"]
    assert scores.between(0, 100).all()


def test_a_company_with_many_dealers_measures_them_all():
    world = World(20_000, seed=2)
    early = world.dealers[world.dealers["since"] <= "2025-01-01"]
    assert len(early) > 240
    assert set(early["dealer_id"]) <= set(world.dealer_program["dealer_id"])
