"""Questions that measure the same thing (Cronbach's alpha), and gaps between expectation and perception (SERVQUAL)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.satisfaction._estimate import Estimate, item_frame, normalised, of_mean


def cronbach_alpha(items: Any, standardised: bool = False) -> float:
    """Cronbach's alpha: how far items that shall measure one thing move together; 1 at most.

    items         DataFrame, one row a person and one column an item; rows with a missing answer are left out
    standardised  False: raw, k/(k − 1) × (1 − Σ variances ÷ variance of the sum); True: k r̄ ÷ (1 + (k − 1) r̄) with
                  the mean correlation r̄, as if all items had the same spread

    Raises InputError for fewer than two items or rows, or where nobody differs.
    Source: L. J. Cronbach (1951), Psychometrika 16(3), 297–334.

    >>> items = pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]})
    >>> cronbach_alpha(items)
    1.0
    """
    frame = item_frame(items, "items")
    k, total = frame.shape[1], float(frame.sum(axis=1).var(ddof=1)) if len(frame) > 1 else 0.0
    if k < 2 or total == 0:
        raise InputError(_("items: alpha needs two items or more, and people whose sums differ."))
    if not standardised:
        return float(k / (k - 1) * (1 - frame.var(ddof=1).sum() / total))
    if (frame.var(ddof=1) == 0).any():
        raise InputError(_("items: an item that all answer alike has no correlation. Leave it out."))
    mean = float((frame.corr().to_numpy().sum() - k) / (k * (k - 1)))
    return k * mean / (1 + (k - 1) * mean)


@dataclass(frozen=True)
class Gaps:
    """Perception less expectation. Both tables have gap, standard_error, low and high (95 %).

    items       by item
    dimensions  by dimension
    people      one row a person, one column a dimension
    """

    items: pd.DataFrame
    dimensions: pd.DataFrame
    people: pd.DataFrame

    def weighted(self, weights: Any) -> Estimate:
        """The overall gap; `weights` of the dimensions, in their order, are divided by their sum.

        >>> expected, perceived = pd.DataFrame({"a_1": [6, 6], "b_1": [6, 6]}), pd.DataFrame({"a_1": [5, 5], "b_1": 6})
        >>> servqual_gaps(expected, perceived).weighted([3, 1]).value
        -0.75
        """
        return of_mean((self.people * normalised(weights, "weights", self.people.shape[1])).sum(axis=1))


def servqual_gaps(expected: Any, perceived: Any, dimensions: Mapping[str, str] | None = None) -> Gaps:
    """SERVQUAL: what is perceived less what is expected of an excellent firm, by item and by dimension.

    expected, perceived  DataFrames, one row a person, the same columns (items), whole numbers 1–7
    dimensions           dimension of each item; without it the name before the last `_`: reliability_3 is reliability

    Below 0 the service falls short. People with a gap in their answers are left out. Raises InputError where the two
    tables differ in people or items. Source: A. Parasuraman, V. Zeithaml & L. Berry (1988), J. of Retailing 64(1).

    >>> expected, perceived = pd.DataFrame({"trust_1": [7, 6]}), pd.DataFrame({"trust_1": [5, 6]})
    >>> servqual_gaps(expected, perceived).dimensions["gap"].to_dict()
    {'trust': -1.0}
    """
    item_frame(expected, "expected", 1, 7), item_frame(perceived, "perceived", 1, 7)
    if set(expected.columns) != set(perceived.columns) or not expected.index.equals(perceived.index):
        raise InputError(_("expected and perceived must hold the same people and items, in the same rows."))
    gaps = (perceived[list(expected.columns)] - expected).dropna()
    given = dimensions or {}
    groups = [given.get(str(item), str(item).rpartition("_")[0] or str(item)) for item in gaps]
    people = gaps.T.groupby(np.array(groups), sort=False).mean().T
    return Gaps(_with_intervals(gaps), _with_intervals(people), people)


def _with_intervals(table: pd.DataFrame) -> pd.DataFrame:
    rows = {name: of_mean(table[name]) for name in table}
    frame = pd.DataFrame({name: (e.value, e.standard_error, *e.interval) for name, e in rows.items()}).T
    return frame.set_axis(["gap", "standard_error", "low", "high"], axis=1)
