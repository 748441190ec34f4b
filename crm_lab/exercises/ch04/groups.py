"""Lab 04a, the beginning: how close customers are, and where they sit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch04 import misread_a as wrong
from crm_lab.exercises.ch04.misread_a import NOT_DELIVERED

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- relationship


def _relationship_means(t: Tables, groups: pd.Series) -> str:
    counts = groups.value_counts()
    return _(
        "{current:,} of {all:,} customers are current. {lost:,} bought before and stopped: how to win them back is a "
        "question of its own. {target:,} have never bought, but came by lately and may be written to: begin with them."
    ).format(all=len(groups), **{name: counts.get(name, 0) for name in ("current", "lost", "target")})


relationship = Exercise(
    name="relationship",
    lab="04a",
    title=_("Relationship"),
    points=3,
    sections=("relationship-idea",),
    kind="table",
    key=("customer_id",),
    columns={"relationship": _("current, lost, target, potential or non_customer")},
    reference=lambda t: classify.relationship(t.table("customers"), t.table("orders"), t.today),
    supplies={"last_contacts": wrong.last_contacts},
    by_hand="classify.relationship",
    mistakes=(
        Mistake(
            "consent forgotten",
            wrong.with_rules(target=lambda table: table["account_open"] & (table["days_since_visit"] <= 90)),
            _("You count people as targets who did not agree to marketing. A target is someone we may write to."),
        ),
        Mistake(
            "potential before target",
            wrong.potential_first,
            _(
                "You tested for potential before target. Every target also fits the wider rule for potential, so "
                "nobody was left to be a target. The first rule that fits decides."
            ),
        ),
        Mistake(
            "never is not lost",
            wrong.with_rules(lost=lambda table: ~(table["days_since_order"] <= 365)),
            _(
                "You call everybody lost who did not order lately, also those who never ordered. Only somebody who "
                "was a customer can be lost. A comparison with NaN is False."
            ),
        ),
        Mistake(
            "visits for orders",
            wrong.with_rules(
                current=lambda table: table["days_since_order"].notna() & (table["days_since_visit"] <= 365)
            ),
            _(
                "You call buyers current because they visited lately. Looking is not buying: the last order decides "
                "between current and lost."
            ),
        ),
    ),
    hints=(
        _("Begin with the two groups who have ordered. What does NaN in days_since_order say?"),
        _(
            "Write each rule as a True/False Series, in the order of the task: `rule_a & rule_b`, with .notna() for "
            "lost."
        ),
        _(
            "np.select([current, lost, target, potential], [the four names], default='non_customer') takes the first "
            "rule that is True. Wrap it in pd.Series(..., index=last_contacts['customer_id'])."
        ),
    ),
    meaning=_relationship_means,
)

# ---- position


def _position_means(t: Tables, table: pd.DataFrame) -> str:
    share = table["margin"] / table["margin"].sum()
    return _(
        "{channel:,} channel customers bring {part:.0%} of the margin, {external:,} external ones {rest:.0%}. Who "
        "sells on needs stock and terms, who uses the goods needs service: one average would fit neither."
    ).format(
        channel=table["buyers"].get("channel", 0),
        part=share.get("channel", 0.0),
        external=table["buyers"].get("external", 0),
        rest=share.get("external", 0.0),
    )


position = Exercise(
    name="position",
    lab="04a",
    title=_("Position"),
    points=2,
    sections=("position-idea",),
    kind="table",
    key=("position",),
    columns={"buyers": _("number of buyers"), "margin": _("total margin, ¥")},
    reference=wrong.by_position,
    by_hand="classify.position",
    mistakes=(
        Mistake(
            "all orders",
            lambda t: wrong.by_position(t, t.table("orders")),
            NOT_DELIVERED,
        ),
        Mistake(
            "firms are the channel",
            lambda t: wrong.by_position(t, business="channel"),
            _(
                "You put business customers into the channel. They use what they buy, so they are external; only "
                "dealers buy to sell on."
            ),
        ),
        Mistake(
            "staff are outside",
            lambda t: wrong.by_position(t, employee="external"),
            _("You put employees among the external customers. They sit inside the company."),
        ),
        Mistake(
            "accounts",
            wrong.accounts_by_position,
            _("You counted all accounts of a position. A buyer has at least one delivered order."),
        ),
        Mistake(
            "orders",
            wrong.orders_by_position,
            _("You counted orders. A buyer with five orders is one buyer: count different customers, with nunique."),
        ),
    ),
    hints=(
        _("First the position of each customer, then everything else by position."),
        _("customers['kind'].map({'consumer': 'external', ...}) gives the position; merge it into the orders."),
        _(
            "groupby('position').agg(buyers=('customer_id', 'nunique'), margin=('margin', 'sum')) on the delivered "
            "orders."
        ),
    ),
    meaning=_position_means,
)
