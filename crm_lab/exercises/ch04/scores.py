"""Lab 04b, the beginning: the RFM table and its scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch04 import misread_b as wrong
from crm_lab.exercises.ch04.misread_a import NOT_DELIVERED

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- the RFM table


def _rfm_means(t: Tables, table: pd.DataFrame) -> str:
    away = (table["recency_days"] > 180).mean()
    once = (table["frequency"] == 1).mean()
    return _(
        "{away:.0%} of the buyers have been away for more than 180 days, and {once:.0%} ordered only once. A second "
        "order is what turns a buyer into a customer."
    ).format(away=away, once=once)


rfm = Exercise(
    name="rfm",
    lab="04b",
    title=_("RFM table"),
    points=3,
    sections=("rfm-idea",),
    kind="table",
    key=("customer_id",),
    columns={"recency_days": _("whole days"), "frequency": _("number of orders"), "monetary": _("margin, ¥")},
    reference=wrong.rfm_of,
    by_hand="classify.rfm",
    mistakes=(
        Mistake("all orders", lambda t: classify.rfm(t.table("orders"), t.today), NOT_DELIVERED),
        Mistake(
            "open orders",
            wrong.with_open,
            _("You left out cancelled orders only. Open ones have not arrived yet; take delivered ones."),
        ),
        Mistake(
            "revenue",
            lambda t: wrong.rfm_of(t, "revenue"),
            _("You added up revenue. Monetary is the margin here: what the orders leave, not what was paid."),
        ),
        Mistake(
            "average margin",
            lambda t: wrong.rfm_with(t, "monetary", "margin", "mean"),
            _("You took the average margin of an order. Some models of lifetime do; the M of RFM is the total."),
        ),
        Mistake(
            "items",
            lambda t: wrong.rfm_with(t, "frequency", "items", "sum"),
            _("You counted the items. Frequency is how often somebody orders, not how much is in the parcel."),
        ),
        Mistake(
            "repeat orders",
            lambda t: wrong.rfm_of(t).assign(frequency=lambda table: table["frequency"] - 1),
            _("You counted the orders after the first. Some models of lifetime do; the F of RFM counts every order."),
        ),
        Mistake(
            "spans of 24 hours",
            wrong.in_whole_spans,
            _(
                "You counted full spans of 24 hours. The task counts calendar days: an order yesterday at 23:50 is "
                "1 day ago. Put the time to midnight first, with .dt.normalize()."
            ),
        ),
        Mistake(
            "first order",
            wrong.since_first,
            _("Your days run from the first order. Recency looks at the last one: how long have they been silent?"),
        ),
    ),
    hints=(
        _("One row a customer: three things are worked out for each group of orders."),
        _("Keep the delivered orders, then groupby('customer_id') and .agg with the last date, the count and the sum."),
        _("(lab.today - last.dt.normalize()).dt.days gives calendar days. Name the three columns as the task does."),
    ),
    meaning=_rfm_means,
)

# ---- scores


def _scores_mean(t: Tables, scores: pd.DataFrame) -> str:
    best, first = (scores == 5).all(axis=1), scores["frequency"].min()
    return _(
        "{best:,} of {all:,} customers score 5 on all three. The lowest frequency score in use is {first}: all who "
        "ordered once share it, because equal customers must get equal scores."
    ).format(best=best.sum(), all=len(scores), first=first)


scores = Exercise(
    name="scores",
    lab="04b",
    title=_("Scores from 1 to 5"),
    points=3,
    sections=("scores-idea",),
    kind="table",
    key=("customer_id",),
    columns={name: _("score from 1 to 5, 5 best") for name in ("recency", "frequency", "monetary")},
    reference=lambda t: classify.rfm_scores(wrong.rfm_midyear(t)),
    supplies={"rfm_midyear": lambda t: wrong.rfm_midyear(t).reset_index()},
    by_hand="classify.rfm_scores",
    mistakes=(
        Mistake(
            "recency not reversed",
            lambda t: wrong.scored(wrong.rfm_midyear(t), days_reversed=False),
            _("Your recency score gives 5 to those who have been away longest. Fewer days are better."),
        ),
        Mistake(
            "ties split",
            lambda t: wrong.scored(wrong.rfm_midyear(t), method="first"),
            _(
                "You gave equal customers different scores: with ties broken by their place in the table, two "
                "customers with one order each may get 1 and 2. Equal values share their average rank."
            ),
        ),
        Mistake(
            "highest place",
            lambda t: wrong.scored(wrong.rfm_midyear(t), method="max"),
            _(
                "You gave equal values the highest of their places, as cume_dist() does in SQL. They share the average "
                "of their places."
            ),
        ),
        Mistake(
            "equal widths",
            lambda t: wrong.cut_by(wrong.equal_widths, wrong.rfm_midyear(t)),
            _(
                "You cut the range of the values into five equal steps: a few large customers then press all others "
                "into the lowest. The task cuts the ranks."
            ),
        ),
        Mistake(
            "quantiles",
            lambda t: wrong.cut_by(wrong.usual_quantiles, wrong.rfm_midyear(t)),
            _(
                "You cut with qcut, the usual recipe. It shifts a few customers at the borders, and with "
                "rank(method='first') equal customers get different scores. Use the formula of the task."
            ),
        ),
        Mistake(
            "rounded to the nearest",
            lambda t: wrong.scored(wrong.rfm_midyear(t), rounded=np.rint),
            _("You rounded to the nearest whole number. The task rounds up, so that there is no score of 0."),
        ),
        Mistake(
            "rounded down",
            lambda t: wrong.scored(wrong.rfm_midyear(t), rounded=np.floor),
            _("You rounded down: the worst then score 0. The task rounds up."),
        ),
        Mistake(
            "one is best",
            lambda t: wrong.scored(wrong.rfm_midyear(t), best=1),
            _("Your scores are upside down: 5 is the best, 1 the worst."),
        ),
    ),
    hints=(
        _("A rank becomes a score when you divide it by the number of customers. pandas can do both at once."),
        _(
            "Series.rank(pct=True) gives rank / n with average ties. For recency_days turn the rank itself with "
            "ascending=False; 6 − score rounds at the wrong end."
        ),
        _("np.ceil(5 * midyear['frequency'].rank(pct=True)) scores one column. Put all three into a DataFrame."),
    ),
    meaning=_scores_mean,
)
