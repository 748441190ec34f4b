"""What the exercises of chapter 07 stand on: private customers' orders, and forecasts made and judged in time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import predict
from crm_lab.exercises._orders import delivered

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

LEARN, JUDGE = "2025-01-01", "2025-07-01"


def private_orders(t: Tables) -> pd.DataFrame:
    """Delivered orders of private customers."""
    people = t.table("customers").query("kind == 'consumer'")["customer_id"]
    orders = delivered(t)
    return orders[orders["customer_id"].isin(people)].reset_index(drop=True)


def snapshot(t: Tables, day: str) -> pd.DataFrame:
    """What was known of each private customer on a day, and who then left."""
    orders = private_orders(t)
    known = predict.features(orders, day)
    return known.assign(left=predict.left(orders, known.index, day)).reset_index()


learn, judge = partial(snapshot, day=LEARN), partial(snapshot, day=JUDGE)


def forecasts(t: Tables) -> pd.DataFrame:
    """Each customer's chance of leaving as forecast on 1 July, whether they left, and what half a year brings."""
    before, after = (snapshot(t, day).set_index("customer_id") for day in (LEARN, JUDGE))
    model = predict.leaving_model().fit(before.drop(columns="left"), before["left"])
    chance = model.predict_proba(after.drop(columns="left"))[:, 1]
    orders = private_orders(t)
    year = orders[orders["ordered_at"].between("2024-07-01", "2025-06-30 23:59")]
    value = year.groupby("customer_id")["margin"].sum().reindex(after.index, fill_value=0).clip(lower=0) / 2
    table = pd.DataFrame({"chance": chance.round(4), "left": after["left"], "value": value.round(2)})
    return table.reset_index()


def watched(t: Tables) -> pd.DataFrame:
    """How long each private customer was watched, whether gone, and whether the first order went wrong."""
    orders = private_orders(t)
    first = orders.sort_values("ordered_at").drop_duplicates("customer_id").set_index("customer_id")
    failed = first["order_id"].isin(t.table("failures")["order_id"])
    return predict.silence(orders, t.today).assign(first_failed=failed).reset_index()
