"""One team for several channels: who goes next, and who writes e-mails between two calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import queueing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch13.days import HANDLING, PATIENCE, peak_calls

INF = float("inf")
PLACE = {"call": 0, "chat": 1, "email": 2}

# ---- what the lab brings along


def contacts(t: Tables, half_hours: Sequence[float], rng: np.random.Generator, mails: float = 0) -> pd.DataFrame:
    """Calls at these shares of the peak by half-hour, with `mails` e-mails for each call, in seconds to one decimal."""
    parts = []
    for skill, share, patience in (("call", 1.0, PATIENCE), ("email", mails, INF)):
        rate = np.array(half_hours) * share * peak_calls(t)
        arrival = queueing.poisson_arrivals(rate, 1800, rng).round(1)
        times = rng.exponential(1, (2, len(arrival))) + 0.001
        talk = (times[0] * HANDLING).round(1)
        parts.append(
            pd.DataFrame(
                {"skill": skill, "arrival": arrival, "service": talk, "patience": (times[1] * patience).round(1)}
            )
        )
    return pd.concat(parts).sort_values("arrival", ignore_index=True)


def desk_contacts(t: Tables) -> pd.DataFrame:
    """Fourteen contacts of three channels for one agent; the talk times are those of calls about returns."""
    rng = np.random.default_rng(132)
    calls = t.table("calls").query("topic == 'return' and outcome == 'answered'").head(14)
    skills = [
        "email",
        "call",
        "email",
        "chat",
        "call",
        "email",
        "call",
        "chat",
        "call",
        "email",
        "call",
        "call",
        "chat",
    ]
    return pd.DataFrame(
        {
            "contact_id": [f"N{number:02}" for number in range(1, 15)],
            "skill": [*skills, "call"],
            "arrival": rng.integers(100, 450, 14).cumsum(),
            "service": calls["handling_seconds"].astype(int).to_numpy(),
        }
    )


def hours(t: Tables) -> pd.DataFrame:
    """Calls and e-mails of ten peak hours, with `day` from 1."""

    def made() -> pd.DataFrame:
        ten = queueing.replicate(lambda rng: contacts(t, [1.15] * 2, rng, 0.2), 10, seed=133, workers=1)
        table = pd.concat(ten, keys=range(1, 11), names=["day"]).reset_index("day").reset_index(drop=True)
        return table.assign(priority=table["skill"].map(PLACE))

    return t.once("ch13 hours", made).copy()


# ---- who goes next


def two_channels(
    t: Tables, place: Any = PLACE, until: str = "wait", by: tuple[str, ...] = ("priority", "arrival")
) -> pd.DataFrame:
    """Begin and wait of each contact with one agent."""
    line, clock, rows = t.table("desk_contacts").copy(), 0, []
    line["priority"] = line["skill"].map(place)
    while len(line):
        clock = max(clock, line["arrival"].min())
        here = line[line["arrival"] <= clock].sort_values([*by])
        first = here.iloc[0]
        rows.append((first["contact_id"], clock, clock - first["arrival"]))
        clock += first["service"]
        line = line.drop(here.index[0])
    found = pd.DataFrame(rows, columns=["contact_id", "begin", "wait"]).sort_values("contact_id", ignore_index=True)
    return found.assign(wait=found["wait"] + t.table("desk_contacts")["service"]) if until == "end" else found


def interrupted(t: Tables) -> pd.DataFrame:
    """Each channel as if the lower ones were not there: calls interrupt what is being written."""
    found = []
    for skills in (["call"], ["call", "chat"], [*PLACE]):
        part = t.table("desk_contacts").query("skill in @skills")
        new = two_channels(t.with_frames({"desk_contacts": part}))
        found.append(new[new["contact_id"].isin(part.loc[part["skill"] == skills[-1], "contact_id"])])
    return pd.concat(found).sort_values("contact_id", ignore_index=True)


declare(
    two_channels,
    "table",
    key=("contact_id",),
    by_hand="queueing.story",
    sections=("promise-idea",),
    supplies={"desk_contacts": desk_contacts},
    mistakes={
        "in turn": {"place": dict.fromkeys(PLACE, 0)},
        "e-mails first": {"place": {"call": 2, "chat": 1, "email": 0}},
        "chats as calls": {"place": {"call": 0, "chat": 0, "email": 2}},
        "until the end": {"until": "end"},
        "shortest first": {"by": ("priority", "service")},
        "interrupted": interrupted,
    },
    facts=lambda t, found: {skill: found["wait"][t.table("desk_contacts")["skill"] == skill].mean() for skill in PLACE},
)

# ---- blending

CALL, MAIL = queueing.Agent(frozenset({"call"})), queueing.Agent(frozenset({"email"}))
TWO = queueing.Agent(frozenset({"call", "email"}))
TEAMS = {"apart": [CALL] * 20 + [MAIL] * 4, "all": [TWO] * 24, "some": [CALL] * 18 + [TWO] * 6}


def told_days(t: Tables, team: str, written: bool = False, at_once: bool = False) -> list[pd.DataFrame]:
    """The calls of each day as one team took them; e-mails too; or all days put on one clock."""

    def told() -> list[pd.DataFrame]:
        played = [hours(t)] if at_once else [day for _n, day in hours(t).groupby("day")]
        table = pd.concat([queueing.story(day, TEAMS[team]) for day in played])
        return [day for _n, day in table.groupby("day")]

    days = t.once(("ch13 blended", team, at_once), told)
    return days if written else [day[day["skill"] == "call"] for day in days]


def in_time(told: pd.DataFrame, within: float = 20, gone: bool = False) -> pd.Series:
    return (told["wait"] <= within) & ((told["outcome"] == "answered") | gone)


def ends(gain: pd.Series, reach: float) -> pd.Series:
    return pd.Series({"low": gain.mean() - reach, "high": gain.mean() + reach}, name="gain").rename_axis("end")


def blended(
    t: Tables, team: str = "some", base: str = "apart", times: float = 1.96, root: bool = True, **which: Any
) -> pd.Series:
    """Interval of the gain in service level over teams apart, day by day."""
    quick = {name: which.pop(name) for name in ("within", "gone") if name in which}
    days = {name: told_days(t, name, **which) for name in (team, base)}
    level = {name: pd.Series([in_time(told, **quick).mean() for told in each]) for name, each in days.items()}
    gain = level[team] - level[base]
    return ends(gain, times * gain.std() / (np.sqrt(len(gain)) if root else 1))


def not_paired(t: Tables) -> pd.Series:
    """As if each team had met days of its own."""
    level = {name: pd.Series([in_time(told).mean() for told in told_days(t, name)]) for name in ("some", "apart")}
    spread = sum(one.var() / len(one) for one in level.values())
    return ends(level["some"] - level["apart"], 1.96 * np.sqrt(spread))


declare(
    blended,
    "table",
    key=("end",),
    sections=("blend-idea", "one-team-idea"),
    supplies={"hours": hours},
    mistakes={
        "not paired": not_paired,
        "all days at once": {"at_once": True},
        "of all contacts": {"written": True},
        "apart less some": {"team": "apart", "base": "some"},
        "all of them": {"team": "all"},
        "spread of the days": {"root": False},
        "one standard error": {"times": 1.0},
        "gone quickly counts as quick": {"gone": True},
        "percent": then(lambda found: 100 * found),
    },
    facts=lambda t, found: {
        "form": "gain" if found["low"] > 0 else "unsure",
        "low": found["low"],
        "high": found["high"],
        "all": (blended(t, team="all").mean()),
    },
)

# ---- how many read e-mails

READERS = [2, 4, 6, 12, 24]


def mixes(t: Tables) -> pd.DataFrame:
    return pd.DataFrame({"mix": [f"M{number:02}" for number in READERS], "readers": READERS})


def readers(t: Tables, team: int = 24, skill: str = "call", within: float = 20, gone: bool = False) -> pd.DataFrame:
    """Share of calls in time on the first day, by how many of the team write e-mails, too; the longest e-mail wait."""
    rows = []
    for both in READERS:
        crew = [CALL] * (team - both) + [TWO] * both
        told = t.once(("ch13 readers", both, team), partial(queueing.story, hours(t).query("day == 1"), crew))
        asked = told[told["skill"] == skill] if skill else told
        rows.append(
            (f"M{both:02}", in_time(asked, within, gone).mean(), told["wait"][told["skill"] == "email"].max() / 60)
        )
    return pd.DataFrame(rows, columns=["mix", "level", "longest"])


declare(
    readers,
    "table",
    key=("mix",),
    sections=("blend-idea",),
    supplies={"hours": hours, "mixes": mixes},
    mistakes={
        "of all contacts": {"skill": ""},
        "gone quickly counts as quick": {"gone": True},
        "beside a full phone team": {"team": 30},
        "seconds": then(lambda found: found.assign(longest=60 * found["longest"])),
    },
    facts=lambda t, found: {
        "best": found["level"].max(),
        "readers": READERS[int(found["level"].argmax())],
        "all": found["level"].iloc[-1],
        "longest": found["longest"].iloc[0],
    },
)
