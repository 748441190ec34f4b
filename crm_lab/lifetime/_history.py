"""From orders to what the models of lifetime ask of each customer: repeat purchases, recency, time observed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab.base.arguments import whole
from crm_lab.base.columns import columns, complete, days_before, numbers
from crm_lab.base.money import in_money_of


def purchase_history(
    orders: pd.DataFrame, today: Any, date: str = "ordered_at", value: str = "revenue", unit_days: int = 7
) -> pd.DataFrame:
    """What BG/NBD and Gamma-Gamma need of each customer. Filter the orders first; nothing is left out here.

    orders     one row an order, with customer_id and the two columns named next
    today      the first day that is no longer observed
    date       column with the moment of the order
    value      column with the amount of money
    unit_days  days in one unit of time: 7 counts in weeks, 1 in days

    Orders of one customer on one day are one purchase, and their amounts are added up. The first purchase makes the
    customer; the repeat purchases after it are what the models explain. So `recency` is not the one of RFM: it runs
    from the first purchase to the last.

    Returns a DataFrame indexed by customer_id, sorted: frequency (repeat purchases), recency (units of time from the
    first to the last purchase, 0 without repeat), T (from the first purchase to today), monetary (mean amount of a
    repeat purchase; empty without one).
    Raises InputError for a missing column, customer, date or amount, or an order after today.
    Source: P. S. Fader, B. G. S. Hardie & K. L. Lee (2005), Marketing Science 24(2), 275–284.

    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C1", "C1", "C1", "C2"],
    ...     "ordered_at": pd.to_datetime(["2025-11-06", "2025-11-20", "2025-11-20", "2025-12-04", "2025-12-18"]),
    ...     "revenue": [80.0, 20.0, 10.0, 50.0, 70.0],
    ... })
    >>> purchase_history(orders, "2026-01-01")  # doctest: +NORMALIZE_WHITESPACE
                 frequency  recency    T  monetary
    customer_id
    C1                   2      4.0  8.0      40.0
    C2                   0      0.0  2.0       NaN
    """
    unit_days = whole(unit_days, "unit_days", 1)
    table = columns(orders, ["customer_id", date, value], "orders")
    complete(table["customer_id"], "orders, customer_id")
    ago = days_before(table[date], today, f"orders, {date}")
    amounts = numbers(table[value], f"orders, {value}")
    days = (
        amounts.groupby([table["customer_id"], ago.rename("ago")], observed=True).sum().rename("amount").reset_index()
    )
    first = days.groupby("customer_id", observed=True)["ago"].transform("max")
    repeat = days["amount"].where(days["ago"] < first)
    found = days.assign(repeat=repeat).groupby("customer_id", observed=True)
    oldest, latest = found["ago"].max(), found["ago"].min()
    history = pd.DataFrame(
        {
            "frequency": found.size() - 1,
            "recency": (oldest - latest) / unit_days,
            "T": oldest / unit_days,
            "monetary": found["repeat"].mean(),
        }
    )
    return in_money_of(history, orders)
