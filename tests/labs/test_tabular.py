"""Rows are found by their key, whatever stands beside it."""

import numpy as np
import pandas as pd

from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise, Mistake
from crm_lab.labs.check import AnswerKey, check

RIGHT = pd.Series({"C1": 1.0, "C2": 2.0, "C3": 3.0}, name="orders").rename_axis("customer_id")
EXERCISE = Exercise(
    name="orders",
    lab="99",
    title="Orders",
    points=1,
    kind="table",
    key=("customer_id",),
    columns={"orders": "number"},
    reference=lambda t: RIGHT,
    mistakes=(Mistake("one", lambda t: RIGHT + 1, "One too many."), Mistake("two", lambda t: RIGHT + 2, "Two.")),
    hints=("Count.", "Count them."),
    meaning=lambda t, answer: "",
)
KEY = AnswerKey(EXERCISE, Tables({}, pd.Timestamp("2026-01-01")))


def test_a_missing_key_is_one_row_too_many_and_leaves_the_others_alone():
    answer = pd.DataFrame({"customer_id": ["C1", "C2", "C3", np.nan], "orders": [1, 2, 3, 9]})
    message = check(KEY, answer).message
    assert "do not belong in your table: 1" in message
    assert "Missing" not in message


def test_one_column_is_spoken_of_as_one():
    assert "the column orders" in check(KEY, ...).message
