"""Matters brought to customer service that are no complaints: advice, deliveries, cancellations and returns.

Advice of the last 12 months is as many tickets as `customers.advice_contacts` says. Each of the others belongs to
an order or a return that exists, and is opened at a time when it could be asked.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.world.contact.moments import DAY, NOW, minutes, moments
from crm_lab.world.contact.parameters import TicketParameters
from crm_lab.world.parameters import TODAY

YEAR_AGO = int(minutes(pd.Timestamp(TODAY) - pd.DateOffset(years=1)))


def make_questions(
    parameters: TicketParameters,
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    returns: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """All tickets of one block that are no complaints, without what the service did.

    orders  with `row`, the position of the customer in `customers`
    Returns row, order_id, return_id, opened_at, topic, complaint.

    >>> from crm_lab.world import World
    >>> world = World(100)
    >>> int((world.tickets["topic"] == "advice").sum()) == int(world.customers["advice_contacts"].sum())
    True
    """
    parts = [
        _advice(customers, orders, rng),
        _on_the_way(parameters, orders, rng),
        _cancellations(parameters, orders, rng),
        _about_returns(parameters, orders, returns, rng),
    ]
    return pd.concat(parts, ignore_index=True).assign(complaint=False)


def awake(minute: np.ndarray) -> np.ndarray:
    """The same minutes since 1970, those before seven in the morning seven hours later the same day.

    >>> (awake(np.array([3 * 60, 9 * 60])) / 60).tolist()
    [10.0, 9.0]
    """
    return np.where(minute % DAY < 7 * 60, minute + 7 * 60, minute)


def _advice(customers: pd.DataFrame, orders: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Half of the advice lies shortly before one of the customer's orders of the year, the rest anywhere."""
    row = np.repeat(np.arange(len(customers)), customers["advice_contacts"])
    earliest = np.maximum(minutes(customers["registered_at"]), YEAR_AGO)[row]
    anywhere = awake(earliest + np.ceil((NOW - earliest) * (0.001 + 0.99 * rng.random(len(row)))).astype("int64"))
    year = orders[minutes(orders["ordered_at"]) >= YEAR_AGO].sort_values(["row", "ordered_at"], kind="stable")
    count = np.bincount(year["row"], minlength=len(customers))
    first = np.cumsum(count) - count
    pick = first[row] + np.floor(rng.random(len(row)) * count[row]).astype("int64")
    ordered = np.append(minutes(year["ordered_at"]), 0)[np.where(count[row] > 0, pick, -1)]
    before = ordered - _wait(1.5, len(row), rng)
    fits = (before > earliest) & (rng.random(len(row)) < 0.5)
    return _tickets("advice", row, np.where(fits, before, anywhere))


def _on_the_way(parameters: TicketParameters, orders: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    asks = (orders["status"] != "cancelled") & (rng.random(len(orders)) < parameters.asks_delivery)
    asked, part = orders[asks], 0.3 + 0.7 * rng.random(len(orders))[asks]
    arrives = np.where(asked["delivered_at"].isna(), NOW, minutes(asked["delivered_at"]))
    opened = _between(minutes(asked["ordered_at"]), arrives, part)
    return _tickets("delivery_question", asked["row"], opened, asked)


def _cancellations(parameters: TicketParameters, orders: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    asks = (orders["status"] == "cancelled") & (rng.random(len(orders)) < parameters.asks_cancellation)
    asked, wait = orders[asks], _wait(0.5, len(orders), rng)[asks]
    return _tickets("cancellation", asked["row"], minutes(asked["ordered_at"]) + wait, asked)


def _about_returns(
    parameters: TicketParameters, orders: pd.DataFrame, returns: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    asks = rng.random(len(returns)) < parameters.asks_return
    asked = returns[asks].merge(orders[["order_id", "row", "delivered_at"]], on="order_id")
    opened = _between(minutes(asked["delivered_at"]), minutes(asked["returned_at"]), rng.random(len(asked)))
    return _tickets("return_request", asked["row"], opened, asked)


def _wait(days: float, size: int, rng: np.random.Generator) -> np.ndarray:
    return np.ceil(rng.exponential(days, size) * DAY).astype("int64")


def _between(earlier: np.ndarray, later: np.ndarray, part: np.ndarray) -> np.ndarray:
    return earlier + np.floor((later - earlier) * part).astype("int64")


def _tickets(
    topic: str, row: np.ndarray | pd.Series, opened: np.ndarray, about: pd.DataFrame | None = None
) -> pd.DataFrame:
    frame = pd.DataFrame({"row": np.asarray(row), "opened_at": moments(opened), "topic": topic})
    for name in ("order_id", "return_id"):
        frame[name] = None if about is None or name not in about else about[name].to_numpy()
    return frame
