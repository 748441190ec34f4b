"""Who stands behind an order: for whom it is, who plays which of the five roles, and what the card of a gift says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.taste import OCCASIONS, PERSONS
from crm_lab.world._coded import coded
from crm_lab.world._names import LOCALES
from crm_lab.world._taste.taste_parameters import ROLES, RoleParameters, Shares

FIRST_ASKED = "2025-01-01"
TRADE = ("business", "dealer")
NOTES = {
    "partner": (("For you, my love.", "送给亲爱的你。"), ("Happy anniversary.", "纪念日快乐。")),
    "child": (("Happy birthday, little one.", "宝贝生日快乐。"), ("Well done at school.", "学习进步，继续加油。")),
    "parent": (("With love to you both.", "祝爸妈身体健康。"), ("Take a rest, you deserve it.", "您辛苦了，多休息。")),
    "friend": (
        ("Enjoy your new home.", "乔迁之喜，万事如意。"),
        ("Thank you for everything.", "谢谢你一直以来的帮助。"),
    ),
}


def make_order_roles(
    parameters: RoleParameters,
    traits: pd.DataFrame,
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    seed: int,
    block: int,
    locale: str,
) -> pd.DataFrame:
    """The table order_roles of one block, by order.

    traits     of its customers
    customers  in the same order
    """
    rng = stream(seed, "order_roles", block)
    recent = np.flatnonzero(orders["ordered_at"] >= FIRST_ASKED)
    asked = recent[rng.random(len(recent)) < parameters.asked]
    place = pd.Index(customers["customer_id"]).get_indexer(pd.Index(orders["customer_id"].array.take(asked)))
    giver, trade = (traits["behaviour"] == "gift_giver").to_numpy(), traits["kind"].isin(TRADE).to_numpy()
    occasion = _occasions(parameters, giver[place], trade[place], rng)
    table = {"order_id": coded(orders["order_id"], asked), "occasion": coded(OCCASIONS, occasion)}
    roles = {role: _persons([parts[role] for parts in parameters.roles.values()], occasion, rng) for role in ROLES}
    table |= {role: coded(PERSONS, person) for role, person in roles.items()}
    written = (occasion == OCCASIONS.index("gift")) & (rng.random(len(asked)) < parameters.note)
    note = 2 * roles["user"] + rng.integers(0, 2, len(asked))
    notes = [pair[LOCALES.index(locale)] for person in PERSONS for pair in NOTES.get(person, (("", ""),) * 2)]
    table["gift_note"] = coded(notes, np.where(written, note, -1))
    return pd.DataFrame(table).sort_values("order_id", ignore_index=True)


def _occasions(
    parameters: RoleParameters, giver: np.ndarray, trade: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Number in OCCASIONS of what each order is for."""
    gift = rng.random(len(giver)) < np.where(giver, *parameters.gift)
    household = rng.random(len(giver)) < parameters.household
    wanted = [OCCASIONS.index(name) for name in ("company", "gift", "household")]
    return np.select([trade, gift, household], wanted, OCCASIONS.index("self"))


def _persons(shares: list[Shares], occasion: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Number in PERSONS of who plays one role in each order.

    shares  of the persons, by occasion in the order of OCCASIONS
    """
    limits = np.array([[share.get(person, 0.0) for person in PERSONS] for share in shares]).cumsum(axis=1)
    return (rng.random(len(occasion))[:, None] >= limits[occasion, :-1]).sum(axis=1)
