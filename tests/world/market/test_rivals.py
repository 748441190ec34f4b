"""Three rivals who behave as the truth says."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world.identities import make_products
from crm_lab.world.market.parameters import RIVALS, PriceParameters, RivalParameters
from crm_lab.world.market.prices import daily_prices, make_prices
from crm_lab.world.market.rivals import make_competitors
from crm_lab.world.market.truth import MARKET_ESTIMANDS

SEEDS = range(100, 120)


class Watch:
    """One company's price watch: weeks × products, ours and each rival's."""

    def __init__(self, seed):
        self.products = make_products(seed, "en_US")
        prices = make_prices(PriceParameters(), self.products, seed)
        self.table = make_competitors(RivalParameters(), self.products, prices, seed)
        self.theirs = {
            name: rows.pivot(index="week", columns="product_id", values="price")
            for name, rows in self.table.groupby("competitor")
        }
        weeks, watched = self.theirs[RIVALS[0]].index, self.theirs[RIVALS[0]].columns
        self.products = self.products[self.products["product_id"].isin(watched)]
        self.ours = pd.DataFrame(daily_prices(prices, self.products, weeks), weeks, watched)

    def index(self, rival):
        return (self.theirs[rival] / self.ours).mean().mean()

    def followed(self, direction, weeks):
        """Share of our cuts (-1) or rises (1) after which the follower moved the same way within so many weeks."""
        change = np.sign(np.log(self.ours).diff().to_numpy()) == direction
        theirs = np.log(self.theirs[RIVALS[0]]).to_numpy()
        week, product = np.nonzero(change)
        week, product = week[week + 8 < len(theirs)], product[week + 8 < len(theirs)]
        return (direction * (theirs[week + weeks - 1, product] - theirs[week - 1, product]) > 0).mean()

    def move(self):
        """How much more the promoter's tea fell after its move than its other prices, in log points, and t."""
        price = np.log(self.theirs["tallowby"])
        fall = price[price.index >= "2025-09-01"].mean() - price[price.index < "2025-09-01"].mean()
        tea = (self.products.set_index("product_id")["category"] == "tea").reindex(fall.index)
        a, b = fall[tea], fall[~tea]
        return a.mean() - b.mean(), (a.mean() - b.mean()) / np.sqrt(a.var() / len(a) + b.var() / len(b))


@pytest.fixture(scope="module")
def watches():
    return [Watch(seed) for seed in SEEDS]


def pooled(values):
    """Mean and four standard errors."""
    values = np.array(values)
    return values.mean(), 4 * values.std(ddof=1) / np.sqrt(len(values))


def test_every_monday_every_rival_every_watched_product(watches):
    table = watches[0].table
    assert len(table) == 3 * 40 * 105
    assert (table["week"].dt.day_of_week == 0).all()
    assert watches[0].products["category"].value_counts().eq(5).all()
    assert (table["price"] > 0).all()


@pytest.mark.parametrize("rival", RIVALS)
def test_each_rival_has_its_level(watches, rival):
    mean, error = pooled([watch.index(rival) for watch in watches])
    assert mean == pytest.approx(MARKET_ESTIMANDS[f"price_index_{rival}"], abs=error)


@pytest.mark.parametrize(
    ("direction", "weeks", "name"),
    [(-1, 1, "cut_followed_1_week"), (-1, 4, "cut_followed_4_weeks"), (1, 4, "rise_followed_4_weeks")],
)
def test_the_follower_follows_cuts_soon_and_rises_late(watches, direction, weeks, name):
    mean, error = pooled([watch.followed(direction, weeks) for watch in watches])
    assert mean == pytest.approx(MARKET_ESTIMANDS[name], abs=error)


def test_the_move_in_tea_shows_in_every_company(watches):
    moves, ratios = zip(*(watch.move() for watch in watches), strict=True)
    mean, error = pooled(moves)
    assert mean == pytest.approx(np.log(1 - RivalParameters().move_off), abs=error)
    assert np.mean(np.array(ratios) < -2.1) >= 0.8


def test_the_dear_rival_raises_its_prices_in_january_and_only_then(watches):
    price = np.log(watches[0].theirs["osierden"]).diff().drop(index=pd.Timestamp("2024-01-01"))
    january = price.index == pd.Timestamp("2025-01-06")
    assert (price[~january] == 0).all().all()
    rises = [np.log(w.theirs["osierden"]).diff().loc["2025-01-06"].mean() for w in watches]
    assert np.mean(rises) == pytest.approx(np.log(1.04), abs=0.002)
