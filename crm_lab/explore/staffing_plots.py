"""Staffing in pictures: how service, waits and cost depend on the number of agents, the load and the size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crm_lab import staffing
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import BLUE, GREY, ORANGE, RED, look, money, money_axis, number, percent_axis, share, sheet


def service_level_curve(
    load: float, handling_time: float, target: float = 0.8, within: float = 20, patience: float | None = None
) -> Picture:
    """Calls answered in time against the number of agents, for callers with and without patience.

    load           erlangs, above 0
    handling_time  mean, in seconds
    target         share to be answered within `within` seconds; the fewest agents for it are marked
    patience       mean patience in seconds; None shows only Erlang C

    >>> service_level_curve(10, 180)
    Line of the share of calls answered within 20 seconds against the number of agents, at a load of 10 erlangs. ...
    """
    needed = staffing.agents_needed(load, handling_time, target, within, patience)
    agents = _around(load)
    with look():
        title = _("{needed} agents answer {target} of the calls in {within:g} s; {fewer} do not")
        figure, axes = sheet(
            title.format(target=share(target), within=within, needed=number(needed), fewer=number(needed - 1))
        )
        axes.axhline(target, color=GREY, ls="--", lw=2)
        axes.axvline(load, color=GREY, ls=":", lw=2)
        axes.annotate(_("load"), (load, 1.02), (5, 0), textcoords="offset points", color=GREY)
        for limit, colour, style, name in _patiences(patience):
            levels = [_level(load, n, handling_time, within, limit) for n in agents]
            axes.plot(agents, levels, style, color=colour, label=name, ms=7)
        reached = _level(load, needed, handling_time, within, patience)
        axes.plot(needed, reached, "o", color=ORANGE, ms=14, mec="black", zorder=5)
        axes.annotate(share(reached), (needed, reached), (-12, 8), textcoords="offset points", ha="right")
        axes.legend(frameon=False, loc="lower right")
        percent_axis(axes, y=_("answered within {within:g} s").format(within=within))
        axes.set(xlabel=_("agents"), ylim=(0, 1.1))
        text = _(
            "Line of the share of calls answered within {within:g} seconds against the number of agents,"
            " at a load of {load:g} erlangs. It is low up to the load and then rises steeply:"
            " {needed} agents are the fewest that reach {target}, with {reached}."
        )
        parts = {"needed": number(needed), "target": share(target), "reached": share(reached)}
        return Picture(figure, text.format(within=within, load=load, **parts))


def _around(load: float) -> list[int]:
    """Numbers of agents worth showing for a load, at most some forty."""
    spread = 4 * np.sqrt(load)
    low, high = max(0, int(load - spread / 2)), int(load + spread) + 2
    return list(range(low, high + 1, 1 + (high - low) // 40))


def _patiences(patience: float | None) -> list[tuple[float | None, str, str, str]]:
    endless = (None, BLUE, "o-", _("nobody gives up (Erlang C)"))
    if patience is None:
        return [endless]
    some = _("patience {patience:g} s (Erlang A)").format(patience=patience)
    return [(patience, BLUE, "o-", some), (None, RED, "s--", endless[3])]


def _level(load: float, agents: int, handling: float, within: float, patience: float | None) -> float:
    """Service level; 0 where the queue would grow without end."""
    if patience is None and agents <= load:
        return 0.0
    leaving = 1 / patience if patience else 0.0
    return staffing.erlang_a(load / handling, 1 / handling, leaving, agents).service_level(within)


def wait_curve(agents: Sequence[int] = (5, 50), handling_time: float = 300) -> Picture:
    """Mean wait against occupancy for teams of different sizes (Erlang C): flat for long, then steep.

    agents         sizes of the teams, each from 1
    handling_time  mean, in seconds

    >>> wait_curve([5, 50])
    Lines of the mean wait against occupancy for teams of 5 and 50 agents (Erlang C). ...
    """
    busy = np.linspace(0.3, 0.995, 140)
    waits = {n: [staffing.mean_wait(n * part, n, handling_time) for part in busy] for n in sorted(agents)}
    at_90 = {n: staffing.mean_wait(0.9 * n, n, handling_time) for n in waits}
    small, large = min(waits), max(waits)
    with look():
        title = _("Busy 90 % of the time, {small} agents let callers wait {long:.0f} s, {large} agents {short:.0f} s")
        parts = {"small": small, "large": large, "long": at_90[small], "short": at_90[large]}
        figure, axes = sheet(title.format(**parts))
        for (n, line), colour, style in zip(
            waits.items(), (RED, BLUE, ORANGE, GREY), ("--", "-", "-.", ":"), strict=False
        ):
            axes.plot(busy, line, style, color=colour)
            axes.plot(0.9, at_90[n], "o", color=colour, ms=10, mec="black")
            name = _("{n} agents: {wait:.0f} s").format(n=n, wait=at_90[n])
            axes.annotate(name, (0.9, at_90[n]), (-12, 8), textcoords="offset points", ha="right", color=colour)
        percent_axis(axes, x=_("occupancy: share of the time agents are busy"))
        axes.set(ylabel=_("mean wait, s"), ylim=(0, 1.25 * at_90[small]), xlim=(0.3, 1))
        text = _(
            "Lines of the mean wait against occupancy for teams of {sizes} agents (Erlang C). Each stays near 0 and"
            " then climbs ever faster towards full occupancy; the larger team can be busier. At 90 %: {waits}."
        )
        sizes = _(" and ").join(str(n) for n in waits)
        spoken = "; ".join(_("{n} agents {wait:.0f} s").format(n=n, wait=wait) for n, wait in at_90.items())
        return Picture(figure, text.format(sizes=sizes, waits=spoken))


def scale_curve(
    loads: Sequence[float] = (2, 5, 10, 20, 50, 100, 200, 500), handling_time: float = 300, target: float = 0.8
) -> Picture:
    """Occupancy that the same service level allows at each size: large centres keep their agents busier.

    loads          erlangs, rising
    handling_time  mean, in seconds
    target         share of the calls to answer within 20 seconds (Erlang C)

    >>> scale_curve([10, 100])
    Line of occupancy against load at the same service level, 80 % within 20 seconds. ...
    """
    busy = [load / staffing.agents_needed(load, handling_time, target) for load in loads]
    with look():
        title = _("The same service keeps agents {low} busy at {small:g} erlangs and {high} at {large:g}")
        ends = {"low": share(busy[0]), "small": loads[0], "high": share(busy[-1]), "large": loads[-1]}
        figure, axes = sheet(title.format(**ends))
        axes.plot(loads, busy, "o-", color=BLUE, ms=10)
        for place in (0, len(busy) - 1):
            axes.annotate(
                share(busy[place]), (loads[place], busy[place]), (0, -28), textcoords="offset points", ha="center"
            )
        axes.set_xscale("log")
        axes.set_xticks(list(loads), [f"{load:g}" for load in loads])
        axes.minorticks_off()
        percent_axis(axes, y=_("occupancy"))
        axes.set(xlabel=_("load, erlangs"), ylim=(0, 1.05))
        text = _(
            "Line of occupancy against load at the same service level, {target} within 20 seconds."
            " It rises from {low} at {small:g} erlangs to {high} at {large:g} erlangs."
        )
        return Picture(figure, text.format(target=share(target), **ends))


def cost_of_service(curve: pd.DataFrame) -> Picture:
    """What an hour costs at each service level: the last points cost most.

    curve  from staffing.cost_curve, two rows or more

    >>> cost_of_service(staffing.cost_curve(30, 300))
    Line of the staff cost of an hour against the service level asked for, 50 % to 99 %. ...
    """
    if len(curve) < 2:
        raise InputError(_("curve needs at least two rows; give cost_curve two targets or more."))
    first, last = curve.iloc[0], curve.iloc[-1]
    more = last["staff_cost"] - first["staff_cost"]
    with look():
        title = _("From {low} to {high} in time costs {more} more an hour")
        ends = {"low": share(first["target"]), "high": share(last["target"]), "more": money(more)}
        figure, axes = sheet(title.format(**ends))
        axes.plot(curve["target"], curve["staff_cost"], "o-", color=BLUE, ms=10)
        for row, (side, place) in ((first, (0, 14)), (last, (-14, 0))):
            words = _("{agents:.0f} agents\n{cost}").format(agents=row["agents"], cost=money(row["staff_cost"]))
            spot = (row["target"], row["staff_cost"])
            axes.annotate(words, spot, (side, place), textcoords="offset points", ha="right" if side else "left")
        percent_axis(axes, x=_("calls to be answered in time"))
        money_axis(axes, y=_("staff cost of an hour"))
        axes.margins(y=0.35)
        text = _(
            "Line of the staff cost of an hour against the service level asked for, {low} to {high}."
            " It rises from {start} to {end}, {more} more, and the last points rise most steeply."
        )
        parts = {"start": money(first["staff_cost"]), "end": money(last["staff_cost"])}
        return Picture(figure, text.format(**ends, **parts))


def break_even_lines(fixed: float, per_call: float, price: float, price_fixed: float = 0.0) -> Picture:
    """Cost of own agents and of a service provider against the number of calls, with the point where they meet.

    fixed, per_call, price, price_fixed  ¥, as for staffing.inhouse_or_outsourced

    Raises InputError where no number of calls breaks even.

    >>> break_even_lines(fixed=100_000, per_call=6, price=11)
    Two lines of cost against calls, own agents and a service provider. They meet at 20,000 calls and ¥220,000. ...
    """
    meet = staffing.break_even_calls(fixed, per_call, price, price_fixed)
    table = staffing.inhouse_or_outsourced([0, 2 * meet or 1], fixed, per_call, price, price_fixed)
    at = staffing.inhouse_or_outsourced(meet, fixed, per_call, price, price_fixed)["inhouse"].iloc[0]
    with look():
        title = _("Beyond {calls} calls, own agents are cheaper").format(calls=number(meet))
        figure, axes = sheet(title)
        for column, colour, style, name in (
            ("inhouse", BLUE, "-", _("own agents")),
            ("outsourced", ORANGE, "--", _("service provider")),
        ):
            axes.plot(table["calls"], table[column], style, color=colour)
            end = (table["calls"].iloc[-1], table[column].iloc[-1])
            axes.annotate(name, end, (6, 0), textcoords="offset points", va="center")
        axes.plot(meet, at, "o", color=RED, ms=14, mec="black", zorder=5)
        words = _("{calls} calls\n{cost}").format(calls=number(meet), cost=money(at))
        axes.annotate(words, (meet, at), (14, -8), textcoords="offset points", va="top")
        axes.set(xlim=(0, 2.9 * meet or 1), ylim=(0, None), xlabel=_("calls in the period"))
        axes.xaxis.set_major_formatter(lambda value, place: number(value))
        money_axis(axes, y=_("cost in the period"))
        text = _(
            "Two lines of cost against calls, own agents and a service provider. They meet at {calls} calls and {cost}."
            " With fewer calls the provider is cheaper, with more the own agents, who cost {fixed} from the start."
        )
        return Picture(figure, text.format(calls=number(meet), cost=money(at), fixed=money(fixed)))
