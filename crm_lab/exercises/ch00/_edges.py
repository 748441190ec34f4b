"""Small tables with rows on every boundary, on which the queries are judged too; the engine shuffles their rows.

Only the columns that matter are given; the others come from the schema.
"""

from __future__ import annotations

import pandas as pd

from crm_lab.exercises._edges import AT, frame


def payments() -> dict[str, pd.DataFrame]:
    """Groups of 799 to 1,200 delivered orders: one exactly at the limit, one that only open orders lift above it."""
    sizes = {"card": 1200, "wallet": 950, "transfer": 803, "invoice": 801, "cash": 800, "voucher": 799}
    rows = [(way, "delivered", 10.0 + turn % 7) for way, n in sizes.items() for turn in range(n)]
    rows += [(way, status, 500.0) for way in sizes for status in ("open", "cancelled") for _turn in range(5)]
    orders = frame("payment status revenue", *rows)
    return {"orders": orders.assign(order_id=[f"O{n:08d}" for n in range(len(orders))], margin=orders["revenue"] / 3)}


def newest() -> dict[str, pd.DataFrame]:
    """Ties, numbers out of order in time, late evening and midnight, newer orders that have not arrived."""
    people = frame(
        "customer_id region",
        *[
            (f"C0000{n}", region)
            for n, region in enumerate(["east", "east", "south", "south", "north", "north", "west", "west"], 1)
        ],
    )
    orders = frame(
        "order_id customer_id ordered_at status revenue",
        ("O00000005", "C00001", AT("2025-12-30 18:00"), "delivered", 10.0),  # east: a tie of two customers
        ("O00000009", "C00002", AT("2025-12-30 18:00"), "delivered", 20.0),
        ("O00000020", "C00001", AT("2025-12-30 09:00"), "delivered", 90.0),  # a larger number, earlier that day
        ("O00000011", "C00003", AT("2025-12-31 23:59"), "delivered", 10.0),  # south: 1 day, though a minute before
        ("O00000021", "C00004", AT("2025-12-31 08:00"), "delivered", 80.0),
        ("O00000012", "C00005", AT("2025-12-31 00:00"), "delivered", 30.0),  # north: midnight is that day, too
        ("O00000022", "C00006", AT("2025-12-31 12:00"), "open", 70.0),  # newer ones that do not count
        ("O00000023", "C00005", AT("2025-12-31 13:00"), "cancelled", 60.0),
        ("O00000008", "C00007", AT("2025-12-29 23:59"), "delivered", 15.0),  # west: 3 midnights, 2 full days; a tie
        ("O00000004", "C00008", AT("2025-12-29 23:59"), "delivered", 55.0),
        ("O00000001", "C00007", AT("2024-05-05 10:00"), "delivered", 95.0),
    )
    late = orders["status"].eq("delivered")
    arrived = (orders["ordered_at"] + pd.to_timedelta([9, 8, 99, 7, 99, 6, 0, 0, 5, 4, 99], unit="h")).where(late)
    return {"customers": people, "orders": orders.assign(delivered_at=arrived)}
