"""Failures of delivered orders, who spoke up, how they were served, and all else brought to customer service.

What went wrong and how it ended was drawn with the order, as it moves the customer; here it becomes records, tickets.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.schema.contact import FAILURES
from crm_lab.world._contact.contact_parameters import TicketParameters
from crm_lab.world._contact.moments import DAY, minutes, moments
from crm_lab.world._contact.questions import awake, make_questions
from crm_lab.world._contact.service import add_service
from crm_lab.world._draws import Draws, numbers
from crm_lab.world._failures import ENDINGS
from crm_lab.world._orders import Trade


def make_tickets(
    trade: Trade,
    traits: pd.DataFrame,
    advice: dict[int, np.ndarray],
    orders: pd.DataFrame,
    returns: pd.DataFrame,
    generosity: np.ndarray,
    block: int,
) -> dict[str, pd.DataFrame]:
    """The tables failures and tickets of some quarters of one block of customers.

    advice           times each customer asks for advice, by quarter
    orders, returns  of these quarters, as make_orders makes them
    generosity       of the compensation, by number of the quarter

    >>> from crm_lab.world import World
    >>> world = World(200)
    >>> bool(world.tickets["order_id"].dropna().isin(world.orders["order_id"]).all())
    True
    """
    parameters, seed = trade.parameters.contact.tickets, trade.seed
    failed = _failed(orders)
    complaints = _complaints(parameters, failed, Draws(seed, "tickets", block, failed["quarter"].to_numpy()))
    rng = Draws(seed, "questions", block, orders["quarter"].to_numpy())
    questions = make_questions(parameters, trade.clock, traits, advice, orders, returns, rng)
    tickets = pd.concat([complaints, questions], ignore_index=True)
    tickets = tickets.sort_values(["quarter", "opened_at", "row", "topic"], kind="stable").reset_index(drop=True)
    quarter = tickets["quarter"].to_numpy()
    add_service(parameters, tickets, generosity[quarter], Draws(seed, "service", block, quarter))
    tickets["ticket_id"] = pd.Series([f"T{n:09d}" for n in numbers(block, quarter)], dtype="str")
    customer = np.array([f"C{n:05d}" for n in traits.index], dtype=object)
    tickets["customer_id"] = customer[tickets["row"].to_numpy(int)]
    return {"failures": failed[["order_id", "failure"]], "tickets": tickets}


def _failed(orders: pd.DataFrame) -> pd.DataFrame:
    """The orders that went wrong, with the codes of the failure and of its ending."""
    failed = orders[(orders["status"] == "delivered") & (orders["failure"] >= 0)].reset_index(drop=True)
    return failed.assign(failure=np.take(FAILURES, failed["failure"]), ending=np.take(ENDINGS, failed["ending"]))


def _complaints(parameters: TicketParameters, failed: pd.DataFrame, rng: Draws) -> pd.DataFrame:
    """The tickets of those who did not stay silent, opened after they could know."""
    failed = failed[(failed["ending"] != "silent").to_numpy()]
    rng = rng.over(failed["quarter"].to_numpy())
    waited = parameters.known_least + np.ceil(rng.exponential(parameters.known, len(failed)) * DAY).astype("int64")
    opened = awake(minutes(failed["delivered_at"]) + waited)
    return pd.DataFrame(
        {
            "row": failed["buyer"],
            "quarter": failed["quarter"],
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
