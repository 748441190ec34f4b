"""Whether a function has left its inputs as they were."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.labs._freeze import Grid, freeze
from crm_lab.labs.cells import Column, Exactly, Refused, is_plain, scalar

_LISTS = Exactly((list, tuple))
_FRAMES = Exactly((pd.DataFrame, pd.Series, np.ndarray, pd.Index))


def unchanged(before: Any, after: Any) -> bool:
    """Whether `after`, once a copy of `before`, still says the same. Nothing of an object put into it is called.

    >>> unchanged(([3, 1], {"tea": 2}), ([3, 1], {"tea": 2})), unchanged(([3, 1],), ([1, 3],))
    (True, False)
    """
    if type(before) is not type(after):
        return False
    if type(before) in _LISTS:
        return len(before) == len(after) and all(map(unchanged, before, after))
    if type(before) is dict:
        return unchanged(list(dict.items(before)), list(dict.items(after)))
    if type(before) in _FRAMES:
        return _same_grid(before, after)
    return not is_plain(before) or scalar(before) == scalar(after)


def _same_grid(before: Any, after: Any) -> bool:
    try:
        one, other = freeze(before), freeze(after)
    except Refused:
        return False
    if not isinstance(one, Grid) or not isinstance(other, Grid) or one.labels != other.labels:
        return False
    return list(map(_cells, _columns(one))) == list(map(_cells, _columns(other)))


def _columns(grid: Grid) -> list[Column]:
    return [*(level for _name, level in grid.levels), *(column for same in grid.columns.values() for column in same)]


def _cells(column: Column) -> tuple[list[Any], ...]:
    numbers = np.where(np.isnan(column.numbers), 0.0, column.numbers)
    return column.kinds.tolist(), numbers.tolist(), column.objects.tolist()
