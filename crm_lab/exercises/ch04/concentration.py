"""Lab 04a: how unequally customers bring money: the best fifth, the Gini coefficient, ABC classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch04 import misread_a as wrong
from crm_lab.exercises.ch04.misread_a import NOT_DELIVERED, delivered, total

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- concentration


pareto = Exercise(
    name="pareto",
    lab="04a",
    title=_("The best fifth"),
    points=2,
    sections=("pareto-idea",),
    kind="number",
    unit=_("share from 0 to 1"),
    reference=lambda t: classify.pareto_share(total(delivered(t))),
    by_hand="classify.pareto_share",
    mistakes=(
        Mistake(
            "all orders",
            lambda t: classify.pareto_share(total(t.table("orders"))),
            NOT_DELIVERED,
        ),
        Mistake(
            "revenue",
            lambda t: classify.pareto_share(total(delivered(t), "revenue")),
            _("You added up revenue. Margin is what an order leaves after goods, fulfilment and returns."),
        ),
        Mistake(
            "all accounts",
            wrong.top_of_accounts,
            _("You took 20 % of all accounts. The task counts only customers with at least one delivered order."),
        ),
        Mistake(
            "percent",
            lambda t: 100 * classify.pareto_share(total(delivered(t))),
            _("You gave a percentage. The task asks for a share: one half is 0.5, not 50."),
        ),
        Mistake(
            "orders not customers",
            lambda t: classify.pareto_share(delivered(t)["margin"]),
            _("You took the best 20 % of the orders. First add up the orders of each customer."),
        ),
        Mistake(
            "without losses",
            wrong.of_winners,
            _("You left out customers who lose money. They belong to the total: their losses are real."),
        ),
    ),
    hints=(
        _("Three steps: margin of each customer, sum of the best fifth, divide by the sum of all."),
        _("groupby and sum give one number a customer. How many customers are 20 %, rounded up?"),
        _("With margin as that Series: margin.nlargest(math.ceil(0.2 * len(margin))).sum() / margin.sum()."),
    ),
    meaning=lambda t, share: _(
        "One buyer in five brings {share:.0%} of the margin. Losing one of them costs about {times:.0f} times as much "
        "as losing one of the others, so the shop should know them by name."
    ).format(share=share, times=4 * share / (1 - share)),
)


def _gini_means(t: Tables, gini: Callable[[Any], float]) -> str:
    return _(
        "Willow Lane's revenue has a Gini of {by_customer:.2f} over its buyers and {by_order:.2f} over single orders. "
        "One number lets you compare shops, or years, of different size; it does not say who the big ones are."
    ).format(by_customer=gini(total(delivered(t), "revenue")), by_order=gini(delivered(t)["revenue"]))


gini_of = Exercise(
    name="gini_of",
    lab="04a",
    title=_("Gini coefficient"),
    points=3,
    sections=("pareto-idea",),
    kind="function",
    answer="number",
    probes=wrong.gini_probes,
    reference=lambda t: classify.gini,
    by_hand="classify.gini",
    mistakes=(
        Mistake(
            "not sorted",
            lambda t: lambda values: wrong.spread(values, arrange=np.asarray),
            _(
                "You use the values in the order they came in. In the formula i is a rank: sort first, smallest in "
                "front."
            ),
        ),
        Mistake(
            "descending",
            lambda t: lambda values: wrong.spread(values, arrange=lambda amounts: np.sort(amounts)[::-1]),
            _("You sorted the largest in front. The formula gives rank 1 to the smallest value."),
        ),
        Mistake(
            "ranks from 0",
            lambda t: lambda values: wrong.spread(values, start=0),
            _("Your ranks begin at 0, as Python counts. In the formula i runs from 1 to n."),
        ),
        Mistake(
            "sample correction",
            lambda t: lambda values: wrong.spread(values) * len(values) / (len(values) - 1),
            _(
                "You multiplied by n/(n − 1). That estimates a population from a sample; here we have every customer, "
                "and the task's formula has no such factor."
            ),
        ),
        Mistake(
            "area under the curve",
            lambda t: lambda values: (1 - wrong.spread(values)) / 2,
            _("This is the area under the Lorenz curve. The Gini coefficient is large when that area is small."),
        ),
        Mistake(
            "not doubled",
            lambda t: lambda values: wrong.spread(values) / 2,
            _("This is the area between the diagonal and the Lorenz curve. The Gini coefficient is twice as large."),
        ),
    ),
    hints=(
        _("Try [1, 3] on paper first. Which value gets rank 1, and what is 2i − n − 1 for each?"),
        _("np.sort takes lists and Series alike. np.arange(1, n + 1) gives all the ranks at once."),
        _("With x = np.sort(values) and i the ranks: ((2 * i - n - 1) * x).sum() / (n * x.sum())."),
    ),
    meaning=_gini_means,
)

# ---- classes


def _abc_means(t: Tables, classes: pd.Series) -> str:
    counts = classes.value_counts()
    return _(
        "Class A is {a:,} of {all:,} buyers and brings 80 % of the revenue; the {c:,} in class C bring 5 % together. "
        "A standard mailing is enough for C. Each A is worth a look of its own."
    ).format(a=counts["A"], c=counts["C"], all=len(classes))


abc = Exercise(
    name="abc",
    lab="04a",
    title=_("ABC classes"),
    points=3,
    sections=("abc-idea",),
    kind="table",
    key=("customer_id",),
    columns={"abc": _("A, B or C")},
    reference=lambda t: classify.abc_classes(total(delivered(t), "revenue")),
    by_hand="classify.abc_classes",
    mistakes=(
        Mistake(
            "crossing customer lower",
            lambda t: wrong.abc_by(t, lambda share: share.cumsum()),
            _(
                "A customer who crosses a cut is in your lower class. Compare the share reached *before* each "
                "customer with the cuts, and they stay in the higher one."
            ),
        ),
        Mistake(
            "share of customers",
            lambda t: wrong.abc_by(t, lambda share: pd.Series(np.arange(len(share)) / len(share), share.index)),
            _("You cut at 80 % and 95 % of the customers. The cuts are shares of the revenue they bring."),
        ),
        Mistake(
            "ascending",
            lambda t: wrong.abc_by(t, lambda share: share[::-1].cumsum() - share[::-1]),
            _("You began with the smallest customers, so they fill class A. Sort the largest in front."),
        ),
        Mistake(
            "all orders",
            lambda t: classify.abc_classes(total(t.table("orders"), "revenue")),
            NOT_DELIVERED,
        ),
    ),
    hints=(
        _("Sort by revenue, largest in front, then ask of each customer: what share had been reached before them?"),
        _("cumsum() gives the share reached with each customer. Take the customer's own share away again."),
        _(
            "With share = revenue.sort_values(ascending=False, kind='stable') / revenue.sum(): before = "
            "share.cumsum() - share; np.select([before < 0.8, before < 0.95], ['A', 'B'], 'C')."
        ),
    ),
    meaning=_abc_means,
)
