"""What the edge tables of all chapters are written with."""

from __future__ import annotations

import pandas as pd

AT = pd.Timestamp


def frame(columns: str, *rows: tuple) -> pd.DataFrame:
    """A small table, its columns named in one line.

    >>> frame("name n", ("a", 1), ("b", 2))["n"].tolist()
    [1, 2]
    """
    return pd.DataFrame(rows, columns=columns.split())
