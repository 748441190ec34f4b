"""Supports by hand, pairs in SQL, rules from counts, and the confidence that misleads."""

from __future__ import annotations

import pandas as pd

from crm_lab import baskets
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import not_cancelled

LEAST, SURE, STRONG = 0.005, 0.1, 1.5


def thing_lines(t: Tables, each: bool = False) -> pd.DataFrame:
    """The things of all orders but the cancelled ones: a row for each thing, or with `each` for each line."""
    orders = not_cancelled(t)[["order_id", "customer_id", "ordered_at"]]
    lines = t.table("order_lines").merge(orders, on="order_id").merge(t.table("products")[["product_id", "name"]])
    lines = lines.assign(thing=baskets.things(lines["name"])).sort_values(["order_id", "line_no"])
    return lines if each else lines.drop_duplicates(["order_id", "thing"])


def basket_lines(t: Tables) -> pd.DataFrame:
    return thing_lines(t)[["order_id", "thing"]].reset_index(drop=True)


def rows_of(lines: pd.DataFrame) -> pd.Series:
    """The baskets of a table of lines, as sets."""
    return lines.groupby("order_id")["thing"].agg(set)


# ---- six baskets


def counter(t: Tables) -> pd.DataFrame:
    """Six baskets line by line; in the first two a thing stands twice."""
    lines = thing_lines(t, each=True)
    double = lines.loc[lines.duplicated(["order_id", "thing"]), "order_id"].unique()[:2]
    usual = lines.loc[~lines["order_id"].isin(double), "order_id"].unique()[:4]
    chosen = [*double, *usual][:6]
    names = {order: f"basket {n}" for n, order in enumerate(chosen, start=1)}
    six = lines[lines["order_id"].isin(chosen)]
    return six.assign(basket=six["order_id"].map(names))[["basket", "thing"]].sort_values("basket", ignore_index=True)


def counter_support(t: Tables, once: bool = True, per: str = "baskets") -> pd.Series:
    """once  each thing of a basket counts once; per  what is divided by"""
    six = t.table("counter")
    held = six.drop_duplicates() if once else six
    counts = held.groupby("thing").size()
    return counts / {"baskets": six["basket"].nunique(), "lines": len(six), "one": 1}[per]


declare(
    counter_support,
    "table",
    key=("thing",),
    sections=("support-idea",),
    supplies={"counter": counter},
    mistakes={
        "lines counted": {"once": False},
        "of all lines": {"once": False, "per": "lines"},
        "of all lines, once": {"per": "lines"},
        "counts": {"per": "one"},
        "percent": then(lambda support: 100 * support),
    },
    facts=lambda t, support: {"most": support.max(), "n": len(support)},
)

# ---- pairs, in SQL


def pair_counts(t: Tables, least: int = 40) -> pd.DataFrame:
    found = baskets.pair_rules(rows_of(t.table("basket_lines")))
    return found[(found["a"] < found["b"]) & (found["count"] >= least)].rename(columns={"count": "baskets"})


def both_ways(t: Tables) -> pd.DataFrame:
    found = baskets.pair_rules(rows_of(t.table("basket_lines"))).rename(columns={"count": "baskets"})
    return found[found["baskets"] >= 40]


def with_themselves(t: Tables) -> pd.DataFrame:
    counts = t.table("basket_lines").groupby("thing").size()
    alone = counts[counts >= 40].rename("baskets").rename_axis("a").reset_index()
    return pd.concat([pair_counts(t), alone.assign(b=alone["a"])])


def pairs_around_forty() -> dict[str, pd.DataFrame]:
    """Pairs in 39, 40 and 41 baskets, some baskets of three, one thing alone."""
    rows = (
        [("bowl", "cup")] * 39 + [("cup", "bowl", "mat")] + [("mat", "tea")] * 39 + [("tea", "bowl")] * 41 + [("lamp",)]
    )
    lines = [(f"O{n:03d}", thing) for n, row in enumerate(rows) for thing in row]
    return {"basket_lines": pd.DataFrame(lines, columns=["order_id", "thing"])}


declare(
    pair_counts,
    "sql",
    key=("a", "b"),
    by_hand="baskets.pair_rules",
    edges=pairs_around_forty,
    sections=("support-idea",),
    supplies={"basket_lines": basket_lines},
    mistakes={
        "both ways": both_ways,
        "the other way": then(lambda table: table.rename(columns={"a": "b", "b": "a"})),
        "with themselves": with_themselves,
        "all pairs": {"least": 1},
        "more than forty": {"least": 41},
    },
    facts=lambda t, table: {"form": "some" if len(table) else "none", "n": len(table), "most": table["baskets"].max()},
)

# ---- rules from counts


def pair_table(t: Tables) -> pd.DataFrame:
    """Both directions of each pair with the counts a rule is made of."""
    return counted(basket_lines(t))


def counted(lines: pd.DataFrame) -> pd.DataFrame:
    alone = lines.groupby("thing").size()
    found = baskets.pair_rules(rows_of(lines)).sort_values(["a", "b"], ignore_index=True)
    counts = {"n_a": found["a"].map(alone), "n_b": found["b"].map(alone), "n_ab": found["count"]}
    return found[["a", "b"]].assign(**counts, n=lines["order_id"].nunique())


def strong(
    t: Tables,
    base: str = "n_a",
    least: str = "n_ab",
    lift: float = STRONG,
    fair: bool = True,
    table: str = "pair_table",
) -> pd.DataFrame:
    """base  of the confidence; least  count the support is made of; fair  lift with the share of b"""
    pairs = t.table(table)
    confidence = pairs["n_ab"] / pairs[base]
    measured = pairs.assign(
        confidence=confidence, lift=confidence / (pairs["n_b"] / pairs["n"] if fair else pairs["n_b"])
    )
    reached = (measured[least] / measured["n"] >= LEAST) & (confidence >= SURE)
    return measured.loc[reached & (measured["lift"] >= lift), ["a", "b", "confidence", "lift"]]


declare(
    strong,
    "table",
    key=("a", "b"),
    by_hand="baskets.pair_rules",
    sections=("lift-idea",),
    supplies={"pair_table": pair_table},
    mistakes={
        "divided by b": {"base": "n_b"},
        "support of a": {"least": "n_a"},
        "no lift": {"lift": 0.0},
        "count of b": {"fair": False, "lift": 0.0},
        "one way": then(lambda rules: rules[rules["a"] < rules["b"]]),
        "rounded": then(lambda rules: rules.round({"confidence": 2, "lift": 2})),
    },
    facts=lambda t, rules: {"n": len(rules), "lift": rules["lift"].max(), "confidence": rules["confidence"].max()},
)

# ---- the trap


def misleading(t: Tables, lift: float = 1.0, sure: float = SURE, least: float = LEAST, share: bool = True) -> float:
    pairs = t.table("pair_table")
    confidence = pairs["n_ab"] / pairs["n_a"]
    passed = pairs[(confidence >= sure) & (pairs["n_ab"] / pairs["n"] >= least)]
    led = passed["n_ab"] / passed["n_a"] <= lift * passed["n_b"] / passed["n"]
    return float(led.mean()) if share else int(led.sum())


declare(
    misleading,
    "number",
    sections=("lift-idea",),
    supplies={"pair_table": pair_table},
    mistakes={
        "the good ones": then(lambda share: 1 - share),
        "all pairs": {"sure": 0.0, "least": 0.0},
        "rare ones too": {"least": 0.0},
        "counted": {"share": False},
        "percent": then(lambda share: 100 * share),
    },
    facts=lambda t, share: {"share": share},
)
