"""Lab 04b: the tables it supplies and the ways to misread its tasks, as recipes that lead to the wrong answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.exercises.misread04a import delivered, total

if TYPE_CHECKING:
    from crm_lab.labs.tables import Tables

MIDYEAR = pd.Timestamp("2025-07-01")
LAST_YEAR = 365  # days
MEASURES = ["recency_days", "frequency", "monetary"]

# ---- the RFM table


def rfm_of(t: Tables, value: str = "margin") -> pd.DataFrame:
    """The RFM table of the delivered orders."""
    return classify.rfm(delivered(t), t.today, value=value)


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
    """The RFM table as it stood on the first of July 2025."""
    orders = delivered(t)
    return classify.rfm(orders[orders["ordered_at"] < MIDYEAR], MIDYEAR)


def rfm_segments(t: Tables) -> pd.DataFrame:
    """The mid-year RFM table with each customer's segment, as plain columns for SQL."""
    table = rfm_midyear(t)
    return table.assign(segment=classify.segments(classify.rfm_scores(table))).reset_index()


def scored(
    table: pd.DataFrame, method: Literal["average", "first"] = "average", days_reversed: bool = True, best: int = 5
) -> pd.DataFrame:
    """Scores with places to go wrong: how ties rank, which way recency runs, which end is best."""
    signs = pd.Series({"recency_days": -1 if days_reversed else 1, "frequency": 1, "monetary": 1})
    ranks = (table[MEASURES] * signs * (1 if best == 5 else -1)).rank(method=method)
    scores = (5 * ranks / len(table)).round(9).apply(np.ceil).astype(int)
    return scores.set_axis(["recency", "frequency", "monetary"], axis=1)


def segment_by(worth: Callable[[int, int], int]) -> Callable[[Tables], Callable[[int, int, int], str]]:
    """The function that names a segment, with its own idea of worth."""

    def named(recency: int, frequency: int, monetary: int) -> str:
        level = worth(frequency, monetary)
        scores = pd.DataFrame({"recency": [recency], "frequency": [level], "monetary": [level]})
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


def shares_by(measure: Callable[[Any], pd.Series]) -> Callable[[Tables], pd.DataFrame]:
    """The table of segments with another idea of a share."""

    def recipe(t: Tables) -> pd.DataFrame:
        part = measure(rfm_segments(t).groupby("segment"))
        return segment_shares(t).assign(monetary_share=lambda table: table["segment"].map(part))

    return recipe


# ---- loyalty


def loyalty_of(t: Tables, attitude_cut: float = 8, behaviour_cut: float = 3, silent: float | None = None) -> pd.Series:
    """The loyalty matrix of everybody with a delivered order; `silent` is put where nobody answered."""
    everyone = delivered(t).groupby("customer_id").size().index
    behaviour = delivered(t, LAST_YEAR).groupby("customer_id").size().reindex(everyone, fill_value=0)
    attitude = t.table("customers").set_index("customer_id")["recommend_score"].reindex(everyone)
    attitude = attitude if silent is None else attitude.fillna(silent)
    return classify.loyalty(behaviour, attitude, behaviour_cut, attitude_cut)


def recent_only(t: Tables) -> pd.Series:
    """The matrix without those who did not order in the last year."""
    return loyalty_of(t).loc[total(delivered(t, LAST_YEAR)).index]


# ---- what they value

STYLES = ("transactional", "consultative", "integrated")


def statements(t: Tables) -> pd.DataFrame:
    """Nine sentences customers said, one a row."""
    said = {
        "s1": _("I know the lamp I want. Whoever has it cheapest by Friday gets the order."),
        "s2": _("We moved house. Could somebody tell me which curtains suit a small north room?"),
        "s3": _("Our shops send you their stock every night, so that you can refill us without being asked."),
        "s4": _("I compare three sites and take the one with free delivery."),
        "s5": _("I pay a little more here because your people help me to choose presents for the whole team."),
        "s6": _("Let us plan the autumn range together and fix prices for the year."),
        "s7": _("Please do not call me. Your app takes me one minute, and that is all I need."),
        "s8": _("The tea set is lovely, but how do I care for it? Last time your advice saved my teapot."),
        "s9": _("One contract for all our hotels, one contact, and your van on our loading plan."),
    }
    return pd.DataFrame({"id": list(said), "statement": list(said.values())})


RIGHT_STYLES = dict(
    s1="transactional",
    s2="consultative",
    s3="integrated",
    s4="transactional",
    s5="consultative",
    s6="integrated",
    s7="transactional",
    s8="consultative",
    s9="integrated",
)

# ---- change


