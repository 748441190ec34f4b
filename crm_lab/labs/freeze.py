"""Answers as plain data: scalars, dicts and pandas' own containers are copied cell by cell; all else is Refused.

A grader can carry these forms from one process to another; it never needs the objects themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.core.internals.managers import BlockManager, SingleBlockManager

from crm_lab.base.text import _
from crm_lab.labs.cells import (
    BLANK,
    MISSING,
    NUMBER,
    TEXT,
    Cell,
    Column,
    Exactly,
    Refused,
    cells,
    column_of,
    from_array,
    from_objects,
    is_plain,
    is_yes_no,
    refusal,
    scalar,
)

MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Grid:
    """A frozen DataFrame, Series, Index or array: the levels of its index, and those of its columns that are wanted.

    levels  (name or None, cells) of each level of the index
    labels  the names of all columns
    columns the wanted ones, each as often as it occurs; the one of a Series is called ""
    ranged  whether the index is the default 0, 1, 2, …
    """

    shape: str
    rows: int
    levels: tuple[tuple[str | None, Column], ...]
    labels: tuple[str, ...]
    columns: dict[str, list[Column]]
    ranged: bool = False


@dataclass(frozen=True)
class Pairs:
    """A frozen dict; an entry that is still `...` is BLANK."""

    keys: tuple[Cell, ...]
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Scalar:
    """One frozen value; `yes_no` where it was True or False."""

    kind: int
    value: Any
    yes_no: bool = False


Frozen = Scalar | Grid | Pairs


def _spell_out(values: Column, codes: np.ndarray) -> Column:
    """Rows that are given as places in a list of values; -1 means missing."""
    blank = column_of([(MISSING, None)])
    pairs = ((values.kinds, blank.kinds), (values.numbers, blank.numbers), (values.objects, blank.objects))
    kinds, numbers, objects = (np.concatenate(pair) for pair in pairs)
    return Column(kinds, numbers, objects, values.yes_no).take(np.where(codes < 0, len(values), codes))


def _categorical(values: Any) -> Column:
    return _spell_out(_column(_values(values.categories)), np.asarray(values.codes))


def _masked(values: Any) -> Column:
    column = from_array(values._data)
    kinds = np.where(values._mask, MISSING, column.kinds).astype(np.int8)
    return Column(kinds, np.where(values._mask, np.nan, column.numbers), column.objects, column.yes_no)


def _local_times(values: Any) -> Column:
    return from_array((values if values.tz is None else values.tz_localize(None))._ndarray)


_ARRAYS: dict[int, Callable[[Any], Column]] = {
    id(kind): read
    for kinds, read in (
        ((np.ndarray,), from_array),
        ((pd.Categorical,), _categorical),
        ((pd.arrays.IntegerArray, pd.arrays.FloatingArray, pd.arrays.BooleanArray), _masked),
        ((pd.arrays.NumpyExtensionArray, pd.arrays.TimedeltaArray), lambda values: from_array(values._ndarray)),
        ((pd.arrays.DatetimeArray,), _local_times),
        ((pd.arrays.SparseArray,), lambda values: from_array(np.asarray(values))),
        ((pd.arrays.StringArray, pd.arrays.ArrowStringArray, pd.arrays.ArrowExtensionArray), from_objects),
        ((pd.arrays.PeriodArray, pd.arrays.IntervalArray), from_objects),
    )
    for kind in kinds
}
_INDEXES = Exactly(
    (pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex, pd.CategoricalIndex, pd.IntervalIndex)
)
_MANAGERS = Exactly((BlockManager, SingleBlockManager))


def _column(values: Any) -> Column:
    read = _ARRAYS.get(id(type(values)))
    if read is None:
        raise refusal(values)
    return read(values)


def _values(index: Any) -> Any:
    if type(index) not in _INDEXES:
        raise refusal(index)
    return index._data


def _label(value: Any) -> str | None:
    """A name of a column or level as text; of a tuple, its parts that are not empty."""
    if type(value) is tuple:
        return "_".join(part for part in map(_label, value[:5]) if part) or None
    if not is_plain(value):
        return None
    kind, plain = scalar(value)
    if kind == NUMBER:
        return f"{plain:.0f}" if plain.is_integer() else str(plain)
    return plain[:200] if kind == TEXT else None


def _levels(index: Any) -> list[tuple[str | None, Column]]:
    if type(index) is pd.MultiIndex:
        levels = [_column(_values(level)) for level in index.levels]
        return [
            (_label(name), _spell_out(level, np.asarray(codes)))
            for name, level, codes in zip(index.names, levels, index.codes, strict=True)
        ]
    values = np.arange(index.start, index.stop, index.step) if type(index) is pd.RangeIndex else _values(index)
    return [(_label(index._name), _column(values))]


def _labels(axis: Any) -> list[str | None]:
    if type(axis) is pd.MultiIndex:
        parts = [[_label(value) for value in np.asarray(_values(level), dtype=object)] for level in axis.levels]
        rows = zip(*(np.asarray(codes) for codes in axis.codes), strict=True)
        return [_label(tuple(parts[level][code] for level, code in enumerate(row) if code >= 0)) for row in rows]
    if type(axis) is pd.RangeIndex:
        return [_label(number) for number in range(axis.start, axis.stop, axis.step)]
    return [_label(value) for value in np.asarray(_values(axis), dtype=object)]


def _named_column(label: str, values: Any) -> Column:
    try:
        return _column(values)
    except Refused as refused:
        raise Refused(_("a column {name} that holds {what}").format(name=label, what=refused)) from None


def _table(value: Any, wanted: Collection[str] | None, most_rows: int) -> Grid:
    manager = object.__getattribute__(value, "_mgr")
    if type(manager) not in _MANAGERS:
        raise refusal(manager)
    index, series = manager.axes[-1], type(value) is pd.Series
    rows, width = len(index), 1 if series else len(manager.axes[0])
    if rows > most_rows or width > MOST_COLUMNS:
        form = _("a Series of {rows:,} values") if series else _("a table of {rows:,} × {columns:,} cells")
        raise Refused(form.format(rows=rows, columns=width))
    ranged = type(index) is pd.RangeIndex
    if series:
        return Grid("Series", rows, tuple(_levels(index)), (), {"": [_column(manager.blocks[0].values)]}, ranged)
    labels = _labels(manager.axes[0])
    columns: dict[str, list[Column]] = {}
    for place, label in enumerate(labels):
        if label is not None and (wanted is None or label in wanted):
            columns.setdefault(label, []).append(_named_column(label, manager.iget_values(place)))
    names = tuple(label or "?" for label in labels)
    return Grid("DataFrame", rows, tuple(_levels(index)), names, columns, ranged)


def _array(values: Any, shape: str, most_rows: int) -> Grid:
    if type(values) is np.ndarray:
        flat = values.reshape(-1) if values.size == 1 else values
        if flat.ndim != 1 or len(flat) > most_rows:
            raise Refused(_("an array of shape {shape}").format(shape=" × ".join(map(str, flat.shape)) or "()"))
        return Grid(shape, len(flat), (), (), {"": [from_array(flat)]})
    return Grid(shape, min(len(values), most_rows), (), (), {"": [_column(values[:most_rows])]})


def _dict(value: dict[Any, Any], most_rows: int) -> Pairs:
    if len(value) > most_rows:
        raise Refused(_("a dict of {n:,} entries").format(n=len(value)))
    blank: Cell = (BLANK, None)
    entries = [(key, entry, entry is ...) for key, entry in dict.items(value)]
    filled = iter(cells(entry for _key, entry, empty in entries if not empty))
    return Pairs(
        tuple(cells(key for key, _entry, _empty in entries)),
        tuple(blank if empty else next(filled) for _key, _entry, empty in entries),
    )


def freeze(value: Any, wanted: Collection[str] | None = None, most_rows: int = MOST_ROWS) -> Frozen:
    """`value` as plain data. Columns of a table that are not `wanted` are not even looked at.

    Raises Refused for every type that is no answer, and for more than `most_rows` rows.

    >>> freeze(True)
    Scalar(kind=1, value=1.0, yes_no=True)
    """
    if type(value) is pd.DataFrame or type(value) is pd.Series:
        return _table(value, wanted, most_rows)
    if type(value) is np.ndarray:
        return _array(value, "array", most_rows)
    if type(value) in _INDEXES:
        return _array(_values(value), "Index", most_rows)
    if type(value) is dict:
        return _dict(value, most_rows)
    if value is None:
        raise refusal(value)
    kind, plain = scalar(value)
    return Scalar(kind, plain, is_yes_no(value))
