"""What must not pass, though no tutor would name the thought: `<module>.near.toml` beside the module of declarations.

    [due.near]                                              # one edit of the published answer's code each
    "not on the day" = ["working_days_late >= 0", "working_days_late > 0"]

    [due.edges]                                             # small tables with rows on every boundary, as CSV
    reminders = '''
    reminder_id,task,due_at,done_at
    T00001,call_back,2025-12-15 23:30,
    '''

An edge table gives only the columns that matter. A table without a row is an empty text.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_lab.schema import TABLES
from crm_lab.schema.table import PANDAS_TYPE

if TYPE_CHECKING:
    from pandas import DataFrame


@cache
def _read(stem: Path) -> Mapping[str, Any]:
    path = stem.with_name(f"{stem.name}.near.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def near_of(stem: Path, name: str) -> dict[str, tuple[str, str]]:
    """The near misses of an exercise: name -> a piece of the published answer's code, and what takes its place.

    stem  the module's path without `.py`
    """
    found = _read(stem).get(name, {}).get("near", {})
    return {label: (edit[0], edit[1]) for label, edit in found.items()}


def edges_of(stem: Path, name: str) -> Callable[[], dict[str, DataFrame]] | None:
    """What makes the edge tables of an exercise, or None where it has none."""
    tables = _read(stem).get(name, {}).get("edges")
    return partial(_frames, tables) if tables else None


def _frames(tables: Mapping[str, str]) -> dict[str, DataFrame]:
    return {name: edge_table(name, text) for name, text in tables.items()}


def edge_table(name: str, text: str) -> DataFrame:
    """CSV as a table, its columns of the types that the schema gives them.

    >>> edge_table("reminders", "reminder_id,done_at\\nT1,").dtypes.astype(str).tolist()
    ['str', 'datetime64[us]']
    """
    import pandas as pd

    if not text.strip():
        return pd.DataFrame()
    frame = pd.read_csv(StringIO(text), skipinitialspace=True)
    columns = TABLES[name].columns if name in TABLES else ()
    types = {one.name: PANDAS_TYPE[one.type] for one in columns if one.name in frame}
    return frame.astype(types)
