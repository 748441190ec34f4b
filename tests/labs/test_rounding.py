from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_lab.exercises import Mistake
from crm_lab.labs._rounding import is_rounded
from crm_lab.labs.check import AnswerKey, check


def number(keys, right, unit="share from 0 to 1"):
    key = AnswerKey(replace(keys["revenue"].exercise, unit=unit, reference=lambda t: right, tolerance=1e-9), None)
    vars(key)["mistakes"] = [(keys["revenue"].exercise.mistakes[0], 100 * right)]
    return key


@pytest.mark.parametrize("kept", [2, 3, 4, 5, 6])
def test_rounded_number_is_told(keys, kept):
    told = check(number(keys, 0.8179513642), round(0.8179513642, kept))
    assert told.status == "wrong"
    assert told.message.endswith("You rounded: give the full number, as it comes out.")


def test_number_near_by_is_not_called_rounded(keys):
    assert "rounded" not in check(number(keys, 0.8179513642), 0.817).message
    assert "rounded" not in check(number(keys, 0.8179513642), 1).message


def test_rounded_mistake_is_the_mistake(keys):
    key = number(keys, 0.8179513642)
    assert key.mistakes[0][0].says in check(key, 81.8).message


def test_rounded_mistake_of_a_table_is_the_mistake(keys):
    rfm = keys["rfm"]
    percent = Mistake("percent", lambda t: 100 * rfm.reference / 7, "You gave a percentage.")
    recipe = replace(rfm.exercise, mistakes=(percent, *rfm.exercise.mistakes), reference=lambda t: rfm.reference / 7)
    told = check(AnswerKey(recipe, rfm.tables), (100 * rfm.reference / 7).round(1)).message
    assert told.endswith("You gave a percentage.")


def test_money_to_the_fen_is_right(keys):
    assert check(number(keys, 1234.56789, "¥"), 1234.57).status == "right"
    assert check(number(keys, 1234.56789, "¥"), 1234.56).status == "wrong"
    assert "You rounded" in check(number(keys, 1234.56789, "¥"), 1234.6).message
    assert check(number(keys, 0.8179513642), 0.82).status == "wrong"


def test_column_of_money_to_the_fen_is_right_and_one_wrong_fen_is_not(keys, said):
    right = keys["rfm"].reference.assign(monetary=keys["rfm"].reference["monetary"] / 3)
    key = AnswerKey(replace(keys["rfm"].exercise, reference=lambda t: right), keys["rfm"].tables)
    fen = right.round({"monetary": 2})
    assert check(key, fen).status == "right"
    fen.iloc[4, 2] += 0.01
    assert check(key, fen).status == "wrong"
    told = check(key, right.round({"monetary": 1})).message
    assert told.endswith("You rounded monetary: give the full numbers.")


def test_rounding_beside_another_fault_is_not_called_the_fault(keys):
    right = keys["rfm"].reference.assign(monetary=keys["rfm"].reference["monetary"] / 3)
    key = AnswerKey(replace(keys["rfm"].exercise, reference=lambda t: right), keys["rfm"].tables)
    assert "You rounded" not in check(key, right.round({"monetary": 1}).assign(frequency=1)).message


def test_function_that_rounds_is_told(keys, said):
    exact = keys["share"].reference
    assert "you rounded. Give the full number." in said("share", lambda values, top: round(exact(values, top), 3))


def test_columns_of_true_and_false_that_were_added_are_explained(said, keys):
    told = said("rfm", keys["rfm"].reference.assign(frequency=np.resize([True, False], len(keys["rfm"].reference))))
    assert "+ means “or”" in told


def test_text_is_shown_as_it_was_written(said):
    assert 'it returned "potential_loyal".' in said("named", lambda n: "potential_loyal")
    assert 'You have "potential_loyal".' in said("term", "potential_loyal")


def test_table_in_place_of_a_choice_is_told_to_be_a_dict(said, keys):
    labels = keys["roles"].reference
    assert "a dict that gives each item one of these" in said("roles", pd.DataFrame({"item": list(labels)}))
    assert "one of these, in quotes" in said("style", ["consultative"])


def test_digits_decide():
    assert is_rounded(12, 12.3)
    assert not is_rounded(0, 0.3)
    assert not is_rounded(float("nan"), 1.0)
