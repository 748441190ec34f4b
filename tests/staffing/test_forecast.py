"""The forecast of calls: by hand, against simulated calls of known law, and never with a look at what it forecasts."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.data import load
from crm_lab.staffing._forecast import coming, day_profile, forecast_calls, half_hours, special_days
from crm_lab.world._calls.call_parameters import CallParameters

STARTS = ["08:00", "08:30", "09:00"]
SHARES = np.array([0.2, 0.5, 0.3])


def table(days: pd.DatetimeIndex, totals, kinds="normal") -> pd.DataFrame:
    """Half-hours of days whose totals and types are given."""
    rows = pd.DataFrame({"date": np.repeat(days, 3), "start": np.tile(STARTS, len(days))})
    rows["offered"] = np.outer(np.broadcast_to(totals, len(days)), SHARES).ravel().round().astype(int)
    return rows.assign(day_type=np.repeat(np.broadcast_to(kinds, len(days)), 3))


def simulated(rng: np.random.Generator, weeks: int, calls: float, shape: float) -> pd.DataFrame:
    """Poisson half-hours under a Gamma level of the day, twice as busy on Mondays."""
    days = pd.date_range("2024-01-01", periods=7 * weeks)
    level = calls * np.where(days.day_of_week == 0, 2.0, 1.0) * rng.gamma(shape, 1 / shape, len(days))
    rows = table(days, 0)
    rows["offered"] = rng.poisson(np.outer(level, SHARES)).ravel()
    return rows


DAYS = pd.date_range("2025-01-06", periods=56)  # eight weeks from a Monday


def test_weekdays_keep_their_level_and_half_hours_their_share():
    calls = table(DAYS, np.where(DAYS.day_of_week == 0, 2000, 1000))
    coming_week = forecast_calls(calls, pd.date_range("2025-03-03", periods=7))
    by_day = coming_week.groupby("date")["expected"].sum().to_numpy()
    np.testing.assert_allclose(by_day, [2000, *[1000] * 6])
    np.testing.assert_allclose(coming_week["expected"].head(3), 2000 * SHARES)
    assert coming_week["start"].tolist() == STARTS * 7


def test_the_interval_by_hand():
    """Steady days: s² is 0, so a root varies by 1/4 only, at 1.645 standard deviations for 90 %."""
    low, high = forecast_calls(table(DAYS, 1000), ["2025-03-03"])[["low", "high"]].iloc[1]
    assert low == pytest.approx((np.sqrt(500) - 1.6449 / 2) ** 2, rel=1e-4)
    assert high == pytest.approx((np.sqrt(500) + 1.6449 / 2) ** 2, rel=1e-4)


def test_days_that_vary_widen_the_interval():
    swing = np.where(np.arange(56) // 7 % 2, 1100, 900)
    steady, moving = (forecast_calls(table(DAYS, totals), ["2025-03-03"]).iloc[1] for totals in (1000, swing))
    assert moving["high"] - moving["low"] > 1.5 * (steady["high"] - steady["low"])


def test_a_mean_of_roots_is_corrected_for_how_much_the_days_vary():
    swing = np.where(np.arange(56) // 7 % 2, 1300, 700)
    guess = forecast_calls(table(DAYS, swing), ["2025-03-03"])["expected"].sum()
    assert guess == pytest.approx(1000, rel=0.005)  # the squared mean of roots alone is 2.3 % low


def test_weekends_have_a_profile_of_their_own():
    calls = table(DAYS, 1000)
    weekend = (calls["date"].dt.day_of_week >= 5).to_numpy()
    calls.loc[weekend, "offered"] = np.tile([600, 300, 100], weekend.sum() // 3)
    guess = forecast_calls(calls, ["2025-03-07", "2025-03-08"])["expected"]
    np.testing.assert_allclose(guess, [200, 500, 300, 600, 300, 100])


def test_recent_days_move_the_level():
    rising = table(DAYS, np.where(np.arange(56) >= 42, 1210, 1000))
    with_recent, without = (
        forecast_calls(rising, ["2025-03-03"], recent=recent)["expected"].sum() for recent in (14, 0)
    )
    assert with_recent == pytest.approx(1210, rel=0.01)
    assert without == pytest.approx(1052, rel=0.01)


def test_nothing_from_the_first_day_on_is_used():
    calls = load("call_intervals")
    days = pd.date_range("2025-09-01", periods=7)
    changed = calls.assign(offered=calls["offered"].where(calls["date"] < days[0], 9999))
    expected = forecast_calls(calls, days)
    pd.testing.assert_frame_equal(forecast_calls(changed, days), expected)
    pd.testing.assert_frame_equal(forecast_calls(calls[calls["date"] < days[0]], days), expected)
    shuffled = calls.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(forecast_calls(shuffled, days), expected)


@pytest.mark.parametrize("coverage", [0.5, 0.9])
def test_the_interval_holds_its_share_of_calls_of_a_known_law(coverage):
    rng = np.random.default_rng(12)
    inside = []
    for _round in range(60):
        calls = simulated(rng, weeks=9, calls=600, shape=150)
        week = calls.tail(21)
        guess = forecast_calls(calls, week["date"].unique(), coverage=coverage)
        inside.append(week["offered"].between(*(guess[end].set_axis(week.index) for end in ("low", "high"))).mean())
    assert np.mean(inside) == pytest.approx(coverage, abs=0.03)


def test_the_expected_calls_are_right_on_average():
    rng = np.random.default_rng(5)
    errors = []
    for _round in range(80):
        calls = simulated(rng, weeks=9, calls=60, shape=20)  # few calls, wild days: a mean of roots alone is 5 % low
        guess = forecast_calls(calls, calls.tail(21)["date"].unique())["expected"].sum()
        errors.append(guess / (60 * 8) - 1)
    assert abs(np.mean(errors)) < 0.02


def test_a_special_day_is_its_factor_times_as_busy():
    kinds = np.where(np.isin(np.arange(56), [40, 50]), "festival", "normal")
    calls = table(DAYS, np.where(kinds == "festival", 2000, 1000), kinds)
    found = special_days(calls)
    assert found.loc["festival", "days"] == 2
    assert found.loc["festival", "factor"] == pytest.approx(2)
    guess = forecast_calls(calls, ["2025-03-03", "2025-03-04"], {"2025-03-04": "festival"})
    np.testing.assert_allclose(guess.groupby("date")["expected"].sum(), [1000, 2000], rtol=1e-6)


def test_the_calendar_of_the_table_is_used_and_may_be_overruled():
    calls = load("call_intervals")
    festival = forecast_calls(calls, ["2025-11-11"])["expected"].sum()
    ordinary = forecast_calls(calls, ["2025-11-11"], {"2025-11-11": "normal"})["expected"].sum()
    assert 1.4 < festival / ordinary < 2.1
    with pytest.raises(InputError, match="days must be dates"):
        forecast_calls(calls, ["2025-11-11"], {"singles' day": "normal"})


def test_special_days_find_what_made_the_data():
    found, truth = special_days(load("call_intervals")), CallParameters().day_type
    for kind in found.index:
        assert found.loc[kind, "factor"] == pytest.approx(truth[kind], rel=0.08)


def test_special_days_of_the_past_only():
    calls = load("call_intervals")
    found = special_days(calls, before="2025-01-01")
    pd.testing.assert_frame_equal(found, special_days(calls[calls["date"] < "2025-01-01"]))
    assert found.loc["shopping_festival", "days"] == 9  # three days around each of three festivals


def test_a_day_of_a_kind_never_seen_is_refused():
    with pytest.raises(InputError, match="No earlier day is a typhoon"):
        forecast_calls(table(DAYS, 1000), ["2025-03-03"], {"2025-03-03": "typhoon"})


def test_the_profile_of_workdays_and_weekends():
    shares = day_profile(load("call_intervals"))
    np.testing.assert_allclose(shares.sum(), 1)
    true = pd.Series(CallParameters().workday) / sum(CallParameters().workday)
    np.testing.assert_allclose(shares["workday"], true, atol=0.002)
    assert shares["workday"].idxmax() == "10:30"
    assert day_profile(table(DAYS[:5], 100))["weekend"].isna().all()


@pytest.mark.parametrize(
    ("calls", "says"),
    [
        (table(DAYS, 100).drop(columns="offered"), "call_intervals has no column 'offered'"),
        (table(DAYS, 100).drop(index=4), "no row for 2025-01-07 08:30"),
        (pd.concat([table(DAYS, 100)] * 2), "2025-01-06 08:00 more than once"),
        (table(DAYS, 100).assign(date="monday"), "date must hold dates"),
        (table(DAYS, 100).assign(offered=-1), "must be 0 or more"),
        (table(DAYS[:9], 100), "two normal days of every weekday"),
        (table(DAYS, 100, "public_holiday"), "two normal days of every weekday"),
    ],
)
def test_a_table_that_cannot_be_used_is_named(calls, says):
    with pytest.raises(InputError, match=says):
        forecast_calls(calls, ["2025-03-03"])


@pytest.mark.parametrize("days", ["2025-03-03", [], [None], ["soon"], 5, ["2025-03-03", "2025-03-03 08:00"]])
def test_days_must_be_dates(days):
    with pytest.raises(InputError, match="days must be dates"):
        coming(days)


@pytest.mark.parametrize("options", [{"weeks": 1}, {"recent": -1}, {"coverage": 0}, {"coverage": 1}])
def test_options_out_of_range_are_refused(options):
    with pytest.raises(InputError):
        forecast_calls(table(DAYS, 100), ["2025-03-03"], **options)


def test_half_hours_stand_in_order():
    calls = half_hours(table(DAYS, 100).sample(frac=1, random_state=0))
    assert calls.index.is_monotonic_increasing
    assert calls.columns.tolist() == STARTS
