"""Matters brought to customer service that are no complaints: advice, deliveries, cancellations and returns.

Each of the last three belongs to an order or a return that exists, and is opened at a time when it could be asked.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.world._clock import Clock
from crm_lab.world._contact.contact_parameters import TicketParameters
from crm_lab.world._contact.moments import DAY, minutes, moments
from crm_lab.world._draws import Draws
from crm_lab.world.parameters import FIRST_DAY

FIRST = int(minutes(pd.Timestamp(FIRST_DAY)))


def advice_rate(advice: dict[str, float], clock: Clock, traits: pd.DataFrame, quarter: int) -> np.ndarray:
    """Times each customer is expected to ask for advice in one quarter.

    advice  mean in a calendar year, by style; who registers within the year asks for as much in what is left of it
    """
    days = clock.days_of(quarter)
    year = clock.days.year.to_numpy() == clock.days.year[days.start]
    first, end = int(np.flatnonzero(year)[0]), int(np.flatnonzero(year)[-1]) + 1
    since = traits["registered"].to_numpy()
    here = np.clip(days.stop - np.maximum(since, days.start), 0, None)
    left = np.maximum(end - np.maximum(since, first), 1e-9)
    return traits["style"].map(advice).to_numpy(float) * np.minimum(here / left, 1)


def make_questions(
    parameters: TicketParameters,
    clock: Clock,
    traits: pd.DataFrame,
    advice: dict[int, np.ndarray],
    orders: pd.DataFrame,
    returns: pd.DataFrame,
    rng: Draws,
) -> pd.DataFrame:
    """All tickets of some quarters that are no complaints, without what the service did.

    advice  times each customer asks for advice, by quarter
    orders  of these quarters, as make_orders makes them; returns  what of them is sent back
    Returns row (of the customer in `traits`), quarter, order_id, return_id, opened_at, topic, complaint.

    >>> from crm_lab.world import World
    >>> world = World(100)
    >>> int((world.tickets["topic"] == "advice").sum()) == int(world.customers["advice_contacts"].sum())
    True
    """
    parts = [
        _advice(parameters, clock, traits, advice, orders, rng),
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


def _advice(
    parameters: TicketParameters,
    clock: Clock,
    traits: pd.DataFrame,
    advice: dict[int, np.ndarray],
    orders: pd.DataFrame,
    rng: Draws,
) -> pd.DataFrame:
    """Some of the advice lies shortly before one of the customer's orders of the quarter, the rest anywhere in it."""
    size = len(traits)
    row = np.concatenate([np.repeat(np.arange(len(count)), count) for count in advice.values()])
    quarter = np.repeat(list(advice), [count.sum() for count in advice.values()]).astype("int64")
    rng = rng.over(quarter)
    starts = FIRST + np.array(clock.starts) * DAY
    registered = FIRST + np.round(traits["registered"].to_numpy() * DAY).astype("int64")
    earliest, end = np.maximum(registered[row], starts[quarter]), starts[quarter + 1]
    inside = 0.001 + 0.99 * rng.random(len(row))
    anywhere = awake(earliest + np.ceil((end - earliest) * inside).astype("int64"))
    key = orders["quarter"].to_numpy() * size + orders["buyer"].to_numpy()
    sort = np.argsort(key, kind="stable")
    own = quarter * size + row
    first, last = (np.searchsorted(key[sort], own, side=side) for side in ("left", "right"))
    pick = first + np.floor(rng.random(len(row)) * (last - first)).astype("int64")
    ordered = np.append(minutes(orders["ordered_at"])[sort], 0)[np.where(last > first, pick, -1)]
    before = ordered - _wait(parameters.advice_days, len(row), rng)
    fits = (before > earliest) & (rng.random(len(row)) < parameters.advice_before)
    return _tickets("advice", row, quarter, np.where(fits, before, anywhere))


def _on_the_way(parameters: TicketParameters, orders: pd.DataFrame, rng: Draws) -> pd.DataFrame:
    rng, size = rng.over(orders["quarter"].to_numpy()), len(orders)
    asks = (orders["status"] != "cancelled").to_numpy() & (rng.random(size) < parameters.asks_delivery)
    part = parameters.asks_delivery_from + (1 - parameters.asks_delivery_from) * rng.random(size)[asks]
    asked = orders[asks]
    return _about("delivery_question", asked, _between(asked["ordered_at"], asked["delivered_at"], part))


def _cancellations(parameters: TicketParameters, orders: pd.DataFrame, rng: Draws) -> pd.DataFrame:
    rng, size = rng.over(orders["quarter"].to_numpy()), len(orders)
    asks = (orders["status"] == "cancelled").to_numpy() & (rng.random(size) < parameters.asks_cancellation)
    asked, wait = orders[asks], _wait(parameters.cancellation_days, size, rng)[asks]
    return _about("cancellation", asked, minutes(asked["ordered_at"]) + wait)


def _about_returns(
    parameters: TicketParameters, orders: pd.DataFrame, returns: pd.DataFrame, rng: Draws
) -> pd.DataFrame:
    order = orders.iloc[returns["row"].to_numpy()]
    rng = rng.over(order["quarter"].to_numpy())
    asks, part = rng.random(len(returns)) < parameters.asks_return, rng.random(len(returns))
    asked, order = returns[asks], order[asks]
    tickets = _about("return_request", order, _between(order["delivered_at"], asked["returned_at"], part[asks]))
    return tickets.assign(return_id=asked["return_id"].to_numpy())


def _wait(days: float, size: int, rng: Draws) -> np.ndarray:
    return np.ceil(rng.exponential(days, size) * DAY).astype("int64")


def _between(earlier: pd.Series, later: pd.Series, part: np.ndarray) -> np.ndarray:
    begin, end = minutes(earlier), minutes(later)
    return begin + np.floor((end - begin) * part).astype("int64")


def _about(topic: str, orders: pd.DataFrame, opened: np.ndarray) -> pd.DataFrame:
    """Tickets about these orders, one each."""
    tickets = _tickets(topic, orders["buyer"].to_numpy(), orders["quarter"].to_numpy(), opened)
    return tickets.assign(order_id=orders["order_id"].to_numpy())


def _tickets(topic: str, row: np.ndarray, quarter: np.ndarray, opened: np.ndarray) -> pd.DataFrame:
    frame = {"row": row, "quarter": quarter, "opened_at": moments(opened), "topic": topic}
    return pd.DataFrame({**frame, "order_id": None, "return_id": None})
