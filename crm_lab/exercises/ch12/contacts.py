"""The information hub: what the desk knows when the telephone rings, how call centres grew, how customers come."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from crm_lab import data, staffing
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, sorted_into, texts, then
from crm_lab.exercises._orders import all_orders, delivered

# ---- what the desk knows


def at_any_time(t: Tables) -> pd.DataFrame:
    """Orders as if all had been placed before the first call."""
    return t.table("orders").assign(ordered_at=lambda orders: orders["ordered_at"].min())


def callers(t: Tables, orders: Any = all_orders) -> pd.DataFrame:
    """The screen pop of every known caller, cut to what the task asks for."""
    shown = staffing.screen_pop(t.table("calls"), t.table("customers"), orders(t), t.table("tickets"))
    return shown[["name", "orders", "last_order"]]


def also_at_that_moment(t: Tables) -> pd.DataFrame:
    """Orders as if placed a hair earlier: one placed while the telephone begins to ring counts, too."""
    return t.table("orders").assign(ordered_at=lambda orders: orders["ordered_at"] - pd.Timedelta(microseconds=1))


def before_the_day(t: Tables) -> pd.DataFrame:
    """Orders as if placed in the last second of their day, in the same order: those of the day of the call are lost."""
    orders = t.table("orders")
    midnight = orders["ordered_at"].dt.normalize() + pd.Timedelta(days=1)
    return orders.assign(ordered_at=midnight - (midnight - orders["ordered_at"]) / 100_000)


def one_order(t: Tables, pick: str) -> pd.DataFrame:
    """One of the orders placed before each call, as DuckDB picks it."""
    query = f"""
        SELECT call_id, {pick} AS last_order
        FROM calls
        JOIN customers ON customers.customer_id = calls.customer_id
        LEFT JOIN orders ON orders.customer_id = calls.customer_id AND ordered_at < arrived_at
        GROUP BY call_id
    """
    shop = data.connect({name: t.table(name) for name in ("calls", "customers", "orders")})
    return callers(t).assign(last_order=shop.sql(query).df().set_index("call_id")["last_order"])


def known_callers(t: Tables, screen: pd.DataFrame) -> dict[str, float]:
    calls = len(t.table("calls"))
    return {"known": len(screen), "all": calls, "share": len(screen) / calls, "orders": (screen["orders"] > 0).sum()}


declare(
    callers,
    "sql",
    key=("call_id",),
    sections=("cti-idea",),
    mistakes={
        "orders after the call": {"orders": at_any_time},
        "callers without orders": then(lambda screen: screen.query("orders > 0")),
        "rows not orders": then(lambda screen: screen.assign(orders=screen["orders"].clip(lower=1))),
        "first order": partial(one_order, pick="arg_min(order_id, ordered_at)"),
        "highest number": partial(one_order, pick="max(order_id)"),
        "any order": partial(one_order, pick="any_value(order_id)"),
        "at that moment": {"orders": also_at_that_moment},
        "before the day": {"orders": before_the_day},
        "delivered only": {"orders": delivered},
    },
    facts=known_callers,
)

# ---- how call centres grew

STAGES = {
    "hotline": ("d1", "d8"),
    "voice_menu": ("d2",),
    "cti": ("d3", "d6"),
    "contact_centre": ("d4", "d7"),
    "cloud": ("d5", "d9"),
}


def stages(t: Tables, **taken: str) -> dict[str, str]:
    """The stage of each call centre; one stage may be taken for another."""
    return sorted_into(STAGES, **taken)


def desks(t: Tables) -> pd.DataFrame:
    """Nine call centres as their people describe them."""
    return pd.DataFrame(texts("stages", __name__).items(), columns=["id", "description"])


declare(
    stages,
    "choice",
    options=tuple(STAGES),
    transfers=False,
    sections=("growth-idea",),
    supplies={"desks": desks},
    mistakes={
        "telephone is telephone": {"cti": "hotline"},
        "several channels are new": {"contact_centre": "cloud"},
        "a machine that answers": then(lambda right: {**right, "d9": "voice_menu"}),
        "the file makes the centre": {"cti": "contact_centre"},
    },
)

# ---- one history for all channels

SOON = pd.Timedelta(days=30)  # stated in the task


def contacts(t: Tables) -> pd.DataFrame:
    """Customers' contacts by day, as they come out of a pile: in no order."""
    tickets = t.table("tickets")
    tickets = tickets.assign(day=tickets["opened_at"].dt.normalize())[["ticket_id", "customer_id", "day", "channel"]]
    return tickets.sample(frac=1, random_state=12, ignore_index=True)


def beside_the_last(t: Tables, by_customer: bool = True, sort: bool = True) -> pd.DataFrame:
    """For each contact: `gap` since the one before it, empty at the first one, and whether the channel `differs`."""
    table = contacts(t)
    table = table.sort_values(["customer_id", "day", "ticket_id"]) if sort else table
    own = table[["day", "channel"]]
    before = own.groupby(table["customer_id"]).shift() if by_customer else own.shift()
    return pd.DataFrame({"gap": table["day"] - before["day"], "differs": table["channel"] != before["channel"]})


def switched(t: Tables, of: Any = lambda gap: gap <= SOON, all_of: Any = None, **pairs: bool) -> float:
    """Of the contacts that follow another of the same customer within some days, the share by another channel.

    of      gaps -> which contacts count as soon after
    all_of  gaps -> what their switches are divided by; by default all of these contacts
    """
    table = beside_the_last(t, **pairs)
    counted = of(table["gap"])
    return float((table["differs"] & counted).sum() / (all_of or of)(table["gap"]).sum())


def customers_who_switch(t: Tables) -> float:
    used = t.table("tickets").groupby("customer_id")["channel"].agg(["size", "nunique"])
    return float((used.loc[used["size"] > 1, "nunique"] > 1).mean())


declare(
    switched,
    "number",
    sections=("hub-idea",),
    supplies={"contacts": contacts},
    mistakes={
        "whatever the time": {"of": lambda gap: gap.notna()},
        "neighbours in the table": {"by_customer": False},
        "not sorted": {"sort": False},
        "under thirty days": {"of": lambda gap: gap < SOON},
        "of all contacts": {"all_of": lambda gap: gap.isna() | gap.notna()},
        "of all that follow": {"all_of": lambda gap: gap.notna()},
        "first contacts kept": {"of": lambda gap: ~(gap > SOON)},
        "first contacts": {"of": lambda gap: gap.isna() | gap.notna()},
        "customers": customers_who_switch,
        "percent": then(lambda share: 100 * share),
        "same channel": then(lambda share: 1 - share),
    },
    facts=lambda t, share: {"share": share},
)
