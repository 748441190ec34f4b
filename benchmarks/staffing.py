"""Staffing: agents for a service level at twenty and at thousands of erlangs, and Erlang A.

The peers pyworkforce and call-center-tools are nobody's dependency: where one is not installed, its rows are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from types import ModuleType

import numpy as np

from benchmarks.timing import Result, against
from crm_lab import staffing

HANDLING, WITHIN, TARGET = 300.0, 20.0, 0.8
LOADS = (20.0, 5_000.0)
REPEATS = {20.0: 200, 5_000.0: 1}  # calls in one measurement, so that it lasts long enough to be timed


def repeated(action: Callable[[], object], times: int) -> Callable[[], None]:
    """The action so many times in a row."""

    def run() -> None:
        for _ in range(times):
            action()

    return run


def installed(name: str) -> ModuleType | None:
    """A peer, or None."""
    try:
        return import_module(name)
    except ImportError:
        print(f"{name} is not installed; its rows are left out")
        return None


def with_pyworkforce(module: ModuleType, load: float) -> int:
    """Agents by pyworkforce, in minutes."""
    queue = module.ErlangC(transactions=load * 1800 / HANDLING, aht=HANDLING / 60, asa=WITHIN / 60, interval=30)
    return queue.required_positions(service_level=TARGET)["raw_positions"]


def with_call_center_tools(module: ModuleType, load: float) -> int:
    """Agents by call-center-tools; a limit of the occupancy just below 1, as at 1 it divides by zero."""
    found = module.calc_staffing(load * 3600 / HANDLING, HANDLING, max_occupancy=0.99999, target_answer_time=WITHIN)
    return found.agents


def chain(load: float, agents: int, states: int) -> float:
    """Share given up by the birth–death chain, θ = μ, cut off at so many states: what a lab asks for by hand."""
    number = np.arange(1, states)
    down = np.minimum(number, agents) + np.maximum(number - agents, 0)
    logs = np.concatenate([[0.0], np.cumsum(np.log(load / down))])
    weights = np.exp(logs - logs.max())
    return float(np.maximum(np.arange(states) - agents, 0) @ weights / weights.sum() / load)


def sizing() -> list[Result]:
    """The fewest agents for 80/20, ours in one pass against the peers' search."""
    peers: list[tuple[str, ModuleType | None, Callable[[ModuleType, float], int]]] = [
        ("pyworkforce", installed("pyworkforce"), with_pyworkforce),
        ("call-center-tools", installed("call_center_tools"), with_call_center_tools),
    ]
    rows = []
    for load in LOADS:
        ours = staffing.agents_needed(load, HANDLING, TARGET, WITHIN)
        for name, module, find in peers:
            if module is None:
                continue
            theirs = find(module, load)
            rows.append(
                against(
                    f"agents_needed, {load:,.0f} erlangs × {REPEATS[load]}: {ours:,}",
                    repeated(partial(staffing.agents_needed, load, HANDLING, TARGET, WITHIN), REPEATS[load]),
                    f"{name}: {theirs:,}",
                    repeated(partial(find, module, load), REPEATS[load]),
                    pairs=5,
                )
            )
    return rows


def patience() -> list[Result]:
    """Erlang A with everything it returns, against the share given up alone from a chain long enough to be right."""
    return [
        against(
            f"erlang_a, {load:,} erlangs on {agents:,} agents",
            partial(staffing.erlang_a, load, 1.0, 1.0, agents),
            f"birth–death chain in NumPy, {states:,} states",
            partial(chain, load, agents, states),
        )
        for load, agents, states in ((20, 22, 200), (5_000, 5_000, 12_000))
    ]


def run() -> list[Result]:
    """Sizing, then patience."""
    return [*sizing(), *patience()]
