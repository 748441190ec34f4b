"""Somebody stands on each border of the rules of chapter 04, and nobody else is moved."""

import math

import pandas as pd
import pytest

from crm_lab import World
from crm_lab.author.published import edited
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises.ch04 import _borders, change, groups, marks
from crm_lab.labs.check import AnswerKey, check

DAY = pd.Timedelta(days=1)
EXERCISES = {exercise.name: exercise for exercise in of("04")}
ON_A_BORDER = [
    ("relationship", "364 days"),
    ("relationship", "366 days"),
    ("pyramid", "> for >="),
    ("pyramid", "366 days"),
    ("pyramid", "a day short"),
    ("pyramid", "places shared"),
    ("field", "above 200"),
    ("field", "above 800"),
    ("changing", "more than 1.5 times"),
    ("changing", "a rise above ¥100"),
    ("changing", "a fall above ¥100"),
    ("marks", "revenue above ¥500"),
]


@pytest.fixture(scope="module", params=range(3))
def tables(request):
    world = World(seed=request.param)
    return Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values()))


@pytest.fixture
def arrived(tables):
    return _borders.delivered(tables)


@pytest.mark.parametrize(("name", "near"), ON_A_BORDER)
def test_who_leaves_out_a_border_is_wrong_on_every_company(name, near, tables):
    exercise = EXERCISES[name]
    answer = edited(exercise, tables, *exercise.near[near])
    assert check(AnswerKey(exercise, tables), answer).status == "wrong"


def test_the_year_begins_at_a_midnight_and_somebody_came_a_minute_before(tables, arrived):
    begin = tables.today - 365 * DAY
    year = arrived[arrived["ordered_at"] >= begin]
    alone = year[~year["customer_id"].duplicated(keep=False)]
    before = arrived[~arrived["customer_id"].isin(year["customer_id"])]
    assert alone["ordered_at"].min() == begin
    assert begin - before["ordered_at"].max() <= DAY


def test_two_customers_share_the_last_place_of_the_best_twentieth(tables, arrived):
    year = arrived[arrived["ordered_at"] >= tables.today - 365 * DAY]
    sums = year.groupby("customer_id")["margin"].sum().sort_values(ascending=False)
    place = math.ceil(0.05 * len(sums))
    assert sums.iloc[place - 1] == sums.iloc[place]


def test_somebody_changes_by_just_as_much_as_the_rule_asks(tables):
    found = change.sums_in(tables, {"previous": (183, 364), "latest": (1, 182)})
    more = found["latest"] - found["previous"]
    assert {-100.0, 100.0} <= set(more)
    for low, high in (("previous", "latest"), ("latest", "previous")):
        assert ((found[high] == 1.5 * found[low]) & (found[high] - found[low] >= 100)).any()


def test_sums_on_a_border_are_exact_in_any_order(tables, arrived):
    sums = arrived.groupby("customer_id")["margin"].sum()
    before = tables.table("orders").loc[arrived.index, "margin"]
    moved = arrived["customer_id"][arrived["margin"] != before].unique()
    turned = arrived[::-1].groupby("customer_id")["margin"].sum()
    assert 5 <= len(moved) <= 8
    assert (arrived.loc[arrived["margin"] != before, "margin"] % 1 == 0).all()
    assert (sums - turned).abs().max() < 1e-9


def test_little_is_moved(tables):
    before, after = tables.table("orders"), tables.table("lab_orders")
    same = ["ordered_at", "margin"]
    assert before.drop(columns=same).equals(after.drop(columns=same))
    assert (before["ordered_at"] != after["ordered_at"]).sum() <= 2
    assert (before["ordered_at"] - after["ordered_at"]).abs().max() <= _borders.DAYS * DAY
    total = [orders.groupby("customer_id")["margin"].sum() for orders in (before, after)]
    assert (total[0] - total[1]).abs().max() <= 0.1 * total[0].abs().max()


def test_nobody_changes_class_in_the_tables_that_are_handed_out(tables):
    assert groups.by_rules()(tables).to_dict() == groups.relationship(tables).to_dict()
    assert marks.by_rules()(tables).to_dict() == marks.marks(tables).to_dict()


def test_a_small_company_without_anybody_near_stays_as_it_is():
    orders = pd.DataFrame({"customer_id": ["C1"], "ordered_at": [pd.Timestamp("2025-06-01")]})
    orders = orders.assign(status="delivered", margin=77.7)
    given = Tables({"orders": orders}, pd.Timestamp("2026-01-01"))
    assert _borders.lab_orders(given).equals(orders)
