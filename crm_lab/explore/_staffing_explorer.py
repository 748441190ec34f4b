"""The staffing explorer: agents, calls and patience move; service, waits, calls given up and cost follow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

import ipywidgets as widgets

from crm_lab import staffing
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, slider
from crm_lab.explore._marks import Line, Points, Rule
from crm_lab.explore._style import BLUE, ORANGE, money, number, share

_POINTS = 36  # of each curve: as many as the eye needs
HALF_HOUR = 1800


@dataclass(frozen=True)
class Terms:
    """What does not move in one explorer: seconds, money an hour, shares."""

    handling_time: float = 300.0
    within: float = 20.0
    target: float = 0.8
    wage: float = 45.0
    shrinkage: float = 0.3


@dataclass(frozen=True)
class Outcome:
    """What callers and the company get in a steady half-hour.

    load             erlangs
    service_level    share of the offered calls answered in time
    mean_wait        seconds, of all offered calls
    abandonment      share of the offered calls given up
    occupancy        share of the agents' time spent on calls
    paid, cost       agents paid, and money an hour
    needed           fewest agents for the target, with this patience
    needed_endless   the same if nobody ever gave up (Erlang C)
    """

    calls: int
    agents: int
    patience: float
    terms: Terms
    load: float
    service_level: float
    mean_wait: float
    abandonment: float
    occupancy: float
    paid: int
    cost: float
    needed: int
    needed_endless: int


def staffing_outcome(calls: int, agents: int, patience: float = 240.0, **terms: float) -> Outcome:
    """What so many agents do for so many calls in half an hour, by Erlang A.

    calls     in half an hour, from 0
    agents    on the telephone, from 0
    patience  mean, in seconds (exponential), above 0
    terms     handling_time and within in seconds, target and shrinkage as shares, wage an hour

    Raises InputError when an argument is out of range.

    >>> outcome = staffing_outcome(calls=180, agents=32)
    >>> round(outcome.service_level, 3), outcome.needed, outcome.needed_endless, outcome.cost
    (0.764, 33, 36, 2070.0)
    """
    return _outcome(calls, agents, patience, Terms(**terms))


def _outcome(calls: int, agents: int, patience: float, terms: Terms) -> Outcome:
    load = calls * terms.handling_time / HALF_HOUR
    goal = (load, terms.handling_time, terms.target, terms.within)
    needed, endless = staffing.agents_needed(*goal, patience), staffing.agents_needed(*goal)
    met = staffing.erlang_a(calls / HALF_HOUR, 1 / terms.handling_time, 1 / patience, agents)
    paid = staffing.with_shrinkage(agents, terms.shrinkage)
    return Outcome(
        calls,
        agents,
        patience,
        terms,
        load,
        service_level=met.service_level(terms.within),
        mean_wait=met.mean_wait,
        abandonment=met.abandonment,
        occupancy=met.occupancy,
        paid=paid,
        cost=terms.wage * paid,
        needed=needed,
        needed_endless=endless,
    )


def staffing_explorer(calls: int = 120, patience: float = 240.0, **terms: float) -> StaffingExplorer:
    """A widget to move agents, calls and patience and see service, waits, calls given up and cost.

    calls     in a typical half-hour, at least 6; the sliders span what such a centre meets, from a dozen agents to
              thousands
    patience  mean, in seconds, where its slider starts, 30 to 900
    terms     as for staffing_outcome

    Where no kernel runs, the stored output shows its picture instead. Raises InputError outside these ranges.

    >>> staffing_explorer(calls=12_000).outcome.needed
    1889
    """
    if calls < 6:
        raise InputError(_("calls must be at least 6 in half an hour, not {calls}.").format(calls=calls))
    if not 30 <= patience <= 900:
        raise InputError(_("patience must lie between 30 and 900 seconds, not {0}.").format(patience))
    return StaffingExplorer(calls, patience, Terms(**terms))


class StaffingExplorer(Explorer):
    """Sliders, two curves and a sentence. `.outcome` holds the figures shown, `.picture()` the curves as they stand."""

    kind = "staffing"

    def __init__(self, calls: int, patience: float, terms: Terms) -> None:
        self.terms = terms
        super().__init__(_controls(calls, patience, terms))

    def work_out(self, chosen: dict[str, Any]) -> Outcome:
        """What the sliders lead to, by Erlang A."""
        return _outcome(**chosen, terms=self.terms)

    def chart(self, outcome: Outcome) -> Chart:
        """Service level and calls given up against agents; two dots show where one stands."""
        low, high = self.controls["agents"].min, self.controls["agents"].max
        agents = tuple(range(low, high + 1, max(1, (high - low) // _POINTS)))
        quick, lost = curves(outcome.calls, outcome.patience, outcome.terms, agents)
        here = ([outcome.agents], [outcome.service_level]), ([outcome.agents], [outcome.abandonment])
        return Chart(
            title(outcome),
            (
                Rule(outcome.terms.target),
                Rule(outcome.load, "x", _("load"), ":"),
                Line(agents, quick, _("answered within {0:g} s").format(outcome.terms.within)),
                Line(agents, lost, _("given up"), ORANGE, "--"),
                Points(*here[0], colour=BLUE),
                Points(*here[1], shape="s"),
            ),
            x=Scale(_("agents"), number, (agents[0], agents[-1])),
            y=Scale(_("share of the calls"), share, (-0.02, 1.12)),
            grid="y",
        )

    def summary(self, outcome: Outcome) -> str:
        """What callers meet, what it costs, and how many agents the target needs."""
        return summary(outcome)


def summary(outcome: Outcome) -> str:
    """What callers meet, what it costs, and how many agents the target needs."""
    terms = outcome.terms
    service = _(
        "{agents} agents, {load:.1f} erlangs: {level} of the calls answered within {within:g} s,"
        " mean wait {wait:.0f} s, {lost} given up, agents busy {busy} of the time."
    ).format(
        agents=number(outcome.agents), load=outcome.load, level=share(outcome.service_level, 1), within=terms.within,
        wait=outcome.mean_wait, lost=share(outcome.abandonment, 1), busy=share(outcome.occupancy),
    )  # fmt: skip
    cost = _("{paid} paid at {shrinkage} shrinkage: {cost} an hour.").format(
        paid=number(outcome.paid), shrinkage=share(terms.shrinkage), cost=money(outcome.cost)
    )
    need = _("{target} needs {needed} agents; if nobody ever gave up (Erlang C), {endless}.").format(
        target=share(terms.target), needed=number(outcome.needed), endless=number(outcome.needed_endless)
    )
    return f"{service} {cost} {need}"


def title(outcome: Outcome) -> str:
    """The headline of an outcome."""
    return _("{agents} agents answer {level} within {within:g} s; {lost} give up").format(
        agents=number(outcome.agents), level=share(outcome.service_level), within=outcome.terms.within,
        lost=share(outcome.abandonment),
    )  # fmt: skip


@lru_cache(maxsize=64)  # the agents' slider moves along curves that stay
def curves(
    calls: int, patience: float, terms: Terms, agents: tuple[int, ...]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Service level and share given up for each number of agents."""
    met = [staffing.erlang_a(calls / HALF_HOUR, 1 / terms.handling_time, 1 / patience, n) for n in agents]
    return tuple(one.service_level(terms.within) for one in met), tuple(one.abandonment for one in met)


def _controls(calls: int, patience: float, terms: Terms) -> dict[str, Any]:
    load = calls * terms.handling_time / HALF_HOUR
    spread = sqrt(load)
    few, many = max(1, round(load - 3 * spread)), round(load + 4 * spread) + 2
    less, more = max(1, round(calls * (1 - 3 / (3 + spread)))), round(calls * (1 + 3 / spread))
    start = staffing.agents_needed(load, terms.handling_time, terms.target, terms.within, patience)
    return {
        "agents": _steps(_("Agents"), start, few, many),
        "calls": _steps(_("Calls in half an hour"), calls, less, more),
        "patience": _steps(_("Mean patience, s"), round(patience), 30, 900, 30),
    }


def _steps(name: str, start: int, low: int, high: int, step: int = 0) -> widgets.IntSlider:
    """A slider of some 120 steps, one of them at its start."""
    step = step or max(1, (high - low) // 120)
    low, high = start - (start - low) // step * step, start + (high - start) // step * step
    return slider(name, start, low, high, step)
