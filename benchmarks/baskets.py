"""Market baskets: rules from baskets to table, ours against mlxtend alone, in one run; memory of a large shop."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd

from benchmarks.explorer import controls, moves
from benchmarks.timing import Result, against, milliseconds, quantiles
from crm_lab import baskets
from crm_lab.explore import rule_explorer

SIZES = ((10_000, 120, 0.01), (100_000, 500, 0.01))
CONFIDENCE, MOVES = 0.1, 60


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


def explorer() -> list[Result]:
    """The 95th percentile of a redraw against counting the pairs anew."""
    given = shop(*SIZES[0][:2])
    found = list(controls(rule_explorer(given)))
    ours = [milliseconds(move) for move, _turn in zip(moves(found), range(MOVES), strict=False)]
    anew = [milliseconds(lambda: baskets.pair_rules(given)) for _turn in range(5)]
    p95, peer = quantiles(ours)[1], quantiles(anew)[1]
    name = f"rule explorer, redraw, p95 of {MOVES}"
    return [Result(name, "pairs counted anew, p95", p95, peer, [p95 / peer])]


def run() -> list[Result]:
    """Rules and explorer."""
    return [*rules(), *explorer()]
