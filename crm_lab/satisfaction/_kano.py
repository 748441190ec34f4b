"""Kano's model: what a feature is to customers, and how clearly so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.columns import columns, complete
from crm_lab.satisfaction._estimate import Z, answers

CATEGORIES = "MOAIRQ"  # in the order in which a tie is decided: what must be there comes first
# rows: if the feature is there; columns: if it is not; 1 like, 2 expect, 3 neutral, 4 can bear, 5 dislike
TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")


def kano_category(functional: Any, dysfunctional: Any) -> Any:
    """What a feature is to somebody: one of A attractive, O one-dimensional, M must-be, I indifferent, R reverse, Q ?

    functional, dysfunctional   1 like, 2 expect, 3 neutral, 4 can bear, 5 dislike: if it is there, if it is not;
                                two numbers, or two columns

    Returns a letter, or a Series of letters on the index of `functional`. Missing answers raise InputError.
    Source: N. Kano et al. (1984), Hinshitsu 14(2), 39–48; table as in E. Sauerwein et al. (1996).

    >>> kano_category(1, 5), kano_category(2, 5), kano_category(1, 3), kano_category(3, 3)
    ('O', 'M', 'A', 'I')
    """
    single = np.ndim(functional) == 0
    pair = []
    for values, name in ((functional, "functional"), (dysfunctional, "dysfunctional")):
        column = pd.Series([values] if single else values)
        answers(complete(column, name), name, 1, 5)
        pair.append(column.to_numpy(int) - 1)
    letters = np.array([list(row) for row in TABLE])[tuple(pair)]
    return str(letters[0]) if single else pd.Series(letters, getattr(functional, "index", None), name="category")


def kano_table(answered: pd.DataFrame) -> pd.DataFrame:
    """The categories of each feature over all who were asked.

    answered  feature, functional, dysfunctional; one row a person and feature

    Returns, by feature: people in each category (A O M I R Q); category, the largest; strength, its share less that of
    the second, with low and high (95 %); better = (A + O) ÷ (A + O + M + I), worse = −(O + M) ÷ the same.
    Where `low` is above 0 the category is clear.
    Source: C. Berger et al. (1993), Center for Quality of Management Journal 2(4), 3–36 (better, worse).

    >>> people = pd.DataFrame({"feature": "wrap", "functional": [1, 1, 3], "dysfunctional": [3, 3, 3]})
    >>> kano_table(people)[["A", "I", "category"]].to_numpy().tolist()
    [[2, 1, 'A']]
    """
    table = columns(answered, ["feature", "functional", "dysfunctional"], "answered")
    letters = kano_category(table["functional"], table["dysfunctional"])
    counts = pd.crosstab(table["feature"], letters).reindex(columns=list(CATEGORIES), fill_value=0)
    share = counts.div(counts.sum(axis=1), axis=0)
    first, second = np.sort(share.to_numpy())[:, :-3:-1].T
    error = np.sqrt((first + second - (first - second) ** 2) / counts.sum(axis=1))
    wanted = counts[list("AOMI")].sum(axis=1)
    return counts[list("AOMIRQ")].assign(
        category=counts.idxmax(axis=1),
        strength=first - second,
        low=first - second - Z * error,
        high=first - second + Z * error,
        better=counts[["A", "O"]].sum(axis=1) / wanted,
        worse=-counts[["O", "M"]].sum(axis=1) / wanted,
    )
