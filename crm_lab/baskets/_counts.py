"""What is bought together: counts of pairs, and the rules they make."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.baskets._table import Baskets, table_of_baskets

MATERIAL = r"^(?:Bamboo |Linen |Stoneware |竹制|亚麻|粗陶)"


def things(names: pd.Series) -> pd.Series:
    """Names of Willow Lane's products without the material: a coarser item, of which there is more to count.

    Source: R. Srikant & R. Agrawal (1995), Mining generalized association rules, VLDB.

    >>> things(pd.Series(["Bamboo teapot", "粗陶茶壶"])).tolist()
    ['teapot', '茶壶']
    """
    return names.str.replace(MATERIAL, "", regex=True).rename("thing")


def together(baskets: Baskets) -> pd.DataFrame:
    """In how many baskets each pair of items is; on the diagonal, each item.

    baskets  a list of baskets, each a list or set of items; what stands twice in one counts once

    Returns whole numbers, items × items. Raises InputError where there is nothing to count.

    >>> together([{"tea", "cup"}, {"tea", "cup", "tray"}, {"tray"}]).loc["tea"].to_dict()
    {'cup': 2, 'tea': 2, 'tray': 1}
    """
    table = table_of_baskets(baskets)
    counts = (table.holds.T @ table.holds).toarray()
    return pd.DataFrame(counts, table.items, table.items)


def pair_rules(baskets: Baskets) -> pd.DataFrame:
    """The rules a → b of all pairs that occur, both ways round: how often b is there when a is.

    baskets  as for `together`

    Of n baskets, n(a) hold a and n(ab) both: support = n(ab) ÷ n, confidence = n(ab) ÷ n(a),
    lift = confidence ÷ (n(b) ÷ n). A lift of 1: those who take a take b as often as everybody does.

    Returns a row for each rule, strongest lift first: a, b, count (of both), support, confidence, lift. Raises
    InputError where there is nothing to count.
    Source: R. Agrawal, T. Imieliński & A. Swami (1993), Mining association rules, SIGMOD; S. Brin et al. (1997), ibid.

    >>> pair_rules([{"tea", "cup"}, {"tea", "cup"}, {"tea"}, {"tray"}]).iloc[0].to_dict()
    {'a': 'cup', 'b': 'tea', 'count': 2, 'support': 0.5, 'confidence': 1.0, 'lift': 1.3333333333333333}
    """
    table = table_of_baskets(baskets)
    both = (table.holds.T @ table.holds).tocoo()
    apart = both.row != both.col
    a, b, count = both.row[apart], both.col[apart], both.data[apart]
    n, alone = table.holds.shape[0], table.counts
    measures = {
        "count": count,
        "support": count / n,
        "confidence": count / alone[a],
        "lift": count * n / (alone[a].astype(float) * alone[b]),
    }
    found = pd.DataFrame({"a": table.items[a], "b": table.items[b], **measures})
    return found.iloc[np.lexsort((b, a, -found["lift"].round(12)))].reset_index(drop=True)
