"""The orders that an exercise counts, and what they add up to: what recipes of this chapter turn most often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables


def all_orders(t: Tables) -> pd.DataFrame:
    """Every order, cancelled and open ones too."""
    return t.table("orders")


def delivered(t: Tables, days: int | None = None) -> pd.DataFrame:
    """The orders that arrived; only those of the last so many days, if `days` is given."""
    orders = t.table("orders")
    orders = orders[orders["status"] == "delivered"]
    return orders if days is None else orders[orders["ordered_at"] >= t.today - pd.Timedelta(days=days)]


def total(orders: pd.DataFrame, column: str = "margin") -> pd.Series:
    """The sum of a column for each customer."""
    return orders.groupby("customer_id")[column].sum()
