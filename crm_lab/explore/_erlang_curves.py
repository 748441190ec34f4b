"""Staffing in curves: how service and waits depend on agents and size, and where own agents break even."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from crm_lab import staffing
from crm_lab.base.text import _
from crm_lab.explore._chart import Mark, Scale, figure
from crm_lab.explore._marks import Line, Points, Rule
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import BLUE, GREY, ORANGE, RED, money, number, share


def service_level_curve(
    load: float, handling_time: float, target: float = 0.8, within: float = 20, patience: float | None = None
) -> Picture:
    """Calls answered in time against the number of agents, for callers with and without patience.

    load           erlangs, above 0
    handling_time  mean, in seconds
    target         share to be answered within `within` seconds; the fewest agents for it are marked
    patience       mean patience in seconds; None shows only Erlang C, whose curve begins above the load

    >>> service_level_curve(10, 180)  # doctest: +ELLIPSIS
    14 agents answer 80 % of the calls in 20 s; 13 do not. Line at 10: load. nobody gives up (Erlang C): Line of ...
    """
    needed = staffing.agents_needed(load, handling_time, target, within, patience)
    agents, reached = _around(load), _level(load, needed, handling_time, within, patience)
    title = _("{needed} agents answer {target} of the calls in {within:g} s; {fewer} do not")
    parts = {"target": share(target), "needed": number(needed), "fewer": number(needed - 1)}
    endless = (None, _("nobody gives up (Erlang C)"))
    some = [] if patience is None else [(patience, _("patience {patience:g} s (Erlang A)").format(patience=patience))]
    lines = [
        Line(shown, [_level(load, n, handling_time, within, limit) for n in shown], name, colour, style)
        for (limit, name), colour, style in zip([*some, endless], (BLUE, RED), ("o-", "s--"), strict=False)
        for shown in [[n for n in agents if limit or n > load]]
    ]
    return figure(
        title.format(within=within, **parts),
        Rule(target),
        Rule(load, "x", _("load"), ":"),
        *lines,
        Points([needed], [reached], [share(reached)]),
        x=Scale(_("agents"), "{:g}".format),
        y=Scale(_("answered within {within:g} s").format(within=within), share, (0, 1.1)),
        grid="y",
    )


def _around(load: float) -> list[int]:
    """Numbers of agents worth showing for a load, at most some forty."""
    spread = 4 * np.sqrt(load)
    low, high = max(0, int(load - spread / 2)), int(load + spread) + 2
    return list(range(low, high + 1, 1 + (high - low) // 40))


def _level(load: float, agents: int, handling: float, within: float, patience: float | None) -> float:
    """Service level; without patience the agents must be more than the load."""
    leaving = 1 / patience if patience else 0.0
    return staffing.erlang_a(load / handling, 1 / handling, leaving, agents).service_level(within)


def wait_curve(agents: Sequence[int] = (5, 50), handling_time: float = 300) -> Picture:
    """Mean wait against occupancy for teams of different sizes (Erlang C): flat for long, then steep.

    agents         sizes of the teams, each from 1
    handling_time  mean, in seconds

    >>> wait_curve([5, 50])  # doctest: +ELLIPSIS
    Busy 90 % of the time, 5 agents let callers wait 457 s, 50 agents 22 s. Line of mean wait, s over occupancy: ...
    """
    busy = np.linspace(0.3, 0.99, 139)
    at_90 = {n: staffing.mean_wait(0.9 * n, n, handling_time) for n in sorted(agents)}
    small, large = min(at_90), max(at_90)
    title = _("Busy 90 % of the time, {small} agents let callers wait {long:.0f} s, {large} agents {short:.0f} s")
    marks: list[Mark] = []
    for (n, wait), colour, style in zip(at_90.items(), (RED, BLUE, ORANGE, GREY), ("--", "-", "-.", ":"), strict=False):
        note = _("{n} agents: {wait:.0f} s").format(n=n, wait=wait)
        waits = [staffing.mean_wait(n * part, n, handling_time) for part in busy]
        marks += [Line(busy, waits, colour=colour, style=style)]
        marks += [Points([0.9], [wait], [note], colour=colour, size=10, ink=colour)]
    return figure(
        title.format(small=small, large=large, long=at_90[small], short=at_90[large]),
        *marks,
        x=Scale(_("occupancy: share of the time agents are busy"), share, (0.3, 1)),
        y=Scale(_("mean wait, s"), number, (0, 1.25 * at_90[small])),
        grid="y",
    )


def break_even_lines(fixed: float, per_call: float, price: float, price_fixed: float = 0.0) -> Picture:
    """Cost of own agents and of a service provider against the number of calls, with the point where they meet.

    fixed, per_call, price, price_fixed  money, as for staffing.inhouse_or_outsourced

    Raises InputError where no number of calls breaks even.

    >>> break_even_lines(fixed=100_000, per_call=6, price=11)  # doctest: +ELLIPSIS
    Beyond 20,000 calls, own agents are cheaper. own agents: Line of cost in the period over calls in the period: it ...
    """
    meet = staffing.break_even_calls(fixed, per_call, price, price_fixed)
    table = staffing.inhouse_or_outsourced([0, 2 * meet or 1, meet], fixed, per_call, price, price_fixed)
    ends, at = table.iloc[:2], table["inhouse"].iloc[2]
    note = _("{calls} calls\n{cost}").format(calls=number(meet), cost=money(at))
    own, other = _("own agents"), _("service provider")
    return figure(
        _("Beyond {calls} calls, own agents are cheaper").format(calls=number(meet)),
        Line(ends["calls"], ends["inhouse"], own, end=own),
        Line(ends["calls"], ends["outsourced"], other, ORANGE, "--", end=other),
        Points([meet], [at], [note], colour=RED, side="right", away=(14, -46)),
        x=Scale(_("calls in the period"), number, (0, 2.9 * meet or 1)),
        y=Scale(_("cost in the period"), money, (0, None)),
        grid="y",
    )
