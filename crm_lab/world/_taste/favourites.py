"""Lists of favourites over two years, of people outside the panel, some of whom come to like other things.

What somebody marks follows their behavioural type of that day. Who changes does so once and for all, so what was marked
lately tells more than what was marked long ago.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._choice.choice_parameters import ChoiceParameters
from crm_lab.world._coded import coded
from crm_lab.world._taste.taste_parameters import FavouriteParameters

START, DAYS = np.datetime64("2024-01-01"), 731


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
    names = [f"F{n:04d}" for n in range(1, parameters.people + 1)]
    before, after, changed = _people(parameters, choice, rng)
    person = np.repeat(np.arange(len(names)), 2 + rng.poisson(parameters.marks - 2, len(names)))
    day = rng.integers(0, DAYS, len(person))
    product = _marked(weight, np.where(day < changed[person], before[person], after[person]), rng)
    order = np.lexsort((product, day, person))
    person, day, product = person[order], day[order], product[order]
    once = np.sort(np.unique(person * len(products) + product, return_index=True)[1])
    table = {
        "person_id": coded(names, person[once]),
        "marked_on": START + day[once],
        "product_id": coded(products["product_id"], product[once]),
    }
    kinds = list(choice.behaviours)
    changed_on = np.where(before != after, START + changed, np.datetime64("NaT"))
    hidden = {"before": coded(kinds, before), "after": coded(kinds, after), "changed_on": changed_on}
    return pd.DataFrame(table), pd.DataFrame(hidden, index=pd.Index(names, name="person_id"))


def _people(
    parameters: FavouriteParameters, choice: ChoiceParameters, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number of the type of each person before and after, and the day of the change; the same type where none."""
    shares = [kind.share for kind in choice.behaviours.values()]
    before = rng.choice(len(shares), parameters.people, p=shares)
    changes = rng.random(parameters.people) < parameters.changers
    other = (before + rng.integers(1, len(shares), parameters.people)) % len(shares)
    changed = np.round(DAYS * rng.uniform(*parameters.changes, parameters.people)).astype("int64")
    return before, np.where(changes, other, before), changed


def _marked(weight: np.ndarray, kind: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The product of each mark, by the behavioural type of that day."""
    limits, draw, product = weight.cumsum(axis=1), rng.random(len(kind)), np.empty(len(kind), dtype="int64")
    for number, limit in enumerate(limits):
        rows = np.flatnonzero(kind == number)
        product[rows] = np.searchsorted(limit, draw[rows] * limit[-1], side="right")
    return product
