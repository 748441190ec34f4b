"""Who answers the telephone: the agents, the plan of every day, and the shifts that carry it out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.calls import CONTRACTS, LANGUAGES, TEAMS, TOPICS
from crm_lab.world import _names as names
from crm_lab.world._calls.call_parameters import HALF_HOURS, OPENS, TeamParameters

FULL_SHIFT, PART_SHIFT = 17, 8  # half-hours; a full shift holds a break of one
BREAKS = (7, 8, 9)  # half-hours into a full shift
LAST_FULL, LAST_PART = HALF_HOURS - FULL_SHIFT, HALF_HOURS - PART_SHIFT


class Team(NamedTuple):
    """How many agents there are, by contract."""

    full: int
    part: int


def team_for(parameters: TeamParameters, starts: np.ndarray) -> Team:
    """The usual team, or a larger one where the shifts of some week or day need it.

    starts  of these days, which begin on a Monday, as `plan` returns them
    """
    daily = np.stack([starts[:, :, :3].sum(axis=(1, 2)), starts[:, :, 3].sum(axis=1)])
    weekly = np.add.reduceat(daily, np.arange(0, daily.shape[1], 7), axis=1)
    needed = np.maximum(daily.max(axis=1), np.ceil(weekly.max(axis=1) / parameters.days_a_week)).astype(int)
    return Team(*np.maximum(needed, [parameters.full, parameters.part]).tolist())


def make_agents(parameters: TeamParameters, team: Team, seed: int, locale: str) -> pd.DataFrame:
    """The agents of today: first the full-timers, then the part-timers."""
    rng = stream(seed, "agents")
    size = sum(team)
    years = np.minimum(rng.exponential(parameters.years, size), parameters.years_most)
    given, family = names.people(locale)
    first, last = rng.integers(0, len(given), size), rng.integers(0, len(family), size)
    full = np.arange(size) < team.full
    learned = np.floor(years * parameters.topics_a_year + rng.random(size))
    known = np.clip(1 + learned, 1, len(TOPICS)).astype(int)
    return pd.DataFrame(
        {
            "agent_id": [f"A{n:02d}" for n in range(1, size + 1)],
            "name": [names.full_name(locale, given[g], family[f]) for g, f in zip(first, last, strict=True)],
            "team": np.take(TEAMS, rng.permutation(np.arange(size) % len(TEAMS))),
            "contract": np.where(full, *CONTRACTS),
            "hours_per_week": np.where(full, *parameters.hours),
            "hired_at": pd.Timestamp(parameters.latest_hired) - pd.to_timedelta(np.floor(years * 365), unit="D"),
            "languages": rng.choice(LANGUAGES, size, p=parameters.languages),
            "skills": [";".join(TOPICS[:count]) for count in known],
        }
    )


def plan(required: np.ndarray, full_share: float = TeamParameters.full_share) -> tuple[np.ndarray, np.ndarray]:
    """Shifts that cover the agents required, (days, 28), day by day from morning to evening.

    full_share  of the agents lacking who start a full shift, as long as one still fits into the day

    Returns the number starting, (days, 28, 4): full shifts by break, then part shifts; and the agents on duty.
    """
    starts = np.zeros((*required.shape, 4), dtype=np.int64)
    duty = np.zeros((len(required), HALF_HOURS + FULL_SHIFT), dtype=np.int64)
    for slot in range(LAST_PART + 1):
        ahead = slice(slot, HALF_HOURS if slot == LAST_PART else slot + 1)
        lack = np.maximum(required[:, ahead] - duty[:, ahead], 0).max(axis=1)
        full = np.ceil(full_share * lack).astype(np.int64) if slot <= LAST_FULL else 0 * lack
        starts[:, slot, 3] = lack - full
        duty[:, slot : slot + PART_SHIFT] += (lack - full)[:, None]
        duty[:, slot : slot + FULL_SHIFT] += full[:, None]
        for number, pause in enumerate(BREAKS):
            starts[:, slot, number] = (full + number) // len(BREAKS)
            duty[:, slot + pause] -= starts[:, slot, number]
    return starts, duty[:, :HALF_HOURS]


def make_shifts(starts: np.ndarray, days: pd.DatetimeIndex, team: Team, seed: int) -> pd.DataFrame:
    """Give the shifts of each day to agents: first to those who worked least this week. Sorted by day and agent.

    starts  of these days, as `plan` returns them
    team    who shares them
    Columns: agent (row in agents), day (of `days`), start, end, pause (half-hours since opening; pause -1: none).
    """
    rng = stream(seed, "shifts")
    worked = np.zeros(sum(team))
    rows = []
    for number, (day, date) in enumerate(zip(starts, days, strict=True)):
        worked *= date.day_of_week > 0
        slot, kind = np.divmod(np.repeat(np.arange(day.size), day.ravel()), day.shape[1])
        for part in (False, True):
            begin, form = slot[(kind == 3) == part], kind[(kind == 3) == part]
            staff = np.arange(team.full, len(worked)) if part else np.arange(team.full)
            chosen = staff[np.argsort(worked[staff] + rng.random(len(staff)))[: len(begin)]]
            worked[chosen] += 1
            pause = np.full(len(begin), -1) if part else begin + np.take(BREAKS, form)
            length = PART_SHIFT if part else FULL_SHIFT
            rows.append(np.column_stack([chosen, np.full(len(begin), number), begin, begin + length, pause]))
    columns = ["agent", "day", "start", "end", "pause"]
    return pd.DataFrame(np.concatenate(rows), columns=columns).sort_values(["day", "agent"], ignore_index=True)


def shift_table(shifts: pd.DataFrame, days: pd.DatetimeIndex, agents: pd.DataFrame) -> pd.DataFrame:
    """The shifts as the company's table."""

    def moment(half_hours: pd.Series) -> pd.Series:
        hours = pd.to_timedelta(OPENS * 60 + 30 * half_hours.to_numpy(), unit="min")
        return pd.Series(days[shifts["day"]] + hours).astype("datetime64[us]")

    paused = shifts["pause"] >= 0
    return pd.DataFrame(
        {
            "agent_id": agents["agent_id"].to_numpy()[shifts["agent"]],
            "starts_at": moment(shifts["start"]),
            "ends_at": moment(shifts["end"]),
            "break_starts_at": moment(shifts["pause"]).where(paused),
            "break_ends_at": moment(shifts["pause"] + 1).where(paused),
        }
    )


def spells(shifts: pd.DataFrame, agents: int, days: int) -> np.ndarray:
    """The shifts as `crm_lab.queueing` takes them: (agents, 2, 2, days), seconds since opening, inf for none."""
    answer = np.full((agents, 2, 2, days), np.inf)
    agent, day, start, end, pause = shifts[["agent", "day", "start", "end", "pause"]].to_numpy().T
    paused = pause >= 0
    answer[agent, 0, 0, day] = start
    answer[agent, 0, 1, day] = np.where(paused, pause, end)
    answer[agent, 1, 0, day] = np.where(paused, pause + 1, np.inf)
    answer[agent, 1, 1, day] = np.where(paused, end, np.inf)
    return answer * 1800
