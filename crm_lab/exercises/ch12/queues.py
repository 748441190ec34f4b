"""Lab 12, formulas by hand: Erlang C from Erlang B, and Erlang A from the birth–death chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from crm_lab import staffing
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

HANDLING, PATIENCE = 300, 240  # seconds, stated in the tasks

# ---- Erlang C


def waiting(load: float, agents: int) -> float:
    """Erlang C; 1 where the agents cannot carry the load."""
    return staffing.erlang_c(load, agents) if agents > load else 1.0


def busiest(t: Tables) -> tuple[float, int]:
    """Load in erlangs of the busiest half-hour ever, and the agents who were on duty."""
    calls = t.table("call_intervals")
    top = calls.nlargest(1, "offered").iloc[0]
    return round(float(top["offered"]) * HANDLING / 1800, 2), int(top["agents"])


def _pairs(t: Tables) -> list[tuple[Any, ...]]:
    load, agents = busiest(t)
    return [(2, 3), (0.5, 1), (10, 14), (26.4, 30), (48, 55), (5, 5), (12, 9), (load, agents + 9), (1800.5, 1840)]


def _only_if_stable(load: float, agents: int, value: float) -> float:
    return value if agents > load else 1.0


def _one_short(load: float, agents: int) -> float:
    """Erlang C with a B whose recursion ends one agent too early."""
    blocked = staffing.erlang_b(load, agents - 1)
    return agents * blocked / (agents - load + load * blocked)


def _not_everyone_blocked(load: float, agents: int) -> float:
    blocked = staffing.erlang_b(load, agents)
    return min(1.0, agents * blocked / (agents - load)) if agents > load else 1.0


def _waits_mean(t: Tables, answer: Any) -> str:
    load, agents = busiest(t)
    return _(
        "The busiest half-hour of two years brought {load:.1f} erlangs to {agents} agents: {share:.0%} of the callers "
        "would wait if nobody gave up. Ten agents more would bring that to {more:.0%}."
    ).format(load=load, agents=agents, share=waiting(load, agents), more=waiting(load, agents + 10))


waits = Exercise(
    name="waits",
    lab="12",
    title=_("Erlang C by hand"),
    points=4,
    sections=("erlang-idea", "b-idea", "c-idea"),
    kind="function",
    answer="number",
    probes=_pairs,
    reference=lambda t: waiting,
    by_hand="staffing.erlang_c",
    mistakes=(
        Mistake(
            "Erlang B",
            lambda t: lambda load, agents: _only_if_stable(load, agents, staffing.erlang_b(load, agents)),
            _("This is Erlang B, where a call that finds all busy is lost. Here it waits: turn B into C at the end."),
        ),
        Mistake(
            "recursion too short",
            lambda t: lambda load, agents: _only_if_stable(load, agents, _one_short(load, agents)),
            _("Your recursion ends one agent too early. range(1, agents) stops before agents; add 1."),
        ),
        Mistake(
            "denominator",
            lambda t: _not_everyone_blocked,
            _("Your denominator is agents − load. The formula adds load · B to it."),
        ),
        Mistake(
            "occupancy",
            lambda t: lambda load, agents: min(1.0, load / agents),
            _("This is the occupancy. A caller waits only if all agents are busy at once, not if one of them is."),
        ),
        Mistake(
            "waits of an overloaded team",
            lambda t: lambda load, agents: staffing.erlang_c(load, agents) if agents > load else 0.0,
            _("You return 0 where the agents cannot carry the load. There everybody waits."),
        ),
    ),
    hints=(
        _("Begin with blocked = 1, then let a loop run over 1, 2, … agents and replace blocked each time."),
        _(
            "for n in range(1, agents + 1): blocked = load * blocked / (n + load * blocked). One line then makes C of "
            "it."
        ),
        _("If agents <= load return 1.0, else agents * blocked / (agents - load + load * blocked)."),
    ),
    meaning=_waits_mean,
)

# ---- Erlang A


def given_up(arrival_rate: float, service_rate: float, abandonment_rate: float, agents: int) -> float:
    """Share of the calls given up, by Erlang A."""
    return staffing.erlang_a(arrival_rate, service_rate, abandonment_rate, agents).abandonment


def _queues(t: Tables) -> list[tuple[Any, ...]]:
    load, agents = busiest(t)
    busy = (round(load / HANDLING, 4), 1 / HANDLING, 1 / PATIENCE, agents)
    return [(5, 1, 1, 3), (48, 1, 0.5, 50), (0.1, 1 / 300, 1 / 240, 32), (30, 1, 2, 20), (8, 1, 0.25, 12), busy]


def _everyone_leaves(arrival_rate: float, service_rate: float, abandonment_rate: float, agents: int) -> float:
    """The birth–death chain in which even callers on the line give up."""
    number = np.arange(1, 4_001)
    logs = np.cumsum(np.log(arrival_rate / (np.minimum(number, agents) * service_rate + number * abandonment_rate)))
    weights = np.exp(logs - max(logs.max(), 0))
    chances = weights / (weights.sum() + np.exp(-max(logs.max(), 0)))
    return float(abandonment_rate * (np.maximum(number - agents, 0) @ chances) / arrival_rate)


def _patient_means(t: Tables, answer: Any) -> str:
    rate, service_rate, leaving, agents = _queues(t)[-1]
    lost = given_up(rate, service_rate, leaving, agents)
    return _(
        "In the busiest half-hour of two years {agents} agents lose {lost:.1%} of the callers. Patience works like a "
        "valve: those who give up shorten the queue of the others, so even a team that is too small does not drown."
    ).format(agents=agents, lost=lost)


patient = Exercise(
    name="patient",
    lab="12",
    title=_("Erlang A by hand"),
    points=4,
    sections=("a-idea",),
    kind="function",
    answer="number",
    stretch=True,
    probes=_queues,
    reference=lambda t: given_up,
    by_hand="staffing.erlang_a",
    mistakes=(
        Mistake(
            "all who wait",
            lambda t: lambda a, s, g, n: staffing.erlang_a(a, s, g, n).wait_probability,
            _("This is the share that waits. Of those who wait, only some give up: θ × mean queue / λ of all."),
        ),
        Mistake(
            "Erlang B",
            lambda t: lambda a, s, g, n: staffing.erlang_b(a / s, n),
            _("This is Erlang B: you let every caller go who finds all agents busy. Here they have patience."),
        ),
        Mistake(
            "callers hang up while talking",
            lambda t: _everyone_leaves,
            _("In your chain all callers can give up, also those on the line. Only n − c of them wait, if n > c."),
        ),
        Mistake(
            "mean wait",
            lambda t: lambda a, s, g, n: staffing.erlang_a(a, s, g, n).mean_wait,
            _("This is the mean wait. The share given up is θ times the mean wait."),
        ),
    ),
    hints=(
        _("With n calls there, one more comes at the rate λ; one leaves at min(n, c)·μ + max(n − c, 0)·θ."),
        _(
            "p[n] = p[n − 1] · λ / (rate at which one leaves with n there). Take logarithms: np.cumsum(np.log(...)), "
            "subtract the largest, np.exp, divide by the sum. Some thousand states are enough."
        ),
        _("Mean queue = Σ max(n − c, 0) · p[n]; callers give up at the rate θ × mean queue, of λ who come."),
    ),
    meaning=_patient_means,
)
