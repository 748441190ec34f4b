"""Slips that need no declaration: what is asked for, but in per cent, upside down, the other part, elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from crm_lab.base.text import _
from crm_lab.exercises import Exercise
from crm_lab.labs.cells import MISSING, NUMBER, TEXT, Column
from crm_lab.labs.tabular import Table, aligned, equal_cells
from crm_lab.labs.words import listing

MOST_OPTIONS = 12  # more names than these are no classes that a task lists


class _Slip(NamedTuple):
    """What was done to the right numbers, what may be said of it, and for which right numbers it can happen."""

    turn: Callable[[np.ndarray], np.ndarray]
    says: Callable[[], str]
    fits: Callable[[np.ndarray], bool]


def _shares(right: np.ndarray) -> bool:
    return bool((np.abs(right) <= 1).all() and (right % 1 != 0).any())


def _any(right: np.ndarray) -> bool:
    return bool((right != 0).all())


_SLIPS = (
    _Slip(
        lambda right: 100 * right,
        lambda: _("That is in per cent: give the share, from 0 to 1."),
        _shares,
    ),
    _Slip(
        lambda right: 1 - right,
        lambda: _("That is the other part: 1 less what is asked for."),
        lambda right: _shares(right) and bool((right > 0).any()),
    ),
    _Slip(
        lambda right: -right,
        lambda: _("The sign is the other way round: look which of the two is taken from which."),
        _any,
    ),
    _Slip(
        lambda right: 1 / right,
        lambda: _("That is upside down: look which of the two is divided by which."),
        _any,
    ),
    *(
        _Slip(
            partial(np.multiply, factor),
            lambda: _("Look at the unit: that is the same time in seconds, minutes or hours."),
            _any,
        )
        for factor in (60.0, 1 / 60, 3600.0, 1 / 3600)
    ),
)


def of_number(mine: float, right: float, tolerance: float) -> list[str]:
    """What is said of a number that is a slip away from the right one; nothing if it is not.

    >>> of_number(81.8, 0.818, 1e-6), of_number(0.5, 0.818, 1e-6)
    (['That is in per cent: give the share, from 0 to 1.'], [])
    """
    if not np.isfinite([mine, right]).all():
        return []
    said = _said(np.array([mine]), np.array([right]), tolerance)
    return [said] if said else []


def of_table(exercise: Exercise, mine: Table, right: Table) -> list[str]:
    """What is said of a table with the right rows, each of whose wrong columns is a slip away from right."""
    if mine.place.keys() != right.place.keys():
        return []
    here, there = aligned(mine, right)
    pairs = {name: (mine.columns[name].take(here), right.columns[name].take(there)) for name in exercise.columns}
    wrong = {
        name: pair for name, pair in pairs.items() if not equal_cells(*pair, exercise.tolerance).all()
    }  # a column that is right but for rounding is said elsewhere
    if exchanged := _exchanged(wrong, exercise.tolerance):
        return [exchanged]
    said = [_of_column(*pair, exercise.tolerance) or _misplaced(*pair) for pair in wrong.values()]
    return list(dict.fromkeys(said)) if all(said) else []


def _exchanged(wrong: dict[str, tuple[Column, Column]], tolerance: float) -> str:
    """Two columns, each of which holds what belongs in the other."""
    if len(wrong) != 2:
        return ""
    (one, (mine_one, right_one)), (other, (mine_other, right_other)) = wrong.items()
    if {*mine_one.found(), *mine_other.found()} != {*right_one.found(), *right_other.found()}:
        return ""
    crossed = equal_cells(mine_one, right_other, tolerance) & equal_cells(mine_other, right_one, tolerance)
    return _("You have exchanged {one} and {other}.").format(one=one, other=other) if crossed.all() else ""


def _misplaced(mine: Column, right: Column) -> str:
    """The right numbers of a few rows, standing at other rows than they should."""
    rows = len(right)
    if (
        right.found() != {NUMBER}
        or mine.found() != {NUMBER}
        or rows > MOST_OPTIONS
        or (mine.kinds != right.kinds).any()
    ):
        return ""
    if len(set(right.numbers)) < rows or not np.allclose(np.sort(mine.numbers), np.sort(right.numbers), rtol=1e-9):
        return ""
    return _("All values you have are asked for, but some of them stand in another row.")


def _of_column(mine: Column, right: Column, tolerance: float) -> str:
    if right.found() == mine.found() == {TEXT}:
        return _not_among(mine, right) or _mixed_up(mine, right)
    if right.found() != {NUMBER} or mine.found() != {NUMBER} or (mine.kinds != right.kinds).any():
        return ""
    kept = right.kinds != MISSING
    return _said(mine.numbers[kept], right.numbers[kept], tolerance)


def _said(mine: np.ndarray, right: np.ndarray, tolerance: float) -> str:
    with np.errstate(all="ignore"):
        return next(
            (slip.says() for slip in _SLIPS if slip.fits(right) and _same(mine, slip.turn(right), tolerance)), ""
        )


def _same(mine: np.ndarray, turned: np.ndarray, tolerance: float) -> bool:
    return bool(np.isfinite(turned).all()) and np.allclose(mine, turned, rtol=tolerance, atol=1e-12)


def _not_among(mine: Column, right: Column) -> str:
    """Names that no row may have, where there are few to choose from."""
    names, used = set(right.objects.tolist()), set(mine.objects.tolist())
    if not used - names or not 1 < len(names) <= min(MOST_OPTIONS, len(right) - 1):
        return ""
    form = _("Not a name the task gives: {names}. Write them as it does, capitals too.")
    return form.format(names=listing(f"“{name}”" for name in sorted(used - names)))


def _mixed_up(mine: Column, right: Column) -> str:
    """Two names, each of which stands wherever the other should."""
    pairs = set(zip(mine.objects.tolist(), right.objects.tolist(), strict=True))
    moved = sorted((own, name) for own, name in pairs if own != name)
    if len(moved) != 2 or moved[0] != moved[1][::-1] or any((name, name) in pairs for name in moved[0]):
        return ""
    return _("You have exchanged {one} and {other}.").format(one=f"“{moved[0][0]}”", other=f"“{moved[0][1]}”")
