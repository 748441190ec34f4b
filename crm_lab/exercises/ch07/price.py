"""Lab 07b, prices: how many object to a price, where fewest do, and the price that leaves most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_lab import predict
from crm_lab.exercises import declare

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables


def product(t: Tables) -> pd.Series:
    """The one in the middle, by list price, of the products asked about."""
    products = t.table("products")
    asked = products[products["product_id"].isin(t.table("price_survey")["product_id"])]
    return asked.sort_values("list_price").iloc[1]


def answers(t: Tables) -> pd.DataFrame:
    survey = t.table("price_survey")
    return survey[survey["product_id"] == product(t)["product_id"]].reset_index(drop=True)


def yes_or_no(t: Tables) -> pd.DataFrame:
    """Its offers, with what one piece costs."""
    offers, one = t.table("price_offers"), product(t)
    mine = offers[offers["product_id"] == one["product_id"]].reset_index(drop=True)
    return mine.assign(unit_cost=one["unit_cost"])


def grid(t: Tables) -> pd.DataFrame:
    """Every whole price from the lowest answer to the highest."""
    table = answers(t)
    return pd.DataFrame({"price": np.arange(int(table["too_cheap"].min()), int(table["too_expensive"].max()) + 1)})


# ---- how many object


def curves(t: Tables, low: str = "too_cheap", high: str = "too_expensive") -> pd.DataFrame:
    table, prices = t.table("answers"), t.table("grid")["price"]
    shares = {
        "too_cheap": [(table[low] >= price).mean() for price in prices],
        "too_expensive": [(table[high] <= price).mean() for price in prices],
    }
    return pd.DataFrame(shares, index=pd.Index(prices, name="price"))


# ---- where fewest object


def optimal(t: Tables, low: str = "too_cheap", high: str = "too_expensive") -> int:
    table = curves(t, low, high)
    return int(table.index[table["too_expensive"] >= table["too_cheap"]][0])


def first_objection(t: Tables) -> int:
    table = curves(t)
    return int(table.index[table["too_expensive"] > 0][0])


declare(
    optimal,
    "number",
    by_hand="predict.van_westendorp",
    sections=("range-idea",),
    supplies={"answers": answers, "grid": grid},
    mistakes={
        "cheap against expensive, wrongly": {"low": "cheap"},
        "expensive": {"high": "expensive"},
        "first objection": first_objection,
    },
    facts=lambda t, price: {"price": price, "list": product(t)["list_price"]},
)

# ---- the price that leaves most


def best_price(t: Tables, cost: bool = True) -> pd.DataFrame:
    table = t.table("yes_or_no")
    result = predict.acceptance(table, unit_cost=float(table["unit_cost"].iloc[0]) if cost else 0.0)
    return result[["margin_each"]].reset_index()


def each_buyer(t: Tables) -> pd.DataFrame:
    table = t.table("yes_or_no")
    return best_price(t).assign(margin_each=lambda b: b["price"] - table["unit_cost"].iloc[0])


def accepted(t: Tables) -> pd.DataFrame:
    table = t.table("yes_or_no")
    return best_price(t).assign(margin_each=table.groupby("price")["would_buy"].mean().to_numpy())


declare(
    best_price,
    "plot",
    shape="line",
    key=("price",),
    by_hand="predict.acceptance",
    sections=("gabor-idea",),
    supplies={"yes_or_no": yes_or_no},
    mistakes={"revenue": {"cost": False}, "of a buyer": each_buyer, "share only": accepted},
    facts=lambda t, table: {"best": table.loc[table["margin_each"].idxmax(), "price"]},
)
