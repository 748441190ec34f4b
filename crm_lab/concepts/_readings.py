"""Three readings of the letters CRM, and the three roots it grew from."""

from __future__ import annotations

import pandas as pd

from crm_lab.base.columns import columns, complete, flags, numbers, people
from crm_lab.base.text import _
from crm_lab.concepts._orders import real_orders

READINGS = ("philosophy", "strategy", "system")
ROOTS = ("database", "relationship", "one_to_one")


def readings() -> pd.DataFrame:
    """Three readings of CRM: what each says it is, what it changes, and how to tell it; indexed by reading.

    >>> readings().index.tolist()
    ['philosophy', 'strategy', 'system']
    """
    rows = {
        "philosophy": (
            "管理理念",
            _("the customer is what the company lives on"),
            _("how people think and behave"),
            _("It names a belief or an attitude."),
        ),
        "strategy": (
            "商业策略",
            _("organise around customers to earn more, for longer"),
            _("goals, budgets, who serves whom"),
            _("It names a choice, a goal or money."),
        ),
        "system": (
            "系统与技术",
            _("software and data that join sales and service"),
            _("tools and daily steps"),
            _("It names software, data or a machine."),
        ),
    }
    names = ["chinese", "crm_is", "changes", "told_by"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("reading")


def roots(customers: pd.DataFrame, orders: pd.DataFrame, consents: pd.DataFrame) -> pd.DataFrame:
    """The three roots of CRM, each with a number that says how far the company has come with it; indexed by root.

    customers  customer_id
    orders     customer_id, ordered_at, status, margin (¥); cancelled orders do not count
    consents   customer_id, purpose, recorded_at, granted; the latest decision counts

    database      share of the accounts that have bought: what they bought can guide the next offer
    relationship  share of the margin that comes after a customer's first order
    one_to_one    share of the accounts that today agree to personalisation

    Sources: R. Shaw & M. Stone (1988), Database Marketing; L. L. Berry (1983), Relationship marketing, in Emerging
    Perspectives on Services Marketing; D. Peppers & M. Rogers (1993), The One to One Future.

    >>> customers = pd.DataFrame({"customer_id": ["C1", "C2"]})
    >>> orders = pd.DataFrame({
    ...     "customer_id": "C1", "ordered_at": pd.to_datetime(["2025-01-01", "2025-02-01"]), "status": "delivered",
    ...     "margin": [10.0, 30.0],
    ... })
    >>> consents = pd.DataFrame({
    ...     "customer_id": "C1", "purpose": "personalisation", "granted": [False, True],
    ...     "recorded_at": pd.to_datetime(["2025-01-01", "2025-02-01"]),
    ... })
    >>> roots(customers, orders, consents)["figure"].to_dict()
    {'database': 0.5, 'relationship': 0.75, 'one_to_one': 0.5}
    """
    accounts = people(customers, []).index
    bought = real_orders(orders, ["margin"])
    first = bought.groupby("customer_id", observed=True)["ordered_at"].transform("min")
    later = bought.loc[bought["ordered_at"] > first, "margin"].sum()
    shares = (
        accounts.isin(bought["customer_id"]).mean(),
        later / numbers(bought["margin"], "orders, margin").sum(),
        accounts.isin(_agreed(consents, "personalisation")).mean(),
    )
    words = {
        "database": ("数据库营销", _("use what people bought to choose the next offer"), _("accounts with a purchase")),
        "relationship": ("关系营销", _("a customer kept is worth more than one sale"), _("margin after first orders")),
        "one_to_one": ("一对一营销", _("treat different customers differently"), _("accounts that agree to it")),
    }
    table = pd.DataFrame.from_dict(words, orient="index", columns=["chinese", "idea", "measure"]).rename_axis("root")
    return table.assign(figure=[float(share) for share in shares])


def _agreed(consents: pd.DataFrame, purpose: str) -> pd.Series:
    """The customers whose latest decision on a purpose is yes."""
    table = columns(consents, ["customer_id", "purpose", "recorded_at", "granted"], "consents", empty_ok=True)
    complete(table["recorded_at"], "consents, recorded_at")
    table = table[table["purpose"] == purpose].sort_values("recorded_at", kind="stable")
    latest = table.drop_duplicates("customer_id", keep="last")
    return latest.loc[flags(latest, "granted", "consents") if len(latest) else [], "customer_id"]
