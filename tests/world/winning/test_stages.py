"""Orders on their way begin and arrive when orders says, pass no stage before the last, and are paid afterwards."""

import pandas as pd
import pytest

from crm_lab.schema.winning import STAGES
from crm_lab.world._winning.truth import ESTIMANDS
from crm_lab.world._winning.winning_parameters import StageParameters

from ..pooling import misses
from . import winning_measures as found

PARAMETERS = StageParameters()
USUAL = ["received", "credit_check", "confirmed", "picked", "shipped", "delivered", "invoiced", "paid"]


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.stages, ESTIMANDS["stages"])


def test_orders_begin_and_arrive_as_in_orders(companies):
    for world in companies[:5]:
        table = world.order_stages.merge(world.orders, on="order_id")
        received, delivered = (table[table["stage"] == name] for name in ("received", "delivered"))
        assert (received["entered_at"] == received["ordered_at"]).all()
        assert (delivered["entered_at"] == delivered["delivered_at"]).all()
        assert set(delivered["order_id"]) == set(table.loc[table["status"] == "delivered", "order_id"])
        trade = world.customers.loc[world.customers["kind"].isin(["business", "dealer"]), "customer_id"]
        since = world.orders[(world.orders["ordered_at"] >= PARAMETERS.since) & world.orders["customer_id"].isin(trade)]
        assert set(table["order_id"]) == set(since["order_id"])


def test_steps_are_numbered_by_time_and_end_before_today(company):
    stages = company.order_stages
    first = stages["step_no"] == 1
    assert (stages["entered_at"].diff()[~first].dt.total_seconds() >= 0).all()
    assert (stages.groupby("order_id")["step_no"].max() == stages.groupby("order_id").size()).all()
    assert stages["entered_at"].max() < company.today


def every_stage(companies):
    """The stages of all companies with their orders, whose numbers are made to differ."""
    parts = [world.order_stages.merge(world.orders, on="order_id") for world in companies]
    return pd.concat([part.assign(order_id=part["order_id"] + f"-{n}") for n, part in enumerate(parts)])


def test_a_cancelled_order_ends_there_and_an_open_one_is_not_delivered(companies):
    table = every_stage(companies)
    cancelled = table[table["status"] == "cancelled"].groupby("order_id", sort=False)["stage"].agg(list)
    assert set(map(tuple, cancelled)) == {("received", "cancelled"), ("received",)}
    open_ = table[table["status"] == "open"]
    assert len(open_)
    assert not set(open_["stage"]) & {"delivered", "invoiced", "paid", "cancelled"}


def test_paths_are_the_usual_one_or_one_with_a_change(companies):
    table = every_stage(companies)
    paths = table.groupby("order_id")["stage"].agg(list)
    complete = paths[paths.map(lambda path: path[-1] == "paid")]
    usual = complete.map(lambda path: [stage for stage in path if stage != "changed"] == USUAL)
    assert usual.all()
    assert set(table["stage"]) == set(STAGES)


def test_a_late_order_is_held_up_where_stated(companies):
    parts = []
    for world in companies:
        course, late = found.course(world), world.failures.query("failure == 'late'")["order_id"]
        parts.append(course.assign(late=course.index.isin(late))[course["delivered"].notna()])
    course = pd.concat(parts)
    share = (course["picked"] - course["confirmed"]) / (course["delivered"] - course["received"])
    held = share.groupby(course["late"]).agg(lambda shares: (shares > 0.4).mean())
    assert held[True] == pytest.approx(PARAMETERS.culprits["confirmed"], abs=0.1)
    assert held[False] < 0.06
