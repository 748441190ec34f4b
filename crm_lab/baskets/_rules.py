"""Association rules from itemsets of any size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from crm_lab.base.arguments import top_count, whole, within
from crm_lab.baskets._table import Baskets, Table, table_of_baskets

COLUMNS = ["antecedent", "consequent", "count", "support", "confidence", "lift"]


def rules(baskets: Baskets, min_support: float, min_confidence: float, max_items: int | None = None) -> pd.DataFrame:
    """Rules A → C between sets of items: who has all of A in the basket often has all of C.

    baskets         a list of baskets, each a list or set of items; what stands twice in one counts once
    min_support     least share of the baskets that hold all of A and C, above 0
    min_confidence  least share of the baskets with A that hold C too, above 0
    max_items       most items of A and C together; without it, as many as there are

    support = P(A∪C) = n(A∪C) ÷ n, confidence = n(A∪C) ÷ n(A), lift = confidence ÷ (n(C) ÷ n). A rule exactly at a
    threshold is kept: itemsets come from mlxtend's FP-growth, all else from whole counts.

    Returns antecedent and consequent (frozensets), count (baskets with both), support, confidence, lift; strongest
    lift first. Raises InputError for thresholds outside (0, 1] and where there is nothing to count.
    Source: R. Agrawal & R. Srikant (1994), VLDB; J. Han, J. Pei & Y. Yin (2000), SIGMOD (FP-growth).

    >>> found = rules([{"tea", "cup"}, {"tea", "cup"}, {"tea"}, {"tray"}], min_support=0.5, min_confidence=1)
    >>> found.iloc[0].to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'antecedent': frozenset({'cup'}), 'consequent': frozenset({'tea'}), 'count': 2, 'support': 0.5,
     'confidence': 1.0, 'lift': 1.3333333333333333}
    """
    share = within(min_confidence, "min_confidence", 0, 1)
    support = within(min_support, "min_support", 0, 1)
    table = table_of_baskets(baskets)
    n = table.holds.shape[0]
    counts = _itemsets(table, top_count(support, n), max_items)
    made = [row for items in counts for row in _rules_of(items, counts, n, share)]
    found = pd.DataFrame(made, columns=COLUMNS)
    order = found.assign(lift=-found["lift"].round(12), count=-found["count"], names=[_names(row) for row in made])
    return found.loc[order.sort_values(["lift", "count", "names"], kind="stable").index].reset_index(drop=True)


def _itemsets(table: Table, least: int, most: int | None) -> dict[frozenset, int]:
    """Every set of items that at least so many baskets hold, with how many do."""
    from mlxtend.frequent_patterns import fpgrowth

    n = table.holds.shape[0]
    kept = table.counts >= least  # rare items make no frequent set, and would only take room
    if not kept.any():
        return {}
    frame = pd.DataFrame(table.holds[:, kept].toarray() > 0)
    size = None if most is None else whole(most, "max_items", 2)
    found = fpgrowth(frame, min_support=(least - 0.5) / n, max_len=size)
    names = table.items[kept]
    return {
        frozenset(names[list(items)]): round(support * n)
        for support, items in found[["support", "itemsets"]].itertuples(index=False)
    }


def _rules_of(items: frozenset, counts: dict[frozenset, int], n: int, share: float) -> Iterator[tuple]:
    """The rules that one itemset makes: each part of it on the left, the rest on the right."""
    count = counts[items]
    for size in range(1, len(items)):
        for part in combinations(items, size):
            left = frozenset(part)
            right = items - left
            if count >= top_count(share, counts[left]):
                lift = count * n / (counts[left] * counts[right])
                yield left, right, count, count / n, count / counts[left], lift


def _names(row: tuple) -> str:
    return " ".join([*sorted(map(str, row[0])), "→", *sorted(map(str, row[1]))])
