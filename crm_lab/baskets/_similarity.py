"""Item-to-item recommendation: what goes with what somebody holds, and what they held lately."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import amount, whole
from crm_lab.base.columns import distinct, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def similarity(held: pd.DataFrame) -> pd.DataFrame:
    """How much two items are held by the same people: n(ab) ÷ √(n(a) · n(b)), 1 if by exactly the same.

    held  people (or baskets, or visits) × items; above 0 where somebody holds an item

    Dividing by the root keeps what everybody holds from standing beside everything. On the diagonal stands 0: an item
    does not recommend itself. Returns items × items. Raises InputError for an empty table.
    Source: G. Linden, B. Smith & J. York (2003), Amazon.com recommendations: item-to-item collaborative filtering,
    IEEE Internet Computing 7(1), 76–80; the measure is the cosine.

    >>> held = pd.DataFrame({"tea": [1, 1, 0], "cup": [1, 1, 0], "mat": [1, 0, 1]})
    >>> similarity(held).loc["tea"].round(2).to_dict()
    {'tea': 0.0, 'cup': 1.0, 'mat': 0.5}
    """
    ones = (_weights(held, "held").to_numpy() > 0).astype(float)
    both = ones.T @ ones
    count = np.diag(both)
    alike = both / np.sqrt(np.outer(count, count)).clip(1)
    np.fill_diagonal(alike, 0)
    return pd.DataFrame(alike, held.columns, held.columns)


def recency_weights(days: Any, half_life: float) -> pd.Series:
    """Weight of something that happened so many days ago: 1 today, half after each half-life.

    days       0 or more
    half_life  days, above 0

    Returns a Series on the index of `days`. Raises InputError for a day still to come.

    >>> recency_weights([0, 90, 180], half_life=90).tolist()
    [1.0, 0.5, 0.25]
    """
    ago = numbers(days, "days")
    if (ago < 0).any():
        raise InputError(_("days holds a number below 0: a day that is still to come. Leave it out first."))
    return (0.5 ** (ago / amount(half_life, "half_life", above=0))).rename("weight")


def scores(weights: pd.DataFrame, alike: pd.DataFrame) -> pd.DataFrame:
    """How well each item goes with what each person holds: the sum of similarity × weight over the items held.

    weights  people × items: 0 where not held, else 1 or what it weighs
    alike    items × items, from `similarity`

    Returns people × items; missing where somebody holds the item already, for it is no recommendation. Raises
    InputError when the items differ.

    >>> alike = pd.DataFrame([[0, 0.5], [0.5, 0]], ["tea", "cup"], ["tea", "cup"])
    >>> scores(pd.DataFrame({"tea": [1], "cup": [0]}), alike).loc[0, "cup"]
    np.float64(0.5)
    """
    given = _weights(weights, "weights")
    if set(given.columns) != set(alike.index) or set(alike.index) != set(alike.columns):
        raise InputError(_("weights and alike must cover the same items. Make both from the same table."))
    found = given @ alike.loc[given.columns]
    return found[given.columns].where(given == 0)


def shelf(weights: pd.Series, alike: pd.DataFrame, length: int = 10) -> pd.DataFrame:
    """What to show one person, best first, and why: the item held that adds most to its score.

    weights  of the items: 0 where the person does not hold it, else 1 or what it weighs
    alike    items × items, from `similarity`
    length   most items shown; those that go with nothing held are not

    Returns score and because, indexed by item. Raises InputError as `scores` does.

    >>> alike = pd.DataFrame([[0, 0.5], [0.5, 0]], ["tea", "cup"], ["tea", "cup"])
    >>> shelf(pd.Series({"tea": 1, "cup": 0}), alike).reset_index().values.tolist()
    [['cup', 0.5, 'tea']]
    """
    one = weights.to_frame().T
    ranked = scores(one, alike).iloc[0].astype(float).dropna().sort_values(ascending=False, kind="stable")
    best = ranked[ranked > 0].head(whole(length, "length", 1)).rename("score")
    parts = alike.loc[best.index, one.columns].mul(one.iloc[0], axis=1)
    because = parts.idxmax(axis=1) if len(best) else pd.Series(dtype="str")
    return best.rename_axis("item").to_frame().assign(because=because)


def _weights(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    if not isinstance(frame, pd.DataFrame) or frame.empty:
        raise InputError(_("{name} must be a DataFrame, people × items, with at least one of each.").format(name=name))
    distinct(frame.columns, name)
    if frame.isna().any(axis=None) or (frame < 0).any(axis=None):
        raise InputError(
            _("{name} must hold 0 or more everywhere. Fill what is missing: .fillna(0).").format(name=name)
        )
    return frame.astype(float)
