"""Lab 07b on people few enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab.data.tables import Tables
from crm_lab.exercises import of

EXERCISES = {exercise.name: exercise for exercise in of("07") if exercise.lab == "07b"}
ANSWERS = pd.DataFrame(
    {"too_cheap": [10, 20, 30], "cheap": [20, 30, 40], "expensive": [30, 40, 50], "too_expensive": [40, 50, 60]}
)
GRID = pd.DataFrame({"price": range(10, 61)})


def answer(name, **tables):
    return EXERCISES[name].reference(Tables(tables, pd.Timestamp("2026-01-01")))


def test_the_lower_bound_is_where_too_cheap_meets_not_cheap():
    """At 21 one of three finds it too cheap, one not cheap; with expensive in place of not cheap it would be 30."""
    prices = answer("crossings", answers=ANSWERS, grid=GRID)["price"].to_dict()
    assert prices == {"lowest": 21, "optimal": 31, "indifferent": 31, "highest": 40}


def test_the_dearest_call_leaves_the_whole_interval_above_nothing():
    people = {"campaign_id": "proactive_service", "advice_contacts": 3, "treated": [True, True, False, False]}
    results = pd.DataFrame({**people, "margin": [13.0, 15.0, 1.0, 3.0]})
    tables = Tables({"campaign_results": results}, pd.Timestamp("2026-01-01"))
    exercise = EXERCISES["dearest"]
    assert exercise.reference(tables.with_supplies(exercise.supplies)) == pytest.approx(12 - 1.96 * 2**0.5)


def test_a_claim_counts_those_who_bought_nothing():
    people = {
        "campaign_id": "proactive_service",
        "treated": [True, True, False, False],
        "bought": [True, True, True, False],
    }
    results = pd.DataFrame({**people, "revenue": [50.0, 60.0, 100.0, 0.0]})
    assert answer("claim", campaign_results=results) == pytest.approx(0.1)


def test_the_best_price_is_of_a_person_asked():
    offers = pd.DataFrame({"price": [10.0, 10.0, 20.0, 20.0], "would_buy": [True, True, True, False], "unit_cost": 4.0})
    assert answer("best_price", yes_or_no=offers)["margin_each"].tolist() == [6.0, 8.0]
