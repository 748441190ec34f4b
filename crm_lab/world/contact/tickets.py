"""Failures of delivered orders, who spoke up, how they were served, and all else brought to customer service.

What went wrong and how it ended was drawn with the order, as it moves the customer; here it becomes records, tickets.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.contact import FAILURES
from crm_lab.world.contact.moments import DAY, minutes, moments
from crm_lab.world.contact.questions import awake, make_questions
from crm_lab.world.contact.service import add_service
from crm_lab.world.failures import ENDINGS
from crm_lab.world.orders import Shop
from crm_lab.world.parameters import TODAY

MOST_TICKETS = 1_000  # of one customer, on average over a block, for the numbers of the tickets


def make_tickets(
    shop: Shop, customers: pd.DataFrame, orders: pd.DataFrame, returns: pd.DataFrame, block: int
) -> dict[str, pd.DataFrame]:
    """The tables failures and tickets of one block of customers.

    customers, orders, returns  the finished tables of the block; orders with their trouble

    >>> from crm_lab.world import World
    >>> world = World(200)
    >>> bool(world.tickets["order_id"].dropna().isin(world.orders["order_id"]).all())
    True
    """
    parameters, rng = shop.parameters.contact.tickets, stream(shop.seed, "tickets", block)
    customers = customers.reset_index(drop=True)
    orders = orders.assign(row=pd.Index(customers["customer_id"]).get_indexer(orders["customer_id"]))
    orders = orders.sort_values(["ordered_at", "order_id"], kind="stable").reset_index(drop=True)
    failed = _failed(orders)
    questions = make_questions(parameters, customers, orders, returns, stream(shop.seed, "questions", block))
    tickets = pd.concat([_complaints(failed, rng), questions], ignore_index=True)
    tickets = tickets[(tickets["opened_at"] < pd.Timestamp(TODAY)).to_numpy()]
    tickets = tickets.sort_values(["opened_at", "row", "topic"], kind="stable").reset_index(drop=True)
    add_service(parameters, tickets, customers, stream(shop.seed, "service", block))
    number = block * BLOCK * MOST_TICKETS + np.arange(1, len(tickets) + 1)
    tickets["ticket_id"] = pd.Series([f"T{n:09d}" for n in number], dtype="str")
    tickets["customer_id"] = customers["customer_id"].to_numpy()[tickets["row"].to_numpy(int)]
    return {"failures": failed[["order_id", "failure"]], "tickets": tickets}


def _failed(orders: pd.DataFrame) -> pd.DataFrame:
    """The delivered orders that went wrong, with the codes of the failure and of its ending."""
    failed = orders[(orders["status"] == "delivered") & (orders["failure"] >= 0)].reset_index(drop=True)
    return failed.assign(failure=np.take(FAILURES, failed["failure"]), ending=np.take(ENDINGS, failed["ending"]))


def _complaints(failed: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The tickets of those who did not stay silent, opened after they could know."""
    failed = failed[(failed["ending"] != "silent").to_numpy()]
    waited = 20 + np.ceil(rng.exponential(1.2, len(failed)) * DAY).astype("int64")
    opened = awake(minutes(failed["delivered_at"]) + waited)
    return pd.DataFrame(
        {
            "row": failed["row"],
            "order_id": failed["order_id"],
            "return_id": None,
            "opened_at": moments(opened),
            "topic": failed["failure"],
            "complaint": True,
            "response": failed["response"],
            "favour": failed["favour"],
            "revenue": failed["revenue"],
        }
    )
