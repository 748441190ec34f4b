"""Lab 04b, RFM table, scores and segments: the tables it supplies and the ways to misread its tasks, as recipes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.exercises.ch04.misread_a import delivered

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

MIDYEAR = pd.Timestamp("2025-07-01")
MEASURES = ["recency_days", "frequency", "monetary"]
SCORES = ["recency", "frequency", "monetary"]

# ---- the RFM table


def rfm_of(t: Tables, value: str = "margin") -> pd.DataFrame:
    """The RFM table of the delivered orders."""
    return classify.rfm(delivered(t), t.today, value=value)


def with_open(t: Tables) -> pd.DataFrame:
    """The RFM table of all orders but the cancelled ones."""
    orders = t.table("orders")
    return classify.rfm(orders[orders["status"] != "cancelled"], t.today)


def rfm_with(t: Tables, column: str, source: str, how: str) -> pd.DataFrame:
    """The RFM table with one column put together in another way: `how` from the column `source` of the orders."""
    return rfm_of(t).assign(**{column: delivered(t).groupby("customer_id")[source].agg(how)})


def in_whole_spans(t: Tables) -> pd.DataFrame:
    """Recency as full spans of 24 hours rather than calendar days."""
    last = delivered(t).groupby("customer_id")["ordered_at"].max()
    return rfm_of(t).assign(recency_days=(t.today - last).dt.days)


def since_first(t: Tables) -> pd.DataFrame:
    """Recency counted from the first order rather than the last."""
    first = delivered(t).groupby("customer_id")["ordered_at"].min()
    return rfm_of(t).assign(recency_days=(t.today - first.dt.normalize()).dt.days)


# ---- scores and segments


def rfm_midyear(t: Tables) -> pd.DataFrame:
    """The RFM table as it stood on the first of July 2025; amounts in whole fen, so that equal ones are equal."""
    orders = delivered(t)
    return classify.rfm(orders[orders["ordered_at"] < MIDYEAR], MIDYEAR).round({"monetary": 2})


def rfm_segments(t: Tables) -> pd.DataFrame:
    """The mid-year RFM table with each customer's segment, as plain columns for SQL."""
    table = rfm_midyear(t)
    return table.assign(segment=classify.segments(classify.rfm_scores(table))).reset_index()


def scored(
    table: pd.DataFrame,
    method: Literal["average", "first", "max"] = "average",
    days_reversed: bool = True,
    best: int = 5,
    rounded: np.ufunc = np.ceil,
) -> pd.DataFrame:
    """Scores with places to go wrong: how ties rank, which way recency runs, which end is best, how halves round."""
    signs = pd.Series({"recency_days": -1 if days_reversed else 1, "frequency": 1, "monetary": 1})
    ranks = (table[MEASURES] * signs * (1 if best == 5 else -1)).rank(method=method)
    return rounded(5 * (ranks / len(table))).astype(int).set_axis(SCORES, axis=1)


def cut_by(cut: Callable[[pd.Series], pd.Series], table: pd.DataFrame) -> pd.DataFrame:
    """Scores from `cut`, which gives classes 0 to 4 of a column of values."""
    scores = pd.DataFrame({score: cut(table[name]) for score, name in zip(SCORES, MEASURES, strict=True)})
    return scores.assign(recency=4 - scores["recency"]).astype(int) + 1


def equal_widths(values: pd.Series) -> pd.Series:
    return pd.cut(values, 5, labels=False)


def usual_quantiles(values: pd.Series) -> pd.Series:
    """Quantiles as most recipes for RFM have them: where values repeat, equal ones are put in the order they come."""
    return pd.qcut(values.rank(method="first") if values.name == "frequency" else values, 5, labels=False)


def segment_by(
    worth: Callable[[int, int], int], days: bool = False
) -> Callable[[Tables], Callable[[int, int, int], str]]:
    """The function that names a segment, with its own idea of worth; with `days`, a low recency is the best."""

    def named(recency: int, frequency: int, monetary: int) -> str:
        level = worth(frequency, monetary)
        scores = pd.DataFrame(
            {"recency": [6 - recency if days else recency], "frequency": [level], "monetary": [level]}
        )
        return str(classify.segments(scores).iloc[0])

    return lambda t: named


def score_triples(t: Tables) -> list[tuple[int, int, int]]:
    """A spread of score triples: every recency, and every worth from an even and an odd sum."""
    pairs = [(1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 4), (4, 4), (4, 5), (5, 5), (5, 1), (1, 4)]
    return [(recency, *pair) for recency in (5, 4, 3, 2, 1) for pair in pairs]


def segment_shares(t: Tables) -> pd.DataFrame:
    """Customers of each segment and its share of all money."""
    table = rfm_segments(t).set_index("customer_id")
    return classify.segment_money(table[MEASURES], table["segment"])[["customers", "monetary_share"]].reset_index()


def shares_by(measure: Callable[[Any], pd.Series], column: str = "monetary_share") -> Callable[[Tables], pd.DataFrame]:
    """The table of segments with another idea of one column."""

    def recipe(t: Tables) -> pd.DataFrame:
        part = measure(rfm_segments(t).groupby("segment"))
        return segment_shares(t).assign(**{column: lambda table: table["segment"].map(part)})

    return recipe


def share_of_money(groups: Any) -> pd.Series:
    return groups["monetary"].sum() / groups["monetary"].sum().sum()
