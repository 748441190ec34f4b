"""Labs 08a and 08b on a company small enough to work out by hand. The contract is tested elsewhere."""

import numpy as np
import pandas as pd
import pytest

from crm_lab import lifetime
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises.ch08 import likelihood, outlook
from crm_lab.world import World

EXERCISES = {exercise.name: exercise for exercise in of("08")}
ORDERS = [  # customer, ordered_at, status, margin
    ("C1", "2024-01-05", "delivered", 100.0),
    ("C1", "2024-01-05", "delivered", 20.0),  # the same day: one purchase
    ("C1", "2024-02-02", "delivered", 30.0),  # four weeks later
    ("C1", "2025-04-04", "delivered", 200.0),
    ("C2", "2024-02-14", "cancelled", 90.0),  # no order, no cohort
    ("C2", "2024-06-30", "delivered", 50.0),
    ("C3", "2024-12-31 23:59", "delivered", 60.0),
    ("C3", "2025-01-01 00:00", "delivered", 80.0),
    ("C4", "2025-07-01", "delivered", 70.0),  # midyear itself is no longer before
]


@pytest.fixture
def company():
    orders = pd.DataFrame(ORDERS, columns=["customer_id", "ordered_at", "status", "margin"])
    orders = orders.assign(ordered_at=pd.to_datetime(orders["ordered_at"], format="mixed"), revenue=100.0, items=1)
    customers = pd.DataFrame(
        {"customer_id": ["C1", "C2", "C3", "C4"], "kind": "business", "channel": ["a", "a", "b", "b"]}
    )
    tables = Tables({"customers": customers, "orders": orders}, pd.Timestamp("2026-01-01"))
    return tables.with_supplies(supplies(EXERCISES.values()))


@pytest.fixture(scope="module")
def willow():
    world = World(seed=3)
    return Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values()))


def answer(name, tables):
    return EXERCISES[name].reference(tables)


def test_two_labs_worth_25_and_29_points_and_a_stretch_each():
    points = {lab: sum(e.points for e in of("08") if e.lab == lab and not e.stretch) for lab in ("08a", "08b")}
    assert points == {"08a": 25, "08b": 29}
    assert [e.name for e in of("08") if e.stretch] == ["break_even", "recovery"]


def test_who_stayed_is_counted_from_the_customers_of_2024(company):
    counts = answer("stay_counts", company)
    assert counts.to_dict("records") == [{"kind": "business", "customers": 3, "stayed": 2}]  # C1, C2, C3; C2 did not


def test_cohorts_begin_with_the_first_delivered_order(company):
    triangle = answer("cohorts", company)
    assert triangle["q0"].tolist() == [1, 1, 1, 1]  # C1, C2, C3, C4
    assert triangle.index.tolist() == ["2024Q1", "2024Q2", "2024Q4", "2025Q3"]
    assert triangle.loc["2024Q1", "q5"] == 1
    assert triangle.loc["2024Q4", ["q1", "q2"]].tolist() == [1, 0]
    assert np.isnan(triangle.loc["2025Q3", "q1"])


def test_a_business_customer_by_hand(company):
    """2025: 200, 80 and 70; of C1, C2 and C3, there in 2024, two are there in 2025."""
    assert answer("business", company) == pytest.approx((200 + 80 + 70) / 3 / (1 - 2 / 3))


def test_the_discounted_sum_by_hand(company):
    worth = answer("discounted", company)
    assert worth(100, 0.6, 0.1, 3) == pytest.approx(100 + 60 / 1.1 + 36 / 1.21)
    assert worth(100, 0.6, 0.1, 1) == 100


def test_a_point_counts_every_customer_of_the_channel(willow):
    base, gain = willow.table("channel_base").set_index("channel"), answer("point", willow)
    for channel, (customers, margin, stay) in base.iterrows():
        by_hand = customers * margin * (1.1 / (1.1 - stay - 0.01) - 1.1 / (1.1 - stay))
        assert gain[channel] == pytest.approx(by_hand)


def test_levers_and_their_break_even_agree(willow):
    margin, stay = willow.table("average_customer").iloc[0]
    club = pd.DataFrame({"margin_growth": [0.0], "retention_points": [answer("break_even", willow)], "cost": [20.0]})
    assert lifetime.lever_effects(margin, stay, 0.1, club)["gain"].iloc[0] == pytest.approx(0, abs=1e-9)


def test_histories_by_hand(company):
    found = answer("histories", company)
    assert found.index.tolist() == ["C1", "C2", "C3"]
    assert found["frequency"].tolist() == [2, 0, 1]
    assert found.loc["C1"].tolist() == pytest.approx([2, 455 / 7, 543 / 7])
    assert found.loc["C3", "recency"] == pytest.approx(1 / 7)


def test_the_likelihood_of_one_customer_by_hand(willow):
    row = willow.table("one_customer").iloc[0]
    stories = 0.8**2 * np.exp(-0.1 * row["T"]) + 0.8 * 0.2 * np.exp(-0.1 * row["recency"])
    assert answer("chance", willow) == pytest.approx(0.01 * stories)


def test_the_fit_is_the_top_of_the_sum(willow):
    table, found = willow.table("all_histories"), answer("fitted", willow)
    seen = [table[name] for name in likelihood.MEASURES]
    top = lifetime.bg_nbd_log_likelihood(*found, *seen).sum()
    for name in found.index:
        moved = found.where(found.index != name, 1.05 * found)
        assert lifetime.bg_nbd_log_likelihood(*moved, *seen).sum() < top


def test_the_holdout_counts_purchases_of_known_customers(willow):
    assert outlook.later(willow) < outlook.later(willow, known=False)
    assert outlook.later(willow) <= outlook.later(willow, days=False)
    assert answer("holdout", willow) == pytest.approx(outlook.foreseen(willow).sum() / outlook.later(willow))


def test_whom_to_keep_is_what_value_at_stake_says(willow):
    table = willow.table("all_histories").set_index("customer_id")
    at_stake = lifetime.value_at_stake(outlook.fit_of(table), outlook.spending(table), table, 52, outlook.MARGIN)
    gain = (0.25 * at_stake - 40).loc[lambda gain: gain > 0.5]
    assert answer("keep", willow).reindex(gain.index).to_numpy() == pytest.approx(gain.to_numpy(), rel=0.02, abs=0.5)


def test_made_up_customers_are_watched_until_the_end_of_their_time(willow):
    table = willow.table("made_up")
    assert (table["recency"] <= table["T"]).all()
    assert ((table["frequency"] > 0) == (table["recency"] > 0)).all()
    assert answer("recovery", willow).abs().max() < 0.4
