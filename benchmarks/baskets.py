"""Market baskets: rules from baskets to table, ours against mlxtend alone, in one run; memory of a large shop."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd

from benchmarks.timing import Result, against
from crm_lab import baskets

SIZES = ((10_000, 120, 0.01), (100_000, 500, 0.01))
CONFIDENCE = 0.1


def shop(orders: int, items: int, seed: int = 0) -> list[list[int]]:
    """Baskets of two to nine items whose popularity falls as 1 ÷ rank; every third item brings its neighbour."""
    rng = np.random.default_rng(seed)
    weight = 1 / np.arange(1, items + 1)
    drawn = rng.choice(items, (orders, 6), p=weight / weight.sum())
    sizes = rng.integers(2, 7, orders)
    rows = [row[:size].tolist() for row, size in zip(drawn, sizes, strict=True)]
    return [[*row, *(item + 1 for item in row if item % 3 == 0 and item + 1 < items)] for row in rows]


def with_mlxtend(rows: list[list[int]], support: float) -> pd.DataFrame:
    """The same rules by mlxtend alone: encoder, FP-growth, association_rules."""
    from mlxtend.frequent_patterns import association_rules, fpgrowth
    from mlxtend.preprocessing import TransactionEncoder

    encoder = TransactionEncoder()
    table = pd.DataFrame(encoder.fit_transform(rows), columns=encoder.columns_)
    found = fpgrowth(table, min_support=support, use_colnames=True)
    return association_rules(found, metric="confidence", min_threshold=CONFIDENCE)


def peak(action) -> float:
    """The highest memory that Python asked for, in MB."""
    tracemalloc.start()
    action()
    top = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return top


def rules() -> list[Result]:
    """End to end, and the memory of both for the larger shop."""
    rows = []
    for orders, items, support in SIZES:
        given = shop(orders, items)

        def ours(given: list[list[int]] = given, support: float = support) -> pd.DataFrame:
            return baskets.rules(given, support, CONFIDENCE)

        def theirs(given: list[list[int]] = given, support: float = support) -> pd.DataFrame:
            return with_mlxtend(given, support)

        name = f"{orders:,} baskets × {items} items"
        rows.append(against(f"rules, {name}: {len(ours())}", ours, f"mlxtend alone: {len(theirs())}", theirs, pairs=3))
        if orders == SIZES[-1][0]:
            mine, peers = peak(ours), peak(theirs)
            rows.append(
                Result(f"rules, {name}, highest memory", "mlxtend alone", mine, peers, [mine / peers], unit="MB")
            )
    return rows


def run() -> list[Result]:
    """Rules."""
    return rules()
