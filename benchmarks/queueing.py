"""Simulated calls a second: the recursion against bare SimPy, the story and Ciw; and a million calls for each team.

Ciw is nobody's dependency: where it is not installed, its row is left out. Rates let a peer do with fewer calls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from types import ModuleType

import numpy as np
import pandas as pd
import simpy

from benchmarks.staffing import installed
from benchmarks.timing import Result, alone, milliseconds
from crm_lab import queueing

TALK, PATIENCE, LOAD = 300.0, 240.0, 0.96  # seconds; offered traffic for each agent
PEER_CALLS, PAIRS = 10_000, 5
TEAMS = range(16, 26)

SHAPES = ((1_000, 1_000), (1_700, 588), (50_000, 20), (50_000, 1))  # calls in a row, and such rows side by side

SWEEP = f"""
import numpy as np
from crm_lab import queueing
rng = np.random.default_rng(1)
arrival = rng.exponential({TALK} / ({LOAD} * 20), (1_000, 1_000)).cumsum(axis=0)
service, patience = rng.exponential({TALK}, arrival.shape), rng.exponential({PATIENCE}, arrival.shape)
for agents in {list(TEAMS)}:
    told = queueing.simulate(arrival, service, patience, agents)
    print(agents, ((told.wait <= 20) & ~told.abandoned).mean())
"""
DRAWN = SWEEP.split("for agents")[0]


def drawn(calls: int, days: int, agents: int = 20) -> list[np.ndarray]:
    """Arrivals, talk times and patience of so many days, in seconds."""
    rng = np.random.default_rng(1)
    arrival = rng.exponential(TALK / (LOAD * agents), (calls, days)).cumsum(axis=0)
    return [arrival, rng.exponential(TALK, arrival.shape), rng.exponential(PATIENCE, arrival.shape)]


def bare_simpy(times: Sequence[np.ndarray], agents: int = 20) -> list[float]:
    """The model of a SimPy tutorial: a resource, and callers who give up. Returns the waits."""
    env, waits = simpy.Environment(), list[float]()
    desk = simpy.Resource(env, agents)

    def caller(arrival: float, service: float, patience: float):  # type: ignore[no-untyped-def]
        yield env.timeout(arrival)
        with desk.request() as turn:
            yield turn | env.timeout(patience)
            waits.append(env.now - arrival)
            if turn.triggered:
                yield env.timeout(service)

    for row in zip(*(part.ravel().tolist() for part in times), strict=True):
        env.process(caller(*row))
    env.run()
    return waits


def with_story(times: Sequence[np.ndarray], agents: int = 20) -> list[float]:
    """The story of this course, with all that it could do besides."""
    calls = pd.DataFrame(
        {name: part.ravel() for name, part in zip(("arrival", "service", "patience"), times, strict=True)}
    )
    return queueing.story(calls, agents)["wait"].tolist()


def with_ciw(ciw: ModuleType, calls: int, agents: int = 20) -> list[object]:
    """The same kind of queue in Ciw, which draws its own times."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(LOAD * agents / TALK)],
        service_distributions=[ciw.dists.Exponential(1 / TALK)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE)],
        number_of_servers=[agents],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(calls, method="Arrive")
    records: list[object] = simulation.get_all_records()
    return records


def against(shape: tuple[int, int], name: str, peer: Callable[[], object], pairs: int = PAIRS) -> Result:
    """Calls a second of a million calls in one pass, and of a few thousand by a peer."""
    times = drawn(*shape)
    ours = partial(queueing.simulate, *times, 20)
    ours(), peer()
    rates = [(1000 * times[0].size / milliseconds(ours), 1000 * PEER_CALLS / milliseconds(peer)) for _ in range(pairs)]
    mine, theirs = (median(column) for column in zip(*rates, strict=True))
    return Result(
        f"simulate, 20 agents, calls × days side by side: {shape[0]:,} × {shape[1]:,}",
        f"{name}, {PEER_CALLS:,} calls",
        mine,
        theirs,
        [one / other for one, other in rates],
        "calls/s",
    )


def rates() -> list[Result]:
    """The recursion at four shapes of one million calls, and at one of them against each peer."""
    times = drawn(PEER_CALLS, 1)
    simple, told = partial(bare_simpy, times), partial(with_story, times)
    rows = [against(shape, "bare SimPy", simple) for shape in SHAPES]
    rows.append(against(SHAPES[0], "story", told))
    if ciw := installed("ciw"):
        rows.append(against(SHAPES[0], "Ciw", partial(with_ciw, ciw, PEER_CALLS)))
    return rows


def sweep() -> list[Result]:
    """A million calls for each of ten teams in a fresh process of one thread: time and highest memory."""
    costs = [(alone(SWEEP), alone(DRAWN)) for _ in range(3)]
    rows = []
    for field, unit, what in (("ms", "ms", ""), ("mb", "MB", ", highest memory")):
        mine, theirs = ([getattr(one, field) for one in column] for column in zip(*costs, strict=True))
        rows.append(
            Result(
                f"a million calls × {len(TEAMS)} teams in a fresh process{what}",
                f"drawing them alone{what}",
                median(mine),
                median(theirs),
                [one / other for one, other in zip(mine, theirs, strict=True)],
                unit,
            )
        )
    return rows


def run() -> list[Result]:
    """Calls a second against peers, then the sweep."""
    return [*rates(), *sweep()]
