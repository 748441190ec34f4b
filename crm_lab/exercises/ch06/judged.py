"""A shelf judged on hidden marks, and weights that follow a change of taste."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from crm_lab import baskets
from crm_lab.base.arguments import midnight
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch06.neighbours import crossed, past_marks

Z, HALF_LIVES = 1.96, (15, 30, 60, 90, 180, 365, 730)

# ---- the gain


def last_marks(t: Tables) -> pd.DataFrame:
    marks = t.table("favourites")
    return marks[~marks.duplicated("person_id", keep="last")].set_index("person_id")


def rank_of(scores: pd.DataFrame, wanted: pd.Series) -> np.ndarray:
    ranks = scores.rank(axis=1, ascending=False, method="first", na_option="bottom").to_numpy()
    return ranks[np.arange(len(scores)), scores.columns.get_indexer(pd.Index(wanted))].astype(int)


def ranks(t: Tables) -> pd.DataFrame:
    """The place of each person's hidden mark among the bestsellers, and on their own shelf."""
    held, last = crossed(past_marks(t)), last_marks(t)
    last = last[last.index.isin(held.index) & last["product_id"].isin(held.columns)]
    held_by = held.loc[last.index]
    ours = baskets.scores(held_by, baskets.similarity(held))
    popular = (ours * 0).add(held.sum(), axis="columns")
    places = {name: rank_of(scores, last["product_id"]) for name, scores in (("popular", popular), ("ours", ours))}
    return pd.DataFrame(places, last.index).reset_index()


def lower_end(
    t: Tables, length: int = 10, z: float = Z, paired: bool = True, root: bool = True, ours: str = "ours"
) -> float:
    """root  divides the deviation by the root of the people; ours  whose rate is the first"""
    table = t.table("ranks")
    theirs = "popular" if ours == "ours" else "ours"
    mine, other = (table[name].le(length).astype(float) for name in (ours, theirs))
    spread = (mine - other).std() if paired else np.sqrt(mine.var() + other.var())
    return float((mine - other).mean() - z * spread / (np.sqrt(len(table)) if root else 1))


def of_ranks(t: Tables) -> float:
    """The ranks themselves taken from each other."""
    apart = t.table("ranks")["ours"] - t.table("ranks")["popular"]
    return float(apart.mean() - Z * apart.std() / np.sqrt(len(apart)))


declare(
    lower_end,
    "number",
    sections=("judge-idea",),
    supplies={"ranks": ranks},
    tolerance=2e-4,  # the exact quantile of the package, or n in place of n - 1, is right, too
    mistakes={
        "the gain": {"z": 0.0},
        "below ten": {"length": 9},
        "ranks": of_ranks,
        "upper end": {"z": -Z},
        "not paired": {"paired": False},
        "no root": {"root": False},
        "top five": {"length": 5},
        "popular first": {"ours": "popular"},
        "percent": then(lambda share: 100 * share),
    },
    facts=lambda t, low: {"low": 100 * low, "gain": 100 * lower_end(t, z=0.0)},
)

# ---- half personal, half bestsellers


def mixed(
    t: Tables, places: int = 5, both: bool = False, against: str = "ours", twice: bool = False, length: int = 10
) -> float:
    """both  asks for a hit on either half; twice  adds the two rates up"""
    table = t.table("ranks")
    popular, ours = table["popular"] <= places, table["ours"] <= places
    hit = popular & ours if both else popular | ours
    rate = popular.mean() + ours.mean() if twice else hit.mean()
    return float(rate - (table[against] <= length).mean())


declare(
    mixed,
    "number",
    sections=("judge-idea",),
    supplies={"ranks": ranks},
    mistakes={
        "on both halves": {"both": True},
        "ten of each": {"places": 10},
        "against bestsellers": {"against": "popular"},
        "rates added": {"twice": True},
        "against five of ours": {"length": 5},
        "the rate alone": lambda t: mixed(t) + (t.table("ranks")["ours"] <= 10).mean(),
        "percent": then(lambda gain: 100 * gain),
    },
    facts=lambda t, gain: {
        "rate": gain + (t.table("ranks")["ours"] <= 10).mean(),
        "ours": (t.table("ranks")["ours"] <= 10).mean(),
    },
)

