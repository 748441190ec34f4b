"""Labs 06a and 06b on tables small enough to work out by hand. The contract is tested elsewhere."""

import numpy as np
import pandas as pd
import pytest

from crm_lab import World
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises.ch06 import judged, neighbours, offers, supports

TODAY = pd.Timestamp("2026-01-01")
EXERCISES = {exercise.name: exercise for exercise in of("06")}
PRODUCTS = pd.DataFrame(
    {"product_id": ["P1", "P2", "P3"], "name": ["Bamboo tea tray", "Linen tea tray", "Linen mat"], "category": "tea"}
)
ORDERS = pd.DataFrame(
    [
        ("O1", "C1", "2025-06-30 23:59", "delivered"),
        ("O2", "C1", "2025-09-28 23:59", "delivered"),
        ("O3", "C2", "2025-06-01 10:00", "open"),
        ("O4", "C3", "2025-06-01 10:00", "cancelled"),
    ],
    columns=["order_id", "customer_id", "ordered_at", "status"],
).astype({"ordered_at": "datetime64[us]"})
LINES = pd.DataFrame(
    [("O1", 1, "P1"), ("O1", 2, "P2"), ("O2", 1, "P3"), ("O3", 1, "P1"), ("O3", 2, "P3"), ("O4", 1, "P3")],
    columns=["order_id", "line_no", "product_id"],
)


@pytest.fixture
def company():
    tables = {"orders": ORDERS, "order_lines": LINES, "products": PRODUCTS}
    return Tables(tables, TODAY)


@pytest.fixture(scope="module")
def whole():
    world = World(300, seed=5)
    return Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values()))


def given(**tables):
    return Tables(tables, TODAY)


def test_a_basket_is_an_order_not_cancelled_and_holds_a_thing_once(company):
    lines = supports.basket_lines(company)
    assert lines.to_numpy().tolist() == [["O1", "tea tray"], ["O2", "mat"], ["O3", "tea tray"], ["O3", "mat"]]


def test_six_baskets(company):
    six = pd.DataFrame({"basket": ["b1", "b1", "b2", "b3"], "thing": ["tea", "tea", "tea", "mat"]})
    right = EXERCISES["counter_support"].reference(given(counter=six))
    assert right.to_dict() == pytest.approx({"tea": 2 / 3, "mat": 1 / 3})


def test_the_first_of_the_six_hold_a_thing_twice(whole):
    six = whole.table("counter")
    assert six["basket"].nunique() == 6
    assert six.duplicated().any()


def test_rules_from_counts():
    table = pd.DataFrame(
        [("a", "b", 100, 300, 60, 1000), ("b", "a", 300, 100, 60, 1000), ("a", "c", 100, 800, 90, 1000)],
        columns=["a", "b", "n_a", "n_b", "n_ab", "n"],
    )
    strong = EXERCISES["strong"].reference(given(pair_table=table))
    assert strong[["confidence", "lift"]].to_numpy().ravel().tolist() == pytest.approx([0.6, 2, 0.2, 2])
    assert EXERCISES["misleading"].reference(given(pair_table=table)) == 0
    worse = table.assign(n_b=[300, 100, 950])
    assert EXERCISES["misleading"].reference(given(pair_table=worse)) == pytest.approx(1 / 3)


def test_unreminded_counts_candidates_of_the_day_and_ninety_days():
    dates = pd.DataFrame(
        {
            "customer_id": ["C1", "C2", "C3", "C4", "C5"],
            "a_at": pd.to_datetime(
                ["2025-06-30 23:59", "2025-06-01 12:00", "2025-05-01 12:00", "2025-07-01 00:00", "2025-01-01 12:00"]
            ),
            "b_at": pd.to_datetime(
                ["2025-09-28 23:59", "2025-09-29 00:00", None, "2025-07-02 12:00", "2025-06-30 23:59"]
            ),
        }
    )
    assert offers.unreminded(given(first_bought=dates)) == pytest.approx(1 / 3)


def test_goes_with_is_the_count_over_the_root():
    marks = pd.DataFrame({"person_id": list("AABBC"), "product_id": ["P1", "P2", "P1", "P2", "P2"]})
    page = pd.DataFrame({"product_id": ["P1"]})
    right = EXERCISES["goes_with"].reference(given(past_marks=marks, page=page))
    assert right.to_dict() == pytest.approx({"P2": 2 / np.sqrt(6)})


def test_the_lower_end():
    ranks = pd.DataFrame({"popular": [1, 11, 20, 3], "ours": [10, 2, 11, 30]})
    difference = pd.Series([0, 1, 0, -1])
    assert judged.lower_end(given(ranks=ranks)) == pytest.approx(-1.96 * difference.std() / 2)


def test_taste_halves_every_ninety_days():
    dated = pd.DataFrame({"marked_on": [TODAY, TODAY - pd.Timedelta(days=90)], "category": ["tea", "garden"]})
    assert judged.taste(given(dated=dated)).to_dict() == pytest.approx({"tea": 2 / 3, "garden": 1 / 3})


def test_the_person_of_the_shelf_would_be_shown_what_they_have(whole):
    held = set(whole.table("mine")["product_id"])
    assert held & set(neighbours.shelf(whole, marked=True).index)
    assert not held & set(neighbours.shelf(whole).index)


def test_ranks_agree_with_the_trial_where_nothing_fades(whole):
    ours = judged.ranks(whole).set_index("person_id")["ours"] <= 10
    trial = judged.trial(whole)
    slow = trial[trial["half_life"] == 730].set_index("person_id")["hit"]
    assert (ours.mean() - slow.mean()) == pytest.approx(0, abs=0.05)
    assert judged.lower_end(whole) > 0.05
