"""Five roles in a purchase: who starts it, advises, decides, pays and uses; and whom the order shows."""

from __future__ import annotations

import pandas as pd

from crm_lab.base.columns import columns, complete
from crm_lab.base.text import _

ROLES = ("initiator", "influencer", "decider", "buyer", "user")
HIDDEN = [role for role in ROLES if role != "buyer"]  # the order names the buyer only


def role_guide() -> pd.DataFrame:
    """The five roles: what each does, and what it wants to hear; indexed by role.

    Source: F. E. Webster & Y. Wind (1972), A general model for understanding organizational buying behavior, Journal of
    Marketing 36(2), 12–19 (influencer, decider, buyer, user, gatekeeper); T. V. Bonoma (1982), Major sales: who really
    does the buying?, Harvard Business Review 60(3), 111–119 (initiator).

    >>> role_guide().loc["buyer", "does"]
    'places the order and pays'
    """
    rows = {
        "initiator": ("倡议者", _("has the need first and says so"), _("this problem can be solved")),
        "influencer": ("影响者", _("gives advice, or a warning"), _("facts to pass on")),
        "decider": ("决策者", _("says yes or no"), _("what it brings and what it costs")),
        "buyer": ("购买者", _("places the order and pays"), _("price, delivery, invoice")),
        "user": ("使用者", _("lives with the product"), _("how it works, and whom to ask")),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["chinese", "does", "wants"]).rename_axis("role")


def hidden_roles(order_roles: pd.DataFrame, by: str = "occasion") -> pd.DataFrame:
    """In which share of orders each role is played by somebody other than the buyer, whom the order names.

    order_roles  a row an order: the person in each of the five ROLES, and the column `by`
    by           what the orders are grouped by

    Returns a DataFrame of shares (0 to 1) indexed by `by`: initiator, influencer, decider, user.

    >>> orders = pd.DataFrame({
    ...     "occasion": ["gift", "gift", "self"], "initiator": ["self", "friend", "self"], "influencer": "self",
    ...     "decider": "self", "buyer": "self", "user": ["child", "friend", "self"],
    ... })
    >>> hidden_roles(orders)
              initiator  influencer  decider  user
    occasion
    gift            0.5         0.0      0.0   1.0
    self            0.0         0.0      0.0   0.0
    """
    table = columns(order_roles, [by, *ROLES], "order_roles")
    for name in table:
        complete(table[name], f"order_roles, {name}")
    others = table[HIDDEN].ne(table["buyer"], axis=0)
    return others.groupby(table[by]).mean()
