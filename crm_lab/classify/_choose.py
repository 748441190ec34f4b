"""Which customers to choose: seven marks of a good customer, each a yes or a no that the tables can answer."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab.base.arguments import number
from crm_lab.base.columns import columns, complete, days_before, numbers, people

BARS = ("revenue_from", "returned_up_to", "contacts_per_order", "recommend_from")
YEAR, HALF = 365, 182  # days


def good_customer_marks(
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    returns: pd.DataFrame,
    today: Any,
    *,
    revenue_from: float = 500.0,
    returned_up_to: float = 0.2,
    contacts_per_order: float = 1.0,
    recommend_from: float = 9.0,
) -> pd.DataFrame:
    """Seven yes-or-no marks of a good customer and their plain sum, 0 to 7, without weights.

    customers  customer_id, advice_contacts (last 12 months), recommend_score (0–10, missing if not asked)
    orders     order_id, customer_id, ordered_at, status, revenue, margin; only delivered orders count
    returns    order_id; may have no rows
    today      the day to count back from

    buys_enough     revenue of the last 365 days ≥ `revenue_from`
    leaves_profit   margin of the last 365 days above 0
    keeps_goods     ordered in the last 365 days; at most the share `returned_up_to` of these orders had a return
    cheap_to_serve  ordered in the last 365 days; at most `contacts_per_order` advice contacts for each of these orders
    growing         revenue of the last 182 days above that of the 182 days before
    recommends      recommend_score ≥ `recommend_from`; an unasked customer has no mark
    stays           ordered in the last 365 days and in the 365 days before

    Returns a DataFrame indexed by customer_id in the order of `customers`: seven columns of True and False, and marks.
    Raises InputError for bad columns or an order after today.

    >>> customers = pd.DataFrame({"customer_id": ["C1"], "advice_contacts": [0], "recommend_score": [10.0]})
    >>> orders = pd.DataFrame({
    ...     "order_id": ["O1"], "customer_id": ["C1"], "ordered_at": pd.to_datetime(["2025-12-01"]),
    ...     "status": ["delivered"], "revenue": [600.0], "margin": [150.0],
    ... })
    >>> good_customer_marks(customers, orders, pd.DataFrame({"order_id": ["O9"]}), "2026-01-01").iloc[0].to_dict()
    ... # doctest: +NORMALIZE_WHITESPACE
    {'buys_enough': True, 'leaves_profit': True, 'keeps_goods': True, 'cheap_to_serve': True, 'growing': True,
     'recommends': True, 'stays': False, 'marks': 6}
    """
    table = people(customers, ["advice_contacts", "recommend_score"])
    contacts = numbers(table["advice_contacts"], "customers, advice_contacts")
    score = numbers(table["recommend_score"], "customers, recommend_score", missing_ok=True)
    facts = _facts(orders, returns, today).reindex(table.index).fillna(0)
    bars = [revenue_from, returned_up_to, contacts_per_order, recommend_from]
    enough, returned, per_order, promoter = (number(bar, name) for name, bar in zip(BARS, bars, strict=True))
    bought = facts["orders"] > 0  # shares of no orders are NaN below, and NaN earns no mark
    marks = pd.DataFrame(
        {
            "buys_enough": bought & (facts["revenue"] >= enough),
            "leaves_profit": facts["margin"] > 0,
            "keeps_goods": facts["returned"] / facts["orders"] <= returned,
            "cheap_to_serve": contacts / facts["orders"] <= per_order,
            "growing": facts["latest"] > facts["previous"],
            "recommends": score >= promoter,
            "stays": bought & (facts["orders_before"] > 0),
        }
    )
    return marks.assign(marks=marks.sum(axis=1))


def _facts(orders: pd.DataFrame, returns: pd.DataFrame, today: Any) -> pd.DataFrame:
    """Per customer: what their delivered orders of the last year and of the year before come to."""
    needed = ["order_id", "customer_id", "ordered_at", "status", "revenue", "margin"]
    table = columns(orders, needed, "orders")
    complete(table["customer_id"], "orders, customer_id")
    days = days_before(table["ordered_at"], today, "orders, ordered_at")
    revenue, margin = (numbers(table[name], f"orders, {name}") for name in ("revenue", "margin"))
    delivered = table["status"] == "delivered"
    returned = columns(returns, ["order_id"], "returns", empty_ok=True)["order_id"]
    year = delivered & (days <= YEAR)
    each = {
        "orders": year,
        "revenue": revenue.where(year, 0),
        "margin": margin.where(year, 0),
        "returned": year & table["order_id"].isin(returned),
        "latest": revenue.where(delivered & (days <= HALF), 0),
        "previous": revenue.where(delivered & days.between(HALF + 1, 2 * HALF), 0),
        "orders_before": delivered & days.between(YEAR + 1, 2 * YEAR),
    }
    return pd.DataFrame(each).groupby(table["customer_id"], observed=True).sum()