# ---- recency weights


def dated(t: Tables) -> pd.DataFrame:
    """The marks of somebody with ten or more, spread over most of the two years, with their categories."""
    marks = past_marks(t).merge(t.table("products")[["product_id", "category"]], on="product_id")
    spans = marks.groupby("person_id")["marked_on"].agg(["size", "min", "max"])
    long = spans[(spans["size"] >= 10) & (spans["max"] - spans["min"] >= pd.Timedelta(days=500))]
    chosen = marks[marks["person_id"] == long.index[0]]
    return chosen[["marked_on", "product_id", "category"]].sort_values("marked_on", ignore_index=True)


def taste(t: Tables, half_life: float = 90, share: bool = True, base: float = 0.5) -> pd.Series:
    marks = t.table("dated")
    days = (midnight(t.today) - marks["marked_on"]).dt.days
    sums = (base ** (days / half_life)).groupby(marks["category"]).sum()
    return sums / sums.sum() if share else sums


def mean_weights(t: Tables) -> pd.Series:
    marks = t.table("dated")
    days = (midnight(t.today) - marks["marked_on"]).dt.days
    return (0.5 ** (days / 90)).groupby(marks["category"]).mean()


declare(
    taste,
    "table",
    key=("category",),
    by_hand="baskets.recency_weights",
    sections=("taste-idea",),
    supplies={"dated": dated},
    mistakes={
        "all alike": {"base": 1.0},
        "sums": {"share": False},
        "means": mean_weights,
        "upside down": {"base": 2.0},
        "exponential": {"base": float(np.exp(-1))},
        "percent": then(lambda shares: 100 * shares),
    },
    facts=lambda t, shares: {
        "first": shares.idxmax(),
        "share": shares.max(),
        "plain": taste(t, base=1.0)[shares.idxmax()],
    },
)

# ---- the half-life


def trial(t: Tables) -> pd.DataFrame:
    """For each person and half-life, whether the hidden mark was among the ten shown; and their number of marks."""
    past, last = past_marks(t), last_marks(t)
    held = crossed(past)
    alike = baskets.similarity(held)
    last = last[last.index.isin(held.index) & last["product_id"].isin(held.columns)]
    days = (past["person_id"].map(last["marked_on"]) - past["marked_on"]).dt.days
    tried = partial(_hits, past[days.notna()], days[days.notna()], alike, last["product_id"])
    return pd.concat([tried(half_life) for half_life in HALF_LIVES], ignore_index=True)


def _hits(
    past: pd.DataFrame, days: pd.Series, alike: pd.DataFrame, wanted: pd.Series, half_life: float
) -> pd.DataFrame:
    weighted = past.assign(weight=baskets.recency_weights(days, half_life))
    weights = weighted.pivot_table(index="person_id", columns="product_id", values="weight", fill_value=0.0)
    weights = weights.reindex(columns=alike.columns, fill_value=0.0)
    hit = baskets.hits(baskets.scores(weights, alike), wanted.reindex(weights.index))
    return hit.rename_axis("person_id").reset_index().assign(half_life=half_life)[["half_life", "person_id", "hit"]]


def fading(t: Tables, figure: str = "mean", hit: bool = True) -> pd.Series:
    table = t.table("trial")
    return (table["hit"] == hit).groupby(table["half_life"]).agg(figure)


declare(
    fading,
    "plot",
    shape="line",
    key=("half_life",),
    sections=("taste-idea",),
    supplies={"trial": trial},
    mistakes={"hits counted": {"figure": "sum"}, "misses": {"hit": False}, "percent": then(lambda rates: 100 * rates)},
    facts=lambda t, rates: {"best": rates.idxmax(), "rate": rates.max(), "last": rates.iloc[-1]},
)
