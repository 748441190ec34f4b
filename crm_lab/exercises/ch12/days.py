"""Lab 12, days and half-hours: what the centre measured in a peak week, and what to expect next week."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

NORMAL_DAYS = 56  # whose calls make the forecast, stated in the task

# ---- service measured


def _measured(t: Tables) -> pd.DataFrame:
    return staffing.call_measures(t.table("calls"), t.table("shifts"))


def _per_answered(t: Tables) -> pd.DataFrame:
    figures = _measured(t)
    return figures.assign(service_level=figures["service_level"] / (1 - figures["abandonment"]))


def _all_waits(t: Tables) -> pd.DataFrame:
    calls = t.table("calls")
    wait = calls.groupby(calls["arrived_at"].dt.normalize())["wait_seconds"].mean()
    return _measured(t).assign(speed_of_answer=wait)


def _with_breaks(t: Tables) -> pd.DataFrame:
    shifts = t.table("shifts")
    shifts[["break_starts_at", "break_ends_at"]] = pd.NaT
    return staffing.call_measures(t.table("calls"), shifts.astype({"break_starts_at": "datetime64[us]"}))


def _gone_by_answered(t: Tables) -> pd.DataFrame:
    figures = _measured(t)
    return figures.assign(abandonment=figures["abandonment"] / (1 - figures["abandonment"]))


def _quick_or_gone(t: Tables) -> pd.DataFrame:
    calls = t.table("calls")
    quick = (calls["wait_seconds"] <= 20).groupby(calls["arrived_at"].dt.normalize()).mean()
    return _measured(t).assign(service_level=quick)


def _service_means(t: Tables, figures: pd.DataFrame) -> str:
    worst = figures.nsmallest(1, "service_level").iloc[0]
    met = int((figures["service_level"] >= 0.8).sum())
    return _(
        "{met} of {days} days met 80/20. The worst was {day:%d %B} with {level:.0%} in time and {lost:.1%} given up, "
        "while agents were busy {busy:.0%} of their time. One mean over the week would hide it."
    ).format(
        met=met, days=len(figures), day=worst.name, level=worst["service_level"],
        lost=worst["abandonment"], busy=worst["occupancy"],
    )  # fmt: skip


service = Exercise(
    name="service",
    lab="12",
    title=_("A week in four figures"),
    points=3,
    sections=("load-meaning",),
    kind="table",
    key=("date",),
    columns={
        "service_level": _("share of the offered calls answered within 20 seconds"),
        "speed_of_answer": _("mean wait of the answered calls, in seconds"),
        "abandonment": _("share of the offered calls given up"),
        "occupancy": _("handling time by time on duty"),
    },
    reference=_measured,
    by_hand="staffing.call_measures",
    mistakes=(
        Mistake(
            "of answered calls",
            _per_answered,
            _(
                "You divided the quick answers by the answered calls. Who gave up has not been served: the task asks "
                "for a share of the offered calls."
            ),
        ),
        Mistake(
            "gave up quickly",
            _quick_or_gone,
            _("You counted callers who gave up within 20 seconds as served in time. Only answered calls can be quick."),
        ),
        Mistake(
            "waits of all",
            _all_waits,
            _("You averaged the waits of all calls. The speed of answer looks at answered calls only."),
        ),
        Mistake(
            "breaks are duty",
            _with_breaks,
            _("Your time on duty contains the breaks. Nobody can be busy with calls then; take them out."),
        ),
        Mistake(
            "percent",
            lambda t: _measured(t) * [100, 1, 100, 100],
            _("You gave percentages. The task asks for shares: half of the calls is 0.5, not 50."),
        ),
        Mistake(
            "given up by answered",
            _gone_by_answered,
            _("You divided the calls given up by the answered ones. Divide them by the offered calls."),
        ),
    ),
    hints=(
        _("A share is the mean of True and False. Make one such column for quick answers and one for calls given up."),
        _("wait_seconds.where(answered) is empty for calls given up, and mean() leaves empty cells out."),
        _(
            "Time on duty: ends_at - starts_at - (break_ends_at - break_starts_at).fillna(pd.Timedelta(0)), in seconds "
            "with .dt.total_seconds(), summed by starts_at.dt.normalize()."
        ),
    ),
    meaning=_service_means,
)

# ---- the forecast


def next_week(t: Tables) -> pd.DataFrame:
    """The half-hours of the week from the first Monday on or after today, weekday 0 for Monday."""
    monday = t.today + pd.Timedelta(days=(7 - t.today.day_of_week) % 7)
    starts = np.sort(t.table("call_intervals")["start"].unique())
    days = pd.date_range(monday, periods=7)
    table = pd.DataFrame({"date": np.repeat(days, len(starts)), "start": np.tile(starts, 7)})
    return table.assign(weekday=table["date"].dt.day_of_week)


def _past(t: Tables, normal: bool = True) -> pd.DataFrame:
    """The half-hours of the last 56 normal days; of the last 56 days, whatever their kind, if `normal` is False."""
    calls = t.table("call_intervals")
    calls = calls[calls["day_type"] == "normal"] if normal else calls
    return calls[calls["date"].isin(np.sort(calls["date"].unique())[-NORMAL_DAYS:])]


def _levels(past: pd.DataFrame, power: float = 0.5) -> pd.Series:
    """Calls of a day of each weekday: mean of √calls, squared; power 1 takes the plain mean."""
    daily = past.groupby("date")["offered"].sum()
    roots = (daily**power).groupby(pd.DatetimeIndex(daily.index).day_of_week).mean()
    return roots ** (1 / power)


def expected_week(t: Tables, past: pd.DataFrame | None = None, power: float = 0.5) -> pd.DataFrame:
    """Level of the weekday × share of the half-hour, for next week."""
    week, past = next_week(t), _past(t) if past is None else past
    profile = staffing.day_profile(past)
    share = np.where(week["weekday"] >= 5, week["start"].map(profile["weekend"]), week["start"].map(profile["workday"]))
    return week[["date", "start"]].assign(expected=week["weekday"].map(_levels(past, power)) * share)


def _one_profile(t: Tables) -> pd.DataFrame:
    past, week = _past(t), next_week(t)
    share = past.groupby("start")["offered"].sum() / past["offered"].sum()
    return week[["date", "start"]].assign(expected=week["weekday"].map(_levels(past)) * week["start"].map(share))


def _one_level(t: Tables) -> pd.DataFrame:
    daily = np.sqrt(_past(t).groupby("date")["offered"].sum()).mean() ** 2
    week = expected_week(t)
    total = week.groupby("date")["expected"].transform("sum")
    return week.assign(expected=daily * week["expected"] / total)


def _evenly(t: Tables) -> pd.DataFrame:
    week = expected_week(t)
    return week.assign(expected=week.groupby("date")["expected"].transform("mean"))


def _roots_of_half_hours(t: Tables) -> pd.DataFrame:
    past, week = _past(t), next_week(t)
    roots = np.sqrt(past["offered"]).groupby([past["date"].dt.day_of_week, past["start"]]).mean() ** 2
    pairs = pd.MultiIndex.from_frame(week[["weekday", "start"]])
    return week[["date", "start"]].assign(expected=roots.reindex(pairs).to_numpy())


def _by_function(recent: int) -> Callable[[Tables], pd.DataFrame]:
    def recipe(t: Tables) -> pd.DataFrame:
        days = next_week(t)["date"].unique()
        return staffing.forecast_calls(t.table("call_intervals"), days, recent=recent)[["date", "start", "expected"]]

    return recipe


_FUNCTION = _(
    "You called forecast_calls. It corrects for the spread of the days and for how they ran of late; the task asks for "
    "the plain recipe, by hand."
)


def _forecast_means(t: Tables, table: pd.DataFrame) -> str:
    table = table.reset_index()
    daily = table.groupby("date")["expected"].sum()
    top = table.nlargest(1, "expected").iloc[0]
    return _(
        "Next week brings about {total:,.0f} calls, {day:%A} most with {most:,.0f}; the busiest half-hour is {date:%A} "
        "{start} with {calls:.0f} calls. Even if this mean were exact, chance alone would move that half-hour by about "
        "{spread:.0f} calls either way."
    ).format(
        total=daily.sum(), day=daily.idxmax(), most=daily.max(), date=top["date"], start=top["start"],
        calls=top["expected"], spread=np.sqrt(top["expected"]),
    )  # fmt: skip


forecast = Exercise(
    name="forecast",
    lab="12",
    title=_("Next week, half-hour by half-hour"),
    points=4,
    sections=("arrivals-idea", "forecast-idea"),
    kind="table",
    key=("date", "start"),
    columns={"expected": _("expected calls")},
    reference=lambda t: expected_week(t).set_index(["date", "start"]),
    supplies={"next_week": next_week},
    by_hand="staffing.forecast_calls",
    mistakes=(
        Mistake(
            "special days kept",
            lambda t: expected_week(t, _past(t, normal=False)),
            _("You kept special days. A festival is no model of an ordinary Monday; take day_type normal first."),
        ),
        Mistake(
            "plain mean",
            lambda t: expected_week(t, power=1),
            _("You averaged the calls themselves. The task asks for the mean of their roots, squared."),
        ),
        Mistake(
            "one profile",
            _one_profile,
            _("You used one profile for all days. On Saturdays and Sundays people call later: make two."),
        ),
        Mistake(
            "one level",
            _one_level,
            _("You used one level for all days of the week. Mondays are busier: group by weekday."),
        ),
        Mistake(
            "spread evenly",
            _evenly,
            _("You spread each day evenly over its half-hours. Multiply its level by the share of each half-hour."),
        ),
        Mistake(
            "roots of half-hours",
            _roots_of_half_hours,
            _(
                "You averaged each half-hour by itself. The task averages whole days and then shares them out: that "
                "uses the same data with less noise."
            ),
        ),
        Mistake(
            "rounded",
            lambda t: expected_week(t).round({"expected": 0}),
            _("You rounded. An expectation may be a fraction; rounding comes when people are counted, not before."),
        ),
        Mistake("by function", _by_function(14), _FUNCTION),
        Mistake("by function, not recent", _by_function(0), _FUNCTION + " "),
    ),
    hints=(
        _("Two parts: how many calls a day of that weekday brings, and which share of them comes in that half-hour."),
        _(
            "daily = past.groupby('date')['offered'].sum(); its level: np.sqrt(daily).groupby(daily.index.day_of_week)"
            ".mean() ** 2."
        ),
        _(
            "Share: group by whether it is a weekend and by start, sum, and divide by the sum of all half-hours of "
            "that kind of day. Then map weekday and start of next_week onto both."
        ),
    ),
    meaning=_forecast_means,
)
