"""Stock adds up, agrees with the orders, and nothing is sold that is not there."""

import numpy as np
import pandas as pd

from crm_lab.world import World


def test_stock_adds_up_day_after_day(companies):
    stock = companies[0].stock
    assert (stock["closing"] == stock["opening"] + stock["received"] - stock["sold"]).all()
    before = stock.groupby("product_id")["closing"].shift()
    assert (before.dropna() == stock["opening"][before.notna()]).all()
    assert (stock[["opening", "received", "sold", "closing"]] >= 0).all().all()


def test_what_is_sold_is_what_was_ordered(companies):
    world = companies[0]
    lines = world.order_lines.merge(world.orders, on="order_id")
    lines = lines[lines["status"] != "cancelled"].assign(day=lambda f: f["ordered_at"].dt.normalize())
    ordered = lines.groupby(["product_id", "day"])["quantity"].sum()
    sold = world.stock.set_index(["product_id", "day"])["sold"]
    assert (ordered.reindex(sold.index).fillna(0) == sold).all()
    assert sold.sum() > 1_000


def test_the_last_ninety_days_of_every_product(companies):
    stock = companies[0].stock
    assert len(stock) == 120 * 90
    assert stock["day"].min() == companies[0].today - pd.Timedelta("90D")
    assert stock["day"].max() == companies[0].today - pd.Timedelta("1D")


def test_some_products_are_sold_out_today(companies):
    today = [world.stock.loc[world.stock["day"] == "2025-12-31", "closing"].eq(0).sum() for world in companies]
    assert np.mean(np.array(today) >= 1) >= 0.8


def test_a_company_without_orders_has_a_full_shelf():
    stock = World(1, seed=7).stock
    assert len(stock) == 120 * 90
    assert (stock["closing"] >= 0).all()
