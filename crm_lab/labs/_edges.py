"""A second, small set of tables, with the rows on which a task's rules turn: given by the exercise, completed here."""

from __future__ import annotations

import pandas as pd

from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise
from crm_lab.schema import TABLES
from crm_lab.schema.table import PANDAS_TYPE

SHUFFLE = 1  # seed of the order of rows
_FILL = {"str": "", "int64": 0, "float64": 0.0, "bool": False, "datetime64[us]": pd.Timestamp("2025-01-01")}


def edge_tables(exercise: Exercise, tables: Tables) -> list[Tables]:
    """The company with the exercise's edge tables, their rows shuffled, and again with the rows turned round.

    What an answer takes from the order of rows differs between the two. Empty where an exercise declares no edges.
    """
    if exercise.edges is None:
        return []
    frames = {name: completed(name, frame) for name, frame in exercise.edges().items()}
    shuffled = {name: frame.sample(frac=1, random_state=SHUFFLE, ignore_index=True) for name, frame in frames.items()}
    turned = {name: frame[::-1].reset_index(drop=True) for name, frame in shuffled.items()}
    return [tables.with_frames(shuffled), tables.with_frames(turned)]


def completed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with all columns of the company's table of that name, in its types; filled in where they do not matter.

    >>> completed("reps", pd.DataFrame({"rep_id": ["S01"]}))["monthly_salary"].tolist()
    [0.0]
    """
    if name not in TABLES:
        return frame
    types = {column.name: PANDAS_TYPE[column.type] for column in TABLES[name].columns}
    missing = {column: pd.Series(_FILL[kind], frame.index, dtype=kind) for column, kind in types.items()}
    return TABLES[name].typed(frame.assign(**{column: fill for column, fill in missing.items() if column not in frame}))
