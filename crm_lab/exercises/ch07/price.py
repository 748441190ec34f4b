"""Lab 07b, prices: where the four curves of a survey cross, and the price that leaves most."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab import predict
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare


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


# ---- where the curves cross

POINTS = {
    "lowest": ("too_cheap", "not_cheap"),
    "optimal": ("too_cheap", "too_expensive"),
    "indifferent": ("cheap", "expensive"),
    "highest": ("not_expensive", "too_expensive"),
}
SHORTENED = {"lowest": ("too_cheap", "expensive"), "highest": ("cheap", "too_expensive")}


def curves(t: Tables) -> pd.DataFrame:
    """How many of the people asked would say so at each price, counted, so that equal shares are equal."""
    table, prices = t.table("answers"), t.table("grid")["price"]
    counts = {name: [(table[name] >= price).sum() for price in prices] for name in ("too_cheap", "cheap")}
    counts |= {name: [(table[name] <= price).sum() for price in prices] for name in ("expensive", "too_expensive")}
    found = pd.DataFrame(counts, index=pd.Index(prices, name="price"))
    return found.assign(not_cheap=len(table) - found["cheap"], not_expensive=len(table) - found["expensive"])


def crossings(t: Tables, **other: tuple[str, str]) -> pd.DataFrame:
    table = curves(t)
    prices = {point: (table[up] >= table[down]).idxmax() for point, (down, up) in (POINTS | other).items()}
    return pd.DataFrame({"price": prices}).rename_axis("point")


def shortened(t: Tables) -> pd.DataFrame:
    return crossings(t, **SHORTENED)


def last_before(t: Tables) -> pd.DataFrame:
    table = curves(t)
    prices = {point: table.index[table[down] > table[up]].max() for point, (down, up) in POINTS.items()}
    return pd.DataFrame({"price": prices}).rename_axis("point")


def between(t: Tables) -> pd.DataFrame:
    """As predict.van_westendorp has them."""
    table = t.table("answers")
    names = ["too_cheap", "cheap", "expensive", "too_expensive"]
    found = predict.van_westendorp(*(table[name] for name in names))
    prices = [found.pmc, found.opp, found.idp, found.pme]
    return pd.DataFrame({"price": dict(zip(POINTS, prices, strict=True))}).rename_axis("point")


declare(
    crossings,
    "table",
    key=("point",),
    by_hand="predict.van_westendorp",
    sections=("range-idea",),
    supplies={"answers": answers, "grid": grid},
    mistakes={
        "shortened": shortened,
        "lowest by expensive": lambda t: crossings(t, lowest=SHORTENED["lowest"]),
        "between two prices": between,
        "cheap for not cheap": lambda t: crossings(t, lowest=("cheap", "too_expensive")),
        "the price before": last_before,
    },
    facts=lambda t, table: table["price"].to_dict() | {"list": product(t)["list_price"]},
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
