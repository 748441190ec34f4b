"""List prices over time: reviewed every Thursday, most left alone, some raised, some cut."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._market.market_parameters import PriceParameters
from crm_lab.world.parameters import FIRST_DAY, TODAY


def make_prices(parameters: PriceParameters, products: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The periods of every list price. The last one is open and holds today's price of `products`.

    parameters  how often and how far prices change
    products    product_id, list_price (¥), launched_on
    """
    rng = stream(seed, "prices")
    reviews = pd.date_range(FIRST_DAY, TODAY, freq="W-THU", inclusive="left")
    after = _steps(parameters, products["list_price"].to_numpy(), len(reviews), rng)
    changed = np.vstack([np.ones(len(products), bool), after[1:] != after[:-1]])  # the launch counts as a change
    product, review = np.nonzero(changed.T)
    begins = np.concatenate([[np.datetime64("NaT")], reviews.to_numpy("datetime64[us]")])[review]
    from_date = np.where(review == 0, products["launched_on"].to_numpy("datetime64[us]")[product], begins)
    frame = pd.DataFrame({"product_id": products["product_id"].to_numpy()[product], "from_date": from_date})
    frame["to_date"] = frame.groupby("product_id")["from_date"].shift(-1) - pd.Timedelta("1D")
    return frame.assign(list_price=after[review, product])


def _steps(parameters: PriceParameters, today: np.ndarray, reviews: int, rng: np.random.Generator) -> np.ndarray:
    """Prices after each review, (reviews + 1, products), worked backwards from today's."""
    shape = (reviews, len(today))
    rise, cut = rng.uniform(*parameters.rises, shape), rng.uniform(*parameters.cuts, shape)
    ratio = np.where(rng.random(shape) < parameters.cut, 1 - cut, 1 + rise)
    changes = rng.random(shape) < parameters.review
    prices = np.empty((reviews + 1, len(today)))
    prices[-1] = today
    for step in range(reviews - 1, -1, -1):
        before = np.maximum(np.round(prices[step + 1] / ratio[step] + 0.1) - 0.1, parameters.lowest)
        prices[step] = np.where(changes[step], before, prices[step + 1])
    return np.round(prices, 2)


def go_on(
    parameters: PriceParameters, prices: pd.DataFrame, days: pd.DatetimeIndex, rng: np.random.Generator
) -> pd.DataFrame:
    """The periods of every list price with those that begin on `days`, which follow on the last day laid out."""
    reviews = days[days.day_of_week == 3]  # Thursdays, as in the record
    open_ = prices[prices["to_date"].isna()]
    price, shape = open_["list_price"].to_numpy(), (len(reviews), len(open_))
    rise, cut = rng.uniform(*parameters.rises, shape), rng.uniform(*parameters.cuts, shape)
    ratio = np.where(rng.random(shape) < parameters.cut, 1 - cut, 1 + rise)
    changes = rng.random(shape) < parameters.review
    parts = [prices]
    for step, review in enumerate(reviews):
        after = np.where(changes[step], np.maximum(np.round(price * ratio[step] + 0.1) - 0.1, parameters.lowest), price)
        new = np.round(after, 2) != np.round(price, 2)
        price = after
        parts.append(
            pd.DataFrame({"product_id": open_["product_id"].to_numpy()[new], "from_date": review, "to_date": pd.NaT})
        )
        parts[-1]["list_price"] = np.round(price[new], 2)
    longer = pd.concat(parts).sort_values(["product_id", "from_date"], ignore_index=True)
    longer["to_date"] = longer.groupby("product_id")["from_date"].shift(-1) - pd.Timedelta("1D")
    return longer


def daily_prices(prices: pd.DataFrame, products: pd.DataFrame, days: pd.DatetimeIndex) -> np.ndarray:
    """List price of every product on every day in ¥, (days, products), columns in the order of `products`.

    prices    the table of that name
    products  product_id in the order wanted
    days      days on or after every launch

    >>> products = pd.DataFrame({"product_id": ["P001"]})
    >>> dates = pd.to_datetime(["2024-01-01", "2024-03-01"])
    >>> prices = pd.DataFrame({"product_id": "P001", "from_date": dates, "list_price": [9.9, 8.9]})
    >>> daily_prices(prices, products, pd.DatetimeIndex(["2024-02-29", "2024-03-01"])).tolist()
    [[9.9], [8.9]]
    """
    wide = prices.pivot(index="from_date", columns="product_id", values="list_price")
    wide = wide.reindex(columns=products["product_id"]).ffill()
    return wide.to_numpy()[wide.index.searchsorted(days, side="right") - 1]
