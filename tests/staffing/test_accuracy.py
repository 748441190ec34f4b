"""Baselines, errors and the test on weeks held out."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.data import load
from crm_lab.staffing._accuracy import compare_forecasts, forecast_errors, four_week_mean, last_week, noise_floor
from crm_lab.world._calls.call_parameters import ESTIMANDS

DAYS = pd.date_range("2025-01-06", periods=28)
CALLS = pd.DataFrame({"date": DAYS, "start": "08:00", "offered": np.arange(28)})
ACTUAL = pd.DataFrame({"date": pd.Timestamp("2025-01-06"), "start": ["08:00", "08:30"], "offered": [10, 30]})
GUESS = ACTUAL[["date", "start"]].assign(expected=[14.0, 27.0])


def test_last_week_and_the_mean_of_four_by_hand():
    days = ["2025-02-03", "2025-02-05"]
    assert last_week(CALLS, days)["expected"].tolist() == [21, 23]
    assert four_week_mean(CALLS, days)["expected"].tolist() == [10.5, 12.5]


def test_a_second_week_takes_the_last_known_one_too():
    days = pd.date_range("2025-02-03", periods=14)
    assert last_week(CALLS, days)["expected"].tolist() == [*range(21, 28)] * 2


def test_a_model_week_that_is_not_there_is_named():
    with pytest.raises(InputError, match="no 2025-01-05"):
        four_week_mean(CALLS, ["2025-02-02"])


def test_errors_by_hand():
    errors = forecast_errors(ACTUAL, GUESS.assign(low=[10.0, 31.0], high=[20.0, 40.0]))
    assert errors.to_dict() == pytest.approx(
        {"mae": 3.5, "rmse": np.sqrt(12.5), "wape": 7 / 40, "bias": 1 / 40, "coverage": 0.5}
    )
    assert np.isnan(forecast_errors(ACTUAL, GUESS)["coverage"])


def test_errors_ignore_the_order_of_rows_and_half_hours_not_forecast():
    more = pd.concat([ACTUAL[::-1], ACTUAL.assign(start=["20:00", "20:30"], offered=999)])
    pd.testing.assert_series_equal(forecast_errors(more, GUESS), forecast_errors(ACTUAL, GUESS))


@pytest.mark.parametrize(
    ("actual", "guess", "says"),
    [
        (ACTUAL[:1], GUESS, "actual has no row for 2025-01-06 08:30"),
        (ACTUAL.assign(offered=0), GUESS, "holds no call"),
        (ACTUAL, GUESS.assign(expected=[1.0, None]), "forecast, expected: 1 of 2 entries is missing"),
        (ACTUAL, GUESS.drop(columns="expected"), "forecast has no column 'expected'"),
    ],
)
def test_what_cannot_be_compared_is_said(actual, guess, says):
    with pytest.raises(InputError, match=says):
        forecast_errors(actual, guess)


def test_the_square_root_forecast_wins_on_weeks_held_out():
    found = compare_forecasts(load("call_intervals"), weeks=40)
    assert found["wape"].is_monotonic_decreasing
    assert found.loc["last_week", "wape"] == pytest.approx(ESTIMANDS["forecast_error_last_week"], abs=0.01)
    assert found.loc["four_week_mean", "wape"] == pytest.approx(ESTIMANDS["forecast_error_four_weeks"], abs=0.01)
    assert found.loc["forecast_calls", "wape"] < ESTIMANDS["forecast_error_square_root"]
    assert 0.87 < found.loc["forecast_calls", "coverage"] < 0.93


@pytest.mark.slow
def test_it_wins_in_other_companies_too():
    from crm_lab.world import World

    for seed in range(1, 5):
        found = compare_forecasts(World(customers=200, seed=seed).tables["call_intervals"], weeks=40)
        assert found["wape"].is_monotonic_decreasing, seed


def test_weeks_with_special_days_may_be_tested_too():
    found = compare_forecasts(load("call_intervals"), weeks=12, normal=False)
    assert found.loc["forecast_calls", "wape"] < 0.7 * found.loc["four_week_mean", "wape"]


def test_the_floor_stands_beside_the_error_on_the_same_weeks():
    days = pd.date_range("2025-01-06", periods=91)
    steady = pd.DataFrame({"date": days, "start": "08:00", "offered": 60, "day_type": "normal"})
    found = compare_forecasts(steady, weeks=2)
    assert found["floor"].tolist() == pytest.approx([noise_floor(pd.DataFrame({"expected": [60.0]}))] * 3, rel=0.01)


def test_no_week_to_test_is_said():
    calls = load("call_intervals")
    with pytest.raises(InputError, match="no week to test"):
        compare_forecasts(calls[calls["date"] < "2024-02-20"])


@pytest.mark.parametrize("mean", [0.3, 1.0, 7.5, 60.0, 900.0])
def test_the_noise_floor_is_the_mean_deviation_of_a_poisson_number(mean):
    from scipy.stats import poisson

    count = np.arange(3000)
    deviation = (np.abs(count - mean) * poisson.pmf(count, mean)).sum()
    assert noise_floor(pd.DataFrame({"expected": [mean, 0.0]})) == pytest.approx(deviation / mean, rel=1e-9)


def test_a_floor_needs_calls():
    with pytest.raises(InputError):
        noise_floor(pd.DataFrame({"expected": [0.0]}))
