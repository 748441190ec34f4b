"""Five roles in a purchase: who starts it, advises, decides, pays and uses; and whom the order shows."""

from __future__ import annotations

import pandas as pd

from crm_lab.base.columns import columns, complete
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _

ROLES = ("initiator", "influencer", "decider", "buyer", "user")


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


def purchases() -> pd.DataFrame:
    """Four purchases at Willow Lane and who plays which role in each: purchase, role, person; a row a role.

    >>> len(purchases())
    20
    """
    child, parent, friend = _("child"), _("parent"), _("friend")
    staff, owner, clerk, guest = _("manager"), _("owner"), _("clerk"), _("guests")
    cases = {
        _("teapot for oneself"): (_("student"),) * 5,
        _("desk lamp for a child"): (child, friend, parent, parent, child),
        _("towels for a hotel"): (staff, staff, owner, clerk, guest),
        _("tea as a wedding gift"): (_("bride"), _("sister"), _("aunt"), _("aunt"), _("couple")),
    }
    rows = [(case, *pair) for case, persons in cases.items() for pair in zip(ROLES, persons, strict=True)]
    return pd.DataFrame(rows, columns=["purchase", "role", "person"])


def people_behind(cases: pd.DataFrame) -> pd.DataFrame:
    """How many people stand behind each purchase, and which roles the order does not show.

    cases  purchase, role (one of ROLES, each once a purchase, a buyer always) and person

    The order names the buyer. A role played by somebody else is hidden: we do not know whom to talk to.
    Returns a DataFrame indexed by purchase, in the order given: people (count), hidden (count of roles) and
    hidden_roles (their names, in the order of ROLES).

    >>> cases = pd.DataFrame({
    ...     "purchase": "lamp", "role": ["initiator", "decider", "buyer", "user"], "person": ["Ann", "Bo", "Bo", "Ann"],
    ... })
    >>> people_behind(cases)
              people  hidden     hidden_roles
    purchase
    lamp           2       2  initiator, user
    """
    table = columns(cases, ["purchase", "role", "person"], "cases")
    for name in table:
        complete(table[name], f"cases, {name}")
    for role in table["role"].unique():
        one_of("role", role, ROLES)
    if table.duplicated(["purchase", "role"]).any():
        raise InputError(_("cases names a role twice in one purchase. Keep one person a role."))
    wide = table.pivot(index="purchase", columns="role", values="person")
    wide = wide.reindex(index=table["purchase"].unique(), columns=list(ROLES))
    if wide["buyer"].isna().any():
        raise InputError(_("cases: {purchase} has no buyer.").format(purchase=wide.index[wide["buyer"].isna()][0]))
    hidden = wide.notna() & wide.ne(wide["buyer"], axis=0)
    names = [", ".join(role for role in ROLES if row[role]) for row in hidden.to_dict("records")]
    result = {"people": wide.nunique(axis=1), "hidden": hidden.sum(axis=1), "hidden_roles": names}
    return pd.DataFrame(result).rename_axis("purchase")