def quarter_classes(quarter: str) -> Callable[[Tables], pd.DataFrame]:
    """Each customer's class in the pyramid, by the margin of one quarter."""

    def supply(t: Tables) -> pd.DataFrame:
        orders = delivered(t)
        margin = total(orders[orders["ordered_at"].dt.to_period("Q").astype(str) == quarter])
        return classify.value_classes(margin).reset_index()

    return supply


def classes_of_both(t: Tables) -> tuple[pd.Series, pd.Series]:
    before, after = quarter_classes("2025Q3")(t), quarter_classes("2025Q4")(t)
    return before.set_index("customer_id")["value_class"], after.set_index("customer_id")["value_class"]


def long(matrix: pd.DataFrame) -> pd.DataFrame:
    """A migration matrix as a long table of the moves that occur."""
    table = matrix.melt(ignore_index=False, var_name="after", value_name="customers").reset_index()
    return table[table["customers"] > 0].reset_index(drop=True)


def moves_of(t: Tables) -> pd.DataFrame:
    """How many went from which class to which."""
    return long(classify.migration(*classes_of_both(t)))


def both_quarters_only(t: Tables) -> pd.DataFrame:
    moves = moves_of(t)
    return moves[(moves["before"] != "absent") & (moves["after"] != "absent")]


def exchanged(t: Tables) -> pd.DataFrame:
    return moves_of(t).rename(columns={"before": "after", "after": "before"})


def as_shares(t: Tables) -> pd.DataFrame:
    moves = moves_of(t)
    return moves.assign(customers=moves["customers"] / moves.groupby("before")["customers"].transform("sum"))


def changing_of(
    t: Tables, orders: pd.DataFrame | None = None, value: str = "margin", days: int = 182, minimum: float = 100.0
) -> pd.DataFrame:
    """Rising, falling, steady and problem customers, with places to go wrong."""
    return classify.value_change(
        delivered(t) if orders is None else orders, t.today, days=days, value=value, minimum=minimum
    )


def without_problems(t: Tables) -> pd.DataFrame:
    """The same with nobody called a problem."""
    table = changing_of(t)
    previous, latest = table["previous"], table["latest"]
    rising = (latest >= 1.5 * previous) & (latest - previous >= 100)
    falling = (previous >= 1.5 * latest) & (previous - latest >= 100)
    return table.assign(change=np.select([rising, falling], ["rising", "falling"], "steady"))


# ---- marks of a good customer


def facts(t: Tables) -> pd.DataFrame:
    """What the seven marks need, one row a customer; amounts in ¥, of delivered orders."""
    year, orders = delivered(t, LAST_YEAR), delivered(t)
    earlier = orders[~orders["order_id"].isin(year["order_id"])]
    half = year["ordered_at"] >= t.today - pd.Timedelta(days=182)
    previous = ~half & (year["ordered_at"] >= t.today - pd.Timedelta(days=364))
    table = t.table("customers").set_index("customer_id")[["advice_contacts", "recommend_score"]]
    sums = {
        "orders": year.groupby("customer_id").size(),
        "orders_before": earlier.groupby("customer_id").size(),
        "returned_orders": year[year["order_id"].isin(t.table("returns")["order_id"])].groupby("customer_id").size(),
        "revenue": total(year, "revenue").round(2),
        "margin": total(year).round(2),
        "revenue_latest": total(year[half], "revenue").round(2),
        "revenue_previous": total(year[previous], "revenue").round(2),
    }
    for name, values in sums.items():
        table[name] = values.reindex(table.index).fillna(0)
    return table.reset_index()


def marks_of(t: Tables) -> pd.Series:
    """The number of marks of each customer."""
    customers, orders, returns = (t.table(name) for name in ("customers", "orders", "returns"))
    return classify.good_customer_marks(customers, orders, returns, t.today)["marks"]


def marks_from_facts(t: Tables, recommend_from: float = 9, idle_is_good: bool = False) -> pd.Series:
    """The marks from the supplied facts, with places to go wrong."""
    f = facts(t).set_index("customer_id")
    orders = f["orders"].replace(0, 1) if idle_is_good else f["orders"]
    marks = [
        (f["orders"] > 0) & (f["revenue"] >= 500),
        f["margin"] > 0,
        f["returned_orders"] / orders <= 0.2,
        f["advice_contacts"] / orders <= 1,
        f["revenue_latest"] > f["revenue_previous"],
        f["recommend_score"] >= recommend_from,
        (f["orders"] > 0) & (f["orders_before"] > 0),
    ]
    return sum(mark.astype(int) for mark in marks).rename("marks")  # type: ignore[union-attr]
