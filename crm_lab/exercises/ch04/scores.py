"""The RFM table and its scores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import all_orders, delivered, not_cancelled

# ---- the RFM table


def rfm(t: Tables, orders: Any = delivered, value: str = "margin") -> pd.DataFrame:
    return classify.rfm(orders(t), t.today, value=value)


def rfm_with(column: str, source: str, figure: str) -> Callable[[Tables], pd.DataFrame]:
    """The RFM table with one column put together in another way: a figure of a column of the orders."""
    return lambda t: rfm(t).assign(**{column: delivered(t).groupby("customer_id")[source].agg(figure)})


def recency(figure: str = "max", midnight: bool = True) -> Callable[[Tables], pd.DataFrame]:
    """The RFM table with recency from another order, or in full spans of 24 hours rather than calendar days."""

    def recipe(t: Tables) -> pd.DataFrame:
        order = delivered(t).groupby("customer_id")["ordered_at"].agg(figure)
        return rfm(t).assign(recency_days=(t.today - (order.dt.normalize() if midnight else order)).dt.days)

    return recipe


declare(
    rfm,
    "table",
    key=("customer_id",),
    by_hand="classify.rfm",
    sections=("rfm-idea",),
    mistakes={
        "all orders": {"orders": all_orders},
        "open orders": {"orders": not_cancelled},
        "revenue": {"value": "revenue"},
        "average margin": rfm_with("monetary", "margin", "mean"),
        "items": rfm_with("frequency", "items", "sum"),
        "repeat orders": then(lambda table: table.assign(frequency=table["frequency"] - 1)),
        "spans of 24 hours": recency(midnight=False),
        "first order": recency("min"),
    },
    facts=lambda t, table: {"away": (table["recency_days"] > 180).mean(), "once": (table["frequency"] == 1).mean()},
)

# ---- scores

MIDYEAR = pd.Timestamp("2025-07-01")
LEFT_OUT = 50  # at most one customer in so many
MEASURES = ["recency_days", "frequency", "monetary"]
SCORES = ["recency", "frequency", "monetary"]


def rfm_midyear(t: Tables) -> pd.DataFrame:
    """The RFM table of the first of July 2025; amounts in whole fen, so that equal ones are equal.

    The last few customers are left out, if need be, so that it matters whether ranks or scores are turned round.
    """
    orders = delivered(t)
    table = classify.rfm(orders[orders["ordered_at"] < MIDYEAR], MIDYEAR).round({"monetary": 2}).reset_index()
    shorter = (table.iloc[: len(table) - few] for few in range(len(table) // LEFT_OUT + 1))
    return next((some for some in shorter if turning_matters(some["recency_days"])), table)


def turning_matters(days: pd.Series) -> bool:
    """Whether somebody's score is another one when the score is turned round instead of the rank."""
    turned_ranks, ranks = days.rank(ascending=False), days.rank()
    return bool((fifth(turned_ranks) != 6 - fifth(ranks)).any())


def fifth(ranks: pd.Series) -> pd.Series:
    return np.ceil(5 * (ranks / len(ranks))).astype(int)


def scores(t: Tables) -> pd.DataFrame:
    return classify.rfm_scores(measures(t))


def measures(t: Tables) -> pd.DataFrame:
    return t.table("rfm_midyear").set_index("customer_id")


def scored(
    method: Literal["average", "first", "max", "min", "dense"] = "average",
    days_reversed: bool = True,
    best: int = 5,
    rounded: np.ufunc = np.ceil,
) -> Callable[[Tables], pd.DataFrame]:
    """Scores with places to go wrong: how ties rank, which way recency runs, which end is best, how halves round."""
    signs = pd.Series({"recency_days": -1 if days_reversed else 1, "frequency": 1, "monetary": 1})

    def recipe(t: Tables) -> pd.DataFrame:
        table = measures(t)
        ranks = (table[MEASURES] * signs * (1 if best == 5 else -1)).rank(method=method, pct=True)
        return rounded(5 * ranks).astype(int).set_axis(SCORES, axis=1)

    return recipe


def score_turned(t: Tables) -> pd.DataFrame:
    return scores(t).assign(recency=6 - scored(days_reversed=False)(t)["recency"])


