"""Visits agree with orders and customers, and lead to orders as the intention model says."""

import pandas as pd
import pytest

from crm_lab.world._contact.truth import ESTIMANDS

from ..pooling import misses
from . import contact_measures as found


@pytest.fixture(scope="module")
def intentions(companies):
    return [found.intention(world) for world in companies]


@pytest.fixture(scope="module")
def forecasts(companies):
    return [found.ahead(world) for world in companies]


def ends(visits):
    return visits["started_at"] + pd.to_timedelta(visits["minutes"], unit="min")


def test_every_order_of_shop_and_app_ends_one_visit(companies):
    for world in companies[:5]:
        recent = world.orders[world.orders["ordered_at"] >= "2025-11-02"]
        own = recent.loc[recent["channel"].isin(["web", "app"]), "order_id"]
        bought = world.visits[world.visits["ordered"]]
        assert sorted(bought["order_id"]) == sorted(own)
        assert world.visits.loc[~world.visits["ordered"], "order_id"].isna().all()
        bought = bought.merge(world.orders, on="order_id", suffixes=("", "_order"))
        assert (bought["customer_id"] == bought["customer_id_order"]).all()
        assert (bought["channel"] == bought["channel_order"]).all()
        assert (ends(bought) == bought["ordered_at"]).all()


def test_the_latest_visit_is_the_one_customers_tell_of(companies):
    for world in companies[:5]:
        seen = world.customers[world.customers["last_visit_at"] >= "2025-11-02"]
        latest = world.visits.sort_values("started_at").groupby("customer_id").tail(1).set_index("customer_id")
        assert set(latest.index) == set(seen["customer_id"])
        last = seen.set_index("customer_id")["last_visit_at"].reindex(latest.index)
        assert (latest["started_at"] <= last).all()
        assert (last <= ends(latest)).all()


def test_visits_stay_in_the_window_and_never_overlap(companies):
    for world in companies[:5]:
        visits = world.visits.sort_values(["customer_id", "started_at"])
        assert visits["started_at"].min() >= pd.Timestamp("2025-11-02")
        assert (ends(visits) <= world.today).all()
        following = visits["customer_id"].eq(visits["customer_id"].shift())
        gap = visits["started_at"] - ends(visits).shift()
        assert (gap[following & ~visits["ordered"]] > pd.Timedelta(0)).all()
        visits = visits.merge(world.customers[["customer_id", "registered_at"]], on="customer_id")
        idle = visits[~visits["ordered"]]
        assert (idle["started_at"] >= idle["registered_at"]).all()


def test_what_is_seen_fits_together(companies):
    visits = companies[0].visits
    assert (visits["pages"] > visits["product_views"]).all()
    assert visits.loc[visits["ordered"], "cart"].all()
    assert (visits.loc[visits["ordered"], "pages"] >= visits.loc[visits["ordered"], "product_views"] + 4).all()


def test_only_who_allowed_offers_came_by_email(companies):
    for world in companies[:5]:
        by_email = world.visits[world.visits["source"] == "email"][["customer_id", "started_at"]]
        marketing = world.consents[world.consents["purpose"] == "marketing"].sort_values("recorded_at")
        marketing = marketing.rename(columns={"recorded_at": "started_at"})
        state = pd.merge_asof(by_email.sort_values("started_at"), marketing, on="started_at", by="customer_id")
        assert len(state) > 100
        assert state["granted"].fillna(True).all()  # an order may have opened the account during the visit


def test_the_regression_finds_the_model_that_made_the_orders(companies, intentions):
    structural = companies[0].truth.structural["contact"]["visits"]
    expected = {"by_view": structural["by_view"], "by_app": structural["by_app"]}
    expected |= {f"by_{name}": structural["by_source"][name] for name in ("search", "display", "community")}
    assert not misses(intentions, dict, expected)


def test_the_lesson_finds_what_the_truth_says(intentions):
    assert not misses(intentions, dict, ESTIMANDS["visits"])


def test_looking_ahead_finds_what_the_truth_says(forecasts):
    assert not misses(forecasts, dict, ESTIMANDS["ahead"])


def test_leaks_look_much_better_than_honest_features(intentions, forecasts):
    assert all(model["auc_with_leaks"] > model["auc"] + 0.15 for model in intentions)
    assert all(model["auc_with_leak"] > model["auc"] + 0.1 for model in forecasts)
