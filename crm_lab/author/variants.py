"""From a right answer: forms that are just as right, and mutants that are wrong in one place. Used by the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.exercises import Exercise

Named = Iterator[tuple[str, Any]]
NOISE = 1 + 1e-9


def kind_of(exercise: Exercise) -> str:
    """The kind of plain value an exercise is about: number, table, choice or text."""
    return {"sql": "table", "function": exercise.returns}.get(exercise.kind, exercise.kind)


def equivalents(exercise: Exercise, right: Any) -> Named:
    """(name, form) of answers that say the same as the declared one."""
    return _EQUIVALENTS[kind_of(exercise)](exercise, right)


def mutants(exercise: Exercise, right: Any) -> Named:
    """(name, form) of answers that differ from the declared one in one respect."""
    return _MUTANTS[kind_of(exercise)](exercise, right)


def rounded(exercise: Exercise, right: Any) -> Named:
    """(name, form) of answers that are rounded and right besides, where that changes them."""
    kind = kind_of(exercise)
    if kind == "number":
        value = float(np.asarray(right).reshape(()))
        for kept in (1, 2, 3):
            if len(f"{abs(value):.{kept}f}".strip("0.")) > 1 and not np.isclose(round(value, kept), value, rtol=1e-5):
                yield f"rounded to {kept}", round(value, kept)
    if kind == "table":
        frame = as_frame(exercise, right)
        for name in exercise.columns:
            cells = frame[name]
            if pd.api.types.is_float_dtype(cells) and not np.allclose(cells.round(3), cells, rtol=1e-5, equal_nan=True):
                yield f"{name} rounded", frame.assign(**{name: cells.round(3)})


# ---- numbers


def _same_number(exercise: Exercise, right: Any) -> Named:
    value = float(np.asarray(right).reshape(()))
    yield from {
        "float": value,
        "NumPy": np.float64(value),
        "noisy": value * NOISE,
        "Decimal": Decimal(value),
        "Series": pd.Series([value], index=["x"]),
        "array": np.array([value]),
        "0-d array": np.array(value),
        "table": pd.DataFrame({"x": [value]}),
        "object Series": pd.Series([value], dtype=object),
    }.items()
    if value.is_integer():
        yield "int", int(value)
        yield "int32", np.array([value]).astype("int32")


def _other_number(exercise: Exercise, right: Any) -> Named:
    value = float(np.asarray(right).reshape(()))
    others = {
        "a bit more": value * 1.001 + 1e-5,
        "one more": value + max(1.0, abs(value) * 1e-3),
        "twice": 2 * value + 1e-3,
        "per cent": 100 * value + 1e-3,
        "of hundred": value / 100 + 1e-3,
        "negative": -value - 1e-3,
        "NaN": np.nan,
        "infinite": np.inf,
        "text": str(value),
        "True": True,
        "two of them": pd.Series([value, value]),
        "list": [value],
    }
    yield from others.items()


# ---- texts and choices


def _wordings(right: Any) -> list[str]:
    return [right] if isinstance(right, str) else list(right)


def _same_text(exercise: Exercise, right: Any) -> Named:
    for text in _wordings(right):
        yield "itself", text
        yield "upper case", text.upper()
        yield "spaced", f"  {text.replace(' ', '   ')}.\n"
        yield "NumPy", np.str_(text)


def _other_text(exercise: Exercise, right: Any) -> Named:
    for text in _wordings(right):
        yield "longer", f"{text} x"
        yield "list", [text]
        yield "two of them", pd.Series([text, text])
    yield "empty", ""


def _same_sentence(exercise: Exercise, right: Any) -> Named:
    yield from (("itself", right), ("blanks around it", f"  {right}\n"), ("NumPy", np.str_(right)))


def _other_sentence(exercise: Exercise, right: Any) -> Named:
    yield from _other_text(exercise, right)
    yield from (("upper case", right.upper()), ("no point at its end", right.rstrip(".")))


def _same_choice(exercise: Exercise, right: Any) -> Named:
    if isinstance(right, str):
        yield from (("itself", right), ("upper case", f" {right.upper()} "))
        return
    labels = dict(right)
    yield "dict", labels
    yield "turned round", dict(reversed(labels.items()))
    yield "Series", pd.Series(labels)
    yield "category", pd.Series(labels).astype("category")
    yield "upper case", {item: str(label).upper() for item, label in labels.items()}


def _other_choice(exercise: Exercise, right: Any) -> Named:
    if isinstance(right, str):
        yield from ((f"option {option}", option) for option in exercise.options if option != right)
        yield from (("unknown", "zzz"), ("list", [right]), ("dict", {"x": right}))
        return
    labels = dict(right)
    for item, label in labels.items():
        other = next(option for option in exercise.options if option != label)
        yield f"{item} changed", {**labels, item: other}
        yield f"{item} dropped", {key: value for key, value in labels.items() if key != item}
        yield f"{item} unknown", {**labels, item: "zzz"}
        yield f"{item} blank", {**labels, item: ...}
        twin = next((key for key in labels if labels[key] != label), None)
        if twin is not None:
            yield f"{item} exchanged", {**labels, item: labels[twin], twin: label}
    yield from (("one more", {**labels, "zzz": exercise.options[0]}), ("list", list(labels.values())))


# ---- tables


def as_frame(exercise: Exercise, right: Any) -> pd.DataFrame:
    """A declared table with the key as columns, then the columns that are checked."""
    names = [*exercise.key, *exercise.columns]
    if isinstance(right, dict):
        return pd.DataFrame({names[0]: list(right), names[1]: list(right.values())})
    frame = right.to_frame(names[-1]) if isinstance(right, pd.Series) else right
    levels = [name for name in frame.index.names if name is not None]
    if not set(exercise.key) <= {*frame.columns, *levels}:
        frame = frame.rename_axis(list(exercise.key))
    keep = [name for name in frame.index.names if name in names and name not in frame.columns]
    frame = frame.reset_index(level=keep) if keep else frame
    frame = frame[names].reset_index(drop=True)
    return frame.set_axis(pd.Index(names), axis=1)


def _same_table(exercise: Exercise, right: Any) -> Named:
    frame = as_frame(exercise, right)
    key = list(exercise.key)
    yield "itself", right
    yield "key as columns", frame
    yield "reordered", frame.sample(frac=1, random_state=1)[frame.columns[::-1]]
    yield "key as index", frame.set_index(key)
    if not pd.api.types.is_numeric_dtype(frame[key[0]]):
        yield "index without name", frame.set_index(key).rename_axis([None] * len(key))
    yield "more columns", frame.assign(zzz=np.full(len(frame), object()), other=1.0)
    yield from _retyped(frame, key)
    if len(exercise.columns) == 1:
        series = frame.set_index(key)[frame.columns[-1]]
        yield "Series", series.rename(None)
        if len(key) == 1:
            yield "dict", series.to_dict()


def _retyped(frame: pd.DataFrame, key: list[str]) -> Named:
    for name in frame.columns:
        cells = frame[name]
        casts: dict[str, Callable[[pd.Series], pd.Series]] = {"object": lambda cells: cells.astype(object)}
        if pd.api.types.is_bool_dtype(cells):
            casts |= {"int": lambda cells: cells.astype("int64"), "boolean": lambda cells: cells.astype("boolean")}
        elif pd.api.types.is_numeric_dtype(cells):
            casts |= {"noisy": lambda cells: cells * NOISE, "Float64": lambda cells: cells.astype("Float64")}
            casts |= {"sparse": lambda cells: cells.astype(pd.SparseDtype("float64"))}
            whole = bool((cells.dropna() % 1 == 0).all()) and bool((cells.dropna().abs() < 2**31).all())
            if whole:
                casts |= {"Int64": lambda cells: cells.astype("Int64"), "int32": lambda cells: cells.astype("int32")}
        elif pd.api.types.is_datetime64_any_dtype(cells):
            casts |= {"nanoseconds": lambda cells: cells.astype("datetime64[ns]")}
        else:
            casts |= {
                "category": lambda cells: cells.astype("category"),
                "string": lambda cells: cells.astype("string"),
            }
        if name in key:
            casts.pop("noisy", None)
        for cast, change in casts.items():
            with suppress(TypeError, ValueError):  # a column with gaps has no int32
                yield f"{name} as {cast}", frame.assign(**{name: change(cells)})


def _other_cell(cells: Any, row: int) -> Any:
    """Another value for one cell, as near as the tolerance allows and of the same kind."""
    value = cells.iloc[row]
    if isinstance(value, frozenset | tuple | list | set):
        return frozenset({"zzz"})
    if pd.isna(value):
        filled = cells.dropna()
        return filled.iloc[0] if len(filled) else 1.0
    if isinstance(value, bool | np.bool_):
        return not value
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, pd.Timestamp | pd.Timedelta):
        return value + pd.Timedelta(days=1)
    size = pd.to_numeric(cells, errors="coerce").abs().replace(np.inf, np.nan).max()
    return float(value) + max(abs(float(value)) * 1e-3, float(size) * 1e-6, 1e-9)


def _with_cell(frame: pd.DataFrame, name: str, row: int, value: Any) -> pd.DataFrame:
    cells = frame[name].astype(object)
    cells.iloc[row] = value
    return frame.assign(**{name: cells})


def _other_table(exercise: Exercise, right: Any) -> Named:
    frame = as_frame(exercise, right)
    rows = len(frame)
    places = sorted({0, rows - 1, *np.random.default_rng(rows).integers(rows, size=3).tolist()})
    for name in exercise.columns:
        for row in places:
            yield f"{name} changed in row {row}", _with_cell(frame, name, row, _other_cell(frame[name], row))
        yield from _other_column(frame, name)
    for row in places:
        yield f"row {row} dropped", frame.drop(index=row)
        yield f"row {row} twice", pd.concat([frame, frame.iloc[[row]]])
    strange = frame.iloc[[0]].assign(**{exercise.key[0]: _other_cell(frame[exercise.key[0]], 0)})
    yield "one more row", pd.concat([frame, strange], ignore_index=True)
    yield "a strange key", pd.concat([frame.iloc[1:], strange], ignore_index=True)
    yield "no rows", frame.iloc[:0]
    yield "no key", frame.drop(columns=list(exercise.key))
    yield "list of rows", frame.to_numpy(dtype=object).tolist()
    yield from _swapped(exercise, frame)


def _other_column(frame: pd.DataFrame, name: str) -> Named:
    cells = frame[name].astype(object)
    if cells.notna().any():
        row = int(np.flatnonzero(cells.notna())[0])
        yield f"{name} missing in row {row}", _with_cell(frame, name, row, None)
        yield f"{name} all NaN", frame.assign(**{name: np.nan})
        other = next((place for place in range(row, len(cells)) if _apart(cells.iloc[place], cells.iloc[row])), None)
        if other is not None:
            exchanged = _with_cell(frame, name, row, cells.iloc[other])
            yield f"{name} exchanged", _with_cell(exchanged, name, other, cells.iloc[row])
    yield f"{name} absent", frame.drop(columns=name)
    yield f"{name} renamed", frame.rename(columns={name: "zzz"})


def _apart(a: Any, b: Any) -> bool:
    """Whether two cells are unequal by more than float noise."""
    if isinstance(a, float | int) and isinstance(b, float | int):
        return not np.isclose(a, b, rtol=1e-5)
    return type(a) is type(b) and a != b


def _swapped(exercise: Exercise, frame: pd.DataFrame) -> Named:
    names = list(exercise.columns)
    for one, other in pairwise(names):
        if not frame[one].astype(object).equals(frame[other].astype(object)):
            yield f"{one} and {other} swapped", frame.rename(columns={one: other, other: one})


_EQUIVALENTS: dict[str, Callable[[Exercise, Any], Named]] = {
    "number": _same_number,
    "text": _same_text,
    "sentence": _same_sentence,
    "choice": _same_choice,
    "table": _same_table,
}
_MUTANTS: dict[str, Callable[[Exercise, Any], Named]] = {
    "number": _other_number,
    "text": _other_text,
    "sentence": _other_sentence,
    "choice": _other_choice,
    "table": _other_table,
}
