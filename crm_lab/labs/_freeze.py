"""Answers as plain data: scalars, dicts and pandas' own containers are copied cell by cell; all else is Refused.

A grader can carry these forms from one process to another; it never needs the objects themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

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
    from_numbers,
    from_objects,
    is_plain,
    is_yes_no,
    refusal,
    scalar,
)

MOST_COLUMNS = 2_000
MOST_LEVELS = 20
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


def _spell_out(values: Any, codes: Any) -> Column:
    """Rows that are given as places in an index; -1 means missing. What no row uses is not even looked at."""
    rows = np.asarray(codes)
    used = np.unique(rows[rows >= 0])
    column = _column(_array_of(type(_known(values)).take(values, used)))
    blank = column_of([(MISSING, None)])
    pairs = ((column.kinds, blank.kinds), (column.numbers, blank.numbers), (column.objects, blank.objects))
    kinds, numbers, objects = (np.concatenate(pair) for pair in pairs)
    places = np.where(rows < 0, len(used), np.searchsorted(used, rows))
    return Column(kinds, numbers, objects, column.yes_no).take(places)


def _masked(values: Any) -> Column:
    yes_no = values.dtype.kind == "b"
    return from_numbers(type(values).to_numpy(values, dtype="float64", na_value=np.nan), yes_no=yes_no)


def _plain_array(values: Any) -> Column:
    return from_array(type(values).to_numpy(values))


def _local_times(values: Any) -> Column:
    return _plain_array(values if values.tz is None else type(values).tz_localize(values, None))


_ARRAYS: dict[int, Callable[[Any], Column]] = {
    id(kind): read
    for kinds, read in (
        ((np.ndarray,), from_array),
        ((pd.Categorical,), lambda values: _spell_out(values.categories, values.codes)),
        ((pd.arrays.IntegerArray, pd.arrays.FloatingArray, pd.arrays.BooleanArray), _masked),
        ((pd.arrays.NumpyExtensionArray, pd.arrays.TimedeltaArray), _plain_array),
        ((pd.arrays.DatetimeArray,), _local_times),
        ((pd.arrays.SparseArray,), lambda values: from_array(np.asarray(values))),
        ((pd.arrays.StringArray, pd.arrays.ArrowStringArray, pd.arrays.ArrowExtensionArray), from_objects),
        ((pd.arrays.PeriodArray, pd.arrays.IntervalArray), from_objects),
    )
    for kind in kinds
}
_INDEXES = Exactly(
    (
        *(pd.Index, pd.RangeIndex, pd.CategoricalIndex, pd.IntervalIndex),
        *(pd.DatetimeIndex, pd.TimedeltaIndex, pd.PeriodIndex),
    )
)
# A table may have been tampered with: its inside exchanged for something that never answers, or a method of pandas'
# hidden behind an attribute of its own. Both are seen without calling anything.
_OWN = frozenset((*vars(pd.DataFrame()), *vars(pd.Series())))
_INSIDES = Exactly(tuple(type(vars(one).get("_mgr")) for one in (pd.DataFrame(), pd.Series())))
_NAMES = frozenset((*dir(pd.DataFrame), *dir(pd.Series)))


def _column(values: Any) -> Column:
    read = _ARRAYS.get(id(type(values)))
    if read is None:
        raise refusal(values)
    return read(values)


def _known(index: Any) -> Any:
    """The index itself, if it is one of pandas' own that are not made of several levels."""
    if type(index) not in _INDEXES:
        raise refusal(index)
    return index


def _array_of(index: Any) -> Any:
    return _known(index).array


def _label(value: Any) -> str | None:
    """A name of a column or level as text; of a tuple, its parts that are not empty."""
    if type(value) is tuple:
        return "_".join(part for part in map(_label, value[:5]) if part) or None if _is_flat(value) else None
    if not is_plain(value):
        return None
    kind, plain = scalar(value)
    if kind == NUMBER:
        return f"{plain:.0f}" if plain.is_integer() else str(plain)
    return plain[:200] if kind == TEXT else None


def _is_flat(names: tuple[Any, ...]) -> bool:
    return not any(type(part) is tuple for part in names[:5])


def _levels(index: Any) -> list[tuple[str | None, Column]]:
    if type(index) is pd.MultiIndex:
        columns = [_spell_out(level, codes) for level, codes in zip(index.levels, index.codes, strict=True)]
        return list(zip(map(_label, index.names), columns, strict=True))
    return [(_label(index.names[0]), _column(_array_of(index)))]


def _labels(axis: Any) -> list[str | None]:
    if type(axis) is pd.MultiIndex:
        parts = [[_label(value) for value in np.asarray(_known(level), dtype=object)] for level in axis.levels]
        rows = zip(*(np.asarray(codes) for codes in axis.codes), strict=True)
        return [_label(tuple(parts[level][code] for level, code in enumerate(row) if code >= 0)) for row in rows]
    return [_label(value) for value in np.asarray(_known(axis), dtype=object)]


def _named_column(label: str, values: Any) -> Column:
    try:
        return _column(values)
    except Refused as refused:
        tip = refused.tip
        raise Refused(_("a column {name} that holds {what}").format(name=label, what=refused), tip) from None


def _table(value: Any, wanted: Collection[str] | None, most_rows: int) -> Grid:
    _check_untampered(dict.items(vars(value)))
    index, series = value.index, type(value) is pd.Series
    rows, width = len(index), 1 if series else len(value.columns)
    if rows > most_rows or width > MOST_COLUMNS or _is_vast(index):
        form = _("a Series of {rows:,} values") if series else _("a table of {rows:,} × {columns:,} cells")
        raise Refused(form.format(rows=rows, columns=width))
    ranged = type(index) is pd.RangeIndex
    if series:
        return Grid("Series", rows, tuple(_levels(index)), (), {"": [_column(value.array)]}, ranged)
    labels = _labels(value.columns)
    columns: dict[str, list[Column]] = {}
    for place, label in enumerate(labels):
        if label is not None and (wanted is None or label in wanted) and len(columns.get(label, ())) < 2:
            columns.setdefault(label, []).append(_named_column(label, value.iloc[:, place].array))
    names = tuple(label or "?" for label in labels)
    return Grid("DataFrame", rows, tuple(_levels(index)), names, columns, ranged)


def _check_untampered(attributes: Iterable[tuple[Any, Any]]) -> None:
    for name, own in attributes:
        if type(name) is not str or (name == "_mgr" and type(own) not in _INSIDES):
            raise refusal(own)
        if name not in _OWN and name in _NAMES:
            raise Refused(_("a table whose {name} has been replaced").format(name=name))


def _is_vast(index: Any) -> bool:
    return type(index) is pd.MultiIndex and len(index.levels) > MOST_LEVELS


def _array(values: np.ndarray, most_rows: int) -> Grid:
    flat = values.reshape(-1) if values.size == 1 else values
    if flat.ndim != 1 or len(flat) > most_rows:
        raise Refused(_("an array of shape {shape}").format(shape=" × ".join(map(str, flat.shape)) or "()"))
    return Grid("array", len(flat), (), (), {"": [from_array(flat)]})


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
        return _array(value, most_rows)
    if type(value) in _INDEXES:
        if len(value) > most_rows:
            raise Refused(_("an Index of {rows:,} values").format(rows=len(value)))
        return Grid("Index", len(value), (), (), {"": [_column(_array_of(value))]})
    if type(value) is dict:
        return _dict(value, most_rows)
    if value is None:
        raise refusal(value)
    kind, plain = scalar(value)
    return Scalar(kind, plain, is_yes_no(value))
