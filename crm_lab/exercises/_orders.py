"""The orders that an exercise counts, and what they add up to: what recipes turn most often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

YEAR, HALF = 365, 182  # days


def all_orders(t: Tables, days: int | None = None) -> pd.DataFrame:
    """Every order, cancelled and open ones too; only those of the last so many days, if `days` is given."""
    orders = t.table("orders")
    return orders if days is None else orders[orders["ordered_at"] >= t.today - pd.Timedelta(days=days)]


def delivered(t: Tables, days: int | None = None) -> pd.DataFrame:
    """The orders that arrived, of the same days."""
    return all_orders(t, days).query("status == 'delivered'")


def not_cancelled(t: Tables) -> pd.DataFrame:
    """Delivered and open ones."""
    return all_orders(t).query("status != 'cancelled'")


def none_cancelled(t: Tables) -> pd.DataFrame:
    """Every order, as if none had been cancelled."""
    return all_orders(t).assign(status="delivered")


def total(orders: pd.DataFrame, column: str = "margin") -> pd.Series:
    """The sum of a column for each customer."""
    return orders.groupby("customer_id")[column].sum()


def number_of(orders: pd.DataFrame) -> pd.Series:
    """The number of orders of each customer."""
    return orders.groupby("customer_id").size()
