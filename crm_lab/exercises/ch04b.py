"""Lab 04b, RFM, loyalty and change: the RFM table, scores, segments. What follows is in `change04b`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake, register
from crm_lab.exercises import misread04b as wrong
from crm_lab.exercises.change04b import changing, loyalty, marks, moves, styles
from crm_lab.exercises.misread04a import NOT_DELIVERED

if TYPE_CHECKING:
    from crm_lab.labs.tables import Tables

# ---- the RFM table


def _rfm_means(t: Tables, table: pd.DataFrame) -> str:
    away = (table["recency_days"] > 180).mean()
    once = (table["frequency"] == 1).mean()
    return _(
        "{away:.0%} of the buyers have been away for more than half a year, and {once:.0%} ordered once. A second "
        "order is what turns a buyer into a customer."
    ).format(away=away, once=once)


rfm = Exercise(
    name="rfm",
    lab="04b",
    title=_("RFM table"),
    points=3,
    kind="table",
    key=("customer_id",),
    columns={"recency_days": _("whole days"), "frequency": _("number of orders"), "monetary": _("margin, ¥")},
    reference=wrong.rfm_of,
    by_hand="classify.rfm",
    mistakes=(
        Mistake("all orders", lambda t: classify.rfm(t.table("orders"), t.today), NOT_DELIVERED),
        Mistake(
            "revenue",
            lambda t: wrong.rfm_of(t, "revenue"),
            _("You added up revenue. Monetary is the margin here: what the orders leave, not what was paid."),
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
            "one is best",
            lambda t: wrong.scored(wrong.rfm_midyear(t), best=1),
            _("Your scores are upside down: 5 is the best, 1 the worst."),
        ),
    ),
    hints=(
        _("A rank becomes a score when you divide it by the number of customers. pandas can do both at once."),
        _("Series.rank(pct=True) gives rank / n with average ties. Which way round does recency_days have to run?"),
        _("np.ceil(5 * midyear['frequency'].rank(pct=True)); for recency_days add ascending=False."),
    ),
    meaning=_scores_mean,
)

# ---- segments


segment_of = Exercise(
    name="segment_of",
    lab="04b",
    title=_("From scores to a name"),
    points=3,
    kind="function",
    answer="text",
    reference=wrong.segment_by(lambda f, m: (f + m + 1) // 2),
    probes=wrong.score_triples,
    by_hand="classify.segments",
    mistakes=(
        Mistake(
            "round to even",
            wrong.segment_by(lambda f, m: round((f + m) / 2)),
            _(
                "Python's round() takes halves to the nearest even number: round(2.5) is 2. The task rounds halves up. "
                "(f + m + 1) // 2 does it in whole numbers."
            ),
        ),
        Mistake(
            "rounded down",
            wrong.segment_by(lambda f, m: (f + m) // 2),
            _("You rounded halves of the worth down; the task rounds them up."),
        ),
        Mistake(
            "frequency alone",
            wrong.segment_by(lambda f, m: f),
            _("You used the frequency score alone. Worth is the mean of frequency and monetary."),
        ),
        Mistake(
            "money alone",
            wrong.segment_by(lambda f, m: m),
            _("You used the monetary score alone. Worth is the mean of frequency and monetary."),
        ),
    ),
    hints=(
        _("Work out the worth first, then go through the table row by row with if and return."),
        _("What is the worth of frequency 2 and monetary 3? Try your rounding on it before anything else."),
        _("Put the table into a dict of lists, {5: ['new', ...], 4: [...]}, and return table[recency][worth - 1]."),
    ),
    meaning=lambda t, answer: _(
        "One function, one rule, every customer treated alike: now any two people who score this shop get the same "
        "segments."
    ),
)

# ---- the money in each segment


def _segment_value_means(t: Tables, table: pd.DataFrame) -> str:
    by_share = table.set_index("segment")["monetary_share"].sort_values(ascending=False)
    silent = by_share.reindex(["cant_lose", "at_risk"]).fillna(0).sum()
    return _(
        "At mid-year `{first}` held {share:.0%} of the money. `cant_lose` and `at_risk` together held {silent:.0%}: "
        "this is what goes if nobody calls."
    ).format(first=by_share.index[0], share=by_share.iloc[0], silent=silent)


segment_value = Exercise(
    name="segment_value",
    lab="04b",
    title=_("Money in each segment, in SQL"),
    points=3,
    kind="sql",
    key=("segment",),
    columns={"customers": _("number of customers"), "monetary_share": _("share of all money, 0 to 1")},
    reference=wrong.segment_shares,
    supplies={"rfm_segments": wrong.rfm_segments},
    by_hand="classify.segment_money",
    mistakes=(
        Mistake(
            "share of customers",
            wrong.shares_by(lambda groups: groups["monetary"].size() / groups["monetary"].size().sum()),
            _("You worked out the share of the customers. The task asks for the share of the money."),
        ),
        Mistake(
            "average",
            wrong.shares_by(lambda groups: groups["monetary"].mean()),
            _("You took the average money of a customer. A share is the segment's sum over the sum of all."),
        ),
        Mistake(
            "sum",
            wrong.shares_by(lambda groups: groups["monetary"].sum()),
            _("You gave the sum in ¥. Divide it by the sum over all customers to get a share."),
        ),
        Mistake(
            "percent",
            wrong.shares_by(lambda groups: 100 * groups["monetary"].sum() / groups["monetary"].sum().sum()),
            _("You gave per cent. The task asks for a share from 0 to 1."),
        ),
    ),
    hints=(
        _("One row a segment means GROUP BY segment."),
        _("The sum over everybody can be a subquery: (SELECT sum(monetary) FROM rfm_segments)."),
        _(
            "SELECT segment, count(*) AS customers, sum(monetary) / (SELECT ...) AS monetary_share FROM rfm_segments "
            "GROUP BY segment"
        ),
    ),
    meaning=_segment_value_means,
)

register(rfm, scores, segment_of, segment_value, loyalty, styles, moves, changing, marks)
