"""Words: which reading of CRM a statement describes, and which idea of the chapter a scene shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab.exercises import declare, sorted_into, texts, then

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- three readings

READINGS = {
    "philosophy": ("s02", "s05", "s09", "s12", "s16", "s19"),
    "strategy": ("s01", "s04", "s08", "s11", "s13", "s17", "s20"),
    "system": ("s03", "s06", "s07", "s10", "s14", "s15", "s18"),
}
PLANS_WITH_TOOLS = ("s04", "s11")  # they name a tool, and decide something
BELIEFS_AT_WORK = ("s05", "s12", "s19")


def statements(t: Tables) -> pd.DataFrame:
    """Twenty statements about CRM, one a row."""
    said = texts("readings", __name__)
    return pd.DataFrame({"id": list(said), "statement": list(said.values())})


def readings(t: Tables, **taken: str) -> dict[str, str]:
    """The reading of each statement; one reading may be taken for another."""
    return sorted_into(READINGS, **taken)


declare(
    readings,
    "choice",
    options=tuple(READINGS),
    supplies={"statements": statements},
    transfers=False,
    sections=("readings-idea",),
    mistakes={
        "beliefs are plans": {"philosophy": "strategy"},
        "plans are beliefs": {"strategy": "philosophy"},
        "whatever names a tool": then(lambda right: right | dict.fromkeys(PLANS_WITH_TOOLS, "system")),
        "beliefs at work": then(lambda right: right | dict.fromkeys(BELIEFS_AT_WORK, "strategy")),
        "software is a plan": {"system": "strategy"},
    },
)

# ---- words, roles, layers, values, roots

IDEAS = {
    "word": ("shopper", "customer", "consumer"),
    "role": ("initiator", "influencer", "decider", "buyer", "user"),
    "layer": ("relationship", "process", "access"),
    "value": ("customer", "interaction", "insight"),
    "root": ("database", "relationship", "one_to_one"),
}
FAMILY = {"w": "word", "r": "role", "l": "layer", "v": "value", "o": "root"}  # by the letter of a scene
RIGHT_IDEAS = {
    **dict(w1="consumer", w2="shopper", w3="customer"),
    **dict(r1="decider", r2="user", r3="initiator", r4="buyer", r5="influencer"),
    **dict(l1="access", l2="relationship", l3="process"),
    **dict(v1="insight", v2="customer", v3="interaction"),
    **dict(o1="relationship", o2="one_to_one", o3="database"),
}


def scenes(t: Tables) -> pd.DataFrame:
    """Seventeen scenes, one a row, each with the family of words it asks for."""
    told = texts("ideas", __name__)
    asked = [FAMILY[number[0]] for number in told]
    return pd.DataFrame({"id": list(told), "asks": asked, "scene": list(told.values())})


def ideas(t: Tables, **others: str) -> dict[str, str]:
    return RIGHT_IDEAS | others


declare(
    ideas,
    "choice",
    options=tuple(dict.fromkeys(name for names in IDEAS.values() for name in names)),
    supplies={"scenes": scenes},
    transfers=False,
    sections=("words-idea", "roles-idea", "roots-idea", "values-idea", "layers-idea"),
    mistakes={
        "who pays decides": {"r1": "buyer", "r4": "decider"},
        "who uses is the customer": {"w1": "customer", "w3": "shopper"},
        "first word": {"r3": "influencer", "r5": "initiator"},
        "values turned round": {"v2": "interaction", "v3": "customer"},
        "doors are processes": {"l1": "process", "l3": "access"},
    },
)
