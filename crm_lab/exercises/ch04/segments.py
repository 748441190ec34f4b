"""A name for every score, and the money in each segment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch04.scores import MEASURES, SCORES, rfm_midyear

SegmentName = Callable[[int, int, int], str]
SCALE = range(1, 6)

# ---- the names


def halves_up(frequency: int, monetary: int) -> int:
    return (frequency + monetary + 1) // 2


def segment_of(t: Tables, worth: Callable[[int, int], int] = halves_up, days: bool = False) -> SegmentName:
    """The function that names a segment, with its own idea of worth; with `days`, a low recency is the best."""
    return lambda recency, f, m: names()[6 - recency if days else recency, worth(f, m)]


@cache
def names() -> dict[tuple[int, int], str]:
    """The segment of each recency and worth."""
    pairs = [(recency, worth) for recency in SCALE for worth in SCALE]
    scores = pd.DataFrame([(recency, worth, worth) for recency, worth in pairs], columns=SCORES)
    return dict(zip(pairs, classify.segments(scores), strict=True))


def score_triples(t: Tables) -> list[tuple[int, int, int]]:
    """All score triples, in an order that no table of results follows."""
    return [(recency, f, m) for f in (3, 1, 5, 2, 4) for m in (5, 4, 3, 2, 1) for recency in (2, 5, 1, 4, 3)]


declare(
    segment_of,
    "function",
    returns="text",
    probes=score_triples,
    by_hand="classify.segments",
    sections=("segments-idea",),
    mistakes={
        "round to even": {"worth": lambda f, m: round((f + m) / 2)},
        "rounded down": {"worth": lambda f, m: (f + m) // 2},
        "recency as days": {"days": True},
        "frequency alone": {"worth": lambda f, m: f},
        "money alone": {"worth": lambda f, m: m},
    },
)

# ---- the money in each segment


def rfm_segments(t: Tables) -> pd.DataFrame:
    """The mid-year RFM table with each customer's segment, as plain columns for SQL."""
    table = rfm_midyear(t)
    return table.assign(segment=classify.segments(classify.rfm_scores(table)))


def segment_value(t: Tables) -> pd.DataFrame:
    table = t.table("rfm_segments").set_index("customer_id")
    return classify.segment_money(table[MEASURES], table["segment"])[["customers", "monetary_share"]]


def share_from(figure: str, divided: bool = True) -> Callable[[Tables], pd.DataFrame]:
    """The table with another figure of the money in place of its sum, divided by that of all or not."""

    def recipe(t: Tables) -> pd.DataFrame:
        values = t.table("rfm_segments").groupby("segment")["monetary"].agg(figure)
        return segment_value(t).assign(monetary_share=values / values.sum() if divided else values)

    return recipe


def average_by_all(t: Tables) -> pd.DataFrame:
    money = t.table("rfm_segments")
    return segment_value(t).assign(monetary_share=money.groupby("segment")["monetary"].mean() / money["monetary"].sum())


def orders_counted(t: Tables) -> pd.DataFrame:
    return segment_value(t).assign(customers=t.table("rfm_segments").groupby("segment")["frequency"].sum())


def first_and_silent(t: Tables, table: pd.DataFrame) -> dict[str, Any]:
    """Where most of the money is, and how much of it stays with those who have fallen silent."""
    share = table["monetary_share"]
    silent = share.reindex(["cant_lose", "at_risk"]).fillna(0).sum()
    return {"first": share.idxmax(), "share": share.max(), "silent": silent}


declare(
    segment_value,
    "sql",
    key=("segment",),
    by_hand="classify.segment_money",
    sections=("share-idea",),
    supplies={"rfm_segments": rfm_segments},
    mistakes={
        "share of customers": share_from("size"),
        "average": share_from("mean", divided=False),
        "average by all": average_by_all,
        "sum": share_from("sum", divided=False),
        "own total": then(lambda table: table.assign(monetary_share=1.0)),
        "percent": then(lambda table: table * [1, 100]),
        "rounded": then(lambda table: table.round(2)),
        "orders counted": orders_counted,
    },
    facts=first_and_silent,
)
