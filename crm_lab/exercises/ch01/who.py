"""Lab 01, who is a customer: past, current and potential ones, and three definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch01 import misread as wrong
from crm_lab.exercises.ch01.misread import CANCELLED, DELIVERED_ONLY

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- relation


def _relation_means(t: Tables, groups: pd.Series) -> str:
    counts = groups.value_counts()
    return _(
        "{current:,} of {all:,} accounts are current customers. {past:,} bought before and stopped; {potential:,} "
        "never bought and can still be won. Three groups, three letters to write: thank, win back, invite."
    ).format(all=len(groups), **{name: counts.get(name, 0) for name in ("current", "past", "potential")})


relation = Exercise(
    name="relation",
    lab="01",
    title=_("Past, current, potential"),
    points=3,
    sections=("relation-idea",),
    kind="table",
    key=("customer_id",),
    columns={"relation": _("current, past, potential or none")},
    reference=wrong.relation_of,
    by_hand="concepts.relation",
    mistakes=(
        Mistake("cancelled", lambda t: wrong.relation_of(t, wrong.all_placed), CANCELLED),
        Mistake("delivered only", lambda t: wrong.relation_of(t, wrong.arrived), DELIVERED_ONLY),
        Mistake(
            "visits for orders",
            wrong.by_visits,
            _("You let the last visit decide who is current. Looking is not buying: take the last order."),
        ),
        Mistake(
            "never is not past",
            wrong.never_is_past,
            _(
                "You call everybody past who did not order lately, also those who never ordered. Only who was a "
                "customer can be a past one. A comparison with a missing date is False."
            ),
        ),
        Mistake(
            "closed accounts",
            wrong.closed_too,
            _("You count closed accounts as potential customers. Their owners have left: nobody is there to win."),
        ),
    ),
    hints=(
        _("First the last order of each account that counts; accounts without one get a missing date."),
        _("orders.groupby('customer_id')['ordered_at'].max() gives the last orders; .map() brings them to customers."),
        _(
            "np.select([last >= today - pd.Timedelta(days=365), last.notna(), customers['account_open']], ['current', "
            "'past', 'potential'], 'none'), as a Series with customer_id as its index."
        ),
    ),
    meaning=_relation_means,
)

# ---- counts


def _counts_mean(t: Tables, table: pd.DataFrame) -> str:
    growth = table["customers"] / table["a_year_ago"].clip(lower=1) - 1
    change = _("rose by {share:.0%}") if growth["active"] >= 0 else _("fell by {share:.1%}")
    return _(
        "Accounts rose by {account:.0%} in a year, active customers {change}. Who reports accounts reports growth in "
        "any case: an account never goes away. Say the definition before the number."
    ).format(account=growth["account"], change=change.format(share=abs(growth["active"])))


counts = Exercise(
    name="counts",
    lab="01",
    title=_("Three definitions of a customer"),
    points=4,
    sections=("relation-idea", "formation-idea"),
    kind="table",
    key=("definition",),
    columns={
        "customers": _("number of customers today"),
        "a_year_ago": _("number of customers 365 days earlier"),
        "revenue_each": _("revenue of the last 365 days for each of today's customers, ¥"),
    },
    reference=wrong.definitions,
    by_hand="concepts.customer_definitions",
    mistakes=(
        Mistake("cancelled", lambda t: wrong.definitions(t, orders=wrong.all_placed), CANCELLED),
        Mistake("delivered only", lambda t: wrong.definitions(t, orders=wrong.arrived), DELIVERED_ONLY),
        Mistake(
            "orders",
            wrong.orders_for_customers,
            _("You counted orders. A customer with five orders is one customer: count different ones, with nunique."),
        ),
        Mistake(
            "closed accounts",
            lambda t: wrong.definitions(t, wrong.opened),
            _("You left out closed accounts. The first definition counts every account ever opened."),
        ),
        Mistake(
            "all years",
            wrong.revenue_of_all_years,
            _("Your revenue_each holds the revenue of both years. Take the orders of the last 365 days."),
        ),
    ),
    hints=(
        _("Write the three counts for one day first; then ask the same questions 365 days earlier."),
        _("A function of the day helps: orders before the day, and of these the ones of the 365 days before it."),
        _(
            "def three(day): past = placed[placed['ordered_at'] < day]; recent = past[past['ordered_at'] >= day - "
            "year]; return [(customers['registered_at'] < day).sum(), past['customer_id'].nunique(), "
            "recent['customer_id'].nunique()]"
        ),
    ),
    meaning=_counts_mean,
)
