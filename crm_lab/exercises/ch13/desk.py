"""The agent desk: lines sorted by the standard, and recorded shifts, then one's own, read against it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab import desk
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, texts, then

TEAM = {"Lin": 0.92, "Chen": 0.7, "Zhao": 0.45, "Wu": 0.8}  # how often each says what the standard wants

# ---- what the lab brings along


def one_call(tables: dict[str, pd.DataFrame], agent: str, scenario: str, seed: int) -> desk.Conversation:
    """A call played by somebody who says the best thing with the chance of TEAM, and looks things up as often."""
    rng, talk = np.random.default_rng([seed, len(agent)]), desk.call(scenario, tables, seed)
    for table in talk.scenario.look_up:
        if rng.random() < TEAM[agent]:
            talk.look_up(table)
    if talk.scenario.article and rng.random() < TEAM[agent]:
        talk.open_article(talk.scenario.article)
    while talk.turn:
        best, drawn = max(talk.turn.options, key=lambda one: one.points), int(rng.integers(len(talk.turn.options)))
        talk.say(best if rng.random() < TEAM[agent] else talk.turn.options[drawn])
    return talk


def recorded(t: Tables) -> list[tuple[str, str, desk.Conversation]]:
    """Two calls of each conversation for each agent: call number, agent, what was said."""

    def play() -> list[tuple[str, str, desk.Conversation]]:
        tables = {name: t.table(name) for name in desk.LOOK_UP}
        every = [(agent, name, turn) for turn in range(2) for name in desk.scenarios() for agent in TEAM]
        return [
            (f"D{number:03d}", agent, one_call(tables, agent, name, 13 * number + turn))
            for number, (agent, name, turn) in enumerate(every, start=1)
        ]

    made: list[tuple[str, str, desk.Conversation]] = t.once("ch13 recorded", play)
    return made


def desk_points(t: Tables) -> pd.DataFrame:
    """The standard applied: one row for each criterion of each recorded call."""
    parts = [talk.report().drop(columns="why").assign(call_id=call, agent=agent) for call, agent, talk in recorded(t)]
    return pd.concat(parts, ignore_index=True)[["call_id", "agent", "criterion", "points", "of"]]


def desk_moods(t: Tables) -> pd.DataFrame:
    """The customer's mood after each thing the agent said, from 0 to 10; line 0 is the beginning."""
    rows = []
    for call, agent, talk in recorded(t):
        mood = talk.scenario.mood
        rows.append((call, agent, 0, mood))
        for line, (_turn, option) in enumerate(talk.said, start=1):
            mood = int(np.clip(mood + option.mood, 0, 10))
            rows.append((call, agent, line, mood))
    return pd.DataFrame(rows, columns=["call_id", "agent", "line", "mood"])


# ---- which part of the standard

LINES = {  # (conversation, turn, option) -> line
    "a1": ("late_parcel", "story", "apologise_and_sum_up"),
    "a2": ("which_tea_set", "goodbye", "sum_up"),
    "a3": ("delete_my_data", "who", "check_and_why"),
    "a4": ("too_dear", "doubt", "give_and_take"),
    "a5": ("silent_survey", "open", "why_calling"),
    "a6": ("promised_call", "answer", "done_and_when"),
    "a7": ("too_dear", "ask", "welcome_and_ask"),
    "a8": ("hotel_order", "who", "check_short"),
    "a9": ("scratched_lamp", "worry", "photo_and_note"),
}


def desk_lines(t: Tables) -> pd.DataFrame:
    said = texts("steps", __name__)
    return pd.DataFrame({"id": list(LINES), "said": [said[name] for name in LINES]})


def steps(t: Tables, **taken: str) -> dict[str, str]:
    """The part of the standard of each line; one part may be taken for another."""
    found = {}
    for name, (scenario, turn, option) in LINES.items():
        options = {one.name: one for one in desk.load(scenario).turns[turn].options}
        found[name] = taken.get(options[option].step, options[option].step)
    return found


declare(
    steps,
    "choice",
    options=desk.STEPS,
    sections=("standard-idea",),
    supplies={"desk_lines": desk_lines},
    mistakes={
        "objections are answers": {"objection": "answer"},
        "listening is greeting": {"listening": "greeting"},
        "checks are listening": {"identification": "listening"},
    },
)

# ---- the standard, agent by agent


def scores(t: Tables) -> pd.Series:
    """Points ÷ most possible for each agent."""
    sums = t.table("desk_points").groupby("agent")[["points", "of"]].sum()
    return (sums["points"] / sums["of"]).rename("share")


def mean_of_calls(t: Tables) -> pd.Series:
    calls = t.table("desk_points").groupby(["agent", "call_id"])[["points", "of"]].sum()
    return (calls["points"] / calls["of"]).groupby("agent").mean().rename("share")


def mean_of_criteria(t: Tables) -> pd.Series:
    rows = t.table("desk_points")
    return (rows["points"] / rows["of"]).groupby(rows["agent"]).mean().rename("share")


def points_a_call(t: Tables) -> pd.Series:
    rows = t.table("desk_points")
    return (rows.groupby("agent")["points"].sum() / rows.groupby("agent")["call_id"].nunique()).rename("share")


def six_parts(t: Tables) -> pd.Series:
    """Only what was said counts."""
    rows = t.table("desk_points")
    sums = rows[rows["criterion"].isin(desk.STEPS)].groupby("agent")[["points", "of"]].sum()
    return (sums["points"] / sums["of"]).rename("share")


