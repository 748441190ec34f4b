"""Figures of calls, forecasts, shifts and channels: their words are counted from the data."""

import pandas as pd
import pytest

from crm_lab import staffing
from crm_lab.base.errors import InputError
from crm_lab.data import load
from crm_lab.explore.call_plots import arrivals_heatmap, channel_bars, cover_chart, forecast_band

WEEK = pd.date_range("2025-10-20", periods=7)


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    return load("call_intervals")


@pytest.fixture(scope="module")
def forecast(calls: pd.DataFrame) -> pd.DataFrame:
    return staffing.forecast_calls(calls, WEEK)


def test_the_busiest_half_hour_is_named(calls: pd.DataFrame) -> None:
    table = calls.assign(day=calls["date"].dt.day_name().str[:3])
    mean = table.groupby(["day", "start"])["offered"].mean()
    picture = arrivals_heatmap(calls)
    day, start = mean.idxmax()
    assert f"Most come on {day} at {start} ({mean.max():.0f})" in picture.alt
    day, start = mean.idxmin()
    assert f"fewest on {day} at {start} ({mean.min():.0f})" in picture.alt
    assert picture.title.startswith("Busiest: ")


def test_days_that_are_not_there_leave_no_row(calls: pd.DataFrame) -> None:
    weekend = calls[calls["date"].dt.day_of_week >= 5]
    assert "on Sun" in arrivals_heatmap(weekend).alt or "on Sat" in arrivals_heatmap(weekend).alt


def test_a_forecast_says_what_it_expects(forecast: pd.DataFrame) -> None:
    picture = forecast_band(forecast)
    assert f"{forecast['expected'].sum():,.0f} calls expected" in picture.title
    assert "196 half-hours, 2025-10-20 to 2025-10-26" in picture.alt
    assert "inside" not in picture.alt


def test_a_forecast_is_held_against_what_came(calls: pd.DataFrame, forecast: pd.DataFrame) -> None:
    both = forecast.merge(calls, on=["date", "start"])
    inside = both["offered"].between(both["low"], both["high"])
    picture = forecast_band(forecast, calls.sample(frac=1, random_state=0))
    assert f"{both['offered'].sum():,} calls came; {inside.sum()} of 196 half-hours" in picture.alt
    assert picture.title.startswith(f"{100 * inside.mean():.0f} %")


@pytest.mark.parametrize("days", [1, 2, 30])
def test_any_number_of_days_is_drawn(calls: pd.DataFrame, days: int) -> None:
    forecast = staffing.forecast_calls(calls, pd.date_range("2025-09-01", periods=days))
    assert f"Forecast of {28 * days} half-hours" in forecast_band(forecast, calls).alt


def test_the_cover_says_what_is_paid_and_needed() -> None:
    plan = staffing.plan_shifts(pd.Series([4, 6, 2], index=["08:00", "08:30", "09:00"]))
    picture = cover_chart(plan)
    assert "at most 6 are needed (08:30)" in picture.alt
    assert "24 hours for 6 hours needed" in picture.alt
    assert "at most 4 too many (09:00)" in picture.alt
    assert picture.title == "Shifts come in whole pieces: 24 hours paid for 6 needed"


def test_a_day_without_need_is_drawn() -> None:
    plan = staffing.plan_shifts(pd.Series([0, 0], index=["08:00", "08:30"]))
    assert "0 hours for 0 hours needed" in cover_chart(plan).alt


def test_channels_are_counted_by_topic() -> None:
    tickets = load("tickets")
    phone = (tickets["channel"] == "phone").groupby(tickets["topic"]).mean()
    alt = channel_bars(tickets).alt
    assert f"{len(tickets):,} contacts" in alt
    assert f"advice {100 * phone['advice']:.0f} %" in alt


@pytest.mark.parametrize(
    ("draw", "bad"),
    [
        (arrivals_heatmap, pd.DataFrame({"date": [], "start": [], "offered": []})),
        (arrivals_heatmap, pd.DataFrame({"date": ["x"]})),
        (forecast_band, pd.DataFrame({"date": [1], "start": ["08:00"]})),
        (channel_bars, pd.DataFrame({"topic": ["a"]})),
    ],
)
def test_what_cannot_be_drawn_is_said(draw, bad: pd.DataFrame) -> None:
    with pytest.raises(InputError):
        draw(bad)


def test_a_forecast_needs_the_half_hours_that_came(calls: pd.DataFrame, forecast: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="actual, offered"):
        forecast_band(forecast, calls[calls["date"] < WEEK[3]])
