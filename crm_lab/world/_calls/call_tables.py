"""The call centre: half-hours by quarter, and every single call of one week, at the scale of the whole company.

Half-hours are drawn from the exact law of a steady half-hour (Erlang A); the week is played call by call through
`crm_lab.queueing`, and its half-hours are counted from the calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.queueing import Waits, simulate
from crm_lab.schema.calls import OUTCOMES, TOPICS
from crm_lab.world._calls.call_load import day_types, draw_arrivals, draw_levels, expected_calls
from crm_lab.world._calls.call_parameters import HALF_HOURS, OPENS, SHIFTS_FROM, WEEK_DAYS, WEEK_FROM, CallParameters
from crm_lab.world._calls.call_service import service
from crm_lab.world._calls.rota import make_agents, make_shifts, plan, shift_table, spells, team_for
from crm_lab.world._clock import Clock
from crm_lab.world._coded import coded
from crm_lab.world.parameters import FIRST_DAY, QUARTERS

STARTS = [f"{OPENS + n // 2:02d}:{n % 2 * 30:02d}" for n in range(HALF_HOURS)]


@dataclass(frozen=True)
class Load:
    """The half-hours of one quarter, each array (days, 28): expected calls, calls that came, agents on duty.

    days    of the quarter
    kind    type of each day
    starts  shifts that start, (days, 28, 4)
    quick, lost  chance of a caller to be answered at once, or to give up, by the law of the queue
    """

    days: pd.DatetimeIndex
    kind: np.ndarray
    expected: np.ndarray
    offered: np.ndarray
    starts: np.ndarray
    agents: np.ndarray
    quick: np.ndarray
    lost: np.ndarray

    @property
    def service_level(self) -> float:
        """Share of all callers who are answered within the time that counts as quick, as the law expects."""
        return float((self.expected * self.quick).sum() / self.expected.sum())

    @property
    def hours(self) -> float:
        """Hours on duty of all agents together."""
        return float(self.agents.sum() / 2)


class CallCentre:
    """The call centre of one company, quarter by quarter. What has been asked for once is kept.

    In every method `staffing` is the number of agents planned, as a multiple of the usual.
    """

    def __init__(self, parameters: CallParameters, clock: Clock, seed: int, locale: str) -> None:
        self.parameters, self.clock, self.seed, self.locale = parameters, clock, seed, locale
        self._loads: dict[tuple[int, float], Load] = {}
        self._records: dict[float, dict[str, pd.DataFrame]] = {}

    @cached_property
    def _kind(self) -> np.ndarray:
        return day_types(self.parameters, self.clock)

    def load(self, quarter: int, staffing: float = 1.0) -> Load:
        """Calls and agents of every half-hour of a quarter."""
        if (quarter, staffing) not in self._loads:
            part = self.clock.days_of(quarter)
            days, kind = self.clock.days[part], self._kind[part]
            self._loads[quarter, staffing] = make_load(self.parameters, days, kind, self.seed, quarter, staffing)
        return self._loads[quarter, staffing]

    def intervals(self, quarter: int, staffing: float = 1.0) -> pd.DataFrame:
        """The rows of call_intervals of a quarter; those of the week played call by call are counted from its calls."""
        rows = _intervals(self.parameters, self.load(quarter, staffing), self.seed, quarter)
        if quarter == QUARTERS - 1:
            first = int(np.flatnonzero(self.load(quarter).days == WEEK_FROM)[0])
            calls = self.record(staffing)["calls"]
            _count_week(rows, calls, first * HALF_HOURS, self.parameters.within)
        return rows

    def record(self, staffing: float = 1.0) -> dict[str, pd.DataFrame]:
        """The tables agents, shifts and calls of the last weeks of the record; who calls is to come, see callers."""
        if staffing not in self._records:
            load = self.load(QUARTERS - 1, staffing)
            self._records[staffing] = _last_weeks(self.parameters, load, self.seed, self.locale)
        return self._records[staffing]


def make_load(
    parameters: CallParameters, days: pd.DatetimeIndex, kind: np.ndarray, seed: int, quarter: int, staffing: float = 1.0
) -> Load:
    """Calls and agents of every half-hour of one quarter. The plan knows what is expected, not the level of the day.

    days, kind  of the quarter, and their types
    staffing    agents planned, as a multiple of the usual
    """
    rng = stream(seed, "call_load", 0, quarter)
    levels = draw_levels(parameters, len(days), rng)
    expected = expected_calls(parameters, days, kind) * levels[:, None]
    offered = rng.poisson(expected)
    foreseen = expected_calls(parameters, days, kind, parameters.plan_festival)
    foreseen = foreseen * _plan_error(parameters, days, seed)[:, None]
    load = foreseen * parameters.handling()[0] / 1800
    required = staffing * (load + parameters.plan_safety * np.sqrt(load))
    starts, agents = plan(np.maximum(np.ceil(required), 1).astype(np.int64))
    mean, _ = parameters.handling()
    quick, lost = service(expected / 1800, agents, mean, parameters.patience_mean, parameters.within)
    return Load(days, kind, expected, offered, starts, agents, quick, lost)


def _plan_error(parameters: CallParameters, days: pd.DatetimeIndex, seed: int) -> np.ndarray:
    """By what factor the plan of each day's week is off; a week may lie in two quarters."""
    week = ((days - pd.Timestamp(FIRST_DAY)).days // 7).to_numpy()  # the first day is a Monday
    numbers, place = np.unique(week, return_inverse=True)
    error = np.array([stream(seed, "plan_of_week", 0, number).standard_normal() for number in numbers.tolist()])
    return np.exp(parameters.plan_error * np.clip(error, -2, 2))[place]


def _last_weeks(parameters: CallParameters, load: Load, seed: int, locale: str) -> dict[str, pd.DataFrame]:
    recent = load.days >= pd.Timestamp(SHIFTS_FROM)
    days = load.days[recent]
    team = team_for(parameters.team, load.starts[recent])
    agents = make_agents(parameters.team, team, seed, locale)
    shifts = make_shifts(load.starts[recent], days, team, seed)
    first = int(np.flatnonzero(load.days == WEEK_FROM)[0])
    before = first - int(np.flatnonzero(recent)[0])
    week = shifts[shifts["day"].between(before, before + WEEK_DAYS - 1)]
    roster = spells(week.assign(day=week["day"] - before), len(agents), WEEK_DAYS)
    calls = _calls(parameters, load.offered[first : first + WEEK_DAYS], roster, agents, seed)
    return {"agents": agents, "shifts": shift_table(shifts, days, agents), "calls": calls}


def _intervals(parameters: CallParameters, load: Load, seed: int, quarter: int) -> pd.DataFrame:
    rng, offered = stream(seed, "call_intervals", 0, quarter), load.offered
    mean, sd = parameters.handling()
    abandoned = rng.binomial(offered, np.clip(load.lost, 0, 1))
    answered = offered - abandoned
    soon = rng.binomial(answered, np.minimum(load.quick / (1 - load.lost), 1))
    shape = np.maximum(answered, 1) * (mean / sd) ** 2  # a mean of that many handling times
    handling = np.where(answered > 0, rng.gamma(shape) / shape * mean, np.nan)
    return pd.DataFrame(
        {
            "date": np.repeat(load.days, HALF_HOURS),
            "start": coded(STARTS, np.tile(np.arange(HALF_HOURS), len(load.days))),
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
