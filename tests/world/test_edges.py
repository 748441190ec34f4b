"""Edge rows, planted in companies as they would be without them."""

import pytest

from crm_lab import World
from crm_lab.world import company
from crm_lab.world._edges import DAY, LATE_VISITS, OLD_VISITS, YEAR, with_edges


def unplanted(customers, seed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(company, "with_edges", lambda tables, today: {})
        return World(customers=customers, seed=seed)


@pytest.fixture(scope="module", params=[0, 7])
def planted(request):
    world = unplanted(1_000, request.param)
    return world, with_edges(world.tables, world.today)


def test_only_a_few_times_change(planted):
    world, tables = planted
    for name, column in (
        ("orders", ["ordered_at"]),
        ("customers", ["registered_at", "last_visit_at", "recommend_score"]),
    ):
        before, after = world.tables[name], tables[name]
        assert after.drop(columns=column).equals(before.drop(columns=column))
        assert 0 < len(after[column].compare(before[column])) <= 16
        assert (after.dtypes == before.dtypes).all()


def test_orders_move_within_their_day_and_the_order_of_events_stays(planted):
    world, tables = planted
    before, after = world.tables["orders"], tables["orders"]
    assert (after["ordered_at"].dt.normalize() == before["ordered_at"].dt.normalize()).all()
    assert not (after["delivered_at"] < after["ordered_at"]).any()
    moved = after[after["ordered_at"] != before["ordered_at"]]
    registered = moved["customer_id"].map(tables["customers"].set_index("customer_id")["registered_at"])
    assert (registered <= moved["ordered_at"]).all()
    turns = [frame.groupby("customer_id")["ordered_at"].rank(method="first") for frame in (before, after)]
    assert turns[0].equals(turns[1])
    assert (tables["customers"]["last_visit_at"] >= tables["customers"]["registered_at"]).all()


def test_edges_are_there(planted):
    world, tables = planted
    customers, orders = tables["customers"], tables["orders"]
    assert (orders["ordered_at"] == world.today - YEAR).any()
    last = orders[orders["status"] == "delivered"].groupby("customer_id")["ordered_at"].max()
    assert (last == last.dt.normalize()).any()
    people = customers[~customers["customer_id"].isin(orders["customer_id"])]
    ago = (world.today - people["last_visit_at"].dt.normalize()) // DAY
    reached = ago[people["account_open"] & people["marketing_consent"]]
    assert set(LATE_VISITS) <= set(reached)
    assert set(OLD_VISITS) <= set(ago[people["account_open"]])
    assert (ago[~people["account_open"] & people["marketing_consent"]] == 90).any()
    assert (customers.loc[customers["kind"].isin(["business", "dealer"]), "recommend_score"] == 0).any()


def test_planting_is_the_same_each_time_and_changes_nothing_it_was_given(planted):
    world, tables = planted
    untouched = world.tables["orders"].copy()
    again = with_edges(world.tables, world.today)
    assert all(again[name].equals(tables[name]) for name in tables)
    assert world.tables["orders"].equals(untouched)


def test_small_company_that_lacks_candidates_is_taken_as_it_is():
    world = unplanted(30, 1)
    tables = with_edges(world.tables, world.today)
    assert {name: frame.shape for name, frame in tables.items()} == {
        name: world.tables[name].shape for name in ("customers", "orders")
    }


def test_the_edges_of_a_company_are_those_that_are_planted_in_it(planted):
    world, tables = planted
    made = next(one for one in (World(1_000, seed=0), World(1_000, seed=7)) if _same_people(one, world))
    assert made.orders["ordered_at"].equals(tables["orders"]["ordered_at"])
    assert made.customers["last_visit_at"].equals(tables["customers"]["last_visit_at"])


def _same_people(world, other):
    return world.customers["name"].equals(other.customers["name"])
