"""Two more surveys: factors of expectation as weighted in the truth; dealers better where the programme worked."""

import pytest

from crm_lab.world._serving.serving_parameters import DealerSurveyParameters, ExpectationParameters
from crm_lab.world._serving.truth import ESTIMANDS

from ..pooling import misses
from . import serving_measures as found


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, lambda world: found.expectation_model(world)[0], ESTIMANDS["expectations"])
    assert not misses(companies, found.dealers, ESTIMANDS["dealers"])


def test_rounding_costs_the_weights_a_little(companies):
    stated = ExpectationParameters().weights
    for name, weight in ESTIMANDS["expectations"].items():
        assert weight == pytest.approx(0.95 * stated[name], abs=0.02)


def test_the_programme_moves_what_it_worked_on_and_nothing_else():
    effect = DealerSurveyParameters().effect
    for name, change in ESTIMANDS["dealers"].items():
        assert change == pytest.approx(effect.get(name, 0.0), abs=0.1)


def test_all_who_answered_the_last_wave_are_asked(companies):
    for world in companies[:5]:
        last = world.surveys.query("wave == '2025Q4' and answered != 'no'")
        assert set(world.expectation_factors["respondent_id"]) == set(last["respondent_id"])


def test_all_dealers_of_the_programme_are_asked_twice(companies):
    for world in companies[:5]:
        waves = world.dealer_survey.groupby("dealer_id")["wave"].nunique()
        assert set(waves.index) == set(world.dealer_program["dealer_id"])
        assert (waves == 2).all()
        assert world.dealer_survey[["importance", "satisfaction"]].stack().between(1, 10).all()
