"""Small tables with rows on every boundary, on which the queries are judged too; the engine shuffles their rows.

Only the columns that matter are given; the others come from the schema.
"""

from __future__ import annotations

import pandas as pd

from crm_lab.exercises._edges import AT, frame


def callers() -> dict[str, pd.DataFrame]:
    """An order at the very moment of the call, earlier the same day, calls of one caller, two people of one name."""
    calls = frame(
        "call_id arrived_at customer_id",
        ("K1", AT("2025-11-12 10:00:00"), "C00001"),
        ("K2", AT("2025-11-12 18:00:00"), "C00001"),
        ("K3", AT("2025-11-12 10:00:00"), "C00002"),
        ("K4", AT("2025-11-13 09:00:00"), "C00003"),
        ("K5", AT("2025-11-13 09:30:00"), None),
        ("K6", AT("2025-11-14 12:00:00"), "C00004"),
    )
    people = frame(
        "customer_id name", ("C00001", "Wei Li"), ("C00002", "Wei Li"), ("C00003", "Ann Bo"), ("C00004", "Cai Du")
    )
    orders = frame(
        "order_id customer_id ordered_at status revenue",
        ("O00000007", "C00001", AT("2025-11-01 08:00:00"), "delivered", 90.0),  # a larger number, but earlier
        ("O00000003", "C00001", AT("2025-11-12 09:59:59"), "delivered", 10.0),
        ("O00000004", "C00001", AT("2025-11-12 10:00:00"), "open", 20.0),  # at the moment of the call
        ("O00000005", "C00002", AT("2024-03-01 10:00:00"), "delivered", 30.0),
        ("O00000002", "C00002", AT("2025-03-01 10:00:00"), "delivered", 20.0),
        ("O00000008", "C00003", AT("2025-11-13 09:00:01"), "open", 20.0),  # a second too late: no order before
        ("O00000006", "C00004", AT("2025-10-01 10:00:00"), "delivered", 50.0),
        ("O00000001", "C00004", AT("2025-11-14 11:59:00"), "cancelled", 40.0),  # the latest, of any status
    )
    return {"calls": calls, "customers": people, "orders": orders, "tickets": pd.DataFrame()}
