"""How good is a forecast? Simple forecasts to beat, measures of error, and a test on weeks held out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import whole
from crm_lab.base.columns import columns, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.staffing._forecast import coming, forecast_calls, half_hours


def last_week(call_intervals: pd.DataFrame, days: Iterable[Any]) -> pd.DataFrame:
    """The simplest forecast: what came in the same half-hour one week earlier.

    call_intervals  date, start, offered; rows from the first of `days` on are left out
    days            the days to forecast

    Returns a DataFrame, one row a half-hour: date, start, expected (calls).
    Raises InputError where the week before is not there.

    >>> calls = pd.DataFrame({"date": pd.date_range("2025-01-01", periods=7), "start": "08:00", "offered": range(7)})
    >>> last_week(calls, ["2025-01-09"])["expected"].tolist()
    [1.0]
    """
    return _mean_of_weeks(call_intervals, days, 1)


def four_week_mean(call_intervals: pd.DataFrame, days: Iterable[Any]) -> pd.DataFrame:
    """The usual forecast: the mean of the same half-hour in the four weeks before.

    call_intervals, days  as for last_week

    Returns a DataFrame, one row a half-hour: date, start, expected (calls).
    Raises InputError where one of the four weeks is not there.

    >>> calls = pd.DataFrame({"date": pd.date_range("2025-01-01", periods=28), "start": "08:00", "offered": range(28)})
    >>> four_week_mean(calls, ["2025-01-29"])["expected"].tolist()
    [10.5]
    """
    return _mean_of_weeks(call_intervals, days, 4)


def _mean_of_weeks(call_intervals: pd.DataFrame, days: Iterable[Any], weeks: int) -> pd.DataFrame:
    target, calls = coming(days), half_hours(call_intervals)
    ahead = (target - target.min()).days // 7
    same = [target - pd.to_timedelta(7 * (ahead + n), unit="D") for n in range(1, weeks + 1)]
    lacking = [day for week in same for day in week if day not in calls.index]
    if lacking:
        text = _("call_intervals has no {day:%Y-%m-%d}, which this forecast takes as its model.")
        raise InputError(text.format(day=min(lacking)))
    mean = np.mean([calls.loc[week].to_numpy() for week in same], axis=0)
    return pd.DataFrame(
        {
            "date": np.repeat(target, calls.shape[1]),
            "start": np.tile(calls.columns.to_numpy(), len(target)),
            "expected": mean.ravel(),
        }
    )


def forecast_errors(actual: pd.DataFrame, forecast: pd.DataFrame) -> pd.Series:
    """How far a forecast lies from what came.

    actual    date, start, offered; may hold more half-hours than were forecast
    forecast  date, start, expected; also low and high if it has an interval

    Returns a Series:
    mae       mean absolute error, calls a half-hour
    rmse      root of the mean squared error, calls a half-hour: large misses weigh more
    wape      weighted absolute percentage error: sum of absolute errors ÷ sum of calls
    bias      sum of (forecast − actual) ÷ sum of calls; above 0 the forecast is too high
    coverage  share of half-hours inside the interval, its ends included; NaN without one
    Raises InputError where a half-hour that was forecast has no actual, or no call came at all.

    >>> actual = pd.DataFrame({"date": pd.Timestamp("2025-01-01"), "start": ["08:00", "08:30"], "offered": [40, 60]})
    >>> forecast = actual.rename(columns={"offered": "expected"}).assign(expected=[50, 60], low=[41, 50], high=[60, 70])
    >>> forecast_errors(actual, forecast).round(2).to_dict()
    {'mae': 5.0, 'rmse': 7.07, 'wape': 0.1, 'bias': 0.1, 'coverage': 0.5}
    """
    both = _side_by_side(actual, forecast)
    away, calls = both["expected"] - both["offered"], both["offered"].sum()
    inside = both["offered"].between(both["low"], both["high"]).mean() if "low" in both else np.nan
    return pd.Series(
        {
            "mae": away.abs().mean(),
            "rmse": np.sqrt((away**2).mean()),
            "wape": away.abs().sum() / calls,
            "bias": away.sum() / calls,
            "coverage": inside,
        }
    )


def _side_by_side(actual: pd.DataFrame, forecast: pd.DataFrame) -> pd.DataFrame:
    interval = ["low", "high"] if {"low", "high"} <= set(getattr(forecast, "columns", ())) else []
    guess = columns(forecast, ["date", "start", "expected", *interval], "forecast")
    came = columns(actual, ["date", "start", "offered"], "actual")
    for name in guess.columns[2:]:
        numbers(guess[name], f"forecast, {name}")
    both = guess.merge(came, on=["date", "start"], how="left", validate="one_to_one")
    if both["offered"].isna().any():
        row = both[both["offered"].isna()].iloc[0]
        text = _("actual has no row for {day:%Y-%m-%d} {start}, which was forecast.")
        raise InputError(text.format(day=row["date"], start=row["start"]))
    if not both["offered"].sum() > 0:
        raise InputError(_("actual holds no call, so errors in per cent of the calls mean nothing."))
    return both


def compare_forecasts(call_intervals: pd.DataFrame, weeks: int = 12, normal: bool = True) -> pd.DataFrame:
    """Test three forecasts on weeks held out: each week is forecast from nothing but the weeks before it.

    call_intervals  date, start, offered, day_type; at least eight weeks before the first week tested
    weeks           how many weeks to test, the last ones there are, each from Monday to Sunday
    normal          True: only weeks that are normal and follow four normal ones, so that all three have a fair chance

    Returns a DataFrame: one row a forecast (last_week, four_week_mean, forecast_calls), columns of forecast_errors and
    floor (noise_floor of what it expected for the same weeks: the wape it would have if it knew the true means).
    Raises InputError where there is no week to test.

    >>> from crm_lab.data import load
    >>> compare_forecasts(load("call_intervals"))["wape"].idxmin()
    'forecast_calls'
    """
    mondays = _mondays(call_intervals, normal)[-whole(weeks, "weeks", 1) :]
    if not mondays:
        raise InputError(_("call_intervals has no week to test: it needs a whole week, and eight weeks before it."))
    spans = [pd.date_range(monday, periods=7) for monday in mondays]
    results = {}
    for method in (last_week, four_week_mean, forecast_calls):
        guesses = pd.concat([method(call_intervals, span) for span in spans], ignore_index=True)
        errors = forecast_errors(call_intervals, guesses)
        errors["floor"] = noise_floor(guesses)
        results[method.__name__] = errors
    return pd.DataFrame(results).T.rename_axis("forecast")


def _mondays(call_intervals: pd.DataFrame, normal: bool) -> list[pd.Timestamp]:
    """First days of the weeks that can be tested."""
    table = columns(call_intervals, ["date", "day_type"], "call_intervals").drop_duplicates("date")
    plain = table.set_index("date")["day_type"].eq("normal").sort_index()
    week = pd.Timedelta(days=7)
    first, last = plain.index[0] + 8 * week, plain.index[-1] - week + pd.Timedelta(days=1)
    mondays = pd.date_range(first, max(first, last), freq="W-MON")
    mondays = mondays[mondays <= last]
    if not normal:
        return list(mondays)
    return [day for day in mondays if plain.loc[day - 4 * week : day + week - pd.Timedelta(days=1)].all()]


def noise_floor(expected: pd.DataFrame) -> float:
    """The error even a perfect forecast would show: calls are Poisson, and no forecast knows their chance.

    expected  a column `expected` (calls in each half-hour)

    Returns the weighted absolute percentage error of the true means: Σ E|N − λ| ÷ Σ λ with
    E|N − λ| = 2 e^(−λ) λ^(⌊λ⌋ + 1) / ⌊λ⌋! (De Moivre's mean deviation, for the Poisson distribution).

    >>> round(noise_floor(pd.DataFrame({"expected": [60.0]})), 3)
    0.103
    """
    from scipy.stats import poisson

    mean = numbers(columns(expected, ["expected"], "expected")["expected"], "expected").to_numpy()
    if (mean < 0).any() or not mean.sum() > 0:
        raise InputError(_("expected must be 0 or more in every half-hour, and above 0 in one."))
    some = mean[mean > 0]
    away = 2 * some * poisson.pmf(np.floor(some), some)
    return float(away.sum() / mean.sum())
