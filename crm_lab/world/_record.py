"""What is known on a day: of all that quarters lead to, the part that has happened by then."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.world._contact.contact_parameters import TicketParameters
from crm_lab.world._orders import loss_by_order

Tables = dict[str, pd.DataFrame]


def known(tables: Tables, customers: pd.DataFrame, today: pd.Timestamp, parameters: TicketParameters) -> Tables:
    """The orders, order_lines, returns, failures, tickets and posts as they stand on a day.

    tables     of these names, with all that ever becomes of the orders
    customers  the table on that day

    A parcel on its way is an open order; what comes back later is not yet known and costs no margin; a ticket not yet
    resolved is pending; advice leaves the record after a year; who was not seen after a day wrote in no app since.
    """
    returns = tables["returns"][(tables["returns"]["returned_at"] < today).to_numpy()]
    orders = _orders(tables["orders"], returns, today)
    alive = orders.loc[orders["status"] == "delivered", "order_id"]
    failures = tables["failures"]
    return {
        "orders": orders,
        "order_lines": tables["order_lines"],
        "returns": returns,
        "failures": failures[failures["order_id"].isin(alive)],
        "tickets": _tickets(tables["tickets"], customers, returns, today, parameters),
        "posts": tables["posts"][(tables["posts"]["posted_at"] < today).to_numpy()],
    }


def _orders(orders: pd.DataFrame, returns: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    on_its_way = (orders["delivered_at"] >= today).to_numpy()
    margin = orders["gross"] - orders["order_id"].map(loss_by_order(returns)).fillna(0.0)
    return orders.assign(
        status=np.where(on_its_way, "open", orders["status"]),
        delivered_at=orders["delivered_at"].mask(on_its_way),
        margin=margin,
    )


def _tickets(
    tickets: pd.DataFrame,
    customers: pd.DataFrame,
    returns: pd.DataFrame,
    today: pd.Timestamp,
    parameters: TicketParameters,
) -> pd.DataFrame:
    to_come = tickets["return_id"].notna() & ~tickets["return_id"].isin(returns["return_id"])
    old = tickets["opened_at"] < today - pd.DateOffset(months=parameters.advice_kept)
    gone = (old & (tickets["topic"] == "advice")) | to_come | (tickets["opened_at"] >= today)
    tickets = tickets[~gone.to_numpy()]
    last = tickets["customer_id"].map(customers.set_index("customer_id")["last_visit_at"])
    unseen = (tickets["opened_at"] > last) & tickets["channel"].isin(["chat", "app"])
    pending = tickets["resolved_at"] >= today
    return tickets.assign(
        channel=tickets["channel"].mask(unseen, "phone"),
        first_response_at=tickets["first_response_at"].where(tickets["first_response_at"] < today),
        resolved_at=tickets["resolved_at"].mask(pending),
        outcome=tickets["outcome"].mask(pending, "pending"),
        compensation=tickets["compensation"].mask(pending, 0.0),
    )
