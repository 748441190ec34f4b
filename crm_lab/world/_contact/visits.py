"""Visits to shop and app: browsing that leads to buying, one quarter at a time.

Orders are already known, so visits are made to fit them. What is seen in a visit without an order follows fixed
distributions; in a visit with an order the same distributions are tilted by exp(weight × value). By Bayes' rule
the logit of ordering is then exactly a constant plus the weights times the values: a logistic model. The constant
is the log odds of an order in a visit. Pages, minutes and cart also contain the checkout: knowing them is knowing
the outcome. The latest visit of every customer is the one of `customers.last_visit_at`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import stream
from crm_lab.world._contact.contact_parameters import VisitParameters
from crm_lab.world._contact.moments import DAY, minutes, moments
from crm_lab.world._draws import numbers
from crm_lab.world._orders import Trade
from crm_lab.world.parameters import FIRST_DAY

TRADE = ("business", "dealer")  # their accounts have no app


def make_visits(
    trade: Trade,
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    mailed: np.ndarray,
    traits: pd.DataFrame,
    block: int,
    quarter: int,
) -> pd.DataFrame:
    """The visits of one block of customers in one quarter, by time.

    customers  the table at the end of the quarter
    orders     of the quarter
    mailed     which of the customers allow offers in the whole quarter
    traits     of these customers: rate, behaviour, there

    >>> from crm_lab.world import World
    >>> world = World(200)
    >>> bool(world.visits.groupby("customer_id")["started_at"].max().lt(world.today).all())
    True
    """
    parameters, rng = trade.parameters.contact.visits, stream(trade.seed, "visits", block, quarter)
    start, end = (int(minutes(trade.clock.end_of(number))) for number in (quarter - 1, quarter))
    customers = customers.reset_index(drop=True)
    orders = orders.assign(row=pd.Index(customers["customer_id"]).get_indexer(orders["customer_id"]))
    orders["at"] = minutes(orders["ordered_at"])
    own = orders[orders["channel"].isin(["web", "app"])]
    parts = [
        _idle(trade, customers, own, _interest(parameters, traits), start, rng),
        _last(customers, own, start),
        _buying(own),
    ]
    visits = pd.concat(parts, ignore_index=True)
    _add_browsing(parameters, visits, rng)
    _add_source(parameters, visits, mailed, rng)
    in_app = _app_share(trade, customers, traits)[visits["row"].to_numpy()]
    _add_channel(parameters, visits, in_app, rng)
    visits = _in_time(visits, start, end)
    visits["customer_id"] = customers["customer_id"].to_numpy()[visits["row"]]
    number = numbers(block, np.full(len(visits), quarter))
    visits["visit_id"] = pd.Series([f"V{n:09d}" for n in number], index=visits.index, dtype="str")
    return visits


def last_days(visits: pd.DataFrame, days: int, today: pd.Timestamp) -> pd.DataFrame:
    """The visits of so many days before today; one that began before and ended within is shortened."""
    start = int(minutes(today)) - days * DAY
    begin, ends = minutes(visits["started_at"]), minutes(visits["started_at"]) + visits["minutes"].to_numpy()
    kept = (begin >= start) | (visits["ordered"].to_numpy() & (ends >= start))
    begin = np.maximum(begin, start)
    return visits.assign(started_at=moments(begin), minutes=ends - begin)[kept]


def _visits(row: np.ndarray, at: np.ndarray, last: bool) -> pd.DataFrame:
    frame = pd.DataFrame({"row": row, "at": at, "ordered": False, "fixed": last})
    return frame.assign(order_id=None, order_channel=None)


def _buying(own: pd.DataFrame) -> pd.DataFrame:
    """One visit for every order placed in shop or app; it ends with the order."""
    return _visits(own["row"].to_numpy(), own["at"].to_numpy(), True).assign(
        ordered=True, order_id=own["order_id"].to_numpy(), order_channel=own["channel"].to_numpy()
    )


def _last(customers: pd.DataFrame, own: pd.DataFrame, start: int) -> pd.DataFrame:
    """The last visit on record of every customer seen in the window, unless it was an order."""
    last = minutes(customers["last_visit_at"])
    bought_last = own.loc[own["at"].to_numpy() == last[own["row"]], "row"]
    row = np.setdiff1d(np.flatnonzero(last >= start), bought_last)
    return _visits(row, last[row], True)


def _idle(
    trade: Trade,
    customers: pd.DataFrame,
    own: pd.DataFrame,
    interest: np.ndarray,
    start: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Visits without an order, some at any time and some before an order, up to the last visit on record."""
    parameters, last = trade.parameters.contact.visits, minutes(customers["last_visit_at"])
    begin = np.maximum(minutes(customers["registered_at"]), start)
    low, high = (trade.clock.business((x - minutes(FIRST_DAY)) / DAY) for x in (begin, np.maximum(last, begin)))
    habit = rng.gamma(parameters.habit_shape, 1 / parameters.habit_shape, len(customers))
    row = np.repeat(np.arange(len(customers)), rng.poisson(interest * habit * 7 * (high - low)))
    at = minutes(trade.clock.moment(low[row] + (high - low)[row] * rng.random(len(row))))
    before = np.repeat(np.arange(len(own)), rng.poisson(parameters.before_order, len(own)))
    lead = np.ceil(rng.exponential(parameters.before_days, len(before)) * DAY).astype("int64")
    row = np.concatenate([row, own["row"].to_numpy()[before]])
    at = np.concatenate([at, own["at"].to_numpy()[before] - lead])
    inside = (at >= begin[row]) & (at < last[row])
    return _visits(row[inside], at[inside], False)


