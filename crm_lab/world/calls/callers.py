"""Who calls: customers of the panel where the call fits what they did, otherwise someone outside the panel."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world.calls.parameters import CallParameters

BEFORE_DELIVERY, AFTER_DELIVERY = ("order", "delivery"), ("return", "complaint")
DAYS = 14  # a call about an order comes within so many days


def add_callers(
    parameters: CallParameters, calls: pd.DataFrame, customers: pd.DataFrame, orders: pd.DataFrame, seed: int
) -> None:
    """Add the columns customer_id and priority to `calls`.

    A call about an order or its delivery comes after the order was placed, one about a return or a complaint after it
    arrived, and any other from somebody with an account.
    """
    rng = stream(seed, "callers")
    share = min(1.0, len(customers) / parameters.company)
    ours = rng.random(len(calls)) < share
    pick, other = rng.random(len(calls)), rng.random(len(calls)) < parameters.priority_share
    at = calls["arrived_at"].to_numpy("datetime64[us]")
    caller = np.full(len(calls), None, dtype=object)
    placed = orders[["ordered_at", "customer_id"]]
    arrived = orders.loc[orders["status"] == "delivered", ["delivered_at", "customer_id"]]
    opened = customers[["registered_at", "customer_id"]]
    for topics, cause, days in (
        (BEFORE_DELIVERY, placed, DAYS),
        (AFTER_DELIVERY, arrived, DAYS),
        (("product",), opened, 10**5),
    ):
        rows = np.flatnonzero(ours & calls["topic"].isin(topics).to_numpy())
        caller[rows] = _recent(cause, at[rows], days, pick[rows])
    calls["customer_id"] = pd.Series(caller, dtype="str")
    kind = calls["customer_id"].map(customers.set_index("customer_id")["kind"])
    calls["priority"] = np.where(kind.isna(), other, kind.isin(["dealer", "business"]))


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
