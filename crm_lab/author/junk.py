"""Things nobody should hand in and somebody will: none may pass, stop the check or make it wait."""

from __future__ import annotations

import contextlib
import decimal
import fractions
import functools
import itertools
import math
import re
import threading
import time
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pandas as pd

Maker = Callable[[], Any]

_WORDS = (
    "eq ne lt le gt ge bool len iter getitem contains repr str format float int index call array getattr hash "
    "reduce_ex copy deepcopy sub rsub round"
)
_DUNDERS = [f"__{word}__" for word in re.split(" ", _WORDS)]


def with_every_method(name: str, method: Callable[..., Any], base: type = object, **more: Any) -> type:
    """A class whose every special method is `method`."""
    return type(name, (base,), {dunder: method for dunder in _DUNDERS} | more)


def _raise(*args: Any, **named: Any) -> Any:
    raise RuntimeError("asked")


def never(*args: Any, **named: Any) -> Any:
    """Does not return for longer than a check may take."""
    deadline = time.monotonic() + 1.2  # for ever, as far as a check is concerned
    while time.monotonic() < deadline:
        time.sleep(0.01)


def _agree(*args: Any, **named: Any) -> Any:
    return True


class _Liar(type):
    """A metaclass that claims to be everything."""

    __name__ = "DataFrame"

    def __instancecheck__(cls, instance: object) -> bool:
        return True

    def __eq__(cls, other: object) -> bool:
        return True

    def __hash__(cls) -> int:
        return hash(pd.DataFrame)


class _Lying(metaclass=_Liar):
    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return pd.DataFrame


class _Exploding(Mapping[str, float]):
    """A mapping that looks fine until somebody reads it."""

    def __getitem__(self, key: str) -> float:
        raise RuntimeError("asked")

    def __iter__(self) -> Iterator[str]:
        while True:
            yield "C00001"

    def __len__(self) -> int:
        return 10**12


def _agreeing() -> type:
    return with_every_method("Agreeing", _agree, __hash__=lambda self: 1)


def _recursive_list() -> list[Any]:
    ring: list[Any] = []
    ring.append(ring)
    return ring


def _recursive_dict() -> dict[str, Any]:
    ring: dict[str, Any] = {}
    ring["C00001"] = ring
    return ring


def _nested(wrap: Callable[[Any], Any]) -> Any:
    return functools.reduce(lambda inner, _turn: wrap(inner), range(5_000), 1.0)


async def _coroutine() -> float:
    return 1.0


def _generator() -> Iterator[float]:
    while True:
        yield 1.0


def _evil(base: type, method: Callable[..., Any] = _raise) -> type:
    kept = ("__hash__", "__getattr__", "__len__", "__iter__", "__getitem__", "__array__")
    return type("Sub", (base,), {dunder: method for dunder in _DUNDERS if dunder not in kept})


def _tampered_frame() -> pd.DataFrame:
    frame = pd.DataFrame({"a": [1.0]})
    for name in ("to_numpy", "reset_index", "columns_", "copy", "_ixs"):
        object.__setattr__(frame, name, never)
    return frame


def _tampered_series() -> pd.Series:
    series = pd.Series([1.0])
    for name in ("to_numpy", "array", "copy", "__len__", "_values"):
        with contextlib.suppress(AttributeError):
            object.__setattr__(series, name, never)
    return series


def _badly_attributed() -> pd.DataFrame:
    frame = pd.DataFrame({"a": [1.0]})
    name = type("Name", (str,), {"__eq__": never, "__hash__": lambda self: 1})("x")
    object.__setattr__(frame, name, 1)
    return frame


def _broken_frame() -> pd.DataFrame:
    frame = pd.DataFrame({"a": [1.0]})
    object.__setattr__(frame, "_mgr", with_every_method("Manager", never)())
    return frame


def _object_cells(value: Any) -> np.ndarray:
    cells = np.empty(3, object)
    for row in range(3):  # one by one: NumPy would ask the value whether it is an array
        cells[row] = value
    return cells


def _badly_named() -> Any:
    kind = type("Sub", (), {})
    kind.__name__ = type("Name", (str,), {"__getitem__": never, "__str__": never})("x\n\x1b" * 50)
    return kind()


def junk() -> dict[str, Maker]:
    """Name and maker of each piece of junk. None is an answer to anything."""
    return _plain_junk() | _hostile_junk() | _wrong_types() | _pandas_junk()


