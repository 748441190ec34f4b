"""Tables as answers: rows are found by their key, so that order, index and type of a column do not matter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from crm_lab.base.text import _, ngettext
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise
from crm_lab.labs._freeze import MOST_ROWS, Frozen, Grid, Pairs, freeze
from crm_lab.labs._naming import key_columns, value_columns
from crm_lab.labs._rounding import FEN, MOST_DECIMALS, kept_decimals, near_enough
from crm_lab.labs.cells import GROUP, MISSING, NUMBER, TEXT, TIME, Cell, Column, Refused, column_of, printable
from crm_lab.labs.words import (
    Difference,
    NotAnAnswer,
    called,
    kind_name,
    misfit,
    noun,
    shorten,
    value,
    yes_no_for_names,
)

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """An answer, its cells by column and its rows by key."""

    key: tuple[Column, ...]
    columns: dict[str, Column]

    @cached_property
    def keys(self) -> list[Key]:
        """The key of each row."""
        return list(zip(*(_hashable(column) for column in self.key), strict=True))

    @cached_property
    def place(self) -> dict[Key, int]:
        """The (last) row of each key."""
        return {key: row for row, key in enumerate(self.keys)}

    def name(self, row: int) -> str:
        """The key of a row as a learner reads it."""
        return ", ".join(_plain_name(column.cell(row)) for column in self.key)


def _plain_name(cell: Cell) -> str:
    """A key as it is written; in quotes where blanks at its ends would not be seen."""
    if cell[0] != TEXT:
        return value(cell).replace(",", "")
    return shorten(cell[1]) if cell[1] == printable(cell[1]).strip() else value(cell)


def _hashable(column: Column) -> list[Any]:
    kinds = column.found()
    if kinds not in ({NUMBER}, {TEXT}):
        return [column.cell(row) for row in range(len(column))]
    values = (column.numbers if kinds == {NUMBER} else column.objects).tolist()
    return [None if kind == MISSING else value for kind, value in zip(column.kinds.tolist(), values, strict=True)]


def read(exercise: Exercise, answer: Any, tables: Tables, right: Table | None = None) -> Table:
    """The answer as a Table. Raises NotAnAnswer when it is none, or when rows cannot be told apart.

    right  what it will be compared with; None when this is the reference itself
    """
    most = MOST_ROWS if right is None else 20 * len(right.keys) + 50_000
    try:
        frozen = freeze(answer, {*exercise.key, *exercise.columns}, most)
    except Refused as refused:
        raise misfit(exercise, refused, "table") from None
    table = Table(*_parts(exercise, frozen, right))
    if right is not None:
        _check_key(exercise, table, right)
    return table


def _parts(exercise: Exercise, frozen: Frozen, right: Table | None) -> tuple[tuple[Column, ...], dict[str, Column]]:
    """The key columns and the value columns of a frozen answer."""
    single = len(exercise.columns) == 1
    if isinstance(frozen, Grid) and frozen.shape == "DataFrame":
        columns = value_columns(exercise, frozen)
        return key_columns(exercise, frozen, right.key if right else None), columns
    if isinstance(frozen, Grid) and frozen.shape == "Series" and single:
        return key_columns(exercise, frozen, right.key if right else None), {
            next(iter(exercise.columns)): frozen.columns[""][0]
        }
    if isinstance(frozen, Pairs) and single and len(exercise.key) == 1:
        return (column_of(frozen.keys),), {next(iter(exercise.columns)): column_of(frozen.values)}
    raise misfit(exercise, called(frozen), "table")


def _check_key(exercise: Exercise, table: Table, right: Table) -> None:
    for name, mine, theirs in zip(exercise.key, table.key, right.key, strict=True):
        strange = mine.found() - theirs.found()
        if strange and mine.yes_no and theirs.found() == {TEXT}:
            raise NotAnAnswer(yes_no_for_names(name))
        if strange:
            raise NotAnAnswer(_wrong_kind(name, min(strange), min(theirs.found(), default=TEXT)))
    if len(table.place) < len(table.keys):
        seen: set[Key] = set()
        first = next(row for row, key in enumerate(table.keys) if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        count = len(table.keys) - len(table.place)
        form = ngettext(
            "Each of the {noun} may appear once. {n:,} row repeats an earlier {key}: {place}.",
            "Each of the {noun} may appear once. {n:,} rows repeat an earlier {key}, first {place}.",
            count,
        )
        key = " + ".join(exercise.key)
        raise NotAnAnswer(form.format(noun=noun(exercise), n=count, key=key, place=table.name(first)))


def _wrong_kind(name: str, mine: int, theirs: int, yes_no: bool = False) -> str:
    wanted = _("True or False") if yes_no else kind_name(theirs)
    form = _("The column {name} holds {mine}; it should hold {theirs}.")
    return form.format(name=name, mine=kind_name(mine), theirs=wanted)


def equal_cells(mine: Column, theirs: Column, tolerance: float) -> np.ndarray:
    """Row by row, whether two columns agree: numbers to a relative `tolerance`, missing only where both are."""
    size = np.abs(theirs.numbers)
    scale = size[np.isfinite(size)].max(initial=0.0)
    with np.errstate(invalid="ignore"):
        allowed = np.where(theirs.kinds == TIME, 0.0, np.maximum(tolerance * size, 1e-9 * scale))
        near = np.abs(mine.numbers - theirs.numbers) <= np.where(np.isfinite(size), allowed, 0.0)
    near |= mine.numbers == theirs.numbers
    same = near | (theirs.kinds == MISSING)
    worded = np.isin(theirs.kinds, (TEXT, GROUP))
    if worded.any():
        words = np.fromiter((a == b for a, b in zip(mine.objects, theirs.objects, strict=True)), bool, len(mine))
        same = np.where(worded, words, same)
    return same & (mine.kinds == theirs.kinds)


def aligned(mine: Table, right: Table) -> tuple[list[int], list[int]]:
    """Rows of both tables that have the same key, in the order of the right one."""
    if mine.keys == right.keys:
        return list(range(len(mine.keys))), list(range(len(mine.keys)))
    pairs = [(mine.place[key], row) for key, row in right.place.items() if key in mine.place]
    return [row for row, _other in pairs], [row for _mine, row in pairs]


def agreeing(exercise: Exercise, one: Table, other: Table, rows: Collection[Key] | None = None) -> set[str]:
    """The columns in which two tables agree on all the rows they share, or on those with a key among `rows`."""
    here, there = aligned(one, other)
    if rows is not None and there:
        kept = [(mine, theirs) for mine, theirs in zip(here, there, strict=True) if other.keys[theirs] in rows]
        here, there = [mine for mine, _theirs in kept], [theirs for _mine, theirs in kept]
    return {
        name
        for name in exercise.columns
        if _equal(exercise, name, one.columns[name].take(here), other.columns[name].take(there)).all()
    }


def _equal(exercise: Exercise, name: str, mine: Column, theirs: Column) -> np.ndarray:
    """Row by row, whether two columns agree, money to the fen."""
    same = equal_cells(mine, theirs, exercise.tolerance)
    if "¥" in exercise.columns[name] and not same.all() and kept_decimals(mine) <= FEN:
        return same | near_enough(mine, theirs, FEN)
    return same


def rounded(exercise: Exercise, mine: Table, right: Table) -> list[str]:
    """The columns that are wrong by rounding alone, where nothing else is wrong."""
    here, there = aligned(mine, right)
    found = []
    for name in exercise.columns:
        own, theirs = mine.columns[name].take(here), right.columns[name].take(there)
        same = _equal(exercise, name, own, theirs)
        if same.all():
            continue
        kept = kept_decimals(own)
        shown = kept > 0 or np.nanmax(np.abs(own.numbers), initial=0) >= 10  # 0 and 1 are no rounded shares
        if kept > MOST_DECIMALS or not shown or not (same | near_enough(own, theirs, kept)).all():
            return []
        found.append(name)
    return found if mine.place.keys() == right.place.keys() else []


def compare(exercise: Exercise, mine: Table, right: Table) -> Difference | None:
    """What differs, or None."""
    if message := _rows_differ(exercise, mine, right) or _kinds_differ(exercise, mine, right):
        return Difference(message)
    here, there = aligned(mine, right)
    lines, added = [], False
    for name in exercise.columns:
        own = mine.columns[name].take(here)
        theirs = right.columns[name].take(there)
        wrong = np.flatnonzero(~_equal(exercise, name, own, theirs))
        if len(wrong):
            first = int(wrong[0])
            shown = value(own.cell(first), own.yes_no)
            lines.append((name, len(wrong), right.name(there[first]), shown))
            added = added or (own.yes_no and not theirs.yes_no)
    if not lines:
        return None
    message = _cells_differ(exercise, lines, len(here))
    hint = _("True + True is True in pandas: + means “or” between two True/False columns. Use .astype(int) first.")
    return Difference(f"{message}\n{hint}" if added else message)


def _rows_differ(exercise: Exercise, mine: Table, right: Table) -> str:
    if mine.place.keys() == right.place.keys():
        return ""
    lacking = [row for key, row in right.place.items() if key not in mine.place]
    extra = [row for key, row in mine.place.items() if key not in right.place]
    many, said = noun(exercise), []
    if lacking and {_bare(right, row) for row in lacking} == {_bare(mine, row) for row in extra}:
        form = _("{n:,} of your {noun} are written in another way: blanks or capitals differ, first {place}.")
        return form.format(n=len(extra), noun=many, place=mine.name(extra[0]))
    if lacking:
        example = len(right.keys) // 2  # always the same, so that no number of checks brings more right rows to light
        form = _("Missing {noun}: {n:,}, {place} among them.") if example in lacking else _("Missing {noun}: {n:,}.")
        said.append(form.format(n=len(lacking), noun=many, place=right.name(example)))
        said += [side] if example not in lacking and (side := _beyond(mine, right, lacking)) else []
    if extra:
        form = _("{Noun} that do not belong in your table: {n:,}, first {place}.")
        if exercise.kind == "plot":
            form = _("{Noun} that do not belong in your plot: {n:,}, first {place}.")
        said.append(form.format(n=len(extra), Noun=many[:1].upper() + many[1:], place=mine.name(extra[0])))
    return " ".join(said)


def _beyond(mine: Table, right: Table, lacking: list[int]) -> str:
    """Where rows named by a number are lacking, if that is at one end: a range that stops too early, say."""
    if len(right.key) > 1 or right.key[0].found() != {NUMBER} or not mine.keys:
        return ""
    own, there = mine.key[0].numbers, right.key[0].numbers[lacking]
    if (there < own.min()).all():
        return _("What is missing comes before your first.")
    return _("What is missing comes after your last.") if (there > own.max()).all() else ""


def _bare(table: Table, row: int) -> str:
    """The key of a row without what is easily overlooked."""
    return "".join(table.name(row).casefold().replace('"', "").split())


def _kinds_differ(exercise: Exercise, mine: Table, right: Table) -> str:
    for name, theirs in ((name, right.columns[name].found()) for name in exercise.columns):
        strange = mine.columns[name].found() - theirs
        if theirs and strange:
            return _wrong_kind(name, min(strange), min(theirs), right.columns[name].yes_no)
    return ""


def _cells_differ(exercise: Exercise, lines: list[tuple[str, int, str, str]], rows: int) -> str:
    said = []
    for name, count, place, shown in lines:
        form = ngettext(
            "{n:,} of {rows:,} {noun} differs, first {place}: you have {column} {value}.",
            "{n:,} of {rows:,} {noun} differ, first {place}: you have {column} {value}.",
            count,
        )
        said.append(form.format(n=count, rows=rows, noun=noun(exercise), place=place, column=name, value=shown))
    return "\n".join(said)
