"""Words: which reading of CRM a statement describes."""

from __future__ import annotations

import pandas as pd

from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, sorted_into, texts, then

# ---- three readings

READINGS = {
    "philosophy": ("s02", "s05", "s09", "s12", "s16", "s19"),
    "strategy": ("s01", "s04", "s08", "s11", "s13", "s17", "s20"),
    "system": ("s03", "s06", "s07", "s10", "s14", "s15", "s18"),
}
PLANS_WITH_TOOLS = ("s04", "s11")  # they name a tool, and decide something
BELIEFS_AT_WORK = ("s05", "s09", "s16")


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
