"""Which orders an exercise lets count: each takes the tables and gives the table `orders` as that reading sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

YEAR = pd.Timedelta(days=365)


def counted(t: Tables) -> pd.DataFrame:
    """The orders that count: all but the cancelled ones."""
    orders = t.table("orders")
    return orders[orders["status"] != "cancelled"]


def arrived(t: Tables) -> pd.DataFrame:
    """Delivered orders only."""
    orders = t.table("orders")
    return orders[orders["status"] == "delivered"]


def all_placed(t: Tables) -> pd.DataFrame:
    """The orders as if none had been cancelled."""
    return t.table("orders").assign(status="delivered")
