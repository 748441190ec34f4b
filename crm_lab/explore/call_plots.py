"""Calls through the week, a forecast with its interval, shifts that cover the day, channels customers use."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lab import staffing
from crm_lab.base import wording
from crm_lab.base.text import _, ngettext
from crm_lab.explore.check import lacks_nothing, numeric
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import (
    BLUE,
    FONT,
    HATCHES,
    INK,
    PALETTE,
    SKY,
    label,
    look,
    number,
    percent_axis,
    share,
    sheet,
)


def _weekdays() -> list[str]:
    return [wording.weekday(day, "abbreviated") for day in range(7)]


def arrivals_heatmap(call_intervals: pd.DataFrame) -> Picture:
    """Mean number of calls in each half-hour of each weekday.

    call_intervals  date, start, offered

    >>> calls = pd.DataFrame({
    ...     "date": pd.to_datetime(["2025-11-03", "2025-11-03"]), "start": ["08:00", "08:30"], "offered": [20, 40],
    ... })
    >>> arrivals_heatmap(calls)  # doctest: +ELLIPSIS
    Table of mean calls by weekday (rows) and half-hour (columns). Most come on Mon at 08:30 (40), fewest on Mon at ...
    """
    table = lacks_nothing(call_intervals, ("date", "start", "offered"), "call_intervals")
    calls = numeric(table["offered"], "offered")
    mean = calls.groupby([pd.to_datetime(table["date"]).dt.day_of_week, table["start"]]).mean().unstack()
    names = [_weekdays()[day] for day in mean.index]
    peak, low = (divmod(int(find(mean)), mean.shape[1]) for find in (np.nanargmax, np.nanargmin))
    ends = _cell("peak", mean, names, peak) | _cell("low", mean, names, low)
    with look():
        title = _(
            "Busiest: {peak_day} {peak_at} with {peak_calls} calls; quietest: {low_day} {low_at} with {low_calls}"
        )
        figure, axes = sheet(title.format(**ends), grid="none")
        image = axes.imshow(mean, cmap="Blues", aspect="auto", vmin=0)
        axes.plot(peak[1], peak[0], "o", mec="white", mfc="none", ms=20, mew=4)
        axes.set_yticks(range(len(names)), names)
        step = max(1, -(-mean.shape[1] // 7))
        axes.set_xticks(range(0, mean.shape[1], step), mean.columns[::step])
        axes.set_xlabel(_("start of the half-hour"))
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        bar = figure.colorbar(image, ax=axes, pad=0.02)
        bar.set_label(_("calls a half-hour"), size=FONT)
        bar.outline.set_visible(False)
        text = _(
            "Table of mean calls by weekday (rows) and half-hour (columns). Most come on {peak_day} at {peak_at} "
            "({peak_calls}), fewest on {low_day} at {low_at} ({low_calls})."
        )
        return Picture(figure, text.format(**ends))


def _cell(end: str, mean: pd.DataFrame, names: list[str], place: tuple[int, int]) -> dict[str, str]:
    """The words for one cell of the heat map: its day, its half-hour, its calls."""
    row, column = place
    calls = number(mean.to_numpy()[row, column])
    return {f"{end}_day": names[row], f"{end}_at": str(mean.columns[column]), f"{end}_calls": calls}


def forecast_band(forecast: pd.DataFrame, actual: pd.DataFrame | None = None) -> Picture:
    """A forecast by half-hours with its interval, and what really came.

    forecast  date, start, expected, low, high, from staffing.forecast_calls
    actual    date, start, offered; when given, its calls are drawn over the forecast

    >>> half_hours = pd.DataFrame({"date": pd.Timestamp("2025-11-03"), "start": ["08:00", "08:30"]})
    >>> guess = half_hours.assign(expected=[30.0, 50.0], low=[21.0, 38.0], high=[41.0, 63.0])
    >>> forecast_band(guess, half_hours.assign(offered=[35, 70]))
    Forecast of 2 half-hours, 2025-11-03 to 2025-11-03: 80 calls expected, at most 50 in a half-hour (2025-11-03 08:30).
    105 calls came; 1 of 2 half-hours (50 %) lies inside the interval.
    """
    table = lacks_nothing(forecast, ("date", "start", "expected", "low", "high"), "forecast").reset_index(drop=True)
    expected = numeric(table["expected"], "expected")
    peak, total = table.iloc[int(expected.argmax())], expected.sum()
    alt = _forecast_alt(table, expected, peak)
    title = _("{total} calls expected, at most {most} in a half-hour").format(
        total=number(total), most=number(peak["expected"])
    )
    with look():
        if actual is not None:
            calls, inside = _came(table, actual)
            title = _("{part} of the half-hours came out inside the interval").format(part=share(inside.mean(), 0))
            alt += " " + _inside_alt(calls, inside)
        figure, axes = sheet(title)
        at = np.arange(len(table))
        axes.fill_between(at, table["low"], table["high"], color=SKY, alpha=0.45, lw=0, label=_("interval"))
        axes.plot(at, expected, color=BLUE, label=_("forecast"))
        if actual is not None:
            axes.plot(at, calls, "o", color=INK, ms=5, mfc="none", mew=1.5, label=_("calls that came"))
        _time_axis(axes, table)
        axes.set_ylabel(_("calls a half-hour"))
        axes.set_ylim(bottom=0)
        axes.legend(frameon=False, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0))
        return Picture(figure, alt)


def _came(forecast: pd.DataFrame, actual: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Calls that came in the half-hours of the forecast, and whether they lie in its interval."""
    known = lacks_nothing(actual, ("date", "start", "offered"), "actual")[["date", "start", "offered"]]
    calls = numeric(forecast.merge(known, on=["date", "start"], how="left")["offered"], "actual, offered")
    return calls, calls.between(forecast["low"], forecast["high"])


