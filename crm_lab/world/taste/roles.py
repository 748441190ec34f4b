"""Who stands behind an order: for whom it is, who plays which of the five roles, and what the card of a gift says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world.names import LOCALES
from crm_lab.world.taste.parameters import ROLES, RoleParameters, Shares

FIRST_ASKED = "2025-01-01"
TRADE = ("business", "dealer")
NOTES = {
    "partner": (("For you, my love.", "送给亲爱的你。"), ("Happy anniversary.", "纪念日快乐。")),
    "child": (("Happy birthday, little one.", "宝贝生日快乐。"), ("Well done at school.", "学习进步，继续加油。")),
    "parent": (("With love to you both.", "祝爸妈身体健康。"), ("Take a rest, you deserve it.", "您辛苦了，多休息。")),
    "friend": (("Enjoy your new home.", "乔迁之喜，万事如意。"), ("Thank you for everything.", "谢谢你一直以来的帮助。")),
}


def make_order_roles(
    parameters: RoleParameters, traits: pd.DataFrame, orders: pd.DataFrame, seed: int, block: int, locale: str
) -> pd.DataFrame:
    """The table order_roles of one block, by order.

    traits  of its customers, indexed by customer number
    """
    rng = stream(seed, "order_roles", block)
    orders = orders[(orders["ordered_at"] >= FIRST_ASKED).to_numpy()]
    orders = orders[rng.random(len(orders)) < parameters.asked]
    who = traits.loc[orders["customer_id"].str[1:].astype("int64"), ["kind", "behaviour"]]
    occasion = _occasions(parameters, who, rng)
    table = {"order_id": orders["order_id"].to_numpy(), "occasion": occasion}
    for role in ROLES:
        table[role] = _persons({name: parts[role] for name, parts in parameters.roles.items()}, occasion, rng)
    chosen = rng.integers(0, 2, len(orders)).tolist()
    written = (occasion == "gift") & (rng.random(len(orders)) < parameters.note)
    language = LOCALES.index(locale)
    table["gift_note"] = [
        NOTES[user][n][language] if wanted else None
        for user, n, wanted in zip(table["user"].tolist(), chosen, written.tolist(), strict=True)
    ]
    return pd.DataFrame(table).sort_values("order_id", ignore_index=True)


def _occasions(parameters: RoleParameters, who: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    giver = (who["behaviour"] == "gift_giver").to_numpy()
    gift = rng.random(len(who)) < np.where(giver, *parameters.gift)
    household = rng.random(len(who)) < parameters.household
    trade = who["kind"].isin(TRADE).to_numpy()
    return np.select([trade, gift, household], ["company", "gift", "household"], "self").astype(object)


def _persons(shares: dict[str, Shares], occasion: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The person in one role for each order, drawn by its occasion."""
    draw, persons = rng.random(len(occasion)), np.empty(len(occasion), dtype=object)
    for name, share in shares.items():
        rows = np.flatnonzero(occasion == name)
        persons[rows] = np.take(list(share), np.searchsorted(np.cumsum(list(share.values()))[:-1], draw[rows]))
    return persons
