"""Days and half-hours: what the centre measured in a peak week, and what to expect next week."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.exercises import declare, then

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- service measured


def service(t: Tables) -> pd.DataFrame:
    return staffing.call_measures(t.table("calls"), t.table("shifts"))


def of_answered(figures: pd.DataFrame, column: str) -> pd.DataFrame:
    """A share of the answered calls in place of one of the offered ones."""
    return figures.assign(**{column: figures[column] / (1 - figures["abandonment"])})


def of_each_day(t: Tables, values: pd.Series) -> pd.Series:
    """The mean over all calls of a day, answered or not."""
    return values.groupby(t.table("calls")["arrived_at"].dt.normalize()).mean()


def quick_or_gone(t: Tables) -> pd.DataFrame:
    return service(t).assign(service_level=of_each_day(t, t.table("calls")["wait_seconds"] <= 20))


def waits_of_all(t: Tables) -> pd.DataFrame:
    return service(t).assign(speed_of_answer=of_each_day(t, t.table("calls")["wait_seconds"]))


def breaks_are_duty(t: Tables) -> pd.DataFrame:
    shifts = t.table("shifts")
    shifts[["break_starts_at", "break_ends_at"]] = pd.NaT
    return staffing.call_measures(t.table("calls"), shifts.astype({"break_starts_at": "datetime64[us]"}))


def worst_day(t: Tables, figures: pd.DataFrame) -> dict[str, Any]:
    worst: dict[Any, Any] = figures.nsmallest(1, "service_level").reset_index().to_dict("records")[0]
    return {"met": (figures["service_level"] >= 0.8).sum(), "days": len(figures), **worst}


declare(
    service,
    "table",
    key=("date",),
    by_hand="staffing.call_measures",
    sections=("load-meaning",),
    mistakes={
        "of answered calls": then(lambda figures: of_answered(figures, "service_level")),
        "gave up quickly": quick_or_gone,
        "waits of all": waits_of_all,
        "breaks are duty": breaks_are_duty,
        "percent": then(lambda figures: figures * [100, 1, 100, 100]),
        "given up by answered": then(lambda figures: of_answered(figures, "abandonment")),
    },
    facts=worst_day,
)

# ---- the forecast

NORMAL_DAYS = 56  # whose calls make the forecast, stated in the task


def next_week(t: Tables) -> pd.DataFrame:
    """The half-hours of the week from the first Monday on or after today, weekday 0 for Monday."""
    monday = t.today + pd.Timedelta(days=(7 - t.today.day_of_week) % 7)
    starts = np.sort(t.table("call_intervals")["start"].unique())
    days = pd.date_range(monday, periods=7)
    table = pd.DataFrame({"date": np.repeat(days, len(starts)), "start": np.tile(starts, 7)})
    return table.assign(weekday=table["date"].dt.day_of_week)


def past(t: Tables, normal: bool = True) -> pd.DataFrame:
    """The half-hours of the last 56 normal days, or of the last 56 days whatever their kind."""
    calls = t.table("call_intervals")
    calls = calls[calls["day_type"] == "normal"] if normal else calls
    return calls[calls["date"].isin(np.sort(calls["date"].unique())[-NORMAL_DAYS:])]


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


def roots_of_half_hours(t: Tables) -> pd.DataFrame:
    calls, week = past(t), next_week(t)
    means = np.sqrt(calls["offered"]).groupby([calls["date"].dt.day_of_week, calls["start"]]).mean()
    return expected(week, means.reindex(pd.MultiIndex.from_frame(week[["weekday", "start"]])).to_numpy() ** 2)


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
        "special days kept": {"days": partial(past, normal=False)},
        "plain mean": {"power": 1},
        "one profile": {"profile": one_profile},
        "one level": {"by_weekday": False},
        "spread evenly": then(lambda week: week.groupby("date").transform("mean")),
        "roots of half-hours": roots_of_half_hours,
        "rounded": then(lambda week: week.round()),
        "by function": by_function(14),
        "by function, not recent": by_function(0),
    },
    facts=busiest,
)
