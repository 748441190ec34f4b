"""Lab 07b on people few enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab.data.tables import Tables
from crm_lab.exercises import of

EXERCISES = {exercise.name: exercise for exercise in of("07") if exercise.lab == "07b"}
ANSWERS = pd.DataFrame({"too_cheap": [10, 20, 30], "too_expensive": [25, 50, 60]})
GRID = pd.DataFrame({"price": range(10, 61)})


def answer(name, **tables):
    return EXERCISES[name].reference(Tables(tables, pd.Timestamp("2026-01-01")))


def test_objections_at_a_price_that_somebody_named_count():
    assert answer("optimal", answers=ANSWERS, grid=GRID) == 25


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
