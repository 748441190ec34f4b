"""One cell of an answer as plain data: a kind and a value. The exact type is looked at before anything else.

Nothing of an unknown object is ever called: no comparison, no hash, no truth value, no repr, no attribute. A metaclass
may lie about all of these, so types are told apart by identity alone.
"""

from __future__ import annotations

import datetime as dt
import decimal
import fractions
import types
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.text import _

MISSING, NUMBER, TEXT, TIME, DURATION, GROUP, BLANK = range(7)
MOST_MEMBERS = 200_000  # of all the sets and lists in one column
MOST_TEXT = 100_000  # characters of one text
MOST_LETTERS = 20_000_000  # characters of all the texts in one column

Cell = tuple[int, Any]  # (kind, value): float for NUMBER, microseconds for TIME and DURATION, str, tuple or frozenset


class Refused(Exception):
    """An answer that cannot be what was asked: names what it is, as in "You have …", and perhaps how that happens."""

    def __init__(self, what: str, tip: str = "") -> None:
        super().__init__(what)
        self.tip = tip


class Exactly(tuple[type, ...]):
    """Types told apart by identity: `in` on a plain tuple would ask a metaclass that may lie or never return.

    >>> bool in Exactly((int, float))
    False
    """

    def __contains__(self, kind: object) -> bool:
        return any(kind is allowed for allowed in self)


@dataclass(frozen=True)
class Column:
    """Cells as arrays: the kind of each, its number (also of times and durations), its text or group."""

    kinds: np.ndarray
    numbers: np.ndarray
    objects: np.ndarray
    yes_no: bool = False

    def __len__(self) -> int:
        return len(self.kinds)

    def cell(self, row: int) -> Cell:
        """One cell as (kind, value)."""
        kind = int(self.kinds[row])
        if kind in (TEXT, GROUP):
            return kind, self.objects[row]
        return kind, float(self.numbers[row]) if kind in (NUMBER, TIME, DURATION) else None

    def take(self, rows: Sequence[int] | np.ndarray) -> Column:
        """The same column with other rows, in the order asked for."""
        return Column(self.kinds[rows], self.numbers[rows], self.objects[rows], self.yes_no)

    def found(self) -> set[int]:
        """The kinds that occur, missing cells apart."""
        return set(np.unique(self.kinds).tolist()) - {MISSING}


def printable(text: str) -> str:
    """The text on one line, without control characters and lone surrogates.

    >>> printable("a\\nb")
    'a b'
    """
    return "".join(character if character.isprintable() else " " for character in text)


def type_name(value: object) -> str:
    """The name of the exact type, whatever its metaclass pretends.

    >>> type_name(3.0)
    'float'
    """
    name = type.__dict__["__name__"].__get__(type(value))
    return printable(str.__getitem__(name, slice(0, 40)))


_LIBRARIES = {
    "polars": "to_pandas()",
    "pyarrow": "to_pandas()",
    "duckdb": "df()",
    "_duckdb": "df()",
    "dask": "compute()",
}


def _library(value: object) -> str:
    """The library an object's exact type comes from, asking nothing of the type."""
    module = type.__dict__["__dict__"].__get__(type(value)).get("__module__")
    return module.split(".")[0] if type(module) is str else ""


def refusal(value: object) -> Refused:
    """What to raise for an object of a type that the answer cannot have.

    >>> refusal([1, 2])
    Refused('a list')
    """
    call = _("Perhaps the brackets () of a call are missing.")
    known = {
        id(type(None)): (_("None"), _("Perhaps a step changes its table in place and returns nothing.")),
        id(type(...)): (_("a blank (...)"), ""),
        id(bool): (_("True or False"), ""),
        id(int): (_("a number"), ""),
        id(float): (_("a number"), ""),
        id(str): (_("a text"), ""),
        id(list): (_("a list"), ""),
        id(tuple): (_("a tuple"), ""),
        id(set): (_("a set"), ""),
        id(dict): (_("a dict"), ""),
        id(type): (_("a class"), call),
        id(types.FunctionType): (_("a function"), call),
        id(types.MethodType): (_("a method"), call),
        id(types.GeneratorType): (_("a generator"), ""),
        id(pd.DataFrame): (_("a table"), ""),
        id(pd.Series): (_("a Series"), ""),
    }
    if id(type(value)) in known:
        return Refused(*known[id(type(value))])
    what = _("an object of type {type}").format(type=type_name(value))
    if _library(value) in _LIBRARIES:
        form = _("Turn it into a pandas DataFrame: .{call} does it.")
        return Refused(what, form.format(call=_LIBRARIES[_library(value)]))
    if type_name(value).endswith("GroupBy"):
        return Refused(what, _("Say what to work out for each group, such as .sum() or .agg(...)."))
    return Refused(what)


def _number(value: Any) -> Cell:
    try:
        number = float(value)
    except (OverflowError, ValueError):
        raise Refused(_("a number too large to compute with")) from None
    return (MISSING, None) if number != number else (NUMBER, number)


