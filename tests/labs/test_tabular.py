"""Rows are found by their key, whatever stands beside it."""

import time
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import reduce

import numpy as np
import pandas as pd
import pytest

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


def test_where_a_series_is_asked_for_it_is_called_so():
    assert "your answer: a Series indexed by customer_id: orders (number)." in check(KEY, ...).message
    assert check(KEY, RIGHT.to_frame("n")).message == (
        "Your table has one column, called n. Hand in that column as a Series, or call it orders."
    )


FRAME = RIGHT.to_frame()
FORMS = {
    "a level more": FRAME.reset_index().set_index("customer_id", append=True),
    "parts put together": pd.concat({"all": FRAME}),
    "numbered parts": pd.concat([FRAME.iloc[:1], FRAME.iloc[1:]], keys=[0, 1]),
    "groups": FRAME.reset_index().groupby("customer_id", group_keys=True)[["orders"]].apply(lambda group: group),
    "numbers and keys": FRAME.set_axis([pd.RangeIndex(3), FRAME.index]),
    "key under another name": FRAME.rename_axis("who"),
    "Series under another name": RIGHT.rename_axis("who"),
    "classes over a range": FRAME.assign(orders=pd.cut(RIGHT, bins=[0, 1, 2, 3], labels=range(1, 4))),
    "Fractions": FRAME.assign(orders=[Fraction(n) for n in (1, 2, 3)]),
    "Decimals": FRAME.assign(orders=[Decimal(n) for n in (1, 2, 3)]),
    "masked": FRAME.astype("Int64"),
    "sparse": FRAME.astype(pd.SparseDtype("float64")),
    "small floats": FRAME.astype("float32"),
    "category key": FRAME.set_axis(pd.CategoricalIndex(RIGHT.index)),
    "two rows of names": FRAME.set_axis(pd.MultiIndex.from_tuples([("orders", "")]), axis=1),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_right_answer_is_right_in_this_form(form):
    told = check(KEY, form)
    assert (told.status, told.message) == ("right", "")


def test_index_of_another_name_and_kind_is_named():
    assert check(KEY, RIGHT.set_axis([7, 8, 9]).rename_axis("number")).message == (
        "No column and no index of yours is called customer_id. Your index is called number; "
        "call it customer_id if it is that."
    )


def test_numbers_of_rows_are_not_taken_for_a_key_of_numbers():
    key = AnswerKey(replace(EXERCISE, reference=lambda t: RIGHT.set_axis([0, 1, 2])), KEY.tables)
    assert "Rows cannot be told apart" in check(key, RIGHT.reset_index(drop=True).to_frame()).message


HEAVY = {
    "nested names": lambda: RIGHT.rename_axis([reduce(lambda name, _turn: (name,), range(900), "x")]),
    "one name for all": lambda: pd.DataFrame(np.ones((3, 300)), RIGHT.index, columns=["orders"] * 300),
    "classes nobody is in": lambda: pd.Categorical.from_codes([0, 1, 2], categories=pd.RangeIndex(1, 50_000_000)),
    "levels nobody is in": lambda: pd.MultiIndex(
        levels=[pd.RangeIndex(5_000_000), RIGHT.index], codes=[[0, 1, 2], [0, 1, 2]], names=[None, "customer_id"]
    ),
    "long texts": lambda: ["x" * 90_000 + str(n) for n in range(3)],
    "many long texts": lambda: pd.Series(["x" * 90_000] * 1000, [f"C{n}" for n in range(1000)]),
    "many levels": lambda: pd.MultiIndex.from_arrays([[0, 1, 2]] * 500),
}


@pytest.mark.parametrize("make", HEAVY.values(), ids=HEAVY)
def test_heavy_answer_is_met_at_once(make):
    made = make()
    if isinstance(made, pd.Categorical):
        made = RIGHT.to_frame().assign(orders=made)
    elif not isinstance(made, pd.DataFrame | pd.Series):
        made = RIGHT.set_axis(made)
    start = time.process_time()
    check(KEY, made)
    assert time.process_time() - start < 1
