"""Whom one may call: the last word of each customer, for this purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_lab.exercises import declare

if TYPE_CHECKING:
    import pandas as pd

    from crm_lab.data.tables import Tables

_MAY = """
with latest as (
    select customer_id, granted from consents where {words}
    qualify row_number() over (partition by customer_id order by recorded_at {order}) = 1
)
select customers.customer_id, region from customers {join} latest on latest.customer_id = customers.customer_id
where {where}
"""
_CALLS = "select customer_id from consents where purpose = 'phone_calls' and"
_OPEN = "select customer_id, region from customers where account_open and customer_id"


def may_call(
    t: Tables,
    words: str = "purpose = 'phone_calls'",
    order: str = "desc",
    join: str = "join",
    where: str = "granted and account_open",
) -> str:
    return _MAY.format(words=words, order=order, join=join, where=where)


declare(
    may_call,
    "sql",
    key=("customer_id",),
    sections=("outbound-idea",),
    mistakes={
        "first word": {"order": "asc"},
        "closed accounts": {"where": "granted"},
        "marketing": {"where": "marketing_consent and account_open", "join": "left join"},
        "any purpose": {"words": "true"},
        "ever": lambda t: f"{_OPEN} in ({_CALLS} granted)",
        "never no": lambda t: f"{_OPEN} not in ({_CALLS} not granted)",
        "no longer": {"where": "not granted and account_open"},
        "all who answered": {"where": "account_open"},
    },
    facts=lambda t, query: {"n": len(_called(t)), "all": len(t.table("customers"))},
)


def _called(t: Tables) -> pd.DataFrame:
    said = t.table("consents").query("purpose == 'phone_calls'").sort_values("recorded_at")
    granted = said.groupby("customer_id")["granted"].last()
    customers = t.table("customers").query("account_open")
    return customers[customers["customer_id"].map(granted).eq(True)]
