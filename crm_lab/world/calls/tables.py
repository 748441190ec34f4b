"""The call centre: half-hours over two years, and every single call of one week, at the scale of the whole company.

Two years of half-hours are drawn from the exact law of a steady half-hour (Erlang A); the week is played call by call
through `crm_lab.queue`, and its half-hours are counted from the calls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.queue import Waits, simulate
from crm_lab.schema.calls import OUTCOMES, TOPICS
from crm_lab.world.calls.call_load import day_types, draw_arrivals, draw_levels, expected_calls
from crm_lab.world.calls.call_service import service
from crm_lab.world.calls.parameters import HALF_HOURS, OPENS, SHIFTS_FROM, WEEK_DAYS, WEEK_FROM, CallParameters
from crm_lab.world.calls.rota import make_agents, make_shifts, plan, shift_table, spells
from crm_lab.world.clock import Clock
from crm_lab.world.coded import coded

STARTS = [f"{OPENS + n // 2:02d}:{n % 2 * 30:02d}" for n in range(HALF_HOURS)]


@dataclass(frozen=True)
class Load:
    """The half-hours of the two years, each array (days, 28): expected calls, calls that came, agents on duty."""

    kind: np.ndarray
    expected: np.ndarray
    offered: np.ndarray
    starts: np.ndarray
    agents: np.ndarray


def make_call_centre(parameters: CallParameters, clock: Clock, seed: int, locale: str) -> dict[str, pd.DataFrame]:
    """The tables call_intervals, agents, shifts and calls; who calls is still to come, see callers."""
    load = make_load(parameters, clock, seed)
    agents = make_agents(seed, locale)
    recent = clock.days >= pd.Timestamp(SHIFTS_FROM)
    days = clock.days[recent]
    shifts = make_shifts(load.starts[recent], days, seed)
    first = int(np.flatnonzero(clock.days == WEEK_FROM)[0])
    before = first - int(np.flatnonzero(recent)[0])
    week = shifts[shifts["day"].between(before, before + WEEK_DAYS - 1)]
    roster = spells(week.assign(day=week["day"] - before), len(agents), WEEK_DAYS)
    calls = _calls(parameters, load.offered[first : first + WEEK_DAYS], roster, agents, seed)
    intervals = _intervals(parameters, clock, load, seed)
    _count_week(intervals, calls, first * HALF_HOURS, parameters.within)
    return {
        "call_intervals": intervals,
        "agents": agents,
        "shifts": shift_table(shifts, days, agents),
        "calls": calls,
    }


def make_load(parameters: CallParameters, clock: Clock, seed: int) -> Load:
    """Calls and agents of every half-hour. The plan knows what is expected, not the level of the day."""
    rng = stream(seed, "call_load")
    kind = day_types(parameters, clock)
    levels = draw_levels(parameters, len(clock.days), rng)
    expected = expected_calls(parameters, clock, kind) * levels[:, None]
    offered = rng.poisson(expected)
    monday = clock.days.to_period("W").factorize()[0]
    error = np.exp(parameters.plan_error * np.clip(rng.standard_normal(monday.max() + 1), -2, 2))[monday]
    foreseen = expected_calls(parameters, clock, kind, parameters.plan_festival) * error[:, None]
    load = foreseen * parameters.handling()[0] / 1800
    starts, agents = plan(np.ceil(load + parameters.plan_safety * np.sqrt(load)).astype(np.int64))
    return Load(kind, expected, offered, starts, agents)


def _intervals(parameters: CallParameters, clock: Clock, load: Load, seed: int) -> pd.DataFrame:
    rng = stream(seed, "call_intervals")
    mean, sd = parameters.handling()
    quick, lost = service(load.expected / 1800, load.agents, mean, parameters.patience_mean, parameters.within)
    offered = load.offered
    abandoned = rng.binomial(offered, lost)
    answered = offered - abandoned
    soon = rng.binomial(answered, np.minimum(quick / (1 - lost), 1))
    shape = np.maximum(answered, 1) * (mean / sd) ** 2  # a mean of that many handling times
    handling = np.where(answered > 0, rng.gamma(shape) / shape * mean, np.nan)
    return pd.DataFrame(
        {
            "date": np.repeat(clock.days, HALF_HOURS),
            "start": coded(STARTS, np.tile(np.arange(HALF_HOURS), len(clock.days))),
            "day_type": np.repeat(load.kind, HALF_HOURS),
            "offered": offered.ravel(),
            "answered": answered.ravel(),
            "abandoned": abandoned.ravel(),
            "answered_in_20s": soon.ravel(),
            "handling_seconds": np.round(handling.ravel(), 1),
            "agents": load.agents.ravel(),
        }
    )


def _calls(
    parameters: CallParameters, offered: np.ndarray, roster: np.ndarray, agents: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """The calls of the week, in whole seconds. The centre is empty overnight, so each day is a replication."""
    rng = stream(seed, "calls")
    day, second = draw_arrivals(offered, rng)
    topic = rng.choice(len(TOPICS), len(day), p=[parameters.topic_share[t] for t in TOPICS])
    handling = _handling(parameters, topic, rng)
    patience = np.floor(rng.exponential(parameters.patience_mean, len(day)))
    number = np.arange(len(day)) - np.concatenate([[0], np.cumsum(np.bincount(day, minlength=WEEK_DAYS))])[day]

    def by_day(values: np.ndarray, missing: float) -> np.ndarray:
        answer = np.full((number.max(initial=-1) + 1, WEEK_DAYS), missing)
        answer[number, day] = values
        return answer

    waits = simulate(by_day(second, np.inf), by_day(handling, 0), by_day(patience, 0), roster)
    waits = Waits(*(part[number, day] for part in (waits.wait, waits.abandoned, waits.agent)))
    since = (day * 24 + OPENS) * 3600 + second
    return pd.DataFrame(
        {
            "call_id": [f"K{n:06d}" for n in range(1, len(day) + 1)],
            "arrived_at": (pd.Timestamp(WEEK_FROM) + pd.to_timedelta(since, unit="s")).astype("datetime64[us]"),
            "topic": coded(TOPICS, topic),
            "outcome": coded(OUTCOMES, waits.abandoned.astype(int)),
            "wait_seconds": waits.wait.astype("int64"),
            "handling_seconds": np.where(waits.abandoned, np.nan, handling),
            "agent_id": coded(agents["agent_id"], np.where(waits.abandoned, -1, waits.agent)),
        }
    )


def _handling(parameters: CallParameters, topic: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    mean = np.array([parameters.handling_mean[t] for t in TOPICS])[topic]
    sd = np.array([parameters.handling_sd[t] for t in TOPICS])[topic]
    spread = np.sqrt(np.log1p((sd / mean) ** 2))
    return np.maximum(1, np.rint(mean * np.exp(spread * rng.standard_normal(len(topic)) - spread**2 / 2)))


def _count_week(intervals: pd.DataFrame, calls: pd.DataFrame, first: int, within: float) -> None:
    """Replace the half-hours of the week by what its calls add up to. `first`: row of its first half-hour."""
    since = (calls["arrived_at"] - pd.Timestamp(WEEK_FROM)).dt.total_seconds().to_numpy()
    day, second = np.divmod(since, 86_400)
    cell = (day * HALF_HOURS + (second - OPENS * 3600) // 1800).astype(int)
    size, rows = WEEK_DAYS * HALF_HOURS, slice(first, first + WEEK_DAYS * HALF_HOURS - 1)
    answered = (calls["outcome"] == "answered").to_numpy()
    count = np.bincount(cell[answered], minlength=size)
    work = np.bincount(cell[answered], calls["handling_seconds"].to_numpy()[answered], size)
    intervals.loc[rows, "answered"] = count
    intervals.loc[rows, "abandoned"] = np.bincount(cell[~answered], minlength=size)
    quick = answered & (calls["wait_seconds"] <= within).to_numpy()
    intervals.loc[rows, "answered_in_20s"] = np.bincount(cell[quick], minlength=size)
    intervals.loc[rows, "handling_seconds"] = np.where(count > 0, np.round(work / np.maximum(count, 1), 1), np.nan)
