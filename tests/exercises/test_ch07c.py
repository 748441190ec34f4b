"""Lab 07c on customers few enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab import World
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies

EXERCISES = {exercise.name: exercise for exercise in of("07") if exercise.lab == "07c"}


def answer(name, **tables):
    return EXERCISES[name].reference(Tables(tables, pd.Timestamp("2026-01-01")))


def test_five_exercises_and_a_stretch():
    assert sum(one.points for one in EXERCISES.values() if not one.stretch) == 18
    assert [name for name, one in EXERCISES.items() if one.stretch] == ["same_mix"]


def test_staying_multiplies_what_remains():
    watched = pd.DataFrame({"duration": [1, 2, 3], "gone": [True, False, True], "first_failed": True})
    assert answer("staying", watched=watched)["survival"].tolist() == pytest.approx([2 / 3, 2 / 3, 0])


def test_trouble_is_counted_once_a_customer_and_by_the_number_of_orders():
    orders = pd.DataFrame(
        {
            "customer_id": ["a", "b", "b", "c", "d", "d", "d", "e", "e", "e"],
            "failed": [True, False, False, False, True, True, False, False, False, False],
            "left": [True] * 3 + [False] * 4 + [True] * 3,
        }
    )
    table = answer("met", year_orders=orders)
    assert table.loc["few"].to_dict() == {"stayed": 0, "left": 0.5}
    assert table.loc["many"].to_dict() == {"stayed": 1, "left": 0}


def test_who_met_nothing_is_not_silent():
    last = {
        "failed": [False, True, True, True],
        "told": [False, True, False, False],
        "left": [True, False, True, False],
    }
    table = answer("silent", last_orders=pd.DataFrame(last))
    assert table["customers"].to_dict() == {"complained": 1, "nothing": 1, "silent": 2}
    assert table.loc["silent", "share"] == 0.5


def test_mending_comes_before_money():
    people = {"customer_id": list("abc"), "met": ["silent", "nothing", "nothing"], "chance": 0.8}
    table = answer("handled", groups=pd.DataFrame({**people, "value": [900.0, 150.0, 90.0]}))
    assert table["action"].to_dict() == {"a": "mend", "b": "offer", "c": "let_go"}


def test_gaps_are_weighed_by_all_customers():
    rows = [("few", True, 1), ("few", False, 0), ("few", False, 1), ("many", True, 0), ("many", False, 0)]
    mix = pd.DataFrame([*rows, ("few", False, 1)], columns=["band", "trouble", "left"])
    assert answer("same_mix", mix=mix) == pytest.approx((1 - 2 / 3) * 4 / 6)


def test_last_orders_know_nothing_of_the_day_or_after_it():
    world = World(600, seed=1)
    tables = Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values()))
    orders = world.orders[world.orders["ordered_at"] < "2025-07-01"]
    failed = (
        orders.loc[orders["status"] == "delivered"]
        .sort_values("ordered_at")
        .drop_duplicates("customer_id", keep="last")
    )
    failed = failed.set_index("customer_id")["order_id"].isin(world.failures["order_id"])
    last = tables.table("last_orders").set_index("customer_id")
    assert (last["failed"] == failed.reindex(last.index)).all()
    assert not (last["told"] & ~last["failed"]).any()
