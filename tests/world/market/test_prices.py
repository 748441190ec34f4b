"""List prices: periods without gap or overlap that end at today's price."""

import numpy as np
import pandas as pd

from crm_lab.world._identities import make_products
from crm_lab.world._market.market_parameters import PriceParameters
from crm_lab.world._market.prices import daily_prices, make_prices
from crm_lab.world.parameters import ProductParameters

from ..pooling import misses


def made(seed):
    products = make_products(ProductParameters(), seed, "en_US")
    return products, make_prices(PriceParameters(), products, seed)


def changes(world):
    """Every price change, as a ratio of the new to the old price."""
    prices = world.prices
    return (prices["list_price"] / prices.groupby("product_id")["list_price"].shift()).dropna()


def test_the_open_period_holds_todays_price():
    products, prices = made(3)
    today = prices[prices["to_date"].isna()].set_index("product_id")["list_price"]
    assert today.to_dict() == products.set_index("product_id")["list_price"].to_dict()


def test_the_first_period_begins_with_the_launch():
    products, prices = made(3)
    first = prices.groupby("product_id")["from_date"].first()
    assert first.to_dict() == products.set_index("product_id")["launched_on"].to_dict()


def test_a_period_ends_the_day_before_the_next_begins():
    prices = made(3)[1]
    following = prices.groupby("product_id")["from_date"].shift(-1)
    inner = following.notna()
    assert ((following - prices["to_date"])[inner] == pd.Timedelta("1D")).all()
    assert (inner == prices["to_date"].notna()).all()
    assert (prices["to_date"].dropna() >= prices["from_date"][inner]).all()


def test_the_price_of_a_day_is_that_of_its_period():
    products, prices = made(3)
    days = pd.DatetimeIndex(["2024-01-01", "2024-09-12", "2025-12-31"])
    daily = daily_prices(prices, products, days)
    for number, day in enumerate(days):
        rows = prices[(prices["from_date"] <= day) & ~(prices["to_date"] < day)]
        assert rows["product_id"].tolist() == products["product_id"].tolist()
        assert daily[number].tolist() == rows["list_price"].tolist()


def test_prices_change_as_often_and_as_far_as_stated(companies):
    def found(world):
        change = changes(world)
        cuts = change < 1
        return {
            "review": len(change) / (104 * len(world.products)),
            "cut": cuts.mean(),
            "cuts": 1 - change[cuts].mean(),
            "rises": change[~cuts].mean() - 1,
        }

    parameters = PriceParameters()
    stated = {"review": parameters.review, "cut": parameters.cut}
    stated |= {"cuts": np.mean(parameters.cuts), "rises": np.mean(parameters.rises)}
    # a small change of a cheap product is lost in rounding to whole yuan
    assert not misses(companies, found, stated, slack=0.001)


def test_every_order_line_is_charged_at_the_list_price_of_its_day(company):
    buyers, discount = (company.truth.structural[name] for name in ("buyers", "promotion_price"))
    lines = company.order_lines.merge(company.orders, on="order_id").merge(company.customers[["customer_id", "kind"]])
    lines = lines.merge(company.prices, on="product_id")
    day = lines["ordered_at"].dt.normalize()
    lines = lines[(lines["from_date"] <= day) & ~(lines["to_date"] < day)]
    assert len(lines) == len(company.order_lines)
    share = lines["kind"].map({kind: buyer["price"] for kind, buyer in buyers.items()})
    paid = lines["list_price"] * share * np.where(lines["promotion"], discount, 1.0)
    assert np.allclose(lines["unit_price"], paid, atol=0.0051)
