"""Rows on which the rules of a task turn: midnights, visits at the last day of a span, a mark of 0: in every company.

Times of a few orders move within their day, dates of a few last visits by a few days, one mark to 0; nothing else. So
figures, keys and the order of events stay, and an answer that is wrong at an edge is wrong on every company. A visit or
a mark moves only where no ticket and no survey tells the same thing again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

DAY = pd.Timedelta(days=1)
YEAR = 365 * DAY  # the span most tasks look back
RECENT = 61 * DAY  # single visits are known for as long: the last visit of these customers stays
LATE_VISITS = (89, 90, 91)  # days ago, of people one may write to
OLD_VISITS = (364, 365, 366)  # days ago, of people with an open account
FIRMS = ("business", "dealer")  # the least of their marks becomes 0, which is not the same as no answer
MIDNIGHTS = 3  # customers whose last order comes at midnight


def with_edges(tables: Mapping[str, pd.DataFrame], today: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """`customers` and `orders` with edge rows planted; the same for the same tables.

    tables  customers, orders, tickets and surveys, at least
    today   midnight after the last day of business
    """
    customers, orders = tables["customers"].copy(), tables["orders"].copy()
    rows = [*_at_midnight(customers, orders, today)]
    orders.loc[rows, "ordered_at"] = orders.loc[rows, "ordered_at"].dt.normalize()
    joined = customers.index[customers["registered_at"].dt.normalize() == today - YEAR][:1]
    customers.loc[joined, "registered_at"] = today - YEAR
    wrote = customers["customer_id"].isin(tables["tickets"]["customer_id"])
    days = pd.Series(dict(_visits(customers[~wrote], orders, today)), dtype="datetime64[us]")
    clock = customers["last_visit_at"] - customers["last_visit_at"].dt.normalize()
    customers.loc[days.index, "last_visit_at"] = days + clock.loc[days.index]
    asked = customers["customer_id"].isin(tables["surveys"]["customer_id"])
    firms = customers.loc[customers["kind"].isin(FIRMS) & ~asked, "recommend_score"].dropna()
    customers.loc[firms.index[firms == firms.min()][:1], "recommend_score"] = 0  # an answer, though it is none to like
    return {"customers": customers, "orders": orders}


def _at_midnight(customers: pd.DataFrame, orders: pd.DataFrame, today: pd.Timestamp) -> Iterator[Any]:
    """Orders that may come at midnight: the first of the day a year ago, last orders of that day, some last ones."""
    midnight = orders["ordered_at"].dt.normalize()
    alone = ~orders.assign(day=midnight).duplicated(["customer_id", "day"], keep=False)
    registered = orders["customer_id"].map(customers.set_index("customer_id")["registered_at"])
    free = alone & (registered <= midnight) & (midnight < today - RECENT) & (orders["status"] == "delivered")
    last = orders[orders["status"] != "cancelled"].sort_values("ordered_at").groupby("customer_id").tail(1).index
    lasting, that_day = free & orders.index.isin(last), midnight == today - YEAR
    yield from orders.index[free & that_day][:1]
    yield from orders.index[lasting & that_day]
    yield from orders[lasting & ~that_day].sort_values("customer_id").index[:MIDNIGHTS]


def _visits(customers: pd.DataFrame, orders: pd.DataFrame, today: pd.Timestamp) -> Iterator[tuple[Any, pd.Timestamp]]:
    """People who never ordered, each with the day to which their last visit moves: those who were there about then."""
    never = customers[
        ~customers["customer_id"].isin(orders["customer_id"]) & (customers["last_visit_at"] < today - RECENT)
    ]
    reached = never[never["account_open"] & never["marketing_consent"]]
    closed = never[~never["account_open"] & never["marketing_consent"]]
    used: set[Any] = set()
    for people, days in (
        (reached, LATE_VISITS),
        (closed, LATE_VISITS[1:2]),
        (never[never["account_open"]], OLD_VISITS),
    ):
        yield from _nearest(people, [today - ago * DAY for ago in days], used)


def _nearest(people: pd.DataFrame, days: Iterable[pd.Timestamp], used: set[Any]) -> Iterator[tuple[Any, pd.Timestamp]]:
    for day in days:
        able = people[(people["registered_at"] < day) & ~people.index.isin(used)]
        if len(able):
            row = (able["last_visit_at"] - day).abs().idxmin()
            used.add(row)
            yield row, day
