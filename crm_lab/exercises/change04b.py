"""Lab 04b, the second half: loyalty, what customers value, who moves, whose value changes, whom to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises import misread04b as wrong
from crm_lab.exercises.misread04a import NOT_DELIVERED

if TYPE_CHECKING:
    from crm_lab.labs.tables import Tables

# ---- loyalty


def _loyalty_means(t: Tables, groups: pd.Series) -> str:
    counts = groups.value_counts()
    return _(
        "{loyal:,} customers buy often and like us; {spurious:,} buy as often and like us less. In the order book the "
        "two look alike. {unknown:,} never answered, and silence is not a “no”."
    ).format(**{name: counts.get(name, 0) for name in ("loyal", "spurious", "unknown")})


loyalty = Exercise(
    name="loyalty",
    lab="04b",
    title=_("Loyalty matrix"),
    points=3,
    kind="table",
    key=("customer_id",),
    columns={"loyalty": _("loyal, latent, spurious, none or unknown")},
    reference=wrong.loyalty_of,
    by_hand="classify.loyalty",
    mistakes=(
        Mistake(
            "silence as zero",
            lambda t: wrong.loyalty_of(t, silent=0),
            _("You put a score where nobody gave one. Those who never answered are unknown, not displeased."),
        ),
        Mistake(
            "lapsed dropped",
            wrong.recent_only,
            _(
                "You left out customers without a delivered order in the last 365 days. They are customers with a "
                "behaviour of 0 orders: reindex with fill_value=0."
            ),
        ),
        Mistake(
            "promoters",
            lambda t: wrong.loyalty_of(t, attitude_cut=9),
            _("You cut attitude at 9, as for promoters. Here 8 or more counts as liking us."),
        ),
        Mistake(
            "more than three",
            lambda t: wrong.loyalty_of(t, behaviour_cut=4),
            _("You asked for more than 3 orders. 3 orders already count as buying often."),
        ),
    ),
    hints=(
        _("Two questions for each customer: do they buy often, do they like us? And first: do we know?"),
        _("Compare both Series with their cuts; .isna() finds those who never answered. Let `unknown` decide first."),
        _(
            "np.select([attitude.isna(), often & likes, likes, often], ['unknown', 'loyal', 'latent', 'spurious'], "
            "default='none')"
        ),
    ),
    meaning=_loyalty_means,
)

# ---- what they value


styles = Exercise(
    name="styles",
    lab="04b",
    title=_("What they value"),
    points=2,
    kind="choice",
    options=wrong.STYLES,
    reference=lambda t: dict(wrong.RIGHT_STYLES),
    supplies={"statements": wrong.statements},
    transfers=False,
    mistakes=(
        Mistake(
            "advice is a partnership",
            lambda t: {name: "integrated" if s == "consultative" else s for name, s in wrong.RIGHT_STYLES.items()},
            _(
                "You called everybody integrated who wants more than a price. Asking for advice joins nothing; an "
                "integrated customer lets our work and theirs grow together: shared stock, plans, contracts."
            ),
        ),
        Mistake(
            "price means transactional",
            lambda t: {**wrong.RIGHT_STYLES, "s5": "transactional", "s6": "transactional"},
            _("You called everyone transactional who speaks of price. Ask what they pay *for*."),
        ),
        Mistake(
            "partners want advice",
            lambda t: {name: "consultative" if s == "integrated" else s for name, s in wrong.RIGHT_STYLES.items()},
            _(
                "You see advice where two firms join their work. Nobody asks for counsel there; they share stock, "
                "plans or a contract."
            ),
        ),
    ),
    hints=(
        _("For each sentence ask: what would this customer miss most if we stopped giving it?"),
        _("Low price and no fuss: transactional. Help in choosing or using: consultative. Joined work: integrated."),
    ),
    meaning=lambda t, answer: _(
        "Each style is managed in its own way: a quick cheap shop, people who know the goods, or one contract with "
        "one contact. Giving advice to those who want a price costs money and pleases nobody."
    ),
)

# ---- migration


def _moves_mean(t: Tables, table: pd.DataFrame) -> str:
    gone = table.loc[(table["after"] == "absent") & (table["before"] != "absent"), "customers"].sum()
    stayed = table.loc[table["before"] == table["after"], "customers"].sum()
    new = table.loc[table["before"] == "absent", "customers"].sum()
    return _(
        "{gone:,} customers of the third quarter did not order in the fourth, {new:,} came or came back, and "
        "{stayed:,} kept their class. Follow the same three numbers every quarter: only a change in them is "
        "news."
    ).format(gone=gone, new=new, stayed=stayed)


moves = Exercise(
    name="moves",
    lab="04b",
    title=_("Who moved?"),
    points=3,
    kind="table",
    key=("before", "after"),
    columns={"customers": _("number of customers")},
    reference=wrong.moves_of,
    supplies={"class_q3": wrong.quarter_classes("2025Q3"), "class_q4": wrong.quarter_classes("2025Q4")},
    by_hand="classify.migration",
    mistakes=(
        Mistake(
            "both quarters only",
            wrong.both_quarters_only,
            _("You kept only those who ordered in both quarters. Who came and who went is the news: merge 'outer'."),
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
        _("After fillna('absent'): .groupby(['before', 'after']).size().rename('customers').reset_index()"),
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
            "years",
            lambda t: wrong.changing_of(t, days=365),
            _("Your windows are a year long. The task compares half-years of 182 days."),
        ),
        Mistake(
            "no problems",
            wrong.without_problems,
            _("You have no problem customers. The rule for them comes first, before rising and falling."),
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
    return _(
        "{many:,} customers show six or seven marks: keep them, and look for more like them. Size alone would have "
        "found others."
    ).format(many=(values >= 6).sum())


marks = Exercise(
    name="marks",
    lab="04b",
    title=_("Marks of a good customer"),
    points=3,
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
            lambda t: wrong.marks_from_facts(t, recommend_from=8),
            _("You counted a score of 8 as a recommendation. The task asks for 9 or 10."),
        ),
        Mistake(
            "idle is good",
            lambda t: wrong.marks_from_facts(t, idle_is_good=True),
            _(
                "You gave marks for keeping goods and being cheap to serve to people who bought nothing last year. "
                "Without orders there is nothing to keep; 0 / 0 is no mark."
            ),
        ),
    ),
    hints=(
        _("Each mark is a True/False Series. What is the sum of seven of them?"),
        _("pandas gives NaN for 0 / 0 and inf for 1 / 0; NaN <= 0.2 is False, which is just what the task wants."),
    ),
    meaning=_marks_mean,
)
