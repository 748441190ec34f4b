"""Moves and closed accounts: they fit the customers, and why somebody left follows what happened to them."""

from crm_lab.world._office.truth import ESTIMANDS

from ..pooling import misses
from . import office_measures as found


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.measure, ESTIMANDS)


def test_closed_accounts_are_those_of_the_customers_table(companies):
    for world in companies[:5]:
        closed = world.account_changes.query("change == 'closed'").merge(world.customers, on="customer_id")
        assert set(closed["customer_id"]) == set(world.customers.loc[~world.customers["account_open"], "customer_id"])
        assert (closed["changed_at"] > closed["last_visit_at"]).all()
        assert (world.account_changes["changed_at"] < world.today).all()


def test_who_moved_came_from_another_city_while_a_customer(editions):
    for world in editions.values():
        moved = world.account_changes.query("change == 'moved'").merge(world.customers, on="customer_id")
        assert (moved["city_before"] != moved["city"]).all()
        assert moved["changed_at"].between(moved["registered_at"], moved["last_visit_at"]).all()
        assert moved["customer_id"].is_unique


def test_sales_by_region_differ_between_then_and_now(companies):
    for world in companies[:5]:
        then, now = found.region_then(world)
        assert 0.01 < (then != now).mean() < 0.10


def test_reasons_are_for_closing_only(company):
    changes = company.account_changes
    assert changes.loc[changes["change"] == "moved", "reason"].isna().all()
    assert changes["region_before"].notna().eq(changes["change"] == "moved").all()