def one_minus_rank(t: Tables) -> pd.DataFrame:
    places = 1 - measures(t)["recency_days"].rank(pct=True)
    return scores(t).assign(recency=np.ceil(5 * places).astype(int))


def places_cut(t: Tables) -> pd.DataFrame:
    """All three cut with qcut, equal values in the order they come, longest silence first."""
    table = measures(t)[MEASURES] * [-1, 1, 1]
    return table.rank(method="first").apply(pd.qcut, q=5, labels=False).set_axis(SCORES, axis=1) + 1


def cut_by(cut: Callable[[pd.Series], pd.Series]) -> Callable[[Tables], pd.DataFrame]:
    """Scores from `cut`, which gives classes 0 to 4 of a column of values."""

    def recipe(t: Tables) -> pd.DataFrame:
        classes = measures(t)[MEASURES].apply(cut).set_axis(SCORES, axis=1)
        return classes.assign(recency=4 - classes["recency"]).astype(int) + 1

    return recipe


def equal_widths(values: pd.Series) -> pd.Series:
    return pd.cut(values, 5, labels=False)


def usual_quantiles(values: pd.Series) -> pd.Series:
    """Quantiles as most recipes for RFM have them: where values repeat, equal ones are put in the order they come."""
    return pd.qcut(values.rank(method="first") if values.name == "frequency" else values, 5, labels=False)


def best_and_first(t: Tables, table: pd.DataFrame) -> dict[str, float]:
    once = (measures(t)["frequency"] == 1).mean()
    return {"best": (table == 5).all(axis=1).sum(), "all": len(table), "first": table["frequency"].min(), "once": once}


declare(
    scores,
    "table",
    key=("customer_id",),
    by_hand="classify.rfm_scores",
    sections=("scores-idea",),
    supplies={"rfm_midyear": rfm_midyear},
    mistakes={
        "recency not reversed": scored(days_reversed=False),
        "score turned": score_turned,
        "ties split": scored(method="first"),
        "highest place": scored(method="max"),
        "lowest place": scored(method="min"),
        "places without gaps": scored(method="dense"),
        "one minus the rank": one_minus_rank,
        "equal widths": cut_by(equal_widths),
        "quantiles": cut_by(usual_quantiles),
        "quantiles of places": places_cut,
        "quantiles of frequency": lambda t: scores(t).assign(frequency=places_cut(t)["frequency"]),
        "rounded to the nearest": scored(rounded=np.rint),
        "rounded down": scored(rounded=np.floor),
        "one is best": scored(best=1),
    },
    facts=best_and_first,
)

# ---- fixed thresholds

LIMITS = (30, 60, 120, 240)  # days, for scores 5 to 2


def rfm_yearend(t: Tables) -> pd.DataFrame:
    """The RFM table of today; amounts in whole fen."""
    return classify.rfm(delivered(t), t.today).round({"monetary": 2}).reset_index()


def fixed(t: Tables, table: str = "rfm_yearend", upto: bool = True, shares: bool = True) -> pd.Series:
    """Which share of the customers has each recency score.

    upto  whether a day on a limit has still the better score
    """
    days = t.table(table)["recency_days"]
    scores = 5 - np.searchsorted(LIMITS, days, side="left" if upto else "right")
    counts = pd.Series(scores, name="score").value_counts()
    return counts / counts.sum() if shares else counts


def fifths(t: Tables) -> pd.Series:
    return classify.rfm_scores(t.table("rfm_yearend"))["recency"].value_counts(normalize=True)


def turned(shares: pd.Series) -> pd.Series:
    return shares.set_axis(6 - shares.index)


def both_dates(t: Tables, shares: pd.Series) -> dict[str, float]:
    return {"now": shares.get(1, 0.0), "then": fixed(t, "rfm_midyear").get(1, 0.0)}


declare(
    fixed,
    "plot",
    shape="bars",
    named="share",
    key=("score",),
    by_hand="classify.rfm_scores_at",
    sections=("fixed-idea",),
    supplies={"rfm_yearend": rfm_yearend, "rfm_midyear": rfm_midyear},
    mistakes={
        "fifths": fifths,
        "turned": then(turned),
        "numbers": {"shares": False},
        "midyear": {"table": "rfm_midyear"},
        "limits excluded": {"upto": False},
    },
    facts=both_dates,
)
