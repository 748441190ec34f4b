"""Lab 01, goals and effects in numbers: more, longer, deeper by month, and what choosing by the customer is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import concepts
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch01 import misread as wrong
from crm_lab.exercises.ch01.misread import CANCELLED, DELIVERED_ONLY

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- growth


def _growth_means(t: Tables, kpis: pd.DataFrame) -> str:
    years = kpis.tail(24)[wrong.GOALS].to_numpy(dtype=float).reshape(2, -1, 3).mean(axis=1)
    return _(
        "In a mean month, {before:,.0f} customers ordered in the first year and {now:,.0f} in the second; each ordered "
        "{deep_before:.2f} and {deep_now:.2f} times. Tenure rises also because the data begin in 2024: nobody can be "
        "older than the data."
    ).format(before=years[0, 0], now=years[1, 0], deep_before=years[0, 2], deep_now=years[1, 2])


growth = Exercise(
    name="growth",
    lab="01",
    title=_("More, longer, deeper"),
    points=4,
    sections=("growth-idea",),
    kind="table",
    key=("month",),
    columns={
        "customers": _("more: different customers who ordered in the month"),
        "tenure_days": _("longer: mean days from their first order to the last day of the month"),
        "orders_each": _("deeper: orders in the month for each of these customers"),
    },
    reference=wrong.growth_of,
    by_hand="concepts.growth",
    mistakes=(
        Mistake("cancelled", lambda t: wrong.growth_of(t, wrong.all_placed), CANCELLED),
        Mistake("delivered only", lambda t: wrong.growth_of(t, wrong.arrived), DELIVERED_ONLY),
        Mistake(
            "since registration",
            wrong.since_registration,
            _("Your tenure begins when the account was opened. Begin with the first order: it made them a customer."),
        ),
        Mistake(
            "until today",
            wrong.until_today,
            _("Your tenure runs until today. Stop at the last day of each month, or every month would look old."),
        ),
        Mistake(
            "new customers",
            wrong.new_ones,
            _("You counted new customers. *More* counts everybody who ordered in the month, old or new."),
        ),
        Mistake(
            "orders",
            wrong.orders_counted,
            _("Your column customers counts orders. Count each customer once a month."),
        ),
    ),
    hints=(
        _("First one row a customer and month, with the orders in it; then the mean of these rows by month."),
        _(
            "Keep each customer's first order: placed.groupby('customer_id')['ordered_at'].transform('min'), before "
            "you group by month and customer."
        ),
        _(
            "each = placed.groupby(['month', 'customer_id']).agg(orders=('order_id', 'size'), first=('first', 'min')); "
            "the month's last day is pd.Period(month).to_timestamp(how='end').normalize()."
        ),
    ),
    meaning=_growth_means,
)

# ---- targeting


def _targeting_means(t: Tables, table: pd.DataFrame) -> str:
    gain = concepts.targeting_gain(t.table("campaign_results"), t.table("campaigns"))
    better = _("leave ¥{gain:,.0f} more") if gain >= 0 else _("leave ¥{gain:,.0f} less")
    return _(
        "1,000 calls to people who often ask for advice {better} than 1,000 calls down the list of the product. Only "
        "the holdout shows it: many of those called would have bought anyway."
    ).format(better=better.format(gain=abs(gain)))


targeting = Exercise(
    name="targeting",
    lab="01",
    title=_("By product or by customer"),
    points=4,
    sections=("effects-idea", "centred-idea"),
    kind="table",
    key=("choice",),
    columns={
        "uplift": _("share who bought of those called, less the share of those left alone"),
        "value": _("¥ a call leaves"),
    },
    reference=wrong.targeting_of,
    supplies={"offer": wrong.offer},
    by_hand="concepts.targeting",
    mistakes=(
        Mistake(
            "no holdout",
            lambda t: wrong.targeting_with(t, wrong.without_holdout),
            _(
                "You count every buyer among those called as won by the call. Many would have bought anyway: take off "
                "the share of those left alone."
            ),
        ),
        Mistake(
            "cost forgotten",
            lambda t: wrong.targeting_with(t, wrong.cost_forgotten),
            _("The cost of the call is missing from your value."),
        ),
        Mistake(
            "margin of everybody",
            lambda t: wrong.targeting_with(t, wrong.margin_of_everybody),
            _("You multiplied by the mean margin of all people. The uplift brings orders: take the margin of buyers."),
        ),
        Mistake(
            "mean margins",
            lambda t: wrong.targeting_with(t, wrong.mean_margins),
            _(
                "You compared the mean margins of the two groups. That is a fair estimate too, but a noisier one: a "
                "few large orders move it. The task asks for uplift times the mean margin of a buyer."
            ),
        ),
        Mistake(
            "more than three",
            lambda t: wrong.targeting_of(t, advice_from=4),
            _("You asked for more than 3 advice contacts. 3 are enough."),
        ),
    ),
    hints=(
        _("The same three steps for two groups of people: shares, margin of a buyer, value."),
        _("group.groupby('treated')['bought'].mean() gives both shares; True is the share of those called."),
        _(
            "share = group.groupby('treated')['bought'].mean(); uplift = share[True] - share[False]; value = uplift * "
            "group.loc[group['bought'], 'margin'].mean() - 5. Do it for offer and for offer[offer['advice_contacts'] "
            ">= 3]."
        ),
    ),
    meaning=_targeting_means,
)