declare(
    scores,
    "table",
    key=("agent",),
    sections=("report-idea",),
    supplies={"desk_points": desk_points},
    mistakes={
        "mean of calls": mean_of_calls,
        "mean of criteria": mean_of_criteria,
        "points a call": points_a_call,
        "six parts": six_parts,
        "percent": then(lambda share: 100 * share),
    },
    facts=lambda t, share: {"best": share.idxmax(), "most": share.max(), "worst": share.idxmin(), "least": share.min()},
)

# ---- where points are lost


def lost_points(t: Tables, agent: str = "Zhao") -> pd.Series:
    """Points lost by criterion, of one agent or of all."""
    rows = t.table("desk_points")
    rows = rows[rows["agent"] == agent] if agent else rows
    return (rows["of"] - rows["points"]).groupby(rows["criterion"]).sum().rename("share")


def losses(t: Tables, agent: str = "Zhao", of: str = "Zhao") -> pd.Series:
    """Shares of one agent's lost points, or of all lost points."""
    return lost_points(t, agent) / lost_points(t, of).sum()


def points_won(t: Tables) -> pd.Series:
    won = t.table("desk_points").query("agent == 'Zhao'").groupby("criterion")["points"].sum()
    return (won / won.sum()).rename("share")


def of_each_criterion(t: Tables) -> pd.Series:
    sums = t.table("desk_points").query("agent == 'Zhao'").groupby("criterion")[["points", "of"]].sum()
    return (1 - sums["points"] / sums["of"]).rename("share")


def in_order(share: pd.Series) -> dict[str, Any]:
    """Where most is lost besides the outcome, where next, and where least."""
    parts = share.drop("outcome").sort_values(ascending=False)
    first, second, *_middle, last = parts.index
    return {"first": first, "second": second, "last": last} | {
        f"at_{name}": parts[place] for name, place in {"first": first, "second": second, "last": last}.items()
    }


declare(
    losses,
    "table",
    key=("criterion",),
    sections=("report-idea",),
    supplies={"desk_points": desk_points},
    mistakes={
        "points won": points_won,
        "all agents": {"agent": "", "of": ""},
        "Zhao of all": {"of": ""},
        "not shared out": lost_points,
        "share of each criterion": of_each_criterion,
        "only six": then(lambda share: share[[*desk.STEPS]] / share[[*desk.STEPS]].sum()),
        "nothing lost left out": then(lambda share: share[share > 0]),
    },
    facts=lambda t, share: in_order(share),
)

# ---- moods, drawn


def moods(t: Tables, value: str = "mean", first: int = 0) -> pd.Series:
    rows = t.table("desk_moods")
    rows = rows[rows["line"] >= first]
    return rows.groupby(["line", "agent"])["mood"].agg(value)


declare(
    moods,
    "plot",
    shape="line",
    key=("line", "agent"),
    sections=("mood-idea",),
    supplies={"desk_moods": desk_moods},
    mistakes={"totals": {"value": "sum"}, "without the beginning": {"first": 1}, "lowest": {"value": "min"}},
    facts=lambda t, mood: {"lin": mood.unstack("agent")["Lin"].iloc[6], "zhao": mood.unstack("agent")["Zhao"].iloc[6]},
)

# ---- a shift of one's own


def own_turns(t: Tables) -> pd.DataFrame:
    """Until a learner brings their own: the first four calls of Zhao's second round."""
    return desk.turns([talk for _call, agent, talk in recorded(t) if agent == "Zhao"][12:16])


def _whose(t: Tables) -> str:
    """Whether the turns read are a learner's own, or still Zhao's."""
    return "recorded" if t.table("own_turns")["said"].tolist() == own_turns(t)["said"].tolist() else "lost"


def own_shift(
    t: Tables, share: Any = None, lost: Any = lambda sums: sums["of"] - sums["points"], weakest: str = "share"
) -> pd.DataFrame:
    """The standard applied to what was said, whatever the table brought says of it: by part of the call."""
    rows = t.table("own_turns")[["scenario", "turn", "option"]].itertuples(index=False)
    said = [(desk.load(scenario).turns[turn], option) for scenario, turn, option in rows]
    chosen = [next(one for one in turn.options if one.name == name) for turn, name in said]
    points = [(one.step, one.points, turn.best) for one, (turn, _name) in zip(chosen, said, strict=True)]
    table = pd.DataFrame(points, columns=["criterion", "points", "of"])
    sums = table.groupby("criterion").sum()
    kept = sums["points"] / sums["of"] if share is None else share(table)
    found = pd.DataFrame({"share": kept, "lost": lost(sums)})
    order = -found["lost"] if weakest == "lost" else found["share"]
    return found.assign(weakest=order == (order.max() if weakest == "best" else order.min()))


declare(
    own_shift,
    "table",
    key=("criterion",),
    sections=("own-idea",),
    supplies={"own_turns": own_turns},
    mistakes={
        "points a line": {"share": lambda rows: rows.groupby("criterion")["points"].mean()},
        "points won": {"lost": lambda sums: sums["points"]},
        "strongest": {"weakest": "best"},
        "most lost": {"weakest": "lost"},
        "percent": then(lambda found: found.assign(share=100 * found["share"])),
        "lost for kept": then(lambda found: found.assign(share=1 - found["share"])),
    },
    facts=lambda t, found: {
        "form": _whose(t) if found["lost"].sum() else "kept",
        "part": ", ".join(found.index[found["weakest"]]),
        "share": found["share"].min(),
        "lost": found["lost"].sum(),
    },
)
