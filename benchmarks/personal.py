"""A student's own company: made from its seed, against reading the default company from its files.

Once in one process, then each in a fresh one, imports included, with the memory it takes.
"""

from __future__ import annotations

import pandas as pd

from benchmarks.timing import Result, against, alone, costs
from crm_lab import World
from crm_lab.base.places import resource
from crm_lab.base.streams import personal_seed
from crm_lab.data.files import read_table
from crm_lab.schema import TABLES

SEED = personal_seed("2026-017")


def made() -> dict[str, pd.DataFrame]:
    """All tables of one student."""
    return World(seed=SEED).tables


def read() -> dict[str, pd.DataFrame]:
    """All tables of the default company, from disk and not from memory."""
    return {name: read_table(table, resource("datasets") / table.file) for name, table in TABLES.items()}


def run() -> list[Result]:
    """Pairs of equal size: 2,000 customers, two years."""
    rows = [against("World(seed), 2,000 customers", made, "the default company's CSV files", read)]
    ours = f"from crm_lab import World; World(seed={SEED})"
    peer = "from crm_lab import load\nfrom crm_lab.schema import TABLES\nall(len(load(name)) for name in TABLES)"
    pairs = [(alone(ours), alone(peer)) for _ in range(3)]
    names = "World(seed) in a fresh process", "the CSV files in a fresh process"
    return rows + costs(names[0], [one for one, _ in pairs], names[1], [other for _, other in pairs])
