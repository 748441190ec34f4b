"""Tasks follow from what happened; watches agree with prices and stock."""

import numpy as np
import pandas as pd

from crm_lab.world import World

from ..pooling import misses


def fired(world):
    """Day on which each watch first came true, by watch_id: the query behind the workbench."""
    watches = world.watches
    prices = watches[watches["watch"] == "price"].merge(world.prices, on="product_id")
    low = prices[(prices["list_price"] <= prices["price_level"]) & ~(prices["to_date"] < prices["asked_on"])]
    price = low[["from_date", "asked_on"]].max(axis=1).groupby(low["watch_id"]).min()
    stock = watches[watches["watch"] == "stock"].merge(world.stock, on="product_id")
    back = stock[(stock["closing"] > 0) & (stock["day"] > stock["asked_on"])]
    return pd.concat([price, back.groupby("watch_id")["day"].min()])


def test_tasks_are_noted_before_they_are_due_and_done_after(companies):
    tasks = companies[0].reminders
    assert (tasks["created_at"] < tasks["due_at"]).all()
    assert (tasks["created_at"] < companies[0].today).all()
    done = tasks["done_at"].notna()
    assert (tasks["done_at"] >= tasks["due_at"])[done].all()
    assert (tasks["done_at"].dropna() < companies[0].today).all()
    assert set(tasks["task"]) == {"call_back", "return_call", "contract_review", "dealer_visit"}


def test_some_tasks_are_overdue_and_some_are_ahead(companies):
    def undone(world):
        old = world.reminders[world.reminders["due_at"] < world.today - pd.Timedelta("15D")]
        return old["done_at"].isna().mean()

    assert not misses(companies, undone, companies[0].truth.structural["market"]["tasks"]["forgotten"])
    assert all((world.reminders["due_at"] >= world.today).sum() >= 5 for world in companies)


def test_each_task_has_its_cause(companies):
    world = companies[0]
    tasks = world.reminders
    delivered = set(zip(world.orders["customer_id"], world.orders["delivered_at"], strict=True))
    returns = world.returns.merge(world.orders, on="order_id")
    returned = set(zip(returns["customer_id"], returns["returned_at"], strict=True))
    contract = set(world.customers.loc[world.customers["frame_contract"], "customer_id"])
    for task, causes in (("call_back", delivered), ("return_call", returned)):
        rows = tasks[tasks["task"] == task]
        assert set(zip(rows["customer_id"], rows["created_at"], strict=True)) <= causes
    assert set(tasks.loc[tasks["task"] == "contract_review", "customer_id"]) <= contract
    assert set(tasks.loc[tasks["task"] == "dealer_visit", "customer_id"]) <= set(world.dealers["customer_id"])


def test_a_task_is_done_by_a_rep_of_the_region(companies):
    tasks = companies[0].reminders.merge(companies[0].customers, on="customer_id")
    assert (tasks["region"] == tasks["rep_id"].map(companies[0].reps.set_index("rep_id")["region"])).all()
    assert (tasks.groupby("customer_id")["rep_id"].nunique() == 1).all()


def test_who_watches_has_an_account_and_still_visits(companies):
    watches = companies[0].watches.merge(companies[0].customers, on="customer_id")
    assert (watches["registered_at"] < watches["asked_on"]).all()
    assert (watches["last_visit_at"] >= watches["asked_on"]).all()


def test_a_price_is_asked_for_below_todays_and_stock_of_what_is_sold_out(companies):
    world = companies[0]
    prices = world.watches[world.watches["watch"] == "price"].merge(world.prices, on="product_id")
    then = prices[(prices["from_date"] <= prices["asked_on"]) & ~(prices["to_date"] < prices["asked_on"])]
    assert (then["price_level"] < then["list_price"]).all()
    assert then["watch_id"].is_unique
    stock = world.watches[world.watches["watch"] == "stock"]
    assert stock["price_level"].isna().all()
    shelf = world.stock.set_index(["product_id", "day"])["closing"]
    assert (shelf.loc[list(zip(stock["product_id"], stock["asked_on"], strict=True))] == 0).all()


def test_the_workbench_has_watches_that_fire(companies):
    days = [fired(world) for world in companies]
    counts = np.array([((day >= "2025-12-01").sum(), len(day)) for day in days])
    assert np.mean(counts[:, 0] >= 3) >= 0.8
    assert np.mean(counts[:, 1] >= 25) >= 0.8


def test_a_tiny_company_has_tasks_and_watches_that_fit_the_schema():
    world = World(3, seed=2)
    assert set(world.reminders["customer_id"]) <= set(world.customers["customer_id"])
