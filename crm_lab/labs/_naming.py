"""Which columns and levels of a table are those a task names."""

from __future__ import annotations

from crm_lab.base.text import _, ngettext
from crm_lab.exercises import Exercise
from crm_lab.labs._freeze import Grid
from crm_lab.labs.cells import TEXT, Column
from crm_lab.labs.words import NotAnAnswer, holds, is_series, listing, shorten, yes_no_for_names

Key = tuple[Column, ...]


def value_columns(exercise: Exercise, grid: Grid) -> dict[str, Column]:
    """The columns that are checked, by name. Raises NotAnAnswer naming those that are lacking or there twice."""
    named = _named(grid)
    lacking = [name for name in exercise.columns if name not in named]
    if lacking:
        raise NotAnAnswer(_lacking(exercise, grid, lacking))
    for name in (*exercise.key, *exercise.columns):
        if len(grid.columns.get(name, ())) > 1:
            raise NotAnAnswer(_("Your table has more than one column called {name}. Keep one.").format(name=name))
    return {name: named[name] for name in exercise.columns}


def _lacking(exercise: Exercise, grid: Grid, lacking: list[str]) -> str:
    others = [label for label in grid.labels if label not in exercise.key]
    if is_series(exercise) and len(others) == 1:
        form = _("Your table has one column, called {label}. Hand in that column as a Series, or call it {name}.")
        return form.format(label=shorten(others[0]), name=lacking[0])
    form = ngettext("Your table lacks the column {names}.", "Your table lacks the columns {names}.", len(lacking))
    has = _("It has: {labels}. Needed: {needed}.").format(
        labels=listing(grid.labels) or _("no column"), needed=holds(dict(exercise.columns))
    )
    said = [form.format(names=", ".join(lacking)), has]
    if len(exercise.columns) == 1 and not set(exercise.key) <= _named(grid).keys():
        tip = _("A wide table becomes one row for each {key} with .stack() or .melt().")
        said += [tip.format(key=" + ".join(exercise.key))] if len(exercise.key) > 1 else []
    return " ".join(said)


def _named(grid: Grid) -> dict[str, Column]:
    """Columns and levels of the index by name."""
    levels = {name: level for name, level in grid.levels if name is not None}
    return levels | {name: columns[0] for name, columns in grid.columns.items()}


def key_columns(exercise: Exercise, grid: Grid, right: Key | None) -> tuple[Column, ...]:
    """Each key column: by its name among the columns or in the index, or the one part of the index that can be it.

    right  the key columns of the right answer; None when this is the right answer itself

    Raises NotAnAnswer when a key column is lacking.
    """
    found = _named(grid)
    lacking = [name for name in exercise.key if name not in found]
    if lacking:
        free = [(name, level) for name, level in grid.levels if name not in (*exercise.key, *exercise.columns)]
        if right and any(level.yes_no for _name, level in free) and {TEXT} in _kinds(exercise, lacking, right):
            raise NotAnAnswer(yes_no_for_names(lacking[0]))
        fitting = [(name, level) for name, level in free if _fits(exercise, lacking, level, grid, right)]
        unnamed = all(name is None for name, _level in fitting)
        if len(fitting) != len(lacking) or (len(lacking) > 1 and not unnamed):
            raise NotAnAnswer(_no_key(lacking, [name for name, _level in free if name is not None]))
        found |= {name: level for name, (_name, level) in zip(lacking, fitting, strict=True)}
    return tuple(found[name] for name in exercise.key)


def _fits(exercise: Exercise, lacking: list[str], level: Column, grid: Grid, right: Key | None) -> bool:
    """Whether a level of the index may be one of the key columns that are lacking: it holds what they hold."""
    if right is None:
        return True
    return level.found() in _kinds(exercise, lacking, right) and not (grid.ranged and len(grid.levels) == 1)


def _kinds(exercise: Exercise, lacking: list[str], right: Key) -> list[set[int]]:
    return [column.found() for name, column in zip(exercise.key, right, strict=True) if name in lacking]


def _no_key(lacking: list[str], named: list[str]) -> str:
    key = " + ".join(lacking)
    if not named:
        return _("Rows cannot be told apart. Name them, in the index or in a column called {key}.").format(key=key)
    form = _(
        "No column and no index of yours is called {key}. Your index is called {names}; call it {key} if it is that."
    )
    return form.format(key=key, names=" + ".join(map(shorten, named)))
