"""How many rules chance alone would make: baskets dealt anew."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd

from crm_lab.base.arguments import amount, whole, within
from crm_lab.baskets._counts import pair_rules
from crm_lab.baskets._table import Baskets, listed


def shuffled(baskets: Baskets, seed: int = 0) -> list[list[Hashable]]:
    """The same items dealt anew: each basket keeps its size and each item its number, what goes together is lost.

    baskets  a list of baskets, each a list or set of items
    seed     of the random numbers

    Where an item falls into a basket that has it, it is exchanged with another, drawn at random, until none does.
    Source: the test of A. Gionis et al. (2007), Assessing data mining results via swap randomization, TKDD 1(3).

    >>> sorted(len(basket) for basket in shuffled([["tea", "cup"], ["tray"], ["tea", "mat"]]))
    [1, 2, 2]
    """
    rows = listed(baskets)
    items = [item for row in rows for item in row]
    basket = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    codes, names = pd.factorize(pd.Index(items))
    dealt = _without_doubles(basket, np.random.default_rng(seed).permutation(codes), np.random.default_rng(seed + 1))
    cuts = np.cumsum([len(row) for row in rows])[:-1]
    return [names[part].tolist() for part in np.split(dealt, cuts)]


def _without_doubles(basket: np.ndarray, dealt: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The items dealt, doubles of a basket exchanged at random until there are none (or 1,000 rounds are over)."""
    for _round in range(1000):
        double = np.flatnonzero(pd.DataFrame({"basket": basket, "item": dealt}).duplicated())
        if not len(double):
            break
        moved = np.union1d(double, rng.integers(0, len(dealt), len(double)))
        dealt[moved] = dealt[rng.permutation(moved)]
    return dealt


def by_chance(
    baskets: Baskets,
    min_support: float,
    min_confidence: float,
    min_lift: float = 0.0,
    times: int = 20,
    seed: int = 0,
) -> pd.Series:
    """The number of pair rules that pass three thresholds in baskets dealt anew, once for each deal.

    baskets         a list of baskets, each a list or set of items
    min_support, min_confidence, min_lift  what a rule must reach; exactly there is enough
    times           deals
    seed            of the first deal; each has its own

    Returns whole numbers, indexed by deal. Raises InputError for thresholds that no share can have.

    >>> by_chance([["tea", "cup"], ["tea", "cup"], ["tray"]], 0.9, 0.9, times=2).tolist()
    [0, 0]
    """
    support = within(min_support, "min_support", 0, 1)
    confidence, lift = within(min_confidence, "min_confidence", 0, 1), amount(min_lift, "min_lift")
    rows = listed(baskets)
    found = []
    for deal in range(whole(times, "times", 1)):
        dealt = pair_rules(shuffled(rows, seed + 7919 * deal)).round(12)
        passed = dealt["support"].ge(support) & dealt["confidence"].ge(confidence) & dealt["lift"].ge(lift)
        found.append(int(passed.sum()))
    return pd.Series(found, pd.RangeIndex(len(found), name="deal"), name="rules")
