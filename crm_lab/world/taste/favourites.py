"""Lists of favourites over two years, of people outside the panel, some of whom come to like other things.

What somebody marks follows their behavioural type of that day. Who changes does so once and for all, so what was marked
lately tells more than what was marked long ago.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world.choice.parameters import ChoiceParameters
from crm_lab.world.coded import coded
from crm_lab.world.taste.parameters import FavouriteParameters


def appeal(choice: ChoiceParameters, products: pd.DataFrame, popularity: np.ndarray, liked: float) -> np.ndarray:
    """Weight of each product by behavioural type, (types, products): popularity, times `liked` where it is liked."""
    likes = [products["category"].isin(kind.favourites).to_numpy() for kind in choice.behaviours.values()]
    return np.where(likes, liked, 1.0) * popularity


def make_favourites(
    parameters: FavouriteParameters, choice: ChoiceParameters, weight: np.ndarray, products: pd.DataFrame, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table favourites by person and day, and its truth: `before`, `after` (behavioural types) and `changed_on`.

    weight  of each product by type, see appeal

    The truth is indexed by person_id; changed_on is empty for those whose taste stays.
    """
    rng = stream(seed, "favourites")
    size, days = parameters.people, 731
    shares = [kind.share for kind in choice.behaviours.values()]
    before = rng.choice(len(shares), size, p=shares)
    changes = rng.random(size) < parameters.changers
    after = np.where(changes, (before + rng.integers(1, len(shares), size)) % len(shares), before)
    changed = np.round(days * rng.uniform(*parameters.changes, size)).astype("int64")
    person = np.repeat(np.arange(size), 2 + rng.poisson(parameters.marks - 2, size))
    day = rng.integers(0, days, len(person))
    kind = np.where(day < changed[person], before[person], after[person])
    limits = weight.cumsum(axis=1)
    product = np.empty(len(person), dtype="int64")
    for number in range(len(shares)):
        rows = np.flatnonzero(kind == number)
        product[rows] = np.searchsorted(limits[number], rng.random(len(rows)) * limits[number, -1])
    number = [f"F{n:04d}" for n in range(1, size + 1)]
    start = np.datetime64("2024-01-01")
    order = np.lexsort((product, day, person))
    person, day, product = person[order], day[order], product[order]
    once = np.sort(np.unique(person * len(products) + product, return_index=True)[1])
    table = pd.DataFrame(
        {
            "person_id": coded(number, person[once]),
            "marked_on": start + day[once],
            "product_id": coded(products["product_id"], product[once]),
        }
    )
    names = list(choice.behaviours)
    hidden = {"before": np.take(names, before), "after": np.take(names, after)}
    changed_on = pd.Series(start + changed, index=number).where(changes)
    return table, pd.DataFrame(hidden, index=number).assign(changed_on=changed_on).rename_axis("person_id")