def _plain_junk() -> dict[str, Maker]:
    return {
        "None": lambda: None,
        "NaN": lambda: math.nan,
        "NA": lambda: pd.NA,
        "NaT": lambda: pd.NaT,
        "infinity": lambda: math.inf,
        "huge int": lambda: 10**5_000,
        "huge negative int": lambda: -(10**400),
        "complex": lambda: 1 + 2j,
        "signalling Decimal": lambda: decimal.Decimal("sNaN"),
        "endless Decimal": lambda: decimal.Decimal("1e999999"),
        "fraction": lambda: fractions.Fraction(10**400, 3),
        "bytes": lambda: b"C00001",
        "bytearray": lambda: bytearray(b"C00001"),
        "memoryview": lambda: memoryview(b"C00001"),
        "lone surrogates": lambda: "\ud800\x00\x1b[31m",
        "long text": lambda: "x" * 5_000_000,
        "empty list": list,
        "empty dict": dict,
        "empty table": pd.DataFrame,
        "set": lambda: {1, 2},
        "recursive list": _recursive_list,
        "recursive dict": _recursive_dict,
        "deep list": lambda: _nested(lambda inner: [inner]),
        "deep dict": lambda: _nested(lambda inner: {"C00001": inner}),
        "list in a tuple in a dict": lambda: {"C00001": ([_recursive_list()],)},
    }


def _hostile_junk() -> dict[str, Maker]:
    agreeing = _agreeing()
    return {
        "equal to everything": agreeing,
        "every method raises": with_every_method("Raising", _raise),
        "every method never returns": with_every_method("Slow", never),
        "lying metaclass": _Lying,
        "the lying class itself": lambda: _Lying,
        "type with a strange name": _badly_named,
        "mock": MagicMock,
        "mock of a table": lambda: MagicMock(spec=pd.DataFrame),
        "DataFrame subclass": lambda: _evil(pd.DataFrame)({"a": [1.0]}),
        "agreeing DataFrame subclass": lambda: _evil(pd.DataFrame, _agree)({"a": [1.0]}),
        "Series subclass": lambda: _evil(pd.Series)([1.0]),
        "str subclass": lambda: _evil(str, _agree)("x"),
        "int subclass": lambda: _evil(int, _agree)(1),
        "float subclass": lambda: _evil(float, never)(1.0),
        "dict subclass": lambda: _evil(dict, _raise)({"C00001": 1.0}),
        "list subclass": lambda: _evil(list, never)([1.0]),
        "dict of agreeing objects": lambda: {agreeing(): agreeing()},
    }


def _wrong_types() -> dict[str, Maker]:
    return {
        "generator without end": _generator,
        "counter without end": itertools.count,
        "endless range": lambda: range(10**12),
        "exploding mapping": _Exploding,
        "module": lambda: math,
        "class": lambda: pd.DataFrame,
        "object": object,
        "NotImplemented": lambda: NotImplemented,
        "exception": lambda: ValueError("x"),
        "lock": threading.Lock,
        "namespace": lambda: types.SimpleNamespace(shape=(1, 1)),
        "bound method": lambda: pd.DataFrame({"a": [1.0]}).sum,
        "coroutine function": lambda: _coroutine,
        "generator function": lambda: _generator,
        "partial of nonsense": lambda: functools.partial(with_every_method("Slow", _raise)()),
        "print": lambda: print,
        "exit": lambda: exit,
    }


def _pandas_junk() -> dict[str, Maker]:
    agreeing = _agreeing()
    return {
        "tampered table": _tampered_frame,
        "table without a manager": _broken_frame,
        "masked array": lambda: np.ma.masked_array([1.0], [True]),
        "structured array": lambda: np.zeros(1, dtype=[("a", float)]),
        "array of three dimensions": lambda: np.zeros((2, 2, 2)),
        "array of objects": lambda: _object_cells(agreeing()),
        "empty array": lambda: np.array([]),
        "table of agreeing objects": lambda: pd.DataFrame({"customer_id": _object_cells(agreeing())}),
        "table of blanks": lambda: pd.DataFrame({"customer_id": _object_cells(...)}),
        "Series of recursive lists": lambda: pd.Series(_object_cells(_recursive_list())),
        "Series of NaN": lambda: pd.Series([math.nan] * 3),
        "table of NaN": lambda: pd.DataFrame(np.full((3, 3), math.nan)),
        "columns that agree": lambda: pd.DataFrame(np.ones((1, 3)), columns=pd.Index(_object_cells(agreeing()))),
        "index that agrees": lambda: pd.Series(np.ones(3), index=pd.Index(_object_cells(agreeing()))),
        "table of millions of rows": lambda: pd.DataFrame({"customer_id": np.zeros(3_000_000)}),
        "tampered Series": _tampered_series,
        "attribute with a name that lies": _badly_attributed,
        "table of intervals": lambda: pd.DataFrame({"a": pd.interval_range(0, 3)}),
        "table of periods": lambda: pd.DataFrame({"a": pd.period_range("2025-01", periods=3, freq="M")}),
        "table of complex numbers": lambda: pd.DataFrame({"a": [1 + 2j]}),
        "classes nobody is in": lambda: pd.Series(pd.Categorical.from_codes([0], pd.RangeIndex(30_000_000))),
        "groups": lambda: pd.DataFrame({"a": [1.0]}).groupby("a"),
        "table of long texts": lambda: pd.DataFrame({"customer_id": ["x" * 99_000] * 2_000}),
        "table of many columns": lambda: pd.DataFrame(np.zeros((1, 20_000))),
    }
