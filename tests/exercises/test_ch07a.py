"""Lab 07a on customers few enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab.data.tables import Tables
from crm_lab.exercises import of

EXERCISES = {exercise.name: exercise for exercise in of("07") if exercise.lab == "07a"}


def answer(name, **tables):
    return EXERCISES[name].reference(Tables(tables, pd.Timestamp("2026-01-01")))


def test_known_ends_before_the_day_and_begins_a_year_before_it():
    moments = ["2024-03-31", "2024-04-01", "2025-03-31 23:50", "2025-04-01 00:00"]
    orders = pd.DataFrame({"customer_id": ["a", "b", "b", "c"], "ordered_at": pd.to_datetime(moments, format="mixed")})
    assert answer("known", private_orders=orders).to_dict("index") == {"b": {"recency_days": 1, "orders": 2}}


def test_lift_is_beside_all_and_gain_adds_up():
    left = [True, True, True, False, True, False, False, False, False, False]
    ranking = pd.DataFrame({"place": range(1, 11), "left": left})
    table = answer("lift", ranking=ranking)
    assert table["lift"].tolist() == pytest.approx([2.5, 1.25, 1.25, 0, 0])
    assert table["gain"].tolist() == pytest.approx([0.5, 0.75, 1, 1, 1])


def test_what_an_offer_must_keep_to_cost_nothing():
    columns = {"customer_id": ["a", "b", "c"], "chance": [0.8, 0.8, 0.1], "left": [True, False, True]}
    forecasts = pd.DataFrame({**columns, "value": [160.0, 200.0, 100.0]})
    assert answer("must_keep", forecasts=forecasts) == pytest.approx(16 / 160)


def test_curve_and_offers_count_the_cost():
    columns = {"customer_id": ["a", "b"], "chance": [0.8, 0.8], "left": [True, False], "value": [150.0, 90.0]}
    forecasts = pd.DataFrame(columns)
    assert answer("offers", forecasts=forecasts)["gain"].to_dict() == {"a": pytest.approx(4)}
    assert answer("curve", forecasts=forecasts)["profit"].iloc[[0, 9]].tolist() == [20.0, 0.0]
