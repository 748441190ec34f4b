"""How good a shelf is: what it holds of what was taken next, and how much of the range it shows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from crm_lab.base.arguments import whole
from crm_lab.base.columns import matched, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _

Z95 = 1.959963984540054


class Gain(NamedTuple):
    """value  mean difference; standard_error  of it; interval  95 %, low and high."""

    value: float
    standard_error: float
    interval: tuple[float, float]


def hits(scores: pd.DataFrame, wanted: pd.Series, length: int = 10) -> pd.Series:
    """Whether the best items of each person hold the one that was taken next.

    scores  people × items, missing where an item is not to be shown
    wanted  the item each person took next, by person
    length  items shown; of equal scores, the column further left is shown

    The mean is the hit rate at `length`. Returns True or False by person. Raises InputError when the people differ or
    an item is not among the columns.

    >>> table = pd.DataFrame({"tea": [3, 1], "cup": [2, 2], "mat": [1, 3]}, ["Ann", "Bo"])
    >>> hits(table, pd.Series({"Ann": "mat", "Bo": "cup"}), length=2).to_dict()
    {'Ann': False, 'Bo': True}
    """
    asked = matched(wanted, scores.index, "wanted", "scores")
    place = scores.columns.get_indexer(pd.Index(asked))
    if (place < 0).any():
        text = _("wanted holds {item!r}, which is no column of scores. Leave that row out first.")
        raise InputError(text.format(item=asked.iloc[int(np.argmax(place < 0))]))
    shown = _shown(scores, length)
    return pd.Series(shown[np.arange(len(place)), place], scores.index, name="hit")


def coverage(scores: pd.DataFrame, length: int = 10) -> float:
    """Share of the items that stand on anybody's shelf.

    scores, length  as for `hits`

    >>> coverage(pd.DataFrame({"tea": [3, 3], "cup": [2, 2], "mat": [1, 1]}), length=2)
    0.6666666666666666
    """
    return float(_shown(scores, length).any(axis=0).mean())


def paired_gain(ours: pd.Series, theirs: pd.Series) -> Gain:
    """How much more one way reaches than another on the same people, with a 95 % interval.

    ours, theirs  one number (or True and False) a person, two people or more

    Each person is their own comparison: the standard error is that of the mean of the differences.
    Raises InputError when the people differ.

    >>> gain = paired_gain(pd.Series([1, 1, 1, 0]), pd.Series([0, 1, 0, 0]))
    >>> gain.value, round(gain.standard_error, 3)
    (0.5, 0.289)
    """
    mine = numbers(ours.astype(float), "ours")
    difference = mine - matched(numbers(theirs.astype(float), "theirs"), mine.index, "theirs", "ours")
    if len(difference) < 2:
        raise InputError(_("ours must hold two people or more: one says nothing about spread."))
    value, error = float(difference.mean()), float(difference.std() / np.sqrt(len(difference)))
    return Gain(value, error, (value - Z95 * error, value + Z95 * error))


def _shown(scores: pd.DataFrame, length: int) -> np.ndarray:
    """True where an item is on a person's shelf, (people, items)."""
    best = whole(length, "length", 1)
    return (scores.rank(axis=1, ascending=False, method="first") <= best).to_numpy()