def _text(value: Any) -> Cell:
    text = value if type(value) is str else str(value)
    if len(text) > MOST_TEXT:
        raise Refused(_("a text of {n:,} characters").format(n=len(text)))
    return TEXT, text


def _moment(value: Any) -> Cell:
    clock = () if type(value) is dt.date else (value.hour, value.minute, value.second, value.microsecond)
    moment = dt.datetime(value.year, value.month, value.day, *clock)
    return TIME, float((moment - dt.datetime(1970, 1, 1)) // dt.timedelta(microseconds=1))


def _duration(value: Any) -> Cell:
    return DURATION, dt.timedelta.total_seconds(value) * 1e6


def _numpy_time(value: Any) -> Cell:
    return from_array(np.array([value])).cell(0)


def _missing(value: Any) -> Cell:
    return MISSING, None


_READERS: dict[int, Callable[[Any], Cell]] = {
    id(kind): read
    for kinds, read in (
        ((bool, int, float, decimal.Decimal, fractions.Fraction, np.bool_), _number),
        ((np.float16, np.float32, np.float64, np.longdouble), _number),
        ((np.int8, np.int16, np.int32, np.int64, np.longlong), _number),
        ((np.uint8, np.uint16, np.uint32, np.uint64, np.ulonglong), _number),
        ((str, np.str_, pd.Period, pd.Interval), _text),
        ((pd.Timestamp, dt.datetime, dt.date), _moment),
        ((pd.Timedelta, dt.timedelta), _duration),
        ((np.datetime64, np.timedelta64), _numpy_time),
        ((type(None), type(pd.NA), type(pd.NaT)), _missing),
    )
    for kind in kinds
}
_GROUPS = Exactly((list, tuple, set, frozenset))
_UNORDERED = Exactly((set, frozenset))
_BOOLEANS = Exactly((bool, np.bool_))


def is_plain(value: object) -> bool:
    """Whether the exact type is that of a number, text, time or missing value."""
    return id(type(value)) in _READERS


def is_yes_no(value: object) -> bool:
    """Whether it is exactly True or False, of Python or NumPy."""
    return type(value) in _BOOLEANS


def scalar(value: Any) -> Cell:
    """A plain value as a cell. Raises Refused for anything else.

    >>> scalar(True), scalar("A"), scalar(None)
    ((1, 1.0), (2, 'A'), (0, None))
    """
    read = _READERS.get(id(type(value)))
    if read is None:
        raise refusal(value)
    return read(value)


def cells(values: Iterable[Any]) -> list[Cell]:
    """Plain values, and sets or lists of them, as cells. Raises Refused for anything else."""
    room, letters = MOST_MEMBERS, MOST_LETTERS
    result = []
    for value in values:
        read = _READERS.get(id(type(value)))
        if read is not None:
            result.append(read(value))
            if read is _text:
                letters -= len(result[-1][1])
                if letters < 0:
                    raise Refused(_("more than {n:,} characters of text").format(n=MOST_LETTERS))
        elif type(value) in _GROUPS:
            room -= len(value)
            result.append(_group(value, room))
        else:
            raise refusal(value)
    return result


def _group(value: Any, room: int) -> Cell:
    if room < 0:
        raise Refused(_("a list with more than {n:,} members").format(n=MOST_MEMBERS))
    members = [scalar(member) for member in list(value)]
    return GROUP, frozenset(members) if type(value) in _UNORDERED else tuple(members)


def column_of(values: Sequence[Cell], yes_no: bool = False) -> Column:
    """Cells as a Column."""
    kinds = np.array([kind for kind, _value in values], np.int8)
    numeric = (NUMBER, TIME, DURATION)
    numbers = np.array([value if kind in numeric else np.nan for kind, value in values], float)
    objects = np.empty(len(values), object)
    for row, (kind, value) in enumerate(values):
        if kind in (TEXT, GROUP):
            objects[row] = value
    return Column(kinds, numbers, objects, yes_no)


def from_numbers(numbers: np.ndarray, kind: int = NUMBER, yes_no: bool = False) -> Column:
    """A float array as a Column; NaN is missing."""
    kinds = np.where(np.isnan(numbers), MISSING, kind).astype(np.int8)
    return Column(kinds, numbers, np.empty(len(numbers), object), yes_no)


def from_objects(values: Any) -> Column:
    """Anything NumPy can spell out as objects, each looked at by itself."""
    objects = np.asarray(values, dtype=object)
    return column_of(cells(objects), bool(len(objects)) and is_yes_no(objects[0]))


def from_array(values: np.ndarray) -> Column:
    """A NumPy array of one dimension. Raises Refused for a dtype that holds no plain values."""
    kind = values.dtype.kind
    if kind in "biuf":
        return from_numbers(values.astype(float), NUMBER, kind == "b")
    if kind in "mM":
        whole = values.astype("datetime64[us]" if kind == "M" else "timedelta64[us]")
        numbers = np.where(np.isnat(whole), np.nan, whole.astype("int64").astype(float))
        return from_numbers(numbers, TIME if kind == "M" else DURATION)
    if kind in "UO":
        return from_objects(values)
    raise Refused(_("cells of type {type}").format(type=values.dtype.name[:40]))
