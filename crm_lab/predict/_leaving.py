"""Who leaves: what was known of a customer on a day, what came after it, and a model that learns one from the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import midnight, whole
from crm_lab.base.columns import columns, complete, days_before, flags, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _

HALF = 181  # days: 1 January to 1 July, so that one half-year ends where the next begins


def features(orders: pd.DataFrame, day: Any, window: int = 365) -> pd.DataFrame:
    """What the order book said on one day of each customer who had ordered within the `window` days before it.

    orders  customer_id, ordered_at, revenue (¥), promotion (True or False); filter them first (only delivered ones)
    day     orders of this day and later do not count: they were not known when it began
    window  days

    Returns a DataFrame indexed by customer_id: recency_days since the last order, tenure_days since the first, orders
    and order_value (mean revenue, ¥) and promotion_share within the window.
    Raises InputError for bad columns, or when nobody ordered within the window.

    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C1", "C2"], "revenue": [100.0, 300.0, 50.0], "promotion": [True, False, False],
    ...     "ordered_at": pd.to_datetime(["2025-03-01", "2025-06-21", "2025-07-01"]),
    ... })
    >>> features(orders, "2025-07-01").iloc[0].to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'recency_days': 10.0, 'tenure_days': 122.0, 'orders': 2.0, 'order_value': 200.0, 'promotion_share': 0.5}
    """
    table, when = _known(orders, ["revenue", "promotion"]), midnight(day)
    past = table[table["ordered_at"] < when]
    past = past.assign(ago=days_before(past["ordered_at"], when, "orders, ordered_at"))
    recent = past[past["ago"] <= whole(window, "window", 1)]
    if recent.empty:
        raise InputError(_("orders: nobody ordered in the {n} days before {day}.").format(n=window, day=when.date()))
    year = recent.groupby("customer_id")
    return pd.DataFrame(
        {
            "recency_days": year["ago"].min(),
            "tenure_days": past.groupby("customer_id")["ago"].max().reindex(year.size().index),
            "orders": year.size(),
            "order_value": numbers(recent["revenue"], "orders, revenue").groupby(recent["customer_id"]).mean(),
            "promotion_share": flags(recent, "promotion", "orders").groupby(recent["customer_id"]).mean(),
        }
    )


def left(orders: pd.DataFrame, customers: Any, day: Any, days: int = HALF) -> pd.Series:
    """Who of these customers ordered nothing in the `days` days from one day on.

    orders     customer_id, ordered_at
    customers  the customer_ids to ask about, such as the index of `features`
    day        the first day looked at
    days       how many; all of them must lie in the data

    Returns a Series of True and False named "left", indexed by customer_id.
    Raises InputError when the orders end before the days do: nobody can be seen to have left yet.

    >>> orders = pd.DataFrame({"customer_id": ["C1", "C2"], "ordered_at": pd.to_datetime(["2025-07-01", "2025-12-30"])})
    >>> left(orders, ["C1", "C2"], "2025-07-01", days=181).to_dict()
    {'C1': False, 'C2': True}
    """
    table, first = _known(orders, []), midnight(day)
    end = first + pd.Timedelta(days=whole(days, "days", 1))
    last = table["ordered_at"].max()
    if last < end - pd.Timedelta(days=1):
        text = _("orders end on {last}, before the {days} days from {day} are over. Choose an earlier day.")
        raise InputError(text.format(last=last.date(), days=days, day=first.date()))
    came = table.loc[(table["ordered_at"] >= first) & (table["ordered_at"] < end), "customer_id"]
    ids = pd.Index(customers, name="customer_id")
    return pd.Series(~ids.isin(came), ids, name="left")


def leaving_model() -> Any:
    """A pipeline for skewed amounts from 0: logarithm of 1 + x, then standard scores, then logistic regression.

    Returns an unfitted scikit-learn Pipeline. No penalty: the tables have hundreds of rows a feature.

    >>> model = leaving_model().fit([[1], [2], [3], [30], [40], [50]], [False, True, False, True, False, True])
    >>> bool(model.predict_proba([[50]])[0, 1] > model.predict_proba([[1]])[0, 1])
    True
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, StandardScaler

    return make_pipeline(FunctionTransformer(np.log1p), StandardScaler(), LogisticRegression(C=np.inf))


def silence(orders: pd.DataFrame, today: Any, days: int = HALF) -> pd.DataFrame:
    """How long until a customer first stayed silent for so many days, counted from the first order.

    orders  customer_id, ordered_at
    today   where watching ends
    days    of silence after which a customer counts as gone

    Returns a DataFrame indexed by customer_id: duration, days from the first order until the silence was complete, or
    until today; gone, whether it was. A customer who came back later was gone nevertheless.
    Raises InputError for bad columns or an order after today.

    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C1", "C2"],
    ...     "ordered_at": pd.to_datetime(["2025-01-01", "2025-09-01", "2025-12-01"]),
    ... })
    >>> silence(orders, "2026-01-01", days=181)
                 duration   gone
    customer_id
    C1                181   True
    C2                 31  False
    """
    length = whole(days, "days", 1)
    table = _known(orders, [])
    table["ago"] = days_before(table["ordered_at"], today, "orders, ordered_at")
    table = table.sort_values(["customer_id", "ordered_at"])
    by = table.groupby("customer_id")["ago"]
    gap = table["ago"] - by.shift(-1).fillna(0)  # until the next order or, after the last, until today
    ended = (by.transform("max") - table["ago"] + length).where(gap >= length)
    first_end = ended.groupby(table["customer_id"]).min()
    return pd.DataFrame({"duration": first_end.fillna(by.max()).astype(int), "gone": first_end.notna()})


def _known(orders: pd.DataFrame, more: list[str]) -> pd.DataFrame:
    table = columns(orders, ["customer_id", "ordered_at", *more], "orders")
    complete(table["customer_id"], "orders, customer_id")
    complete(table["ordered_at"], "orders, ordered_at")
    return table
