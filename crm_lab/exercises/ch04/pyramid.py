"""Lab 04a, second half: the customer pyramid and its policies, value now and to come, and the whale curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch04 import misread_a as wrong
from crm_lab.exercises.ch04.misread_a import NOT_DELIVERED, delivered, total

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

COSTS = {
    "customers": _("number of customers"),
    "service_cost": _("file, visits and service, ¥"),
    "discount_cost": _("discount given, ¥"),
    "fee_income": _("fees received, ¥"),
    "profit_after": _("margin after the policy, ¥"),
}


def _pyramid_means(t: Tables, classes: pd.Series) -> str:
    margin = total(delivered(t, 365))
    shares = margin.groupby(classes).sum() / margin.sum()
    counts = classes.value_counts()
    return _(
        "{top} important customers, {share:.0%} of the margin of a year; {small:,} small ones bring {rest:.0%}. One "
        "important customer brings as much as {times:,.0f} small ones: they cannot be served in the same way."
    ).format(
        top=counts["important"],
        share=shares["important"],
        small=counts["small"],
        rest=shares["small"],
        times=(shares["important"] / counts["important"]) / (shares["small"] / counts["small"]),
    )


pyramid = Exercise(
    name="pyramid",
    lab="04a",
    title=_("Customer pyramid"),
    points=3,
    sections=("pyramid-idea",),
    kind="table",
    key=("customer_id",),
    columns={"value_class": _("important, main, ordinary or small")},
    reference=lambda t: classify.value_classes(total(delivered(t, 365))),
    by_hand="classify.value_classes",
    mistakes=(
        Mistake(
            "all years",
            lambda t: classify.value_classes(total(delivered(t))),
            _("You used both years. The task asks for orders of the last 365 days: what customers bring now."),
        ),
        Mistake(
            "cut by money",
            wrong.cut_by_money,
            _(
                "You cut where 1, 5 and 20 % of the margin is reached. Here the cuts are shares of the customers, by "
                "rank."
            ),
        ),
        Mistake(
            "rounded down",
            wrong.rounded_down,
            _("You rounded the sizes of the classes down. The task rounds up: a part of a customer counts as one."),
        ),
        Mistake(
            "losses dropped",
            wrong.losses_dropped,
            _(
                "You left out customers with a loss. They are customers too, and the bottom of the pyramid is their "
                "place."
            ),
        ),
        Mistake(
            "revenue",
            lambda t: classify.value_classes(total(delivered(t, 365), "revenue")),
            _(
                "You ranked by revenue. Who buys much at a low margin, or returns much, is not a customer of high "
                "value."
            ),
        ),
    ),
    hints=(
        _("First the margin of each customer in the last 365 days, then a rank, then the classes."),
        _(
            "orders['ordered_at'] >= today - pd.Timedelta(days=365) keeps the days. .rank(ascending=False, "
            "method='first')."
        ),
        _(
            "With rank from 1 and n customers: np.select([rank <= math.ceil(0.01 * n), rank <= math.ceil(0.05 * n), "
            "rank <= math.ceil(0.20 * n)], ['important', 'main', 'ordinary'], 'small')."
        ),
    ),
    meaning=_pyramid_means,
)


def _policy_means(t: Tables, result: pd.DataFrame) -> str:
    each = result["profit_after"] / result["customers"]
    spent = result["service_cost"] + result["discount_cost"]
    return _(
        "After its policy an important customer leaves ¥{important:,.0f} a year, a small one ¥{small:,.0f}. "
        "{share:.0%} of what the policies cost goes to the important class. The sum assumes that nobody buys more or "
        "less because of it: test that before you believe it."
    ).format(important=each["important"], small=each["small"], share=spent["important"] / spent.sum())


policy = Exercise(
    name="policy",
    lab="04a",
    title=_("What the policies leave"),
    points=4,
    sections=("pyramid-idea",),
    kind="table",
    key=("value_class",),
    columns=COSTS,
    reference=wrong.policy_result,
    supplies={"year_2024": wrong.year_2024, "policies": lambda t: classify.policies().reset_index()},
    by_hand="classify.policy_result",
    mistakes=(
        Mistake(
            "discount on margin",
            lambda t: wrong.policy_result(t, discounted="margin"),
            _(
                "You took the discount from the margin. A discount is given on the price, so on the revenue: it costs "
                "more."
            ),
        ),
        Mistake(
            "fee forgotten",
            lambda t: wrong.fee_as_cost(t, sign=0),
            _("The fee is missing from profit_after. Small customers pay it to the shop."),
        ),
        Mistake(
            "fee as cost",
            wrong.fee_as_cost,
            _("You took the fee away. Customers pay it to the shop: it is income."),
        ),
        Mistake(
            "service of one",
            wrong.served_once,
            _(
                "Your service_cost is that of one customer. Each customer of the class is served: multiply by "
                "customers."
            ),
        ),
        Mistake(
            "one of each",
            wrong.one_of_each,
            _("Service and fee are those of one customer in your table. Multiply both by the customers of the class."),
        ),
        Mistake(
            "from revenue",
            wrong.from_revenue,
            _("Your profit_after begins with the revenue. Begin with the margin: the goods have to be paid for."),
        ),
    ),
    hints=(
        _(
            "Two tables by class: customers, revenue and margin from year_2024; terms from policies. Then column by "
            "column."
        ),
        _("year_2024.groupby('value_class').agg(...) for the first, policies.set_index('value_class') for the second."),
        _(
            "Service of one customer: file_cost + visits * visit_cost + service_minutes * minute_cost. Multiply it, "
            "and the fee, by customers; multiply the discount by revenue; then margin - costs + fee."
        ),
    ),
    meaning=_policy_means,
)


def _field_means(t: Tables, fields: pd.Series) -> str:
    counts = fields.value_counts().reindex(["star", "grow", "keep", "watch"], fill_value=0)
    return _(
        "{star:,} stars: hold them. {grow:,} once had a good quarter and bring little now: ask why, a reminder costs "
        "little. {keep:,} buy steadily and in small amounts: keep it easy for them. {watch:,} to watch: spend nothing "
        "extra."
    ).format(**counts)


field = Exercise(
    name="field",
    lab="04a",
    title=_("Value now and potential"),
    points=3,
    sections=("potential-idea",),
    kind="table",
    key=("customer_id",),
    columns={"field": _("star, grow, keep or watch")},
    reference=wrong.field,
    by_hand="classify.current_potential",
    mistakes=(
        Mistake(
            "revenue",
            lambda t: wrong.field(t, column="revenue"),
            _("You used revenue for both values. The cuts are amounts of margin."),
        ),
        Mistake(
            "best order",
            lambda t: wrong.field(t, potential=lambda orders: 4 * orders.groupby("customer_id")["margin"].max()),
            _(
                "You took the best single order. Add up each customer's orders of a quarter first, then find the best "
                "quarter."
            ),
        ),
        Mistake(
            "quarter for a year",
            lambda t: wrong.field(t, potential=lambda orders: wrong.best(wrong.quarters(orders)) / 4),
            _(
                "Your potential is one quarter, the cut is for a year. Four quarters like the best one make the "
                "potential."
            ),
        ),
        Mistake(
            "lapsed dropped",
            wrong.lapsed_dropped,
            _(
                "You left out customers who did not buy in the last 365 days. Their value now is 0, but their "
                "potential may be high: they are the point of this exercise. Look at .reindex(..., fill_value=0)."
            ),
        ),
        Mistake(
            "years mixed",
            lambda t: wrong.field(t, potential=lambda orders: wrong.best(wrong.quarters(orders, yearly=False))),
            _("You added up the same quarter of both years. Spring 2024 and spring 2025 are two quarters."),
        ),
        Mistake(
            "total as now",
            wrong.both_years_now,
            _("Your value now covers both years. Only the last 365 days count as now."),
        ),
    ),
    hints=(
        _("Two numbers a customer: margin of the last 365 days, and four times the best quarter. Then four cases."),
        _("Group by customer and orders['ordered_at'].dt.to_period('Q'), sum, then take each customer's maximum."),
        _(
            "With later = 4 * quarterly.groupby('customer_id').max() and now = recent.reindex(later.index, "
            "fill_value=0): np.select([high_now & high_later, high_later, high_now], ['star', 'grow', 'keep'], "
            "'watch')."
        ),
    ),
    meaning=_field_means,
)


def _peak_means(t: Tables, peak: float) -> str:
    margin = total(delivered(t))
    losers = margin[margin < 0]
    returned = t.table("orders").merge(t.table("returns")[["order_id"]])["customer_id"]
    return _(
        "The best customers had earned {peak:.1%} of the final margin. Those with a loss ({n:,} in number) took "
        "¥{lost:,.0f} back; {back:,} of them have returned goods. Look at the reasons for the returns before you "
        "blame the customers."
    ).format(peak=peak, n=len(losers), lost=-losers.sum(), back=losers.index.isin(returned).sum())


peak = Exercise(
    name="peak",
    lab="04a",
    title=_("Peak of the whale curve"),
    points=2,
    sections=("pareto-idea",),
    kind="number",
    unit=_("share of the final margin"),
    stretch=True,
    reference=lambda t: float(classify.whale_curve(total(delivered(t)))["value"].max()),
    by_hand="classify.whale_curve",
    mistakes=(
        Mistake(
            "orders not customers",
            wrong.order_peak,
            _("You drew the curve over orders. Add up each customer first: a good order can make up for a bad one."),
        ),
        Mistake(
            "percent",
            lambda t: 100 * float(classify.whale_curve(total(delivered(t)))["value"].max()),
            _("You gave a percentage. The task asks for a share: the final margin is 1, not 100."),
        ),
        Mistake(
            "only the part above",
            lambda t: float(classify.whale_curve(total(delivered(t)))["value"].max()) - 1,
            _("This is how far the peak stands above the end of the curve. The task asks for its height from 0."),
        ),
        Mistake(
            "all orders",
            lambda t: float(classify.whale_curve(total(t.table("orders")))["value"].max()),
            NOT_DELIVERED,
        ),
    ),
    hints=(
        _("The curve rises as long as customers bring something, and falls with the first loss."),
        _("Sort each customer's margin, largest in front, and follow the running sum. Where is it highest?"),
        _("margin.sort_values(ascending=False).cumsum().max() / margin.sum()."),
    ),
    meaning=_peak_means,
)
