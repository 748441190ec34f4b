"""How many agents it takes when callers give up: teams of several sizes, and the cheapest that holds its target."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab import queueing, staffing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch13.days import AGENTS, HANDLING, PATIENCE, mondays, peak_calls

TEAM = list(range(17, 24))


def teams(t: Tables) -> pd.DataFrame:
    return pd.DataFrame({"agents": TEAM})


def quick(told: queueing.Waits, within: float = 20) -> np.ndarray:
    return (told.wait <= within) & ~told.abandoned


# ---- patience


def played(t: Tables, agents: int, patience: Any = None) -> tuple[queueing.Waits, np.ndarray]:
    """All days at once, and which places hold a call."""

    def arrays() -> list[np.ndarray]:
        days = [day for _number, day in mondays(t).groupby("day")]
        return [queueing.padded([day[name] for day in days]) for name in ("arrival", "service", "patience")]

    arrival, service, limit = t.once("ch13 arrays", arrays)
    told = t.once(
        ("ch13 played", agents, patience),
        lambda: queueing.simulate(arrival, service, limit if patience is None else patience, agents),
    )
    return told, arrival < np.inf


def one_less(t: Tables, found: pd.DataFrame) -> dict[str, float]:
    """The level of one agent less than the fewest that hold it, day by day."""
    told, there = played(t, int(found.loc[found["level"] >= 0.8, "agents"].min()) - 1)
    days = queueing.estimate((quick(told) & there).sum(axis=0) / there.sum(axis=0))
    return {"below": days.value, "low": days.interval[0], "high": days.interval[1]}


def patience(t: Tables, within: float = 20, of: str = "all", limit: Any = None) -> pd.DataFrame:
    rows = []
    for agents in TEAM:
        told, there = played(t, agents, limit)
        lost, fast = told.abandoned[there].mean(), quick(told, within)[there].mean()
        rows.append((agents, fast / (1 - lost) if of == "answered" else fast, lost))
    return pd.DataFrame(rows, columns=["agents", "level", "lost"])


def mean_of_days(t: Tables) -> pd.DataFrame:
    """Shares of each day, and then their mean: a day of few calls counts as much as one of many."""
    rows = []
    for agents in TEAM:
        told, there = played(t, agents)
        parts = (part.sum(axis=0) / there.sum(axis=0) for part in (quick(told) & there, told.abandoned & there))
        rows.append((agents, *(share.mean() for share in parts)))
    return pd.DataFrame(rows, columns=["agents", "level", "lost"])


def quick_or_gone(t: Tables) -> pd.DataFrame:
    found = patience(t)
    found["level"] = [(told.wait[there] <= 20).mean() for told, there in (played(t, agents) for agents in TEAM)]
    return found


def padding_too(t: Tables) -> pd.DataFrame:
    """Shares of all places, also of those that hold no call."""
    rows = []
    for agents in TEAM:
        told, _there = played(t, agents)
        rows.append((agents, quick(told).mean(), told.abandoned.mean()))
    return pd.DataFrame(rows, columns=["agents", "level", "lost"])


declare(
    patience,
    "table",
    key=("agents",),
    sections=("patience-idea",),
    supplies={"mondays": mondays, "teams": teams},
    mistakes={
        "of the answered": {"of": "answered"},
        "gone quickly counts as quick": quick_or_gone,
        "mean of days": mean_of_days,
        "padding": padding_too,
        "nobody gives up": {"limit": np.inf},
        "within 30": {"within": 30},
        "kept for lost": then(lambda found: found.assign(lost=1 - found["lost"])),
    },
    facts=lambda t, found: {
        "fewest": found.loc[found["level"] >= 0.8, "agents"].min(),
        "formula": staffing.agents_needed(peak_calls(t) * HANDLING / 1800, HANDLING, patience=PATIENCE),
        "lost": found["lost"].iloc[0],
        "least": TEAM[0],
        **one_less(t, found),
    },
)

# ---- the cheapest team that holds


def level_of(told: queueing.Waits, there: np.ndarray) -> float:
    return float(quick(told)[there].mean())


def plan(t: Tables, target: float = 0.8, of: Any = level_of, more: int = 0) -> float:
    """Cost of a day of the smallest team whose level over all days reaches the target: ¥45 an hour, eight hours."""
    for agents in range(AGENTS - 7, AGENTS + 20):
        if of(*played(t, agents)) >= target:
            return 8 * 45.0 * (agents + more)
    raise AssertionError("no team reaches it")


def nobody_gives_up(t: Tables) -> float:
    """The smallest team when everybody waits."""
    return next(360.0 * n for n in range(AGENTS - 7, AGENTS + 20) if level_of(*played(t, n, np.inf)) >= 0.8)


def by_erlang_c(t: Tables) -> float:
    return 360.0 * staffing.agents_needed(peak_calls(t) * HANDLING / 1800, HANDLING)


declare(
    plan,
    "number",
    sections=("plan-idea",),
    supplies={"mondays": mondays},
    mistakes={
        "of the answered": {"of": lambda told, there: quick(told)[there].sum() / (there & ~told.abandoned).sum()},
        "Erlang C": by_erlang_c,
        "nobody gives up": nobody_gives_up,
        "forty days": then(lambda cost: 40 * cost),
        "an hour": then(lambda cost: cost / 8),
        "number of agents": then(lambda cost: cost / 360),
    },
    facts=lambda t, cost: {
        "agents": round(cost / 360),
        "cost": cost,
        "level": level_of(*played(t, round(cost / 360))),
        "c": by_erlang_c(t) - cost,
    },
)