def _interest(parameters: VisitParameters, traits: pd.DataFrame) -> np.ndarray:
    """Visits a day that prepare no order, on average: more for who buys often, fewer for who is gone for good."""
    often = np.clip((traits["rate"] / parameters.usual_rate) ** parameters.by_rate, *parameters.often_limits)
    return (parameters.daily * often * np.where(traits["alive"], 1.0, parameters.gone)).to_numpy()


def _add_browsing(parameters: VisitParameters, visits: pd.DataFrame, rng: np.random.Generator) -> None:
    size, ordered = len(visits), visits["ordered"].to_numpy()
    goes_on = parameters.views_mean / (parameters.views_mean + parameters.views_shape)
    tilted = goes_on * np.where(ordered, np.exp(parameters.by_view), 1.0)  # the tilt of a negative binomial
    views = rng.negative_binomial(parameters.views_shape, 1 - tilted)
    other, least = 1 + rng.poisson(parameters.other_pages, size), parameters.checkout_least
    checkout = np.where(ordered, least + rng.poisson(parameters.checkout_pages - least, size), 0)
    visits["product_views"], visits["pages"] = views, views + other + checkout
    pace = rng.gamma(parameters.pace_shape, parameters.pace / parameters.pace_shape, size)
    visits["minutes"] = np.ceil((views + other) * pace + checkout * parameters.checkout_pace).astype("int64")
    fills = special.expit(parameters.cart_base + parameters.cart_by_view * views)
    visits["cart"] = ordered | ((rng.random(size) < fills) & (views > 0))


def _add_source(
    parameters: VisitParameters, visits: pd.DataFrame, mailed: np.ndarray, rng: np.random.Generator
) -> None:
    names = list(parameters.source_share)
    share = np.tile([parameters.source_share[name] for name in names], (len(visits), 1))
    share[~mailed[visits["row"].to_numpy()], names.index("email")] = 0.0
    tilt = np.exp([parameters.by_source[name] for name in names])
    share = np.where(visits["ordered"].to_numpy()[:, None], share * tilt, share)
    limits = share.cumsum(axis=1) / share.sum(axis=1, keepdims=True)
    visits["source"] = np.take(names, (rng.random(len(visits))[:, None] > limits[:, :-1]).sum(axis=1))


def _app_share(trade: Trade, customers: pd.DataFrame, traits: pd.DataFrame) -> np.ndarray:
    """Share of the app among the orders that each customer places in shop or app."""
    share = {
        name: kind.channels[0] / sum(kind.channels[:2]) for name, kind in trade.parameters.choice.behaviours.items()
    }
    return np.where(customers["kind"].isin(TRADE), 0.0, traits["behaviour"].map(share).to_numpy(float))


def _add_channel(
    parameters: VisitParameters, visits: pd.DataFrame, app_share: np.ndarray, rng: np.random.Generator
) -> None:
    """The app for as many visits as makes its weight `by_app`; orders keep their channel."""
    odds = app_share / (1 - app_share) * np.exp(-parameters.by_app)
    idle = np.where(rng.random(len(visits)) < odds / (1 + odds), "app", "web")
    visits["channel"] = np.where(visits["ordered"], visits["order_channel"], idle)


def _in_time(visits: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """Visits by time, one customer's never overlapping: what does not fit beside an order or the last visit goes."""
    at, ordered = visits["at"].to_numpy(), visits["ordered"].to_numpy()
    room = np.where(ordered, at - start, end - at)
    length = np.minimum(visits["minutes"].to_numpy(), room)
    visits = visits.assign(minutes=length, begin=np.where(ordered, at - length, at))
    visits = visits.sort_values(["row", "begin"], kind="stable")
    for _ in range(2):  # once against the neighbours, once against who became a neighbour
        ended = (visits["begin"] + visits["minutes"]).shift()
        after = visits["row"].eq(visits["row"].shift()) & (visits["begin"] <= ended)
        visits = visits[visits["fixed"] | ~(after | after.shift(-1, fill_value=False))]
    visits["started_at"] = moments(visits["begin"].to_numpy())
    return visits.sort_values(["started_at", "row"], kind="stable").reset_index(drop=True)
