"""Chats and e-mails by half-hours, and what else became of the calls: hand-overs to specialists, call-back wishes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.serving import WRITTEN
from crm_lab.world.calls.call_load import day_types, expected_calls
from crm_lab.world.calls.parameters import HALF_HOURS, OPENS, CallParameters
from crm_lab.world.clock import Clock
from crm_lab.world.serving.parameters import HandOverParameters, WrittenParameters


def make_written_intervals(
    parameters: WrittenParameters, calls: CallParameters, clock: Clock, seed: int
) -> pd.DataFrame:
    """The table written_intervals, by day, half-hour and channel: as busy as the telephone is on that day and hour."""
    rng = stream(seed, "written_intervals")
    recent = clock.days >= pd.Timestamp(parameters.since)
    busy = expected_calls(calls, clock, day_types(calls, clock))[recent]
    daily, mean, sd = (
        np.array([values[name] for name in WRITTEN])
        for values in (parameters.daily, parameters.handling_mean, parameters.handling_sd)
    )
    offered = rng.poisson(busy[:, :, None] / calls.daily_calls * daily)
    shape = np.maximum(offered, 1) * (mean / sd) ** 2  # a mean of that many handling times
    handling = np.where(offered > 0, rng.gamma(shape) / shape * mean, np.nan)
    day, half_hour, channel = np.indices(offered.shape).reshape(3, -1)
    starts = [f"{OPENS + n // 2:02d}:{n % 2 * 30:02d}" for n in range(HALF_HOURS)]
    return pd.DataFrame(
        {
            "date": clock.days[recent][day],
            "start": np.take(starts, half_hour),
            "channel": np.take(WRITTEN, channel),
            "offered": offered.ravel(),
            "handling_seconds": np.round(handling.ravel()),
        }
    )


def make_call_notes(
    parameters: HandOverParameters, calls: pd.DataFrame, agents: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """The table call_notes, by call: who is not trained in the topic of a call passes it on more often."""
    rng = stream(seed, "call_notes")
    size = len(calls)
    answered = (calls["outcome"] == "answered").to_numpy()
    passed = answered & (rng.random(size) < np.where(_trained(calls, agents), *parameters.passed))
    mean, sd = parameters.seconds
    spread = np.sqrt(np.log1p((sd / mean) ** 2))
    seconds = np.ceil(mean * np.exp(spread * rng.standard_normal(size) - spread**2 / 2))
    wish = (calls["wait_seconds"] > parameters.offered).to_numpy() & (rng.random(size) < parameters.wish)
    wish &= ~answered
    done = wish & (rng.random(size) < parameters.called_back)
    wait = pd.to_timedelta(10 + np.round(rng.random(size) ** 2 * (parameters.within * 60 - 10)), unit="min")
    back = pd.Series((calls["arrived_at"] + wait).dt.floor("min")).where(done)
    notes = pd.DataFrame(
        {
            "call_id": calls["call_id"],
            "specialist": calls["topic"].map(parameters.specialists).where(passed),
            "specialist_seconds": np.where(passed, seconds, np.nan),
            "call_back": wish,
            "called_back_at": back,
        }
    )
    return notes[passed | wish].reset_index(drop=True)


def _trained(calls: pd.DataFrame, agents: pd.DataFrame) -> np.ndarray:
    """Whether the agent of each call is trained in its topic; False for a call nobody answered."""
    trained = pd.MultiIndex.from_frame(agents[["agent_id", "skills"]].assign(skills=agents["skills"].str.split(";")).explode("skills"))
    return np.asarray(pd.MultiIndex.from_frame(calls[["agent_id", "topic"]]).isin(trained))
