"""Rounded answers: money to the fen is right, any other rounding is told by name."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from crm_lab.labs.cells import NUMBER, Column

MOST_DECIMALS = 6  # what has more counts as not rounded
FEN = 2  # decimals of an amount in ¥


def decimals(value: float) -> int:
    """How many decimals a number is written with.

    >>> decimals(0.818), decimals(12.0), decimals(1e-7)
    (3, 0, 7)
    """
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else MOST_DECIMALS + 1


def is_rounded(mine: float, right: float) -> bool:
    """Whether `mine` is `right` rounded, with two digits left at least.

    >>> is_rounded(0.818, 0.81795), is_rounded(0.819, 0.81795), is_rounded(1, 0.818)
    (True, False, False)
    """
    if not np.isfinite([mine, right]).all() or mine == right:
        return False
    kept, digits = decimals(mine), len(Decimal(repr(float(mine))).normalize().as_tuple().digits)
    return kept <= MOST_DECIMALS and (digits > 1 or abs(mine) >= 10) and _within(mine, right, kept)


def _within(mine: float, right: float, kept: int) -> bool:
    return abs(mine - right) <= 0.5 * 10.0**-kept * (1 + 1e-6) + 1e-12 * abs(right)


def to_the_fen(mine: float, right: float) -> bool:
    """Whether an amount in ¥ is right but for what is smaller than a fen.

    >>> to_the_fen(12.35, 12.3461), to_the_fen(12.3, 12.3461)
    (True, False)
    """
    return bool(np.isfinite([mine, right]).all()) and decimals(mine) <= FEN and _within(mine, right, FEN)


def kept_decimals(column: Column) -> int:
    """The decimals that all numbers of a column are written with; more than MOST_DECIMALS if it is not rounded."""
    numbers = column.numbers[(column.kinds == NUMBER) & np.isfinite(column.numbers)]
    fitting = (
        kept for kept in range(MOST_DECIMALS + 1) if np.allclose(numbers, numbers.round(kept), rtol=0, atol=1e-9)
    )
    return next(fitting, MOST_DECIMALS + 1)


def near_enough(mine: Column, theirs: Column, kept: int) -> np.ndarray:
    """Row by row, whether two numbers differ by no more than rounding to so many decimals makes them."""
    with np.errstate(invalid="ignore"):
        close = np.abs(mine.numbers - theirs.numbers) <= 0.5 * 10.0**-kept * (1 + 1e-6)
    return close & (mine.kinds == NUMBER) & (theirs.kinds == NUMBER)
