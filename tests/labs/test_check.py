"""What a learner is told: the right diagnosis, at the right place, in the right order."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from crm_lab.exercises import Mistake
from crm_lab.labs.check import AnswerKey, check, recognise


@pytest.fixture
def rfm(keys):
    return keys["rfm"].reference.copy()


def test_number_says_the_own_value_and_nothing_else(said):
    assert said("revenue", 1234.5) == "You have 1,234.5 (¥). That is not it yet."


@pytest.mark.parametrize(
    ("answer", "start"),
    [
        ("12", "You have a text; what is asked for is one number (¥)."),
        (True, "You have True; what is asked for"),
        (math.nan, "You have a missing value (NaN); what is asked for"),
        (10**400, "You have a number too large to compute with; what is asked for"),
        ([1.0], "You have a list; what is asked for"),
        (pd.Series([1, 2]), "You have a Series of 2 values; what is asked for"),
        (None, "You have None; what is asked for is one number (¥). Perhaps a step changes its table in place"),
        (max, "You have an object of type builtin_function_or_method; what"),
        (lambda: 1, "You have a function; what is asked for is one number (¥). Perhaps the brackets () of a call"),
    ],
)
def test_wrong_type_is_named(said, answer, start):
    assert said("revenue", answer).startswith(start)


def test_columns_that_are_lacking_are_named_with_what_they_hold(said, rfm):
    assert said("rfm", rfm.rename(columns={"frequency": "freq"})) == (
        "Your table lacks the column frequency. It has: recency_days, freq, monetary. "
        "Needed: recency_days (days); frequency (orders); monetary (¥ of margin)."
    )


def test_column_twice(said, rfm):
    assert "more than one column called monetary" in said("rfm", pd.concat([rfm, rfm[["monetary"]]], axis=1))


def test_key_that_is_lacking(said, rfm):
    assert said("rfm", rfm.reset_index(drop=True)) == (
        "Rows cannot be told apart. Name them, in the index or in a column called customer_id."
    )


def test_key_twice(said, rfm):
    assert said("rfm", pd.concat([rfm, rfm.iloc[[4, 2]]])) == (
        f"Each of the customers may appear once. 2 rows repeat an earlier customer_id, first {rfm.index[4]}."
    )


def test_key_of_another_kind(said, rfm):
    numbered = rfm.assign(customer_id=range(len(rfm)))
    assert said("rfm", numbered) == "The column customer_id holds numbers; it should hold text."


def test_rows_that_are_lacking_and_strange(said, rfm):
    strange = rfm.iloc[3:].rename(index={rfm.index[5]: "C99999"})
    assert said("rfm", strange) == (
        "Missing customers: 4. Customers that do not belong in your table: 1, first C99999."
    )


def test_example_of_what_is_missing_is_always_the_same(said, rfm):
    example = rfm.index[len(rfm) // 2]
    assert said("rfm", rfm.iloc[:0]) == f"Missing customers: {len(rfm)}, {example} among them."
    assert said("rfm", rfm.loc[[example]]) == f"Missing customers: {len(rfm) - 1}."
    assert said("rfm", rfm.drop(index=example)) == f"Missing customers: 1, {example} among them."


def test_a_range_that_stops_too_early_is_told_at_which_end(tables, keys):
    teams = pd.Series(0.5, pd.RangeIndex(17, 24, name="agents"), name="level")
    mistakes = tuple(Mistake(str(n), lambda t, n=n: teams + n, "No.") for n in (1, 2))
    exercise = replace(
        keys["revenue"].exercise,
        kind="table",
        key=("agents",),
        columns={"level": "share"},
        reference=lambda t: teams,
        mistakes=mistakes,
        unit="",
        near={},
        edges=None,
    )
    told = {rows: check(AnswerKey(exercise, tables), teams.loc[slice(*rows)]).message for rows in ((18, 23), (17, 22))}
    assert "Missing rows: 1. What is missing comes before your first." in told[18, 23]
    assert "Missing rows: 1. What is missing comes after your last." in told[17, 22]
    assert "What is missing" not in check(AnswerKey(exercise, tables), teams.drop([18])).message


def test_rows_called_true_and_false_where_names_are_asked_for(tables, said, rfm):
    two = rfm.head(2)
    for form in (two.set_axis([True, False]), two.set_axis([True, False]).rename_axis("vip")):
        told = said("rfm", form)
        assert told.startswith("Your rows are called True and False; the task has names for them, in customer_id.")
    named = two.reset_index(drop=True).assign(customer_id=[True, False])
    assert "Give each its name: .map({True:" in said("rfm", named)


def test_blank_in_a_key_is_seen(said, rfm):
    told = said("rfm", rfm.rename(index=lambda name: name + " "))
    assert f'blanks or capitals differ, first "{rfm.index[0]} "' in told
    assert "Missing" not in told


def test_one_row_and_two_rows_repeat(said, rfm):
    assert f"1 row repeats an earlier customer_id: {rfm.index[0]}." in said("rfm", pd.concat([rfm, rfm.iloc[[0]]]))
    assert "2 rows repeat an earlier customer_id, first" in said("rfm", pd.concat([rfm, rfm.iloc[:2]]))


def test_column_of_another_kind(said, rfm):
    assert said("rfm", rfm.assign(frequency=rfm["frequency"].astype(str))) == (
        "The column frequency holds text; it should hold numbers."
    )
    assert "recency_days holds durations" in said(
        "rfm", rfm.assign(recency_days=pd.to_timedelta(rfm["recency_days"], unit="D"))
    )


def test_cells_are_counted_column_by_column(said, rfm):
    changed = rfm.copy()
    changed.iloc[[7, 9], 1] = 77
    changed.iloc[3, 2] = math.nan
    n = len(rfm)
    assert said("rfm", changed) == (
        f"2 of {n} customers differ, first {rfm.index[7]}: you have frequency 77.\n"
        f"1 of {n} customers differs, first {rfm.index[3]}: you have monetary nothing (NaN)."
    )


def test_nearly_right_does_not_read_as_right(said, keys):
    value = keys["revenue"].right
    assert f"{value:,.2f}" not in said("revenue", value * (1 + 2e-6))


def test_mistake_is_recognised_column_by_column(said, keys, rfm, tables):
    mistakes = {mistake.name: mistake for mistake in keys["rfm"].exercise.mistakes}
    revenue = mistakes["revenue"].recipe(tables)
    assert mistakes["revenue"].says in said("rfm", rfm.assign(monetary=revenue["monetary"]))
    assert mistakes["revenue"].says not in said("rfm", rfm.assign(monetary=revenue["monetary"], frequency=1.5))


def test_mistake_is_recognised_by_its_rows(said, keys, tables):
    mistakes = {mistake.name: mistake for mistake in keys["margin"].exercise.mistakes}
    everyone = mistakes["everyone"].recipe(tables).fillna(0)  # not quite the recipe, but the same customers
    assert mistakes["everyone"].says in said("margin", everyone)


def test_recipe_that_changes_more_than_the_answer_is_not_the_reason(said, keys, rfm, tables):
    exchanged = rfm.rename(columns={"frequency": "monetary", "monetary": "frequency"})
    wrong = Mistake("exchanged", lambda t: exchanged, "You exchanged two columns.")
    key = AnswerKey(replace(keys["rfm"].exercise, mistakes=(wrong, keys["rfm"].exercise.mistakes[1])), tables)
    assert wrong.says in check(key, exchanged).message
    assert wrong.says not in check(key, rfm.assign(frequency=rfm["monetary"])).message


def test_rows_alone_are_no_reason_where_no_column_agrees(said, keys, rfm, tables):
    few = Mistake("few", lambda t: rfm.iloc[:5] * 2, "You doubled a few of them.")
    key = AnswerKey(replace(keys["rfm"].exercise, mistakes=(few, keys["rfm"].exercise.mistakes[1])), tables)
    assert few.says in check(key, rfm.iloc[:5] * 2).message
    assert few.says not in check(key, rfm.iloc[:5]).message
    assert few.says not in check(key, rfm.iloc[:5] * 3).message


def test_two_mistakes_at_once_are_both_said(said, keys, tables):
    mistakes = {mistake.name: mistake for mistake in keys["channels"].exercise.mistakes}
    both = mistakes["last"].recipe(tables)
    both["promoted"] = mistakes["flipped"].recipe(tables)["promoted"]
    assert all(mistake.says in said("channels", both) for mistake in mistakes.values())


def test_mistake_that_is_right_on_this_world_is_right(keys, tables):
    key = AnswerKey(keys["revenue"].exercise, tables)
    vars(key)["right"] = key.plain(key.exercise.mistakes[0].recipe(tables))
    assert check(key, key.exercise.mistakes[0].recipe(tables)).status == "right"


def test_recipe_that_fails_on_these_data_is_passed_over(keys, tables):
    broken = replace(keys["revenue"].exercise.mistakes[0], recipe=lambda t: 1 / 0)
    exercise = replace(keys["revenue"].exercise, mistakes=(broken, *keys["revenue"].exercise.mistakes[1:]))
    key = AnswerKey(exercise, tables)
    assert check(key, 3.0).status == "wrong"
    assert recognise(key, key.plain(exercise.mistakes[1].recipe(tables))) == [exercise.mistakes[1].says]


def test_choice_tells_how_many_but_not_which(said):
    labels = {"pays the bill": "buyer", "unpacks the box": "decider", "says yes": "user"}
    assert said("roles", {**labels, "reads reviews aloud": "initiator"}) == "3 of 4 are not where they belong."
    assert said("roles", labels) == "Not placed yet: reads reviews aloud."
    assert "Not placed yet: reads reviews aloud" in said("roles", {**labels, "reads reviews aloud": ...})
    assert said("roles", {**labels, "reads reviews aloud": "boss"}) == (
        '1 label is not among the options, first "boss" (reads reviews aloud). '
        "Use one of: buyer, user, decider, influencer, initiator."
    )


def test_choice_that_is_all_blank_is_not_answered(keys):
    assert check(keys["roles"], dict.fromkeys(keys["roles"].reference, ...)).status == "todo"


def test_text_is_compared_without_case_space_and_punctuation(keys, said):
    assert check(keys["term"], " Customer-Lifetime  value. ").status == "right"
    assert check(keys["term"], "  ").status == "todo"
    assert said("term", "gross margin") == 'You have "gross margin". That is not it yet.\nMargin looks at one order.'
