"""Days and half-hours: what the centre measured in a peak week, on days after festivals and on special days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from crm_lab import staffing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

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


def quick_under_20(t: Tables) -> pd.DataFrame:
    calls = t.table("calls")
    return service(t).assign(
        service_level=of_each_day(t, (calls["outcome"] == "answered") & (calls["wait_seconds"] < 20))
    )


def break_of_everybody(t: Tables) -> pd.DataFrame:
    """Half an hour is taken off every shift, also off those without a break."""
    shifts = t.table("shifts")
    shifts["break_starts_at"] = shifts["starts_at"]
    shifts["break_ends_at"] = shifts["starts_at"] + pd.Timedelta(minutes=30)
    return staffing.call_measures(t.table("calls"), shifts)


def shifts_without_break_lost(t: Tables) -> pd.DataFrame:
    """As if only agents with a break had been on duty: an empty break makes an empty length of the shift."""
    shifts = t.table("shifts").dropna(subset="break_starts_at")
    return staffing.call_measures(t.table("calls"), shifts)


def worst_day(t: Tables, figures: pd.DataFrame) -> dict[str, Any]:
    percent = figures[["service_level", "abandonment", "occupancy"]] * 100
    worst: dict[Any, Any] = percent.nsmallest(1, "service_level").reset_index().to_dict("records")[0]
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
        "under 20 seconds": quick_under_20,
        "waits of all": waits_of_all,
        "no wait of those who gave up": then(
            lambda figures: figures.assign(speed_of_answer=figures["speed_of_answer"] * (1 - figures["abandonment"]))
        ),
        "minutes": then(lambda figures: figures.assign(speed_of_answer=figures["speed_of_answer"] / 60)),
        "a break for everybody": break_of_everybody,
        "breaks are duty": breaks_are_duty,
        "shifts without a break": shifts_without_break_lost,
        "percent": then(lambda figures: figures * [100, 1, 100, 100]),
        "given up by answered": then(lambda figures: of_answered(figures, "abandonment")),
    },
    facts=worst_day,
)

# ---- service through the day


ALL_KINDS = ("normal", "after_festival", "public_holiday", "shopping_festival")


def quick_answers(t: Tables, kinds: Sequence[str] = ("after_festival",), of: str = "offered") -> pd.Series:
    """Service level of each half-hour, over all days of some kinds."""
    table = t.table("call_intervals")
    sums = table[table["day_type"].isin(kinds)].groupby("start")[["answered_in_20s", of]].sum()
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
        "normal days": {"kinds": ALL_KINDS[:1]},
        "festivals": {"kinds": ALL_KINDS[3:]},
        "special days": {"kinds": ALL_KINDS[1:]},
        "all days": {"kinds": ALL_KINDS},
        "mean of shares": mean_of_levels,
        "given up": given_up,
        "percent": then(lambda levels: 100 * levels),
    },
    facts=lambda t, levels: {
        "worst": levels.min(),
        "start": levels.idxmin(),
        "normal": quick_answers(t, ALL_KINDS[:1]).min(),
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


def special_and_before(t: Tables, times: pd.Series) -> dict[str, float]:
    before = staffing.special_days(t.table("call_intervals"))["factor"]
    return {"busy": times["shopping_festival"], "quiet": times["public_holiday"], "before": before["shopping_festival"]}


declare(
    special,
    "plot",
    shape="bars",
    key=("day_type",),
    sections=("arrivals-idea",),
    mistakes={
        "usual with special days": {"usual_days": ALL_KINDS},
        "one usual day": {"by_weekday": False},
        "mean of all days": {"usual_days": ALL_KINDS, "by_weekday": False},
        "by function": lambda t: staffing.special_days(t.table("call_intervals"))["factor"],
        "calls": calls_of_special_days,
        "more than usual": then(lambda times: times - 1),
    },
    facts=special_and_before,
)
