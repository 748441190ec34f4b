"""One company, the same every time; blocks, locales and policies keep to their own."""

import numpy as np
import pandas as pd
import pytest

from crm_lab import schema
from crm_lab.base.errors import InputError
from crm_lab.world import Actions, World


@pytest.fixture(scope="module")
def world():
    return World()


def test_the_tables_are_what_the_schema_says(world):
    schema.check(world.tables)


def test_a_second_world_is_the_same(world):
    again = World()
    for name, table in world.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])


def test_another_seed_is_another_company(world):
    assert not World(seed=1).orders.equals(world.orders)


def test_another_locale_changes_only_localised_columns(world):
    chinese = World(locale="zh_CN")
    for name, table in schema.TABLES.items():
        for column in table.columns:
            same = world.tables[name][column.name].equals(chinese.tables[name][column.name])
            assert same is not column.localised, f"{name}.{column.name}"


def test_a_block_does_not_depend_on_the_blocks_after_it():
    small, large = World(10_000, seed=4), World(10_050, seed=4)
    orders = large.orders[large.orders["customer_id"].isin(small.customers["customer_id"])]
    pd.testing.assert_frame_equal(small.orders, orders.reset_index(drop=True))


def test_orders_add_up(world):
    lines = world.order_lines
    revenue = (lines["quantity"] * lines["unit_price"]).groupby(lines["order_id"]).sum().round(2)
    orders = world.orders.set_index("order_id")
    assert np.allclose(revenue.reindex(orders.index), orders["revenue"], atol=0.011)
    assert (lines.groupby("order_id")["quantity"].sum().reindex(orders.index) == orders["items"]).all()


def test_nothing_happens_before_its_cause_or_after_today(world):
    orders = world.orders.merge(world.customers, on="customer_id")
    assert (orders["ordered_at"] >= orders["registered_at"].dt.floor("D")).all()
    assert (orders["delivered_at"].dropna() < world.today).all()
    assert (world.customers["last_visit_at"] < world.today).all()
    returns = world.returns.merge(world.orders, on="order_id")
    assert (returns["returned_at"] > returns["delivered_at"]).all()
    assert (returns["status"] == "delivered").all()


def test_returns_lower_the_margin(world):
    lines, returns = world.order_lines, world.returns.merge(world.order_lines, on=["order_id", "line_no"])
    gross = (lines["quantity"] * (lines["unit_price"] - lines["unit_cost"])).groupby(lines["order_id"]).sum()
    loss = returns.groupby("order_id")["loss"].sum()
    orders = world.orders.set_index("order_id")
    structural = world.truth.structural
    fulfilment = structural["shipping"] + structural["picking"] * orders["items"].clip(upper=40)
    expected = gross - fulfilment - loss.reindex(orders.index).fillna(0)
    assert np.allclose(orders["margin"], expected.reindex(orders.index), atol=0.03)
    assert (returns["quantity_x"] <= returns["quantity_y"]).all()


def test_every_dealer_has_an_account(world):
    dealers = world.customers[world.customers["kind"] == "dealer"]
    assert set(dealers["customer_id"]) == set(world.dealers["customer_id"])
    assert 20 <= len(dealers) <= 60


def test_a_policy_that_keeps_customers_sells_more(world):
    def kinder(quarter, company):
        return Actions(leaving=0.2)

    assert len(World(policy=kinder).orders) > 1.1 * len(world.orders)


def test_a_policy_from_the_fifth_quarter_leaves_the_first_four_as_they_were(world):
    def later(quarter, company):
        return Actions(buying=2.0) if quarter >= 4 else Actions()

    orders = World(policy=later).orders
    before = orders["ordered_at"] < "2025-01-01"
    default = world.orders[world.orders["ordered_at"] < "2025-01-01"]
    pd.testing.assert_series_equal(orders.loc[before, "order_id"], default["order_id"])
    assert (~before).sum() > 1.3 * (len(world.orders) - len(default))


@pytest.mark.parametrize("customers", [0, -5, 2.5, "many", True, None])
def test_a_size_that_cannot_be_is_refused_in_one_sentence(customers):
    with pytest.raises(InputError, match="customers must be a whole number"):
        World(customers)


def test_an_unknown_locale_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match="en_US, zh_CN"):
        World(10, locale="fr_FR")


def test_a_seed_that_is_no_number_is_refused():
    with pytest.raises(InputError, match="seed must be a whole number"):
        World(10, seed="first")


def test_one_customer_is_a_world():
    schema.check(World(1, seed=7).tables)
