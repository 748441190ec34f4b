"""Lab 04b, the last part: who moves, whose value changes, whom to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch04 import misread_change as wrong
from crm_lab.exercises.ch04.misread_a import NOT_DELIVERED

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- migration


def _moves_mean(t: Tables, table: pd.DataFrame) -> str:
    gone = table.loc[(table["after"] == "absent") & (table["before"] != "absent"), "customers"].sum()
    stayed = table.loc[table["before"] == table["after"], "customers"].sum()
    new = table.loc[table["before"] == "absent", "customers"].sum()
    return _(
        "{gone:,} customers of the third quarter are absent in the fourth, {new:,} came or came back, and {stayed:,} "
        "kept their class. Compare these numbers with the same quarters a year before: the season moves them, too."
    ).format(gone=gone, new=new, stayed=stayed)


moves = Exercise(
    name="moves",
    lab="04b",
    title=_("Who moved?"),
    points=3,
    sections=("migration-idea",),
    kind="table",
    key=("before", "after"),
    columns={"customers": _("number of customers")},
    reference=wrong.moves_of,
    supplies={"class_q3": wrong.quarter_classes("2025Q3"), "class_q4": wrong.quarter_classes("2025Q4")},
    by_hand="classify.migration",
    mistakes=(
        Mistake(
            "both quarters only",
            wrong.moves_where(lambda moves: (moves[["before", "after"]] != "absent").all(axis=1)),
            _("You kept only those who ordered in both quarters. Who came and who went is the news: merge 'outer'."),
        ),
        Mistake(
            "third quarter only",
            wrong.moves_where(lambda moves: moves["before"] != "absent"),
            _("You began with the third quarter and lost those who came in the fourth: merge 'outer', not 'left'."),
        ),
        Mistake(
            "fourth quarter only",
            wrong.moves_where(lambda moves: moves["after"] != "absent"),
            _("You began with the fourth quarter and lost those who went: merge 'outer'."),
        ),
        Mistake(
            "movers only",
            wrong.moves_where(lambda moves: moves["before"] != moves["after"]),
            _("You left out those who kept their class. Staying is a pair, too."),
        ),
        Mistake(
            "pairs of nobody",
            wrong.all_pairs,
            _("You list pairs that nobody belongs to, with 0 customers. Keep the pairs that occur."),
        ),
        Mistake(
            "exchanged",
            wrong.exchanged,
            _("You exchanged the quarters: `before` is the third, `after` the fourth."),
        ),
        Mistake(
            "shares",
            wrong.as_shares,
            _("You divided by the class before. The task asks for numbers of customers."),
        ),
    ),
    hints=(
        _("First bring both classes of each customer into one row, then count equal rows."),
        _("class_q3.merge(class_q4, on='customer_id', how='outer', suffixes=...) keeps those of one quarter only."),
        _(
            "Rename the two class columns to before and after, then .fillna('absent').groupby(['before', 'after'])"
            ".size().rename('customers').reset_index()"
        ),
    ),
    meaning=_moves_mean,
)

# ---- value-changing customers


def _changing_means(t: Tables, table: pd.DataFrame) -> str:
    lost = (table["previous"] - table["latest"])[table["change"] == "falling"].sum()
    counts = table["change"].value_counts()
    return _(
        "{falling:,} customers are falling; together they bring ¥{lost:,.0f} less than in the half-year before. "
        "{problem:,} cost more than they bring. Both lists can be worked through name by name."
    ).format(falling=counts.get("falling", 0), lost=lost, problem=counts.get("problem", 0))


changing = Exercise(
    name="changing",
    lab="04b",
    title=_("Value-changing customers"),
    points=4,
    sections=("change-idea",),
    kind="table",
    key=("customer_id",),
    columns={
        "previous": _("margin of the earlier window, ¥"),
        "latest": _("margin of the latest window, ¥"),
        "change": _("problem, rising, falling or steady"),
    },
    reference=wrong.changing_of,
    by_hand="classify.value_change",
    mistakes=(
        Mistake("all orders", lambda t: wrong.changing_of(t, t.table("orders")), NOT_DELIVERED),
        Mistake(
            "revenue",
            lambda t: wrong.changing_of(t, value="revenue"),
            _("You added up revenue. A customer who sends everything back has revenue, too; take the margin."),
        ),
        Mistake(
            "everyone",
            wrong.with_everyone,
            _("You kept customers without an order in either window. Leave them out: they were lost long before."),
        ),
        Mistake(
            "all before",
            wrong.all_before,
            _("Your earlier window has no beginning. It covers days 183 to 364, as long as the latest one."),
        ),
        Mistake(
            "years",
            lambda t: wrong.changing_of(t, days=365),
            _("Your windows are a year long. The task compares half-years of 182 days."),
        ),
        Mistake(
            "both windows",
            wrong.in_both_windows,
            _("You kept only those who ordered in both windows. Who came or stayed away changed most: put 0 there."),
        ),
        Mistake(
            "exchanged",
            wrong.windows_exchanged,
            _("You exchanged the windows: `latest` is the one that ends yesterday."),
        ),
        Mistake(
            "no problems",
            lambda t: wrong.named(wrong.changing_of(t), "rising", "falling"),
            _("You have no problem customers. The rule for them comes first, before rising and falling."),
        ),
        Mistake(
            "problems last",
            lambda t: wrong.named(wrong.changing_of(t), "rising", "falling", "problem"),
            _("You asked for problems last, when some of them had another name already. That rule comes first."),
        ),
        Mistake(
            "latest loss",
            wrong.by_latest,
            _("You called a loss in the latest window a problem. The rule adds up both windows."),
        ),
        Mistake(
            "either loss",
            wrong.by_either,
            _("You called a loss in either window a problem. The rule adds up both windows."),
        ),
        Mistake(
            "no minimum",
            lambda t: wrong.changing_of(t, minimum=0.01),
            _("You call a change from ¥2 to ¥4 a rise. A change counts only from ¥100 on."),
        ),
    ),
    hints=(
        _("Make two sums first, one a window, and put them side by side. Names come afterwards."),
        _(
            "days = (lab.today - ordered_at.dt.normalize()).dt.days; the latest window has days 1 to 182, the earlier "
            "183 to 364."
        ),
        _("np.select([problem, rising, falling], ['problem', 'rising', 'falling'], default='steady'), in this order."),
    ),
    meaning=_changing_means,
)

# ---- stretch: whom to choose


def _marks_mean(t: Tables, values: pd.Series) -> str:
    good = values.index[values >= 6]
    largest = wrong.facts(t).set_index("customer_id")["margin"].nlargest(len(good)).index
    return _(
        "{many:,} of {all:,} customers show six or seven marks: the kind to keep, and to look for more of. Choosing as "
        "many by last year's margin alone would have found {same:,} of them."
    ).format(many=len(good), all=len(values), same=len(good.intersection(largest)))


marks = Exercise(
    name="marks",
    lab="04b",
    title=_("Marks of a good customer"),
    points=3,
    sections=("choose-idea",),
    kind="table",
    stretch=True,
    key=("customer_id",),
    columns={"marks": _("number of marks, 0 to 7")},
    reference=wrong.marks_of,
    supplies={"facts": wrong.facts},
    by_hand="classify.good_customer_marks",
    mistakes=(
        Mistake(
            "8 recommends",
            lambda t: wrong.marks_from_facts(t, recommends=lambda f: f["recommend_score"] >= 8),
            _("You counted a score of 8 as a recommendation. The task asks for 9 or 10."),
        ),
        Mistake(
            "9 left out",
            lambda t: wrong.marks_from_facts(t, recommends=lambda f: f["recommend_score"] > 9),
            _("You counted a score of 10 alone. 9 is a recommendation, too."),
        ),
        Mistake(
            "idle is good",
            lambda t: wrong.marks_from_facts(
                t,
                keeps=lambda f: f["returned_orders"] <= 0.2 * f["orders"],
                cheap=lambda f: f["advice_contacts"] <= f["orders"],
            ),
            _(
                "You gave marks for keeping goods and being cheap to serve to people who bought nothing last year. "
                "Without orders there is nothing to keep: ask for orders above 0."
            ),
        ),
        Mistake(
            "standing still",
            lambda t: wrong.marks_from_facts(t, growing=lambda f: f["revenue_latest"] >= f["revenue_previous"]),
            _(
                "You gave a mark to people who bought nothing last year. 0 after 0 is no growth, and there was nothing "
                "to send back."
            ),
        ),
        Mistake(
            "stayed away",
            lambda t: wrong.marks_from_facts(t, stays=lambda f: f["orders_before"] > 0),
            _("You asked for an order in the year before only. Who stays ordered in both years."),
        ),
        Mistake(
            "buyers only",
            lambda t: wrong.marks_of(t)[wrong.facts(t).set_index("customer_id")["orders"] > 0],
            _("You left out customers without orders. Everybody in the table gets a number, even if it is 0."),
        ),
    ),
    hints=(
        _("Each mark is a True/False Series. What is the sum of seven of them?"),
        _("pandas gives NaN for 0 / 0 and inf for 1 / 0; NaN <= 0.2 is False, which is just what the task wants."),
    ),
    meaning=_marks_mean,
)
