"""What the concepts share at the door: a table by its name, and the orders that count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_lab.base.arguments import columns, complete, days_before, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def table_of(tables: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """One of the tables given; InputError naming it when it is not among them.

    >>> table_of({}, "orders")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: tables lacks orders. Add it: tables["orders"] = crm_lab.load("orders").
    """
    if name not in tables:
        text = _('tables lacks {name}. Add it: tables["{name}"] = crm_lab.load("{name}").')
        raise InputError(text.format(name=name))
    return tables[name]


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
