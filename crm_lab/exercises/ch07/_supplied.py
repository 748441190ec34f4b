"""What the exercises of chapter 07 stand on: private customers' orders, and forecasts made and judged in time."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from crm_lab import predict
from crm_lab.data.tables import Tables
from crm_lab.exercises._orders import delivered

LEARN, JUDGE = "2025-01-01", "2025-07-01"
YEAR = ("2024-07-01", "2025-06-30 23:59")  # before the day of the forecast


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
    year = orders[orders["ordered_at"].between(*YEAR)]
    value = year.groupby("customer_id")["margin"].sum().reindex(after.index, fill_value=0).clip(lower=0) / 2
    table = pd.DataFrame({"chance": chance.round(4), "left": after["left"], "value": value.round(2)})
    return table.reset_index()


def ranking(t: Tables) -> pd.DataFrame:
    """The forecasts from the highest chance to the lowest."""
    table = forecasts(t).sort_values("chance", ascending=False, kind="stable")
    return table[["customer_id", "left"]].assign(place=range(1, len(table) + 1)).reset_index(drop=True)


def watched(t: Tables) -> pd.DataFrame:
    """How long each private customer was watched, whether gone, and whether the first order went wrong."""
    orders = private_orders(t)
    first = orders.sort_values("ordered_at").drop_duplicates("customer_id").set_index("customer_id")
    failed = first["order_id"].isin(t.table("failures")["order_id"])
    return predict.silence(orders, t.today).assign(first_failed=failed).reset_index()


def year_orders(t: Tables) -> pd.DataFrame:
    """The orders of the year before the forecast, whether each went wrong, and whether the customer then left."""
    orders = private_orders(t)
    year = orders[orders["ordered_at"].between(*YEAR)].reset_index(drop=True)
    left = snapshot(t, JUDGE).set_index("customer_id")["left"]
    failed = year["order_id"].isin(t.table("failures")["order_id"])
    return year[["customer_id", "order_id"]].assign(failed=failed, left=year["customer_id"].map(left).astype(bool))


def last_orders(t: Tables) -> pd.DataFrame:
    """Each customer's last order before the forecast: whether it failed, whether they told, whether they then left."""
    last = year_orders(t).drop_duplicates("customer_id", keep="last")  # orders stand in the order of their time
    tickets = t.table("tickets")
    told = tickets.loc[tickets["complaint"] & (tickets["opened_at"] < JUDGE), "order_id"]
    last = last.assign(told=last["failed"] & last["order_id"].isin(told))
    return last[["customer_id", "failed", "told", "left"]].sort_values("customer_id").reset_index(drop=True)


def groups(t: Tables) -> pd.DataFrame:
    """What each customer's last order met, beside chance of leaving, value, and whether they left."""
    last = last_orders(t)
    met = np.select([~last["failed"], last["told"]], ["nothing", "complained"], "silent")
    return last[["customer_id"]].assign(met=met).merge(forecasts(t), on="customer_id")


def mix(t: Tables) -> pd.DataFrame:
    """Each customer's band of orders in the year, whether any of them failed, and whether they left."""
    each = (
        year_orders(t)
        .groupby("customer_id")
        .agg(orders=("order_id", "size"), trouble=("failed", "max"), left=("left", "first"))
    )
    band = np.where(each["orders"] <= 2, "few", "many")
    return each[["trouble", "left"]].assign(band=band)[["band", "trouble", "left"]].reset_index()
