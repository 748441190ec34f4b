"""Chats and e-mails by half-hours, and what else became of the calls: hand-overs to specialists, call-back wishes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.calls import TOPICS
from crm_lab.schema.serving import SPECIALISTS, WRITTEN
from crm_lab.world._calls.call_load import day_types, expected_calls
from crm_lab.world._calls.call_parameters import HALF_HOURS, OPENS, CallParameters
from crm_lab.world._clock import Clock
from crm_lab.world._coded import coded
from crm_lab.world._contact.moments import minutes, moments
from crm_lab.world._serving.serving_parameters import HandOverParameters, WrittenParameters


def make_written_intervals(
    parameters: WrittenParameters, calls: CallParameters, clock: Clock, seed: int
) -> pd.DataFrame:
    """The table written_intervals, by day, half-hour and channel: as busy as the telephone is on that day and hour."""
    rng = stream(seed, "written_intervals")
    recent = clock.days >= pd.Timestamp(parameters.since)
    busy = expected_calls(calls, clock.days, day_types(calls, clock))[recent]
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
            "start": coded(starts, half_hour),
            "channel": coded(WRITTEN, channel),
            "offered": offered.ravel(),
            "handling_seconds": np.round(handling.ravel()),
        }
    )


def make_call_notes(
    parameters: HandOverParameters, calls: pd.DataFrame, agents: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """The table call_notes, by call: who is not trained in the topic of a call passes it on more often."""
    rng = stream(seed, "call_notes")
    topic, trained = _trained(calls, agents)
    answered = (calls["outcome"] == "answered").to_numpy()
    passed = answered & (rng.random(len(calls)) < np.where(trained, *parameters.passed))
    asked = (calls["wait_seconds"] > parameters.offered).to_numpy() & ~answered
    wish = asked & (rng.random(len(calls)) < parameters.wish)
    rows = np.flatnonzero(passed | wish)
    passed, wish = passed[rows], wish[rows]
    mean, sd = parameters.seconds
    spread = np.sqrt(np.log1p((sd / mean) ** 2))
    seconds = np.ceil(mean * np.exp(spread * rng.standard_normal(len(rows)) - spread**2 / 2))
    done = wish & (rng.random(len(rows)) < parameters.called_back)
    wait = 10 + np.round(rng.random(len(rows)) ** 2 * (parameters.within * 60 - 10)).astype("int64")
    back = moments(minutes(calls["arrived_at"].to_numpy()[rows]) + wait)
    to = np.array([SPECIALISTS.index(parameters.specialists[name]) for name in TOPICS])
    return pd.DataFrame(
        {
            "call_id": coded(calls["call_id"], rows),
            "specialist": coded(SPECIALISTS, np.where(passed, to[topic[rows]], -1)),
            "specialist_seconds": np.where(passed, seconds, np.nan),
            "call_back": wish,
            "called_back_at": np.where(done, back, np.datetime64("NaT")),
        }
    )


def _trained(calls: pd.DataFrame, agents: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Number of the topic of each call, and whether its agent is trained in it; False for a call nobody answered."""
    skills = np.array([[name in known.split(";") for name in TOPICS] for known in [*agents["skills"], ""]])
    topic = pd.Index(TOPICS).get_indexer(pd.Index(calls["topic"]))
    return topic, skills[pd.Index(agents["agent_id"]).get_indexer(pd.Index(calls["agent_id"])), topic]
