"""Lab 04b, segments: a name for every score, and the money in each segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch04 import misread_b as wrong

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- the names


segment_of = Exercise(
    name="segment_of",
    lab="04b",
    title=_("From scores to a name"),
    points=3,
    sections=("segments-idea",),
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
            "recency as days",
            wrong.segment_by(lambda f, m: (f + m + 1) // 2, days=True),
            _("You read recency as if 1 were the best, like days. It is a score: 5 has just bought."),
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
        "At mid-year `{first}` held {share:.0%} of the money. `cant_lose` and `at_risk`, customers who had fallen "
        "silent, held {silent:.0%}: ask them why."
    ).format(first=by_share.index[0], share=by_share.iloc[0], silent=silent)


segment_value = Exercise(
    name="segment_value",
    lab="04b",
    title=_("Money in each segment, in SQL"),
    points=3,
    sections=("explorer-idea",),
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
            wrong.shares_by(lambda groups: 100 * wrong.share_of_money(groups)),
            _("You gave per cent. The task asks for a share from 0 to 1."),
        ),
        Mistake(
            "rounded",
            wrong.shares_by(lambda groups: wrong.share_of_money(groups).round(2)),
            _("You rounded the shares. Leave them as they come: rounding is for the report, not for the table."),
        ),
        Mistake(
            "orders counted",
            wrong.shares_by(lambda groups: groups["frequency"].sum(), "customers"),
            _("You added up the orders. Each row is one customer: count(*) counts them."),
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
