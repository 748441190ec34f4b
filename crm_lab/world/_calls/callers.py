"""Who calls: customers of the panel where the call fits what they did, otherwise someone outside the panel."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._calls.call_parameters import CallParameters

BEFORE_DELIVERY, AFTER_DELIVERY = ("order", "delivery"), ("return", "complaint")


def callers_of_block(
    parameters: CallParameters,
    calls: pd.DataFrame,
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    part: tuple[float, float],
    seed: int,
) -> pd.DataFrame:
    """Who of one block is behind which call: customer_id and priority, by row of `calls`.

    calls              of the whole company, in their order
    customers, orders  of the block
    part               where the block begins and ends when everybody who may call is laid out from 0 to 1

    A call about an order or its delivery comes after the order was placed, one about a return or a complaint after it
    arrived, and any other from somebody with an account.
    """
    caller_at, pick, _ = _draws(parameters, len(calls), seed)
    ours = (part[0] <= caller_at) & (caller_at < part[1])
    at = calls["arrived_at"].to_numpy("datetime64[us]")
    caller = np.full(len(calls), None, dtype=object)
    placed = orders[["ordered_at", "customer_id"]]
    arrived = orders.loc[orders["status"] == "delivered", ["delivered_at", "customer_id"]]
    opened = customers[["registered_at", "customer_id"]]
    for topics, cause, days in (
        (BEFORE_DELIVERY, placed, parameters.cause_days),
        (AFTER_DELIVERY, arrived, parameters.cause_days),
        (("product",), opened, 10**5),
    ):
        rows = np.flatnonzero(ours & calls["topic"].isin(topics).to_numpy())
        caller[rows] = _recent(cause, at[rows], days, pick[rows])
    known = pd.Series(caller, dtype="str").dropna()
    kind = known.map(customers.set_index("customer_id")["kind"])
    return pd.DataFrame({"customer_id": known, "priority": kind.isin(["dealer", "business"])})


def with_callers(
    parameters: CallParameters, calls: pd.DataFrame, callers: Iterable[pd.DataFrame], seed: int
) -> pd.DataFrame:
    """The calls with customer_id and priority: of the callers of every block, and of callers outside the panel."""
    _, _, other = _draws(parameters, len(calls), seed)
    known = pd.concat(list(callers)).reindex(calls.index)
    priority = known["priority"].to_numpy(dtype=object)
    return calls.assign(
        customer_id=known["customer_id"].astype("str"),
        priority=np.where(known["customer_id"].isna(), other, priority).astype(bool),
    )


def _draws(parameters: CallParameters, size: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each call: whom of everybody it is from, which of the causes, and the priority of somebody outside."""
    rng = stream(seed, "callers")
    return rng.random(size), rng.random(size), rng.random(size) < parameters.priority_share


def _recent(cause: pd.DataFrame, at: np.ndarray, days: int, pick: np.ndarray) -> np.ndarray:
    """For each moment, a customer whose cause lies at most `days` before it; None if there is none."""
    when = cause.columns[0]
    cause = cause.dropna().sort_values([when, "customer_id"], kind="stable")
    moments = cause[when].to_numpy("datetime64[us]")
    low = np.searchsorted(moments, at - np.timedelta64(days, "D"))
    high = np.searchsorted(moments, at)
    row = low + np.floor(pick * (high - low)).astype(int)
    answer = np.full(len(at), None, dtype=object)
    found = high > low
    answer[found] = cause["customer_id"].to_numpy(dtype=object)[row[found]]
    return answer
