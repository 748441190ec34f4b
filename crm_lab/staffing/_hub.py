"""The information hub: what the agent's screen shows when the telephone rings, and by which channels customers come."""

from __future__ import annotations

import pandas as pd

from crm_lab.base.columns import columns, complete, people

_ORDERS = ["order_id", "customer_id", "ordered_at", "status", "delivered_at"]
_TICKETS = ["ticket_id", "customer_id", "opened_at", "resolved_at"]


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
    placed = _before(screen, columns(orders, _ORDERS, "orders", empty_ok=True), "ordered_at")
    latest = placed.sort_values(["ordered_at", "order_id"]).groupby("call_id").tail(1).set_index("call_id")
    screen["orders"] = placed.groupby("call_id").size().reindex(screen.index, fill_value=0)
    screen["last_order"] = latest["order_id"]
    screen["ordered_at"] = latest["ordered_at"]
    to_come = ~latest["delivered_at"].le(latest["arrived_at"]) & latest["status"].ne("cancelled")
    screen["on_the_way"] = to_come.reindex(screen.index, fill_value=False)
    opened = _before(screen, columns(tickets, _TICKETS, "tickets", empty_ok=True), "opened_at")
    waiting = opened[~opened["resolved_at"].le(opened["arrived_at"])]
    screen["open_tickets"] = waiting.groupby("call_id").size().reindex(screen.index, fill_value=0)
    return screen.drop(columns="arrived_at")


def _before(screen: pd.DataFrame, events: pd.DataFrame, moment: str) -> pd.DataFrame:
    """Each event of a caller that came before the call, beside call_id and arrived_at."""
    asked = screen[["customer_id", "arrived_at"]].reset_index()
    both = asked.merge(events, on="customer_id")
    return both[both[moment] < both["arrived_at"]]


def channel_shares(tickets: pd.DataFrame) -> pd.DataFrame:
    """By which channel customers come with each topic.

    tickets  topic, channel

    Returns a DataFrame of shares: one row a topic, one column a channel, the most used channel first; each row sums to
    1, and rows with the largest share of that channel stand first.

    >>> tickets = pd.DataFrame({"topic": ["advice", "late", "advice"], "channel": ["phone", "chat", "phone"]})
    >>> channel_shares(tickets).to_dict("index")
    {'advice': {'phone': 1.0, 'chat': 0.0}, 'late': {'phone': 0.0, 'chat': 1.0}}
    """
    table = columns(tickets, ["topic", "channel"], "tickets")
    for name in table:
        complete(table[name], f"tickets, {name}")
    shares = pd.crosstab(table["topic"], table["channel"], normalize="index")
    order = table["channel"].value_counts().index
    return shares[order].sort_values(order[0], ascending=False, kind="stable").rename_axis(columns="channel")
