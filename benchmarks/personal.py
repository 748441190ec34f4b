"""A student's own company: made from its seed, against reading the default company from its files.

Once in one process, then each in a fresh one, imports included, with the memory it takes. And a year of it, managed.
"""

from __future__ import annotations

import pandas as pd

from benchmarks.timing import Result, against, alone, costs
from crm_lab import World
from crm_lab.base.places import resource
from crm_lab.base.streams import personal_seed
from crm_lab.data.files import read_table
from crm_lab.schema import TABLES
from crm_lab.world import Actions, manage

SEED = personal_seed("2026-017")
DECISIONS = Actions(
    agents=1.05, quality=50_000, community=50_000, offers={"win_back": lambda known: known["recency_days"] > 150}
)


def made() -> dict[str, pd.DataFrame]:
    """All tables of one student."""
    return World(seed=SEED).tables


def read() -> dict[str, pd.DataFrame]:
    """All tables of the default company, from disk and not from memory."""
    return {name: read_table(table, resource("datasets") / table.file) for name, table in TABLES.items()}


def played() -> list[pd.Series]:
    """A year under decisions of every kind, with all tables and the money of each quarter."""
    company, year = manage(seed=SEED), []
    for _ in range(4):
        quarter = company.advance(DECISIONS)
        year.append(dict(quarter) and quarter.money)
    return year


def run() -> list[Result]:
    """Pairs of equal size: 2,000 customers, two years; and the year after, against the two."""
    rows = [against("World(seed), 2,000 customers", made, "the default company's CSV files", read)]
    rows.append(against("the two years lived and one more managed", played, "World(seed), 2,000 customers", made))
    ours = f"from crm_lab import World; World(seed={SEED})"
    peer = "from crm_lab import load\nfrom crm_lab.schema import TABLES\nall(len(load(name)) for name in TABLES)"
    pairs = [(alone(ours), alone(peer)) for _ in range(3)]
    names = "World(seed) in a fresh process", "the CSV files in a fresh process"
    return rows + costs(names[0], [one for one, _ in pairs], names[1], [other for _, other in pairs])
