"""One company, the same every time; blocks, locales and policies keep to their own."""

import numpy as np
import pandas as pd
import pytest

from crm_lab import schema
from crm_lab.base.errors import InputError
from crm_lab.world import World
from crm_lab.world._effects import Effects

from .pooling import SEEDS

COMPANY_WIDE = ("prices", "competitors", "channel_spend", "reps", "leads", "lead_events", "quotas", "campaigns")
COMPANY_WIDE += ("campaign_results", "call_intervals", "agents", "shifts", "servqual", "kano", "attribute_ratings")
COMPANY_WIDE += ("price_survey", "price_offers", "survey_questions", "products", "registration_forms")
COMPANY_WIDE += (
    "prospect_sheets",
    "daily_reports",
    "vendor_scores",
    "rollout_tasks",
    "favourites",
    "quotes",
    "expenses",
)
COMPANY_WIDE += ("call_backs", "service_checks", "written_intervals", "call_notes")
OF_THE_WHOLE_PANEL = ("stock", "dealer_program", "dealer_survey", "reminders", "watches", "calls", "returns")


@pytest.fixture(scope="module")
def small():
    return World(50, seed=SEEDS[0])


def test_the_tables_are_what_the_schema_says(editions):
    for world in editions.values():
        schema.check(dict(world.tables.items()))


def test_a_second_world_is_the_same(company):
    again = World(seed=SEEDS[0])
    for name, table in company.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])


def test_another_seed_is_another_company(companies):
    same = {name for name, table in companies[0].tables.items() if table.equals(companies[1].tables[name])}
    assert same == {"campaigns", "survey_questions", "quotas"}


def test_another_locale_changes_only_localised_columns(editions):
    for name, table in schema.TABLES.items():
        one, other = (editions[locale].tables[name] for locale in ("en_US", "zh_CN"))
        for column in table.columns:
            same = one[column.name].equals(other[column.name])
            assert same is not column.localised, f"{name}.{column.name}"


@pytest.mark.parametrize("name", [name for name in schema.TABLES if name not in (*COMPANY_WIDE, *OF_THE_WHOLE_PANEL)])
def test_a_block_does_not_depend_on_the_blocks_after_it(one_block_and_more, name):
    one, more = (world.tables[name] for world in one_block_and_more)
    keys = {"customer_id": "customers", "order_id": "orders", "transcript_id": "transcripts"}
    key = next((key for key in keys if key in one and name not in ("surveys", "events")), schema.TABLES[name].key[0])
    known = one_block_and_more[0].tables[keys[key]][key] if key in keys else one[key]
    pd.testing.assert_frame_equal(one, more[more[key].isin(known)].reset_index(drop=True))


@pytest.mark.parametrize("name", COMPANY_WIDE)
def test_what_is_the_companys_does_not_depend_on_the_panel(company, small, name):
    pd.testing.assert_frame_equal(company.tables[name], small.tables[name])


def test_orders_add_up(company):
    lines = company.order_lines
    revenue = (lines["quantity"] * lines["unit_price"]).groupby(lines["order_id"]).sum().round(2)
    orders = company.orders.set_index("order_id")
    assert np.allclose(revenue.reindex(orders.index), orders["revenue"], atol=0.011)
    assert (lines.groupby("order_id")["quantity"].sum().reindex(orders.index) == orders["items"]).all()


def test_nothing_happens_before_its_cause_or_after_today(company):
    orders = company.orders.merge(company.customers, on="customer_id")
    assert (orders["ordered_at"] >= orders["registered_at"].dt.floor("D")).all()
    assert (orders["delivered_at"].dropna() < company.today).all()
    assert (company.customers["last_visit_at"] < company.today).all()
    returns = company.returns.merge(company.orders, on="order_id")
    assert (returns["returned_at"] > returns["delivered_at"]).all()
    assert (returns["status"] == "delivered").all()


def test_returns_lower_the_margin(company):
    lines, returns = company.order_lines, company.returns.merge(company.order_lines, on=["order_id", "line_no"])
    gross = (lines["quantity"] * (lines["unit_price"] - lines["unit_cost"])).groupby(lines["order_id"]).sum()
    loss = returns.groupby("order_id")["loss"].sum()
    orders = company.orders.set_index("order_id")
    structural = company.truth.structural
    fulfilment = structural["shipping"] + structural["picking"] * orders["items"].clip(upper=40)
    expected = gross - fulfilment - loss.reindex(orders.index).fillna(0)
    assert np.allclose(orders["margin"], expected.reindex(orders.index), atol=0.03)
    assert (returns["quantity_x"] <= returns["quantity_y"]).all()


def test_every_dealer_has_an_account(company):
    dealers = company.customers[company.customers["kind"] == "dealer"]
    assert set(dealers["customer_id"]) == set(company.dealers["customer_id"])
    assert 20 <= len(dealers) <= 60


def test_a_policy_that_keeps_customers_sells_more(company):
    def kinder(quarter, company):
        return Effects(leaving=0.2)

    assert len(World(seed=SEEDS[0], policy=kinder).orders) > 1.1 * len(company.orders)


def test_a_policy_from_the_fifth_quarter_leaves_the_first_four_as_they_were(company):
    def later(quarter, company):
        return Effects(leaving=0.0) if quarter >= 4 else Effects()

    orders = World(seed=SEEDS[0], policy=later).orders
    before = orders["ordered_at"] < "2025-01-01"
    default = company.orders[company.orders["ordered_at"] < "2025-01-01"]
    pd.testing.assert_series_equal(orders.loc[before, "order_id"], default["order_id"])
    assert (~before).sum() > 1.3 * (len(company.orders) - len(default))


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


@pytest.mark.parametrize(("customers", "seed"), [(1, seed) for seed in range(8)] + [(2, 3), (20, 0), (30, 2)])
def test_the_smallest_worlds_are_whole(customers, seed):
    schema.check(World(customers, seed=seed).tables)
