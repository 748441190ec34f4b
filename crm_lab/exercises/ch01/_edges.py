"""Small tables with rows on every boundary, on which the queries are judged too; the engine shuffles their rows.

Only the columns that matter are given; the others come from the schema.
"""

from __future__ import annotations

import pandas as pd

from crm_lab.exercises._edges import AT, frame

NONE = pd.DataFrame()  # a table that is there, without rows


def people(*numbers: str, **columns: object) -> pd.DataFrame:
    """Customers of one region, with one account manager for all of them (see REPS)."""
    return pd.DataFrame(
        {
            "customer_id": list(numbers),
            "region": "east",
            "account_open": True,
            "registered_at": AT("2024-02-01"),
            **columns,
        }
    )


REPS = frame("rep_id region", ("S01", "east"))


def birthdays() -> dict[str, pd.DataFrame]:
    """Each end of the window and a day beyond it, the turn of the year, closed accounts, 29 February."""
    born = [
        "1990-12-27",
        "1980-12-28",
        "1970-12-31",
        "2000-01-01",
        "1990-01-02",
        "1985-01-03",
        "1975-01-04",
        "1988-12-30",
        "1964-02-29",
        "1999-06-15",
        "1990-01-02",
    ]
    table = people(*(f"C{n:05d}" for n in range(1, len(born) + 1)), birthday=pd.to_datetime(born))
    table["account_open"] = table["customer_id"] != "C00008"
    others = ("call_intervals", "prices", "products", "reminders", "stock", "watches")
    return {"customers": table, "reps": REPS} | dict.fromkeys(others, NONE)


def fired() -> dict[str, pd.DataFrame]:
    """A level met exactly, low prices before and after, a price that falls twice, a stock watch with a level."""
    watches = frame(
        "watch_id customer_id product_id watch asked_on price_level",
        ("W1", "C00001", "P1", "price", AT("2025-02-10"), 60.0),  # the level itself
        ("W2", "C00001", "P1", "stock", AT("2025-02-10"), 70.0),  # no price watch
        ("W3", "C00002", "P2", "price", AT("2025-05-01"), 50.0),  # low before, and twice after
        ("W4", "C00002", "P2", "price", AT("2025-06-01"), 50.0),  # asked on the day of the first fall
        ("W5", "C00003", "P3", "price", AT("2025-01-15"), 10.0),  # never
        ("W6", "C00003", "P1", "price", AT("2025-02-28"), 65.0),  # the day before
    )
    prices = frame(
        "product_id from_date to_date list_price",
        ("P1", AT("2025-01-01"), AT("2025-02-28"), 80.0),
        ("P1", AT("2025-03-01"), None, 60.0),
        ("P2", AT("2024-01-01"), AT("2024-05-31"), 90.0),
        ("P2", AT("2024-06-01"), AT("2024-08-31"), 45.0),
        ("P2", AT("2024-09-01"), AT("2025-05-31"), 95.0),
        ("P2", AT("2025-06-01"), AT("2025-07-31"), 49.0),
        ("P2", AT("2025-08-01"), AT("2025-09-30"), 70.0),
        ("P2", AT("2025-10-01"), None, 48.0),
        ("P3", AT("2025-01-01"), AT("2025-05-31"), 30.0),
        ("P3", AT("2025-06-01"), None, 20.0),
    )
    products = frame("product_id list_price", ("P1", 60.0), ("P2", 48.0), ("P3", 20.0))
    return {
        "watches": watches,
        "prices": prices,
        "products": products,
        "customers": people("C00001", "C00002", "C00003"),
        "reps": REPS,
        "stock": NONE,
        "call_intervals": NONE,
        "reminders": NONE,
    }


def due() -> dict[str, pd.DataFrame]:
    """The evening of the day, the next midnight, days off, a holiday, and calls made on the morning itself."""
    rows = [
        ("call_back", "2025-12-15 23:30", None),
        ("call_back", "2025-12-16 00:00", None),
        ("call_back", "2025-12-13 10:00", None),
        ("call_back", "2025-12-14 23:59", None),
        ("call_back", "2025-12-12 16:00", None),
        ("call_back", "2025-12-05 09:00", None),
        ("call_back", "2025-12-10 09:00", "2025-12-15 00:00"),
        ("call_back", "2025-12-10 11:00", "2025-12-14 23:59"),
        ("call_back", "2025-12-12 09:00", "2025-12-15 23:59"),
        ("return_call", "2025-12-12 09:00", None),
        ("call_back", "2025-12-11 09:00", "2025-12-20 10:00"),
        ("call_back", "2025-12-08 09:00", None),
    ]
    table = frame("task due_at done_at", *rows).astype({"due_at": "datetime64[us]", "done_at": "datetime64[us]"})
    table = table.assign(
        reminder_id=[f"T{n:05d}" for n in range(1, len(rows) + 1)],
        customer_id="C00001",
        rep_id="S01",
        created_at=AT("2025-12-01"),
    )
    dates = pd.date_range("2025-11-24", "2025-12-31")
    kinds = ["public_holiday" if day == AT("2025-12-08") else "normal" for day in dates]
    return {
        "reminders": table,
        "call_intervals": pd.DataFrame({"date": dates, "start": "09:00", "day_type": kinds}),
        "customers": people("C00001"),
        "reps": REPS,
    } | dict.fromkeys(("prices", "products", "stock", "watches"), NONE)
