"""What to expect next week, half-hour by half-hour, and how a forecast did on a week held out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

# ---- the forecast

NORMAL_DAYS = 56  # whose calls make the forecast, stated in the task


def next_week(t: Tables) -> pd.DataFrame:
    """The half-hours of the week from the first Monday on or after today, weekday 0 for Monday."""
    monday = t.today + pd.Timedelta(days=(7 - t.today.day_of_week) % 7)
    starts = np.sort(t.table("call_intervals")["start"].unique())
    days = pd.date_range(monday, periods=7)
    table = pd.DataFrame({"date": np.repeat(days, len(starts)), "start": np.tile(starts, 7)})
    return table.assign(weekday=table["date"].dt.day_of_week)


def normal_days(t: Tables) -> pd.DataFrame:
    """The half-hours of all normal days."""
    calls = t.table("call_intervals")
    return calls[calls["day_type"] == "normal"]


def last_days(calls: pd.DataFrame, days: int = NORMAL_DAYS) -> pd.DataFrame:
    """The half-hours of the last so many dates in the table."""
    return calls[calls["date"].isin(np.sort(calls["date"].unique())[-days:])]


def past(t: Tables) -> pd.DataFrame:
    """The half-hours of the last 56 normal days."""
    return last_days(normal_days(t))


def of_the_calendar(t: Tables) -> pd.DataFrame:
    """The half-hours of those of the last 56 days that are normal."""
    calls = last_days(t.table("call_intervals"))
    return calls[calls["day_type"] == "normal"]


def levels(calls: pd.DataFrame, power: float, by_weekday: bool) -> pd.Series:
    """Calls of a day of each weekday: the mean of roots, squared; power 1 takes the plain mean."""
    roots = calls.groupby("date")["offered"].sum() ** power
    weekdays = pd.DatetimeIndex(roots.index).day_of_week
    means = roots.groupby(weekdays).mean() if by_weekday else pd.Series(roots.mean(), range(7))
    return means ** (1 / power)


def one_profile(calls: pd.DataFrame) -> pd.DataFrame:
    share = calls.groupby("start")["offered"].sum() / calls["offered"].sum()
    return pd.DataFrame({"workday": share, "weekend": share})


def forecast(
    t: Tables, days: Any = past, power: float = 0.5, by_weekday: bool = True, profile: Any = staffing.day_profile
) -> pd.DataFrame:
    """Level of the weekday × share of the half-hour, for next week."""
    week, calls = next_week(t), days(t)
    shares = profile(calls)
    workday, weekend = (week["start"].map(shares[kind]) for kind in ("workday", "weekend"))
    level = week["weekday"].map(levels(calls, power, by_weekday))
    return expected(week, level * weekend.where(week["weekday"] >= 5, workday))


def expected(week: pd.DataFrame, calls: Any) -> pd.DataFrame:
    return week[["date", "start"]].assign(expected=calls).set_index(["date", "start"])


def each_half_hour(t: Tables, power: float) -> pd.DataFrame:
    """Each half-hour of a weekday by itself: the mean of its roots, squared; power 1 takes the plain mean."""
    calls, week = past(t), next_week(t)
    means = (calls["offered"] ** power).groupby([calls["date"].dt.day_of_week, calls["start"]]).mean() ** (1 / power)
    return expected(week, means.reindex(pd.MultiIndex.from_frame(week[["weekday", "start"]])).to_numpy())


def level_of_the_day(t: Tables) -> pd.DataFrame:
    """The level of its weekday in each half-hour."""
    week = next_week(t)
    return expected(week, week["weekday"].map(levels(past(t), 0.5, True)).to_numpy())


def not_squared(t: Tables) -> pd.DataFrame:
    """The share of the half-hour × the root of the level."""
    return forecast(t) / level_of_the_day(t) ** 0.5


def own_profiles(t: Tables) -> pd.DataFrame:
    """The level × the share of the half-hour among the calls of its weekday alone."""
    calls, week = past(t), next_week(t)
    sums = calls.groupby([calls["date"].dt.day_of_week, "start"])["offered"].sum()
    shares = (sums / sums.groupby(level=0).transform("sum")).reindex(
        pd.MultiIndex.from_frame(week[["weekday", "start"]])
    )
    return level_of_the_day(t).mul(shares.to_numpy(), axis=0)


def last_rows(t: Tables) -> pd.DataFrame:
    """The last 56 rows of normal days, two days."""
    return normal_days(t).sort_values(["date", "start"]).tail(NORMAL_DAYS)


def profiles_there(calls: pd.DataFrame) -> pd.DataFrame:
    """Profiles of those kinds of day that the rows hold."""
    kind = np.where(calls["date"].dt.day_of_week >= 5, "weekend", "workday")
    sums = calls.groupby(["start", kind])["offered"].sum().unstack()
    return (sums / sums.sum()).reindex(columns=["workday", "weekend"])


of_last_rows = partial(forecast, days=last_rows, profile=profiles_there)


def without_missing_kinds(t: Tables) -> pd.DataFrame:
    """The same, without the rows of a kind of day that the last 56 rows do not hold."""
    there = profiles_there(last_rows(t)).notna().any()
    weekend = next_week(t)["weekday"] >= 5
    return of_last_rows(t)[np.where(weekend, there["weekend"], there["workday"])]


def by_function(recent: int) -> Callable[[Tables], pd.DataFrame]:
    def recipe(t: Tables) -> pd.DataFrame:
        days = next_week(t)["date"].unique()
        return staffing.forecast_calls(t.table("call_intervals"), days, recent=recent)[["date", "start", "expected"]]

    return recipe


def busiest(t: Tables, week: pd.DataFrame) -> dict[str, Any]:
    """The busiest day and the busiest half-hour."""
    daily = week["expected"].groupby("date").sum()
    top: dict[Any, Any] = week.nlargest(1, "expected").reset_index().iloc[0].to_dict()
    return {"total": daily.sum(), "day": daily.idxmax(), "most": daily.max(), **top, "spread": top["expected"] ** 0.5}


declare(
    forecast,
    "table",
    key=("date", "start"),
    by_hand="staffing.forecast_calls",
    sections=("arrivals-idea", "forecast-idea"),
    supplies={"next_week": next_week},
    mistakes={
        "special days kept": {"days": lambda t: last_days(t.table("call_intervals"))},
        "all normal days": {"days": normal_days},
        "days of the calendar": {"days": of_the_calendar},
        "rows for dates": without_missing_kinds,
        "rows for dates, all half-hours": of_last_rows,
        "plain mean": {"power": 1},
        "one profile": {"profile": one_profile},
        "one level": {"by_weekday": False},
        "spread evenly": then(lambda week: week.groupby("date").transform("mean")),
        "own profiles": own_profiles,
        "level alone": level_of_the_day,
        "not squared": not_squared,
        "roots of half-hours": partial(each_half_hour, power=0.5),
        "mean of half-hours": partial(each_half_hour, power=1.0),
        "rounded": then(lambda week: week.round()),
        "by function": by_function(14),
        "by function, not recent": by_function(0),
    },
    facts=busiest,
)

# ---- the test on a week held out

Z = 1.645  # nine of ten values of a normal variable lie within so many standard deviations, stated in the task


def five_weeks(t: Tables) -> pd.DataFrame:
    """The latest five normal weeks in a row, half-hour by half-hour; week 5 is the one held out."""
    calls = t.table("call_intervals")
    normal = set(calls.loc[calls["day_type"] == "normal", "date"])
    mondays = pd.date_range(calls["date"].min(), calls["date"].max() - pd.Timedelta(days=34), freq="W-MON")[::-1]
    first = next(day for day in mondays if normal.issuperset(pd.date_range(day, periods=35)))
    days = (calls["date"] - first).dt.days
    table = calls.assign(week=days // 7 + 1, weekday=days % 7)[days.between(0, 34)]
    return table[["week", "weekday", "start", "offered"]].reset_index(drop=True)


def held_out(t: Tables, seen: bool = False, z: float = Z, roots: bool = True, error: Any = None) -> pd.DataFrame:
    """Two forecasts of week 5 from the weeks before it: what they miss, and how often calls lie inside the interval.

    seen   week 5 is averaged, too
    roots  the interval is drawn on roots
    error  calls, forecast -> what a forecast misses; by default all misses ÷ all calls
    """
    weeks = t.table("five_weeks").pivot(index=["weekday", "start"], columns="week", values="offered")
    calls, mean = weeks[5], weeks[[1, 2, 3, 4, 5] if seen else [1, 2, 3, 4]].mean(axis=1)
    rows = {
        name: {"wape": (error or wape)(calls, forecast), "inside": inside(calls, forecast, z, roots)}
        for name, forecast in {"last_week": weeks[4], "four_weeks": mean}.items()
    }
    return pd.DataFrame(rows).T.rename_axis("forecast")


def wape(calls: pd.Series, forecast: pd.Series) -> float:
    return float((calls - forecast).abs().sum() / calls.sum())


def inside(calls: pd.Series, forecast: pd.Series, z: float, roots: bool) -> float:
    """Share of half-hours inside an interval that allows for the chance of the calls alone."""
    if roots:
        return float(calls.between((forecast**0.5 - z / 2) ** 2, (forecast**0.5 + z / 2) ** 2).mean())
    return float(calls.between(forecast - z * forecast.std(), forecast + z * forecast.std()).mean())


def tested(t: Tables, figures: pd.DataFrame) -> dict[str, float]:
    percent = 100 * figures
    last, four = percent["wape"][["last_week", "four_weeks"]]
    return {"last": last, "four": four, "inside": percent["inside"]["four_weeks"]}


declare(
    held_out,
    "table",
    key=("forecast",),
    sections=("test-idea",),
    supplies={"five_weeks": five_weeks},
    mistakes={
        "week seen": {"seen": True},
        "mean of shares": {"error": lambda calls, forecast: ((calls - forecast).abs() / calls).mean()},
        "calls missed": {"error": lambda calls, forecast: (calls - forecast).abs().mean()},
        "of forecast calls": {"error": lambda calls, forecast: (calls - forecast).abs().sum() / forecast.sum()},
        "misses cancel": {"error": lambda calls, forecast: (calls - forecast).sum() / calls.sum()},
        "misses cancel, forecast first": {"error": lambda calls, forecast: (forecast - calls).sum() / calls.sum()},
        "misses cancel, then abs": {"error": lambda calls, forecast: abs((calls - forecast).sum()) / calls.sum()},
        "outside": then(lambda figures: figures.assign(inside=1 - figures["inside"])),
        "forecasts swapped": then(lambda figures: figures[::-1].set_axis(figures.index)),
        "19 of 20": {"z": 1.96},
        "a whole z": {"z": 2 * Z},
        "spread of the week": {"roots": False},
        "percent": then(lambda figures: 100 * figures),
    },
    facts=tested,
)
