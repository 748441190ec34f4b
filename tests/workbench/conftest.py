"""A company small enough to work out by hand: two account managers in the east, one in the south."""

import pandas as pd
import pytest

TEXT = {"watches": ("watch_id", "customer_id", "product_id", "watch"), "reminders": ("reminder_id", "customer_id")}


def table(names, rows, dates=()):
    frame = pd.DataFrame(rows, columns=names.split())
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in dates})


def calendar_of(first, last, holidays):
    days = pd.date_range(first, last)
    types = ["public_holiday" if day.strftime("%Y-%m-%d") in holidays else "normal" for day in days]
    return pd.DataFrame({"date": days, "start": "08:00", "day_type": types})


@pytest.fixture
def company():
    customers = table(
        "customer_id name region birthday registered_at marketing_consent account_open",
        [
            ("C00001", "Ann", "east", "1990-12-31", "2025-01-01 09:00", True, True),  # S02: odd numbers in the east
            ("C00002", "Bo", "east", "1991-01-01", "2025-01-01 09:00", False, True),  # S01
            ("C00003", "Cai", "south", "2000-02-29", "2025-01-01 09:00", True, True),  # S03
            ("C00004", "Di", "east", "1970-01-03", "2025-01-01 09:00", True, False),  # S01, closed
            ("C00005", "Ed", "south", "1980-02-28", "2025-12-29 09:00", True, True),  # S03, new
        ],
        ("birthday", "registered_at"),
    )
    reminders = table(
        "reminder_id customer_id rep_id task created_at due_at done_at",
        [
            ("T1", "C00002", "S01", "return_call", "2025-10-01 10:00", "2025-10-09 10:30", None),
            ("T2", "C00002", "S01", "dealer_visit", "2025-09-01 10:00", "2025-10-06 10:00", "2025-10-09 00:00"),
            ("T3", "C00002", "S01", "dealer_visit", "2025-09-01 10:00", "2025-10-06 10:00", "2025-10-08 23:59"),
            ("T4", "C00002", "S01", "dealer_visit", "2025-09-01 10:00", "2025-10-10 00:00", None),
            ("T5", "C00002", "S01", "return_call", "2025-10-09 00:00", "2025-10-09 12:00", None),
            ("T6", "C00001", "S02", "return_call", "2025-10-01 10:00", "2025-10-09 10:30", None),
            ("B1", "C00002", "S01", "call_back", "2025-09-24 10:00", "2025-09-29 10:00", None),  # a Monday
            ("B2", "C00002", "S01", "call_back", "2025-09-24 10:00", "2025-10-03 10:00", None),  # in the holidays
            ("B3", "C00002", "S01", "call_back", "2025-10-01 10:00", "2025-10-09 10:00", "2025-10-09 11:00"),
            ("B4", "C00002", "S01", "call_back", "2025-10-01 10:00", "2025-10-10 10:00", None),
            ("B5", "C00002", "S01", "call_back", "2025-09-20 10:00", "2025-09-27 10:00", "2025-09-29 10:00"),
            ("B6", "C00002", "S01", "call_back", "2025-10-08 10:00", "2025-10-11 10:00", None),  # a Saturday
        ],
        ("created_at", "due_at", "done_at"),
    )
    prices = table(
        "product_id from_date to_date list_price",
        [
            ("P1", "2025-01-01", "2025-10-01", 100.0),
            ("P1", "2025-10-02", "2025-10-04", 90.0),
            ("P1", "2025-10-05", "2025-10-05", 80.0),
            ("P1", "2025-10-06", "2025-10-08", 110.0),
            ("P1", "2025-10-09", None, 85.0),
        ],
        ("from_date", "to_date"),
    )
    stock = table(
        "product_id day opening received sold closing",
        [
            ("P2", "2025-10-07", 0, 0, 0, 0),
            ("P2", "2025-10-08", 0, 5, 5, 0),
            ("P2", "2025-10-09", 0, 4, 1, 3),
            ("P2", "2025-10-10", 3, 6, 0, 9),
        ],
        ("day",),
    )
    watches = table(
        "watch_id customer_id product_id watch asked_on price_level",
        [
            ("W1", "C00002", "P1", "price", "2025-09-01", 90.0),  # fires on 2 October, at the level itself
            ("W2", "C00002", "P1", "price", "2025-10-02", 85.0),  # on the 5th
            ("W3", "C00002", "P1", "price", "2025-10-02", 95.0),  # lower when asked: on the 9th, after a rise
            ("W4", "C00002", "P1", "price", "2025-09-01", 79.9),  # never
            ("W5", "C00001", "P1", "price", "2025-10-06", 90.0),  # on the 9th, of S02
            ("W6", "C00002", "P2", "stock", "2025-10-07", None),  # on the 8th, though all is sold again by night
            ("W7", "C00002", "P2", "stock", "2025-10-08", None),  # on the 9th
            ("W8", "C00002", "P2", "stock", "2025-10-09", None),  # never: more of what is there is no news
        ],
        ("asked_on",),
    )
    holidays = {f"2025-10-0{day}" for day in range(1, 9)}
    return {
        "customers": customers,
        "reps": table("rep_id name region", [("S01", "Gu", "east"), ("S02", "Hu", "east"), ("S03", "Ito", "south")]),
        "reminders": reminders,
        "prices": prices,
        "products": table("product_id name", [("P1", "lamp"), ("P2", "bowl")]),
        "stock": stock,
        "watches": watches.astype({"price_level": "float64"}),
        "call_intervals": calendar_of("2025-09-01", "2025-12-31", holidays),
    }
