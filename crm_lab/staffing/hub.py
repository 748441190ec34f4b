"""The contact hub: what the agent's screen shows when the telephone rings, and which channels a customer uses."""

from __future__ import annotations

import pandas as pd

from crm_lab.classify._input import columns, complete, people

_ORDERS = ["order_id", "customer_id", "ordered_at", "status", "delivered_at"]


def screen_pop(
    calls: pd.DataFrame, customers: pd.DataFrame, orders: pd.DataFrame, tickets: pd.DataFrame
) -> pd.DataFrame:
    """What the desk knows of each caller at the moment of the call (screen pop, 来电弹屏).

    calls      call_id, customer_id, arrived_at, topic; calls without a customer_id are left out
    customers  customer_id, name, kind
    orders     order_id, customer_id, ordered_at, status, delivered_at (empty: not delivered)
    tickets    ticket_id, customer_id, opened_at, resolved_at (empty: still open)

    Nothing that happened after the call counts. Returns a DataFrame indexed by call_id: customer_id, name, kind, topic,
    orders (placed before the call), last_order (the latest of them, empty for none), ordered_at, on_the_way (True while
    that order was to come; an order cancelled at any time is not), open_tickets (opened before the call and not
    resolved by then).
    Raises InputError where a column is missing.

    >>> from crm_lab.data import load
    >>> shown = screen_pop(*(load(name) for name in ("calls", "customers", "orders", "tickets")))
    >>> bool((shown["ordered_at"].dropna().dt.year >= 2024).all())
    True
    """
    known = columns(calls, ["call_id", "customer_id", "arrived_at", "topic"], "calls").dropna(subset="customer_id")
    named = people(customers, ["name", "kind"])
    screen = known.join(named, on="customer_id").set_index("call_id")
    placed = _before(screen, columns(orders, _ORDERS, "orders"), "ordered_at")
    latest = placed.sort_values(["ordered_at", "order_id"]).groupby("call_id").tail(1).set_index("call_id")
    screen["orders"] = placed.groupby("call_id").size().reindex(screen.index, fill_value=0)
    screen["last_order"] = latest["order_id"]
    screen["ordered_at"] = latest["ordered_at"]
    to_come = ~latest["delivered_at"].le(latest["arrived_at"]) & latest["status"].ne("cancelled")
    screen["on_the_way"] = to_come.reindex(screen.index, fill_value=False)
    opened = _before(
        screen, columns(tickets, ["ticket_id", "customer_id", "opened_at", "resolved_at"], "tickets"), "opened_at"
    )
    waiting = opened[~opened["resolved_at"].le(opened["arrived_at"])]
    screen["open_tickets"] = waiting.groupby("call_id").size().reindex(screen.index, fill_value=0)
    return screen.drop(columns="arrived_at")


def _before(screen: pd.DataFrame, events: pd.DataFrame, moment: str) -> pd.DataFrame:
    """Each event of a caller that came before the call, beside call_id and arrived_at."""
    asked = screen[["customer_id", "arrived_at"]].reset_index()
    both = asked.merge(events, on="customer_id")
    return both[both[moment] < both["arrived_at"]]


def channel_shares(tickets: pd.DataFrame) -> pd.DataFrame:
    """Which channels customers use for service, quarter by quarter.

    tickets  channel, opened_at

    Returns a DataFrame of shares: one row a quarter, one column a channel, the most used first; each row sums to 1.

    >>> tickets = pd.DataFrame({"channel": ["phone", "chat", "phone"], "opened_at": pd.Timestamp("2025-05-01")})
    >>> channel_shares(tickets).round(2).to_dict("records")
    [{'phone': 0.67, 'chat': 0.33}]
    """
    table = columns(tickets, ["channel", "opened_at"], "tickets")
    complete(table["opened_at"], "tickets, opened_at")
    complete(table["channel"], "tickets, channel")
    quarter = table["opened_at"].dt.to_period("Q").rename("quarter")
    shares = pd.crosstab(quarter, table["channel"], normalize="index")
    return shares[table["channel"].value_counts().index].rename_axis(columns="channel")
