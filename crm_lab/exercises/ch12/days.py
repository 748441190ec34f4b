"""Days and half-hours: what the centre measured in a peak week, and what to expect next week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def shifts_without_break_lost(t: Tables) -> pd.DataFrame:
    """As if only agents with a break had been on duty: an empty break makes an empty length of the shift."""
    shifts = t.table("shifts").dropna(subset="break_starts_at")
    return staffing.call_measures(t.table("calls"), shifts)


def worst_day(t: Tables, figures: pd.DataFrame) -> dict[str, Any]:
    worst: dict[Any, Any] = figures.nsmallest(1, "service_level").reset_index().to_dict("records")[0]
    return {"met": (figures["service_level"] >= 0.8).sum(), "days": len(figures), **worst}


declare(
    service,
    "table",
    key=("date",),
    by_hand="staffing.call_measures",
    sections=("figures-idea",),
    mistakes={
        "of answered calls": then(lambda figures: of_answered(figures, "service_level")),
        "gave up quickly": quick_or_gone,
        "waits of all": waits_of_all,
        "breaks are duty": breaks_are_duty,
        "shifts without a break": shifts_without_break_lost,
        "percent": then(lambda figures: figures * [100, 1, 100, 100]),
        "given up by answered": then(lambda figures: of_answered(figures, "abandonment")),
    },
    facts=worst_day,
)

# ---- service through the day


def quick_answers(t: Tables, kind: str = "after_festival", of: str = "offered") -> pd.Series:
    """Service level of each half-hour, over all days of one kind."""
    table = t.table("call_intervals")
    sums = table[table["day_type"] == kind].groupby("start")[["answered_in_20s", of]].sum()
    return (sums["answered_in_20s"] / sums[of]).rename("service_level")


def mean_of_levels(t: Tables) -> pd.Series:
    table = t.table("call_intervals").query("day_type == 'after_festival'")
    return (table["answered_in_20s"] / table["offered"]).groupby(table["start"]).mean()


def given_up(t: Tables) -> pd.Series:
    sums = (
        t.table("call_intervals").query("day_type == 'after_festival'").groupby("start")[["abandoned", "offered"]].sum()
    )
    return sums["abandoned"] / sums["offered"]


declare(
    quick_answers,
    "plot",
    shape="line",
    key=("start",),
    sections=("figures-idea",),
    mistakes={
        "of answered calls": {"of": "answered"},
        "normal days": {"kind": "normal"},
        "festivals": {"kind": "shopping_festival"},
        "mean of shares": mean_of_levels,
        "given up": given_up,
        "percent": then(lambda levels: 100 * levels),
    },
    facts=lambda t, levels: {
        "worst": levels.min(),
        "start": levels.idxmin(),
        "normal": quick_answers(t, "normal").min(),
    },
)

# ---- special days


def special(t: Tables, usual_days: Sequence[str] = ("normal",), by_weekday: bool = True) -> pd.Series:
    """How many times as busy as a usual day of the same weekday special days are, by their kind."""
    daily = t.table("call_intervals").groupby(["date", "day_type"], as_index=False)["offered"].sum()
    daily["weekday"] = daily["date"].dt.day_of_week if by_weekday else 0
    usual = daily[daily["day_type"].isin(usual_days)].groupby("weekday")["offered"].mean()
    times = daily["offered"] / daily["weekday"].map(usual)
    return times[daily["day_type"] != "normal"].groupby(daily["day_type"]).mean().rename("factor")


def calls_of_special_days(t: Tables) -> pd.Series:
    daily = t.table("call_intervals").groupby(["date", "day_type"], as_index=False)["offered"].sum()
    return daily[daily["day_type"] != "normal"].groupby("day_type")["offered"].mean()


ALL_KINDS = ("normal", "after_festival", "public_holiday", "shopping_festival")

declare(
    special,
    "plot",
    shape="bars",
    key=("day_type",),
    sections=("arrivals-idea",),
    mistakes={
        "usual with special days": {"usual_days": ALL_KINDS},
        "one usual day": {"by_weekday": False},
        "calls": calls_of_special_days,
        "more than usual": then(lambda times: times - 1),
    },
    facts=lambda t, times: {"busy": times.max(), "quiet": times.min()},
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


def past(t: Tables, normal: bool = True, calendar: bool = False) -> pd.DataFrame:
    """The half-hours of the last 56 normal days, or of the last 56 days whatever their kind, or the normal of these."""
    calls = t.table("call_intervals")
    calls = calls[calls["day_type"] == "normal"] if normal else calls
    if calendar:
        return calls[calls["date"] >= t.today - pd.Timedelta(days=NORMAL_DAYS)]
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
        "days of the calendar": {"days": partial(past, calendar=True)},
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
    error  misses, calls -> what a forecast misses; by default all misses ÷ all calls
    """
    weeks = t.table("five_weeks").pivot(index=["weekday", "start"], columns="week", values="offered")
    calls, mean = weeks[5], weeks[[1, 2, 3, 4, 5] if seen else [1, 2, 3, 4]].mean(axis=1)
    rows = {
        name: {"wape": (error or wape)((calls - forecast).abs(), calls), "inside": inside(calls, forecast, z, roots)}
        for name, forecast in {"last_week": weeks[4], "four_weeks": mean}.items()
    }
    return pd.DataFrame(rows).T.rename_axis("forecast")


def wape(misses: pd.Series, calls: pd.Series) -> float:
    return float(misses.sum() / calls.sum())


def inside(calls: pd.Series, forecast: pd.Series, z: float, roots: bool) -> float:
    """Share of half-hours inside an interval that allows for the chance of the calls alone."""
    if roots:
        return float(calls.between((forecast**0.5 - z / 2) ** 2, (forecast**0.5 + z / 2) ** 2).mean())
    return float(calls.between(forecast - z * forecast.std(), forecast + z * forecast.std()).mean())


def tested(t: Tables, figures: pd.DataFrame) -> dict[str, float]:
    last, four = figures["wape"][["last_week", "four_weeks"]]
    return {"last": last, "four": four, "inside": figures["inside"]["four_weeks"]}


declare(
    held_out,
    "table",
    key=("forecast",),
    sections=("test-idea",),
    supplies={"five_weeks": five_weeks},
    mistakes={
        "week seen": {"seen": True},
        "mean of shares": {"error": lambda misses, calls: (misses / calls).mean()},
        "calls missed": {"error": lambda misses, calls: misses.mean()},
        "19 of 20": {"z": 1.96},
        "a whole z": {"z": 2 * Z},
        "spread of the week": {"roots": False},
        "percent": then(lambda figures: 100 * figures),
    },
    facts=tested,
)
