"""One day after the other: a queue by hand, what many days say, and how long callers wait hour by hour."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab import queueing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

HANDLING, PATIENCE, AGENTS = 300, 240, 19  # seconds, stated in the tasks
HALF_HOURS = 16

# ---- what the lab brings along


def peak_calls(t: Tables) -> float:
    """Calls in a half-hour of a Monday from nine to twelve: the mean of the last eight normal ones, whole."""
    busy = t.table("call_intervals").query("day_type == 'normal' and '09:00' <= start < '12:00'")
    return float(round(busy[busy["date"].dt.day_of_week == 0]["offered"].tail(8 * 6).mean()))


def one_day(t: Tables, rng: np.random.Generator) -> pd.DataFrame:
    """Calls of a day at the pace of a Monday morning, times to half a second, so that 20 seconds can be met."""
    arrival = queueing.poisson_arrivals([peak_calls(t)] * HALF_HOURS, 1800, rng)
    times = [arrival, rng.exponential(HANDLING, len(arrival)), rng.exponential(PATIENCE, len(arrival))]
    calls = (2 * pd.DataFrame(dict(zip(["arrival", "service", "patience"], times, strict=True)))).round() / 2
    return calls.assign(important=rng.random(len(calls)) < 0.09, call_back=rng.random(len(calls)) < 0.5)


def many_days(t: Tables, days: int = 40) -> pd.DataFrame:
    """Calls of several days, with `day` from 1."""
    made = queueing.replicate(lambda rng: one_day(t, rng), days, seed=130, workers=1)
    return pd.concat(made, keys=range(1, days + 1), names=["day"]).reset_index("day").reset_index(drop=True)


def mondays(t: Tables) -> pd.DataFrame:
    return t.once("ch13 mondays", lambda: many_days(t)).copy()


def waits(t: Tables) -> pd.DataFrame:
    """The wait of every call of these days when nobody gives up."""

    def served() -> pd.DataFrame:
        calls = mondays(t)
        arrival, service = (queueing.padded([d[c] for _n, d in calls.groupby("day")]) for c in ("arrival", "service"))
        wait = queueing.simulate(arrival, service, np.inf, AGENTS).wait.T.ravel()
        return calls[["day", "arrival"]].assign(wait=wait[~np.isnan(wait)])

    return t.once("ch13 waits", served).copy()


def returns_desk(t: Tables) -> pd.DataFrame:
    """The first twenty answered calls about returns in the peak week, in seconds from the first."""
    calls = t.table("calls").query("topic == 'return' and outcome == 'answered'").head(20)
    arrival = (calls["arrived_at"] - calls["arrived_at"].min()).dt.total_seconds().astype(int)
    times = calls.assign(arrival=arrival, service=calls["handling_seconds"].astype(int))
    return times[["call_id", "arrival", "service"]].reset_index(drop=True)


# ---- the queue by hand


def queue(t: Tables, agents: int = 3, pick: Any = min, start: Any = max, wait: Any = None) -> pd.DataFrame:
    """Agent and wait of each call; `pick` the next agent, `start` of a call."""
    free, rows = [0] * agents, []
    for call, arrival, service in t.table("desk_calls").itertuples(index=False):
        agent = free.index(pick(free))
        begin = start(arrival, free[agent])
        free[agent] = begin + service
        rows.append((call, agent, begin - arrival))
    return pd.DataFrame(rows, columns=["call_id", "agent", "wait"])


def shortest(t: Tables) -> pd.DataFrame:
    """Each caller waits for the agent with the least talk time so far."""
    talked, free, rows = [0] * 3, [0] * 3, []
    for call, arrival, service in t.table("desk_calls").itertuples(index=False):
        agent = talked.index(min(talked))
        begin = max(arrival, free[agent])
        free[agent], talked[agent] = begin + service, talked[agent] + service
        rows.append((call, agent, begin - arrival))
    return pd.DataFrame(rows, columns=["call_id", "agent", "wait"])


def smallest_idle(t: Tables) -> pd.DataFrame:
    """Of the agents who are free when the call comes, the one with the smallest number."""
    free, rows = [0] * 3, []
    for call, arrival, service in t.table("desk_calls").itertuples(index=False):
        idle = [agent for agent in range(3) if free[agent] <= arrival]
        agent = idle[0] if idle else free.index(min(free))
        begin = max(arrival, free[agent])
        free[agent] = begin + service
        rows.append((call, agent, begin - arrival))
    return pd.DataFrame(rows, columns=["call_id", "agent", "wait"])


def begins(t: Tables) -> pd.DataFrame:
    found = queue(t)
    return found.assign(wait=found["wait"] + t.table("desk_calls")["arrival"])


def until_the_end(t: Tables) -> pd.DataFrame:
    found = queue(t)
    return found.assign(wait=found["wait"] + t.table("desk_calls")["service"])


declare(
    queue,
    "table",
    key=("call_id",),
    by_hand="queueing.simulate",
    sections=("hand-idea",),
    supplies={"desk_calls": returns_desk},
    mistakes={
        "busiest agent": {"pick": max},
        "before the caller is there": {"start": lambda arrival, free: free},
        "never waits": {"start": lambda arrival, free: arrival},
        "until the end": until_the_end,
        "least talk time": shortest,
        "smallest number": smallest_idle,
        "from 1": then(lambda found: found.assign(agent=found["agent"] + 1)),
        "begin for wait": begins,
        "two agents": {"agents": 2},
    },
    facts=lambda t, found: {
        "n": (found["wait"] > 0).sum(),
        "all": len(found),
        "mean": found["wait"].mean(),
        "most": found["wait"].max(),
    },
)

# ---- the interval


def interval(t: Tables, over: Any = lambda days: np.sqrt(len(days)), ddof: int = 1, times: float = 1.96) -> pd.Series:
    days = waits(t).groupby("day")["wait"].mean()
    reach = times * days.std(ddof=ddof) / over(days)
    return pd.Series({"low": days.mean() - reach, "high": days.mean() + reach}, name="seconds").rename_axis("end")


def of_calls(t: Tables) -> pd.Series:
    """As if every call were a replication."""
    wait = waits(t)["wait"]
    reach = 1.96 * wait.std() / np.sqrt(len(wait))
    return pd.Series({"low": wait.mean() - reach, "high": wait.mean() + reach}, name="seconds").rename_axis("end")


def spread_of_calls(t: Tables) -> pd.Series:
    """The spread of the calls, divided as if it were that of the days."""
    calls, days = waits(t)["wait"], waits(t).groupby("day")["wait"].mean()
    reach = 1.96 * calls.std() / np.sqrt(len(days))
    return pd.Series({"low": days.mean() - reach, "high": days.mean() + reach}, name="seconds").rename_axis("end")


def around_all_calls(t: Tables) -> pd.Series:
    """The spread of the days around the mean of all calls."""
    found = interval(t)
    return found - found.mean() + waits(t)["wait"].mean()


declare(
    interval,
    "table",
    key=("end",),
    by_hand="queueing.estimate",
    sections=("chance-idea",),
    supplies={"waits": waits},
    mistakes={
        "of calls": of_calls,
        "around all calls": around_all_calls,
        "spread of the calls": spread_of_calls,
        "spread of the days": {"over": lambda days: 1},
        "divided by the number": {"over": len},
        "one standard error": {"times": 1.0},
        "population": {"ddof": 0},
        "Student": {"times": 2.0226909},
    },
    facts=lambda t, ends: {
        "form": "inside" if ends["low"] <= long_run(t) <= ends["high"] else "apart",
        "low": ends["low"],
        "high": ends["high"],
        "exact": long_run(t),
    },
)


def long_run(t: Tables) -> float:
    """Mean wait by Erlang C at the same load."""
    from crm_lab import staffing

    return staffing.mean_wait(peak_calls(t) * HANDLING / 1800, AGENTS, HANDLING)


# ---- hour by hour, drawn


def warming(t: Tables, value: str = "mean", width: int = 3600, above: float = -1) -> pd.Series:
    calls = waits(t).query(f"wait > {above}")
    return calls.groupby((calls["arrival"] // width + 1).astype(int).rename("hour"))["wait"].agg(value)


def mean_of_days(t: Tables) -> pd.Series:
    """The mean of each day's hour, then of the days."""
    calls = waits(t)
    hour = (calls["arrival"] // 3600 + 1).astype(int).rename("hour")
    return calls.groupby(["day", hour])["wait"].mean().groupby("hour").mean()


declare(
    warming,
    "plot",
    shape="line",
    key=("hour",),
    sections=("chance-idea",),
    supplies={"waits": waits},
    mistakes={
        "all the waiting": {"value": "sum"},
        "mean of days": mean_of_days,
        "longest wait": {"value": "max"},
        "median": {"value": "median"},
        "who waited": {"above": 0},
        "half-hours": {"width": 1800},
        "from hour 0": then(lambda hours: hours.set_axis(hours.index - 1).rename_axis("hour")),
    },
    facts=lambda t, hours: {"first": hours.iloc[0], "last": hours.iloc[-1]},
)
