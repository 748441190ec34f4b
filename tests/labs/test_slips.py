"""Slips that no exercise declares: each is named, and nothing else is taken for one."""

from dataclasses import replace

import pandas as pd
import pytest

from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise, Mistake
from crm_lab.labs.check import AnswerKey, check

EMPTY = Tables({}, pd.Timestamp("2026-01-01"))
CLASSES = ["A", "B", "C"]
RIGHT = pd.DataFrame(
    {"share": [0.5, 0.3, 0.2], "hours": [12.0, 9.5, 3.0], "field": ["grow", "keep", "keep"]},
    index=pd.Index(CLASSES, name="class"),
)


def asking(right, **fields):
    given = {"kind": "table", "key": ("class",), "columns": dict.fromkeys(right, "what it holds")} | fields
    mistakes = tuple(Mistake(name, lambda t: None, "A thought.") for name in ("one", "two"))
    made = Exercise("found", "99", "Found", 1, reference=lambda t: right, mistakes=mistakes, hints=("a", "b"),
                    meaning=lambda t, answer: "", **given)  # fmt: skip
    return AnswerKey(made, EMPTY)


TABLE = asking(RIGHT)
NUMBER = asking(RIGHT, kind="number", key=(), columns={})
NUMBER.exercise = replace(NUMBER.exercise, reference=lambda t: 0.125)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (12.5, "per cent"),
        (0.875, "the other part"),
        (-0.125, "sign"),
        (8.0, "upside down"),
        (7.5, "unit"),
        (450.0, "unit"),
    ],
)
def test_a_number_that_is_a_slip_away(answer, says):
    assert says in check(NUMBER, answer).message
    assert says not in check(NUMBER, answer * 1.01).message


CHANGED = {
    "per cent": RIGHT.assign(share=100 * RIGHT["share"]),
    "the other part": RIGHT.assign(share=1 - RIGHT["share"]),
    "upside down": RIGHT.assign(hours=1 / RIGHT["hours"]),
    "Look at the unit": RIGHT.assign(hours=RIGHT["hours"] * 60),
    "You have exchanged share and hours.": RIGHT.rename(columns={"share": "hours", "hours": "share"}),
    "You have exchanged “grow” and “keep”.": RIGHT.replace({"grow": "keep", "keep": "grow"}),
    "“Grow”. Write them as it does": RIGHT.replace({"grow": "Grow"}),
    "stand in another row": RIGHT.assign(hours=[9.5, 12.0, 3.0]),
}


@pytest.mark.parametrize("says", CHANGED)
def test_a_column_that_is_a_slip_away(says):
    assert says in check(TABLE, CHANGED[says]).message


def test_two_columns_two_slips():
    message = check(TABLE, RIGHT.assign(share=100 * RIGHT["share"], hours=60 * RIGHT["hours"])).message
    assert "per cent" in message
    assert "unit" in message


def test_a_column_that_is_wrong_otherwise_keeps_the_slip_unsaid():
    message = check(TABLE, RIGHT.assign(share=100 * RIGHT["share"], hours=RIGHT["hours"] + 1)).message
    assert message.count("\n") == 1  # the two lines that say what differs
    assert "per cent" not in message


def test_whole_numbers_are_no_shares():
    counts = asking(RIGHT[["hours"]].assign(hours=[1.0, 0.0, 1.0]))
    assert "per cent" not in check(counts, RIGHT[["hours"]].assign(hours=[100.0, 0.0, 100.0])).message


def test_names_of_many_kinds_are_no_classes_of_a_task():
    ids = pd.DataFrame({"best": [f"P{n}" for n in range(3)]}, index=RIGHT.index)
    assert "Write them" not in check(asking(ids), ids.replace({"P0": "P9"})).message


def test_true_and_false_are_asked_for_by_name():
    yes_no = pd.DataFrame({"often": [True, False, True]}, index=RIGHT.index)
    message = check(asking(yes_no), yes_no.assign(often=["yes", "no", "yes"])).message
    assert message == "The column often holds text; it should hold True or False."
