"""The orders that count: what every concept starts from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab.base.columns import columns, complete, days_before, numbers


def real_orders(orders: pd.DataFrame, needed: list[str], today: Any = None) -> pd.DataFrame:
    """The orders that were not cancelled, with the needed columns and, given `today`, how many days ago each was.

    orders  customer_id, ordered_at, status and the needed columns

    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C1"], "ordered_at": pd.to_datetime(["2025-12-30", "2025-12-31"]),
    ...     "status": ["cancelled", "open"],
    ... })
    >>> real_orders(orders, [], "2026-01-01")["ago"].tolist()
    [1]
    """
    table = columns(orders, ["customer_id", "ordered_at", "status", *needed], "orders")
    for name in ("customer_id", "status"):
        complete(table[name], f"orders, {name}")
    for name in {"revenue", "margin"} & set(needed):
        numbers(table[name], f"orders, {name}")
    if today is not None:
        table["ago"] = days_before(table["ordered_at"], today, "orders, ordered_at")
    return table[table["status"] != "cancelled"]
