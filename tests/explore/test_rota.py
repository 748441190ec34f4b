"""Forecasts and shifts: their words are counted from the data."""

import pandas as pd
import pytest

from crm_lab import staffing
from crm_lab.base.errors import InputError
from crm_lab.data import load
from crm_lab.explore._rota import cover_chart, forecast_band

WEEK = pd.date_range("2025-10-20", periods=7)


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    return load("call_intervals")


@pytest.fixture(scope="module")
def forecast(calls: pd.DataFrame) -> pd.DataFrame:
    return staffing.forecast_calls(calls, WEEK)


def test_a_forecast_says_what_it_expects(forecast: pd.DataFrame) -> None:
    picture = forecast_band(forecast)
    assert f"{forecast['expected'].sum():,.0f} calls expected" in picture.title
    assert "at 2025-10-20 08:00 to 2" in picture.alt
    assert "at 2025-10-26 21:30" in picture.alt
    assert "inside" not in picture.alt


def test_a_forecast_is_held_against_what_came(calls: pd.DataFrame, forecast: pd.DataFrame) -> None:
    both = forecast.merge(calls, on=["date", "start"])
    inside = both["offered"].between(both["low"], both["high"])
    picture = forecast_band(forecast, calls.sample(frac=1, random_state=0))
    share = f"{100 * inside.mean():.0f} %"
    assert picture.title == f"{inside.sum()} of 196 half-hours ({share}) came out inside the interval"
    came = both["offered"]
    assert "calls that came: 196 points: day from 2025-10-20 08:00 to 2025-10-26 21:30" in picture.alt
    assert f"calls a half-hour from {came.min()} to {came.max()}." in picture.alt


@pytest.mark.parametrize("days", [1, 2, 30])
def test_any_number_of_days_is_drawn(calls: pd.DataFrame, days: int) -> None:
    forecast = staffing.forecast_calls(calls, pd.date_range("2025-09-01", periods=days))
    assert f"of {28 * days} half-hours" in forecast_band(forecast, calls).title


def test_the_cover_says_what_is_paid_and_needed() -> None:
    plan = staffing.plan_shifts(pd.Series([4, 6, 2], index=["08:00", "08:30", "09:00"]))
    picture = cover_chart(plan)
    assert "needed: Line of agents over start of the half-hour: from 4 at 08:00 to 2 at 09:00" in picture.alt
    assert "the highest point 6 at 08:30" in picture.alt
    assert "on duty: Bars of agents: 08:00 6, 08:30 6, 09:00 6." in picture.alt
    assert picture.title == "Shifts come in whole pieces: 24 hours paid for 6 needed"


def test_a_day_without_need_is_drawn() -> None:
    plan = staffing.plan_shifts(pd.Series([0, 0], index=["08:00", "08:30"]))
    assert "0 hours paid for 0 needed" in cover_chart(plan).alt


def test_a_forecast_without_its_interval_is_refused() -> None:
    with pytest.raises(InputError, match="forecast has no column 'expected'"):
        forecast_band(pd.DataFrame({"date": [1], "start": ["08:00"]}))


def test_a_forecast_needs_the_half_hours_that_came(calls: pd.DataFrame, forecast: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="actual, offered: 112 of 196 entries are missing"):
        forecast_band(forecast, calls[calls["date"] < WEEK[3]])
