"""What three made-up rivals ask for the same things: one follows us, one lives by promotions, one is dear."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._market.market_parameters import RIVALS, RivalParameters
from crm_lab.world._market.prices import daily_prices
from crm_lab.world.parameters import FIRST_DAY, TODAY


def make_competitors(
    parameters: RivalParameters, products: pd.DataFrame, prices: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """The weekly price watch: a few products of every category, three rivals, every Monday of the two years.

    products, prices  the tables of that name
    """
    rng = stream(seed, "rivals")
    order = rng.permutation(len(products))
    rank = products.iloc[order].groupby("category").cumcount()
    watched = products.loc[sorted(rank.index[rank < parameters.watched_per_category])]
    weeks = pd.date_range(FIRST_DAY, TODAY, freq="W-MON", inclusive="left")
    ours = daily_prices(prices, watched, weeks)
    ratio = np.array(parameters.level)[:, None] + parameters.level_noise * rng.standard_normal((3, ours.shape[1]))
    theirs = np.stack(
        [
            _follower(parameters, ours, ratio[0], rng),
            _promoter(parameters, ours[0] * ratio[1], watched["category"].to_numpy(), weeks, rng),
            _steady(parameters, ours[0] * ratio[2], weeks),
        ]
    )
    shape = theirs.transpose(0, 2, 1).shape
    rival, product, week = (axis.ravel() for axis in np.indices(shape))
    return pd.DataFrame(
        {
            "competitor": np.take(RIVALS, rival),
            "product_id": watched["product_id"].to_numpy()[product],
            "week": weeks.to_numpy()[week],
            "price": _shelf(theirs.transpose(0, 2, 1).ravel()),
        }
    )


def _shelf(price: np.ndarray) -> np.ndarray:
    """Prices as shops write them: whole yuan less ten fen."""
    return np.round(np.maximum(np.round(price + 0.1), 5) - 0.1, 2)


def _follower(parameters: RivalParameters, ours: np.ndarray, ratio: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Aims at a fixed ratio to our price; follows a cut soon and a rise late."""
    aim = ours * ratio
    chance = rng.random(aim.shape)
    price = aim.copy()
    for week in range(1, len(aim)):
        speed = np.where(aim[week] < price[week - 1], parameters.follow_cut, parameters.follow_rise)
        price[week] = np.where(chance[week] < speed, aim[week], price[week - 1])
    return price


def _promoter(
    parameters: RivalParameters,
    price: np.ndarray,
    category: np.ndarray,
    weeks: pd.DatetimeIndex,
    rng: np.random.Generator,
) -> np.ndarray:
    """Never looks at us: short promotions, and one lasting cut in one category."""
    begins = rng.random((len(weeks), len(price))) < parameters.promotion
    runs = begins.copy()
    for later in range(1, parameters.promotion_weeks):
        runs[later:] |= begins[:-later]
    moved = np.asarray(weeks >= pd.Timestamp(parameters.move_on))[:, None] & (category == parameters.move_category)
    return price * np.where(runs, 1 - parameters.promotion_off, 1.0) * np.where(moved, 1 - parameters.move_off, 1.0)


def _steady(parameters: RivalParameters, price: np.ndarray, weeks: pd.DatetimeIndex) -> np.ndarray:
    years = np.asarray(weeks.year - weeks.year[0])
    return price * (1 + parameters.yearly_rise) ** years[:, None]
