"""Which products are seen in each visit: pages around one product, which before an order is often bought."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._coded import coded
from crm_lab.world._contact.moments import DAY, NOW, minutes
from crm_lab.world._taste.taste_parameters import ViewParameters


def make_views(
    parameters: ViewParameters,
    weight: np.ndarray,
    products: pd.DataFrame,
    tables: dict[str, pd.DataFrame],
    habit: pd.Series,
    seed: int,
    block: int,
) -> pd.DataFrame:
    """The table views of one block, by visit: as many rows of each visit as `visits.product_views` counts.

    weight  of each product by behavioural type, (types, products)
    tables  visits, orders and order_lines of the block
    habit   number of the behavioural type of each customer, by customer_id
    """
    rng = stream(seed, "views", block)
    visits = tables["visits"]
    kind = habit.reindex(visits["customer_id"]).to_numpy()
    limits = weight.cumsum(axis=1) / weight.sum(axis=1, keepdims=True)
    bought = _bought(parameters, visits, tables["orders"], tables["order_lines"], products)
    focus = _drawn(limits, kind, rng)
    focus = np.where((bought >= 0) & (rng.random(len(visits)) < parameters.aims), bought, focus)
    count = visits["product_views"].to_numpy()
    row = np.repeat(np.arange(len(visits)), count)
    pages = _drawn(limits, kind[row], rng)
    part = rng.random(len(row))
    near = np.flatnonzero((part >= parameters.focus) & (part < parameters.focus + parameters.near))
    category = products["category"].factorize()[0]
    pages[near] = _near(weight.mean(axis=0), category, focus[row[near]], rng)
    pages = np.where(part < parameters.focus, focus[row], pages)
    return pd.DataFrame(
        {
            "visit_id": coded(visits["visit_id"], row),
            "view_no": np.arange(1, len(row) + 1) - np.repeat(np.cumsum(count) - count, count),
            "product_id": coded(products["product_id"], pages),
        }
    )


def _bought(
    parameters: ViewParameters, visits: pd.DataFrame, orders: pd.DataFrame, lines: pd.DataFrame, products: pd.DataFrame
) -> np.ndarray:
    """Row of the first product of the customer's next order, for visits in the days before one; -1 for others."""
    seen, since = minutes(visits["started_at"]), NOW - 100 * DAY
    coming = orders[(minutes(orders["ordered_at"]) >= since)]
    who = pd.Index(coming["customer_id"].unique())
    ordered = who.get_indexer(pd.Index(coming["customer_id"])) * NOW + minutes(coming["ordered_at"]) - since
    order = np.argsort(ordered, kind="stable")
    first = lines[(lines["line_no"] == 1).to_numpy()]
    at = pd.Index(first["order_id"]).get_indexer(pd.Index(coming["order_id"]))
    product = pd.Index(products["product_id"]).get_indexer(pd.Index(first["product_id"].array.take(at)))
    wanted = who.get_indexer(pd.Index(visits["customer_id"])) * NOW + seen - since
    found = np.searchsorted(ordered[order], wanted)
    wait = np.append(ordered[order], 2 * NOW * len(who) + NOW)[found] - wanted
    return np.where(wait <= parameters.ahead * DAY, np.append(product[order], -1)[found], -1)


def _drawn(limits: np.ndarray, kind: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A product for each row, by the cumulative shares of its behavioural type."""
    draw, product = rng.random(len(kind)), np.empty(len(kind), dtype="int64")
    for number in range(len(limits)):
        rows = np.flatnonzero(kind == number)
        product[rows] = np.searchsorted(limits[number, :-1], draw[rows])
    return product


def _near(popularity: np.ndarray, category: np.ndarray, focus: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A product of the category of each focus, by popularity; products stand together by category."""
    limits = np.concatenate([[0.0], popularity.cumsum()])
    ends = np.searchsorted(category, np.arange(category.max() + 2))
    low, high = limits[ends[category[focus]]], limits[ends[category[focus] + 1]]
    found = np.searchsorted(limits, low + (high - low) * rng.random(len(focus)), side="right") - 1
    return np.minimum(found, ends[category[focus] + 1] - 1)
