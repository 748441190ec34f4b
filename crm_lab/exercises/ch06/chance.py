"""What chance makes, and what the next year leaves of the rules of this one."""

from __future__ import annotations

import pandas as pd

from crm_lab import baskets
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch06.supports import LEAST, STRONG, SURE, counted, pair_table, rows_of, strong, thing_lines

# ---- chance


def dealt_pairs(t: Tables) -> pd.DataFrame:
    """The counts of pairs in baskets dealt anew."""
    rows = rows_of(thing_lines(t))
    dealt = pd.Series(baskets.shuffled(rows, seed=6), rows.index, name="thing").explode()
    return counted(dealt.reset_index())


def false_rules(t: Tables, lift: float = 0.0, least: str = "n_ab") -> int:
    return len(strong(t, lift=lift, least=least, table="dealt_pairs"))


def passing(table: pd.DataFrame) -> int:
    return int(((table["n_ab"] / table["n"] >= LEAST) & (table["n_ab"] / table["n_a"] >= SURE)).sum())


declare(
    false_rules,
    "number",
    sections=("chance-idea",),
    supplies={"dealt_pairs": dealt_pairs},
    mistakes={
        "divided by b and a": {"least": "n_a"},
        "without chance": lambda t: passing(pair_table(t)),
        "confidence forgotten": lambda t: int((t.table("dealt_pairs").eval("n_ab / n") >= LEAST).sum()),
        "all pairs": lambda t: len(t.table("dealt_pairs")),
        "pairs once": then(lambda n: n / 2),
        "with lift": {"lift": STRONG},
    },
    facts=lambda t, n: {"n": n},
)

# ---- two years


def two_years(t: Tables) -> pd.DataFrame:
    """Lift in 2024 and in 2025 of the rules that were frequent and confident in 2024."""
    lines = thing_lines(t)
    first, second = (baskets.pair_rules(rows_of(lines[lines["ordered_at"].dt.year == year])) for year in (2024, 2025))
    both = first.merge(second, on=["a", "b"], suffixes=("_2024", "_2025"))
    chosen = both[(both["support_2024"] >= LEAST) & (both["confidence_2024"] >= SURE)]
    return chosen[["a", "b", "lift_2024", "lift_2025"]].round(3).reset_index(drop=True)


def lasting(t: Tables, lift: float = STRONG, by: str = "lift_2024", turned: bool = False) -> pd.DataFrame:
    found = t.table("two_years")
    points = found.loc[found[by] >= lift, ["lift_2024", "lift_2025"]]
    return points.set_axis(["lift_2025", "lift_2024"], axis=1) if turned else points


declare(
    lasting,
    "plot",
    shape="points",
    key=("lift_2024", "lift_2025"),
    sections=("valid-idea",),
    supplies={"two_years": two_years},
    mistakes={"all rules": {"lift": 0.0}, "chosen in 2025": {"by": "lift_2025"}, "axes exchanged": {"turned": True}},
    facts=lambda t, points: {"n": len(points), "kept": (points["lift_2025"] >= STRONG).sum()},
)