def _time_axis(axes: Axes, table: pd.DataFrame) -> None:
    """Days as ticks; hours where there is only one day."""
    days = table["date"].drop_duplicates()
    if len(days) == 1:
        step = max(1, -(-len(table) // 7))
        axes.set_xticks(range(0, len(table), step), table["start"][::step])
        axes.set_xlabel(_("start of the half-hour"))
        return
    names = [f"{_weekdays()[day.day_of_week]}\n{day:%d.%m.}" if len(days) <= 8 else f"{day:%d.%m.}" for day in days]
    step = max(1, -(-len(days) // 8))
    axes.set_xticks(days.index[::step], names[::step], ha="left")
    axes.grid(True, axis="x")


def _forecast_alt(table: pd.DataFrame, expected: pd.Series, peak: pd.Series) -> str:
    text = _(
        "Forecast of {n} half-hours, {first:%Y-%m-%d} to {last:%Y-%m-%d}: {total} calls expected, at most {most} in a "
        "half-hour ({day:%Y-%m-%d} {start})."
    )
    first, last = table["date"].min(), table["date"].max()
    most, total = number(peak["expected"]), number(expected.sum())
    return text.format(
        n=number(len(table)), first=first, last=last, total=total, most=most, day=peak["date"], start=peak["start"]
    )


def _inside_alt(calls: pd.Series, inside: pd.Series) -> str:
    text = ngettext(
        "{calls} calls came; {n} of {all} half-hours ({part}) lies inside the interval.",
        "{calls} calls came; {n} of {all} half-hours ({part}) lie inside the interval.",
        int(inside.sum()),
    )
    return text.format(
        calls=number(calls.sum()), n=number(inside.sum()), all=number(len(inside)), part=share(inside.mean(), 0)
    )


def cover_chart(plan: staffing.ShiftPlan) -> Picture:
    """Agents on duty under a plan of shifts, against the agents needed.

    plan  from staffing.plan_shifts

    >>> cover_chart(staffing.plan_shifts(pd.Series([3, 2], index=["08:00", "08:30"])))
    Steps of the agents needed and on duty in 2 half-hours: at most 3 are needed (08:00). The plan pays 12 hours for 2.5
    hours needed; at no half-hour too few are on duty, and at most 1 too many (08:30).
    """
    cover = plan.cover
    need, duty, spare = cover["needed"], cover["on_duty"], cover["spare"]
    words = {
        "n": len(cover),
        "most": number(need.max()),
        "at": need.idxmax(),
        "paid": f"{plan.hours:g}",
        "needed": f"{need.sum() / 2:g}",
        "extra": number(spare.max()),
        "extra_at": spare.idxmax(),
        "share": share(plan.hours / (need.sum() / 2) - 1, 0) if need.sum() else share(0),
    }
    with look():
        title = _("Shifts come in whole pieces: {paid} hours paid for {needed} needed")
        figure, axes = sheet(title.format(**words))
        at = np.arange(len(cover))
        axes.bar(at, duty, width=1.0, color=SKY, edgecolor="white", label=_("on duty"))
        axes.step(np.append(at, len(at)) - 0.5, np.append(need, need.iloc[-1]), where="post", color=INK, lw=3.5,
                  label=_("needed"))  # fmt: skip
        step = max(1, -(-len(cover) // 7))
        axes.set_xticks(at[::step], cover.index[::step])
        axes.set(xlabel=_("start of the half-hour"), ylabel=_("agents"), ylim=(0, 1.08 * max(duty.max(), 1)))
        axes.legend(frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1.0))
        text = _(
            "Steps of the agents needed and on duty in {n} half-hours: at most {most} are needed ({at}). The plan pays "
            "{paid} hours for {needed} hours needed; at no half-hour too few are on duty, and at most {extra} too many "
            "({extra_at})."
        )
        return Picture(figure, text.format(**words))


def channel_bars(tickets: pd.DataFrame) -> Picture:
    """By which channel customers come with each topic: one bar a topic, its parts the channels.

    tickets  topic, channel

    >>> tickets = pd.DataFrame({"topic": ["advice", "late", "advice"], "channel": ["phone", "chat", "phone"]})
    >>> channel_bars(tickets)
    Bars of the channels of 3 contacts by topic; phone carries 67 % of all. Share of phone: advice 100 %, late 0 %.
    """
    table = lacks_nothing(tickets, ("topic", "channel"), "tickets")
    shares = staffing.channel_shares(table)
    main: Any = shares.columns[0]
    topics = [label(topic) for topic in shares.index]
    words = {"first": topics[0], "channel": main, "part": share(shares[main].iloc[0]), "last": topics[-1]}
    with look():
        title = _("No channel alone: {channel} carries {part} of “{first}”, {rest} of “{last}”")
        figure, axes = sheet(title.format(rest=share(shares[main].iloc[-1]), **words), grid="none")
        _stacked(axes, shares)
        axes.set_yticks(range(len(topics)), topics)
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        percent_axis(axes, x=_("share of the contacts about this topic"))
        parts = ", ".join(f"{t} {share(s)}" for t, s in zip(topics, shares[main], strict=True))
        text = _("Bars of the channels of {n} contacts by topic; {channel} carries {all} of all. Share of {channel}:")
        whole = share((table["channel"] == main).mean())
        return Picture(figure, f"{text.format(n=number(len(table)), channel=main, all=whole)} {parts}.")


def _stacked(axes: Axes, shares: pd.DataFrame) -> None:
    """One bar a row, one part a column; the names of the parts over the first bar."""
    left = np.zeros(len(shares))
    for place, name in enumerate(shares):
        colour, hatch = PALETTE[place % len(PALETTE)], HATCHES[place % len(HATCHES)]
        axes.barh(range(len(shares)), shares[name], left=left, height=0.8, color=colour, hatch=hatch, label=str(name))
        left += shares[name].to_numpy()
    axes.margins(x=0)
    axes.legend(frameon=False, ncols=shares.shape[1], loc="lower center", bbox_to_anchor=(0.4, 1.0))
