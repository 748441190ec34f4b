"""Failures of delivered orders, who speaks up, how they are served, and everything else brought to customer service.

Later orders are already known, and must not change. So what went wrong is drawn given what followed: a failure
that ended in a certain way (silent, badly served, well served) is first proposed without regard to the future,
then kept with a chance proportional to its factor `again` where the customer bought again within 90 days of
delivery, and to 1 where not. By Bayes' rule the odds of buying again after such a failure are then exactly
`again` times the odds after an average order: the joint distribution is that of a company in which failures and
service move the customer. Where 90 days have not yet passed, what will follow is drawn.
Failures of other causes (a line returned as damaged, a slow delivery) make a record more likely, nothing else.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.contact import FAILURES
from crm_lab.world.contact.moments import DAY, days_between, minutes, moments
from crm_lab.world.contact.parameters import TicketParameters
from crm_lab.world.contact.questions import awake, make_questions
from crm_lab.world.contact.service import add_service, response_hours
from crm_lab.world.orders import Shop
from crm_lab.world.parameters import TODAY

MOST_TICKETS = 1_000  # of one customer, on average over a block, for the numbers of the tickets
ENDINGS = ("silent", "badly_served", "well_served")


def make_tickets(
    shop: Shop, customers: pd.DataFrame, orders: pd.DataFrame, returns: pd.DataFrame, styles: pd.Series, block: int
) -> dict[str, pd.DataFrame]:
    """The tables failures and tickets of one block of customers.

    customers, orders, returns  the finished tables of the block
    styles                      style of each customer, in the order of `customers`

    >>> from crm_lab.world import World
    >>> world = World(200)
    >>> bool(world.tickets["order_id"].dropna().isin(world.orders["order_id"]).all())
    True
    """
    parameters, rng = shop.parameters.contact.tickets, stream(shop.seed, "tickets", block)
    customers = customers.reset_index(drop=True)
    orders = orders.assign(row=pd.Index(customers["customer_id"]).get_indexer(orders["customer_id"]))
    orders = orders.sort_values(["ordered_at", "order_id"], kind="stable").reset_index(drop=True)
    failed = _failed(parameters, orders, returns, styles.to_numpy(), rng)
    questions = make_questions(parameters, customers, orders, returns, stream(shop.seed, "questions", block))
    tickets = pd.concat([_complaints(failed, rng), questions], ignore_index=True)
    tickets = tickets[(tickets["opened_at"] < pd.Timestamp(TODAY)).to_numpy()]
    tickets = tickets.sort_values(["opened_at", "row", "topic"], kind="stable").reset_index(drop=True)
    add_service(parameters, tickets, customers, stream(shop.seed, "service", block))
    number = block * BLOCK * MOST_TICKETS + np.arange(1, len(tickets) + 1)
    tickets["ticket_id"] = pd.Series([f"T{n:09d}" for n in number], dtype="str")
    tickets["customer_id"] = customers["customer_id"].to_numpy()[tickets["row"].to_numpy(int)]
    return {"failures": failed[["order_id", "failure"]], "tickets": tickets}


def bought_again(orders: pd.DataFrame, days: int) -> np.ndarray:
    """For every order, whether its customer placed another within `days` days of its delivery.

    orders  customer_id, ordered_at, delivered_at
    Returns a bool array; False for an order that was not delivered.

    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C1", "C2"],
    ...     "ordered_at": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-02-01"]),
    ...     "delivered_at": pd.to_datetime(["2025-01-03", "2025-02-03", "2025-02-03"]),
    ... })
    >>> bought_again(orders, 90).tolist()
    [True, False, False]
    """
    customer = pd.factorize(orders["customer_id"])[0].astype("int64") * 10**9
    there = orders["delivered_at"].notna().to_numpy()
    delivered = customer + np.where(there, minutes(orders["delivered_at"]), 0)
    placed = np.append(np.sort(customer + minutes(orders["ordered_at"])), np.iinfo("int64").max)
    following = placed[np.searchsorted(placed, delivered, side="right")]
    return there & (following - delivered <= days * DAY)


def _failed(
    parameters: TicketParameters,
    orders: pd.DataFrame,
    returns: pd.DataFrame,
    styles: np.ndarray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """The delivered orders that went wrong: failure, ending, first response in hours, outcome in favour or not."""
    again = _will_buy_again(parameters, orders, rng)
    delivered = (orders["status"] == "delivered").to_numpy()
    blamed = returns[returns["reason"].isin(["damaged", "not_as_described", "too_late"])]
    damaged = orders["order_id"].isin(returns.loc[returns["reason"] == "damaged", "order_id"]).to_numpy()
    slow = days_between(orders["ordered_at"], orders["delivered_at"]) > parameters.promised_days
    suspect = slow | orders["order_id"].isin(blamed["order_id"]).to_numpy()
    base = np.where(suspect, parameters.failure_suspect, parameters.failure)
    failure = _failure(parameters, slow, damaged, rng)
    speaks = pd.Series(failure).map(parameters.complains).to_numpy(float)
    speaks = speaks * pd.Series(styles).map(parameters.speaks_up).to_numpy(float)[orders["row"]]
    complains = rng.random(len(orders)) < speaks
    response = response_hours(parameters, failure, rng)
    favour = rng.random(len(orders)) < parameters.favour
    well = favour & (response <= parameters.quick)
    ending = np.select([~complains, well], ["silent", "well_served"], "badly_served")
    factor = pd.Series(ending).map(parameters.again).to_numpy(float)
    keep = np.where(again, factor, 1.0) / max(parameters.again.values())
    fails = delivered & (rng.random(len(orders)) < base) & (rng.random(len(orders)) < keep)
    orders = orders.assign(failure=failure, ending=ending, response=response, favour=favour)
    return orders[fails].reset_index(drop=True)


def _will_buy_again(parameters: TicketParameters, orders: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    seen = bought_again(orders, parameters.again_days)
    waited = days_between(orders["delivered_at"], pd.Timestamp(TODAY)) / parameters.again_days
    passed = np.clip(np.nan_to_num(waited), 0, 1)
    chance = parameters.again_base * (1 - passed) / (1 - parameters.again_base * passed)
    return seen | (rng.random(len(orders)) < chance)


def _failure(
    parameters: TicketParameters, slow: np.ndarray, damaged: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    weight = np.tile([parameters.kinds[name] for name in FAILURES], (len(slow), 1))
    weight[:, FAILURES.index("late")] *= slow
    weight[:, FAILURES.index("damaged")] *= np.where(damaged, 40.0, 1.0)
    limits = weight.cumsum(axis=1) / weight.sum(axis=1, keepdims=True)
    return np.take(FAILURES, (rng.random(len(slow))[:, None] > limits[:, :-1]).sum(axis=1))


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
