"""Stock by day: deliveries every few days, sales as they were, now and then nothing left until the next delivery.

Sales are given, so deliveries are fitted to them: each brings what is sold until the next one and some safety
stock, or just what is sold. In the second case the shelf is empty from the last sale to the next delivery,
and so no product is ever sold while it is sold out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._market.market_parameters import StockParameters
from crm_lab.world.parameters import TODAY


def make_stock(parameters: StockParameters, products: pd.DataFrame, sold: np.ndarray, seed: int) -> pd.DataFrame:
    """Opening, received, sold and closing pieces of every product on each of the last days.

    products  the table of that name
    sold      pieces sold, (products, days): the sum of count_sold over all blocks of customers
    """
    rng = stream(seed, "stock")
    days = _days(parameters)
    shape = sold.shape
    cycle = _cycles(parameters, shape, rng)
    received = _received(parameters, sold, cycle, rng)
    flow = received - sold
    closing = np.cumsum(flow, axis=1)
    return pd.DataFrame(
        {
            "product_id": np.repeat(products["product_id"].to_numpy(), shape[1]),
            "day": np.tile(days.to_numpy(), shape[0]),
            "opening": (closing - flow).ravel(),
            "received": received.ravel(),
            "sold": sold.ravel(),
            "closing": closing.ravel(),
        }
    )


def _days(parameters: StockParameters) -> pd.DatetimeIndex:
    return pd.date_range(end=TODAY, periods=parameters.days + 1, inclusive="left")


def count_sold(
    parameters: StockParameters, products: pd.DataFrame, orders: pd.DataFrame, lines: pd.DataFrame
) -> np.ndarray:
    """Pieces sold of every product on each of the last days, (products, days); cancelled orders left out.

    products, orders, lines  the tables products, orders and order_lines; orders and lines may be those of one block

    >>> products = pd.DataFrame({"product_id": ["P001"]})
    >>> day = pd.Timestamp(TODAY) - pd.Timedelta("1D")
    >>> orders = pd.DataFrame({"order_id": ["O1", "O2"], "ordered_at": day, "status": ["delivered", "cancelled"]})
    >>> lines = pd.DataFrame({"order_id": ["O1", "O2"], "product_id": "P001", "quantity": [3, 4]})
    >>> count_sold(StockParameters(), products, orders, lines)[0, -3:].tolist()
    [0, 0, 3]
    """
    days = _days(parameters)
    placed = (orders["ordered_at"] - days[0]).dt.days.where(orders["status"] != "cancelled", -1)
    day = placed.set_axis(orders["order_id"]).reindex(lines["order_id"]).to_numpy(dtype="int64")
    product = pd.Index(products["product_id"]).get_indexer(lines["product_id"])
    sold = np.zeros((len(products), len(days)), dtype="int64")
    recent = (day >= 0) & (day < len(days))
    np.add.at(sold, (product[recent], day[recent]), lines["quantity"].to_numpy()[recent])
    return sold


def _cycles(parameters: StockParameters, shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Number of the delivery cycle each day belongs to, (products, days). The first delivery is on the first day."""
    shortest, longest = parameters.cycle
    gaps = rng.integers(shortest, longest + 1, (shape[0], shape[1] // shortest + 1))
    gaps[:, 0] = rng.integers(1, longest + 1, shape[0])
    starts = np.cumsum(gaps, axis=1)
    return (np.arange(shape[1])[None, :, None] >= starts[:, None, :]).sum(axis=2)


def _received(parameters: StockParameters, sold: np.ndarray, cycle: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Pieces delivered, (products, days): enough for every cycle, with safety stock or with none."""
    product = np.arange(len(sold))[:, None]
    need = np.zeros((len(sold), cycle.max() + 1), dtype="int64")
    np.add.at(need, (product, cycle), sold)
    usual = 1 + np.round(parameters.safety * need.mean(axis=1, keepdims=True))
    left = rng.poisson(np.broadcast_to(usual, need.shape)) + 1
    left[rng.random(need.shape) < parameters.sold_out] = 0
    first = np.diff(cycle, axis=1, prepend=-1) > 0
    received = np.zeros_like(sold)
    before = np.zeros(len(sold), dtype="int64")
    for number in range(need.shape[1]):
        left[:, number] = np.maximum(left[:, number], before - need[:, number])  # nothing is sent back
        row, day = np.nonzero(first & (cycle == number))
        received[row, day] = (need[:, number] + left[:, number] - before)[row]
        before = left[:, number]
    return received
