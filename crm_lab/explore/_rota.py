"""From a forecast to a rota: calls expected with their interval, and shifts that cover the day."""

from typing import Any

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.base.columns import columns, numbers
from crm_lab.base.text import _
from crm_lab.explore._chart import Scale, figure
from crm_lab.explore._marks import Area, Bars, Line, Points
from crm_lab.explore._names import weekday
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import INK, SKY, number, share

SLOTS = ["date", "start"]


def forecast_band(forecast: pd.DataFrame, actual: pd.DataFrame | None = None) -> Picture:
    """A forecast by half-hours with its interval, and what really came.

    forecast  date, start, expected, low, high, from staffing.forecast_calls
    actual    date, start, offered; when given, its calls are drawn over the forecast

    >>> half_hours = pd.DataFrame({"date": pd.Timestamp("2025-11-03"), "start": ["08:00", "08:30"]})
    >>> guess = half_hours.assign(expected=[30.0, 50.0], low=[21.0, 38.0], high=[41.0, 63.0])
    >>> forecast_band(guess, half_hours.assign(offered=[35, 70])).title
    '1 of 2 half-hours (50 %) came out inside the interval'
    """
    table = columns(forecast, [*SLOTS, "expected", "low", "high"], "forecast")
    expected = numbers(table["expected"], "forecast, expected")
    at = np.arange(len(table))
    title = _("{total} calls expected, at most {most} in a half-hour")
    title = title.format(total=number(expected.sum()), most=number(expected.max()))
    marks: list[Any] = [
        Area(at, table["low"], table["high"], _("interval"), SKY, alpha=0.45),
        Line(at, expected, _("forecast")),
    ]
    if actual is not None:
        calls = _came(table, actual)
        inside = calls.between(table["low"], table["high"])
        title = _("{n} of {all} half-hours ({part}) came out inside the interval").format(
            n=number(inside.sum()), all=number(len(inside)), part=share(inside.mean(), 0)
        )
        marks.append(Points(at, calls, name=_("calls that came"), colour=INK, size=5, hollow=True))
    y = Scale(_("calls a half-hour"), number, (0, None))
    return figure(title, *marks, x=_time(table), y=y, grid="y")


def _came(forecast: pd.DataFrame, actual: pd.DataFrame) -> pd.Series:
    """Calls that came in the half-hours of the forecast."""
    known = columns(actual, [*SLOTS, "offered"], "actual")
    return numbers(forecast.merge(known, on=SLOTS, how="left")["offered"], "actual, offered")


def _time(table: pd.DataFrame) -> Scale:
    """Days as ticks; hours where there is only one day. In words a place is its day and half-hour."""
    days = table["date"].drop_duplicates()
    if len(days) == 1:
        return _hours(table["start"].tolist())
    step = max(1, -(-len(days) // 8))
    short = len(days) > 8
    names = [f"{day:%d.%m.}" if short else f"{weekday(day.day_of_week)}\n{day:%d.%m.}" for day in days]
    noon = days.index + len(table) / len(days) / 2
    ticks = dict(zip(noon[::step], names[::step], strict=True))
    spoken = [f"{day:%Y-%m-%d} {start}" for day, start in zip(table["date"], table["start"], strict=True)]
    return _Time(_("day"), lambda place: spoken[int(place)], ticks=ticks)


class _Time(Scale):
    """A scale whose ticks are days and whose places are half-hours."""

    def at(self, value: float) -> str:
        return self.write(value)


def _hours(starts: list[str]) -> Scale:
    step = max(1, -(-len(starts) // 7))
    ticks = {place: starts[place] for place in range(0, len(starts), step)}
    return _Time(_("start of the half-hour"), lambda place: starts[min(int(place + 0.5), len(starts) - 1)], ticks=ticks)


def cover_chart(plan: staffing.ShiftPlan) -> Picture:
    """Agents on duty under a plan of shifts, against the agents needed.

    plan  from staffing.plan_shifts

    >>> cover_chart(staffing.plan_shifts(pd.Series([3, 2], index=["08:00", "08:30"])))  # doctest: +ELLIPSIS
    Shifts come in whole pieces: 12 hours paid for 2.5 needed. on duty: Bars of agents: 08:00 3, 08:30 3. needed: ...
    """
    cover = plan.cover
    title = _("Shifts come in whole pieces: {paid} hours paid for {needed} needed")
    need, at = cover["needed"].tolist(), np.arange(len(cover))
    top = 1.08 * max(float(cover["on_duty"].max()), 1.0)
    return figure(
        title.format(paid=f"{plan.hours:g}", needed=f"{cover['needed'].sum() / 2:g}"),
        Bars(cover["on_duty"].tolist(), name=_("on duty"), colour=SKY, standing=True, width=0.96),
        Line([*(at - 0.5), len(at) - 0.5], [*need, need[-1]], _("needed"), INK, stepped=True),
        x=_hours(cover.index.astype(str).tolist()),
        y=Scale(_("agents"), number, (0, top)),
        grid="y",
    )
