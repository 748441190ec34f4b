"""The contract, for every exercise ever declared and for fixtures of every kind, on five worlds; then, the contract."""

import json
import runpy
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import matplotlib
import pytest

from crm_lab import World, exercises
from crm_lab.author import contract, published
from crm_lab.base.errors import InputError
from crm_lab.data.tables import Tables
from crm_lab.exercises import Mistake
from crm_lab.labs.check import AnswerKey, check
from crm_lab.labs.panel import result

DECLARED = runpy.run_path(str(Path(__file__).parents[1] / "labs" / "fixture_exercises.py"))
FIXTURES = {one.name: one for one in DECLARED["EXERCISES"]}
EVERY = [*FIXTURES.values(), *exercises.all_exercises()]
SEEDS = range(5)


@cache
def world(seed: int) -> Tables:
    made = World(seed=seed)
    return Tables(made.tables, made.today)


def by_chapter(things, chapter, name):
    """Parameters of which those of one chapter stay in one process: they share its companies."""
    return [
        pytest.param(one, id=name(one), marks=pytest.mark.xdist_group(f"contract {chapter(one)}")) for one in things
    ]


@pytest.mark.parametrize("exercise", by_chapter(EVERY, lambda one: one.chapter, lambda one: f"{one.lab}-{one.name}"))
def test_exercise_keeps_the_contract(exercise):
    assert contract.faults(exercise, [world(seed) for seed in SEEDS]) == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "notebook", by_chapter(published.notebooks(), lambda path: path.stem[:2], lambda path: path.stem)
)
def test_published_solution_is_right_on_any_world(notebook, seed):
    matplotlib.use("Agg")
    assert published.faults(notebook, world(seed)) == []


# ---- a planted fault makes each clause fail


def key(name, **changes):
    return AnswerKey(replace(FIXTURES[name], **changes), world(0))


def always(status):
    return lambda key, answer: result(status, "", key.exercise.title)


def test_stub_that_counts_as_an_answer_is_found():
    assert list(contract.stub(key("revenue"), always("wrong")))


def test_checker_that_insists_on_a_type_is_found():
    def strict(key, answer):
        return check(key, answer) if type(answer) is float else result("wrong", "", "")

    assert any("Series" in fault for fault in contract.equivalents(key("revenue"), strict))


@pytest.mark.parametrize("name", ["revenue", "rfm", "roles", "style", "term", "query", "share", "totals"])
def test_checker_that_always_passes_is_found(name):
    assert list(contract.mutants(key(name), always("right")))


def test_checker_that_looks_at_the_first_hundred_rows_only_is_found():
    def hasty(key, answer):
        told = check(key, answer)
        seen = answer.head(100) if hasattr(answer, "columns") and len(answer) > 100 else None
        if seen is None or told.status != "wrong":
            return told
        return result("right" if " of " in told.message and "first C000" not in told.message else "wrong", "", "")

    assert any("changed in row" in fault for fault in contract.mutants(key("rfm"), hasty))


def test_mistake_that_is_none_is_found():
    revenue = FIXTURES["revenue"]
    same = Mistake("same", revenue.reference, "You are right, in fact.")
    faulty = AnswerKey(replace(revenue, mistakes=(*revenue.mistakes, same)), world(0))
    assert [fault for fault in contract.known_mistakes([faulty], check)] == [
        "mistake same is told by its own sentence on 0 of 1 worlds"
    ]


def test_two_mistakes_that_cannot_be_told_apart_are_found():
    revenue = FIXTURES["revenue"]
    twin = replace(revenue.mistakes[0], name="twin", says="Another sentence.")
    faulty = AnswerKey(replace(revenue, mistakes=(*revenue.mistakes, twin)), world(0))
    assert any("twin" in fault for fault in contract.known_mistakes([faulty], check))


def test_mistake_that_is_none_on_the_company_of_the_course_is_found():
    revenue = FIXTURES["revenue"]
    home, *others = [world(seed).with_supplies({}) for seed in SEEDS]

    def lucky(t):
        return revenue.reference(t) * (1 if t is home else 2)

    planted = replace(revenue, mistakes=(*revenue.mistakes, Mistake("lucky", lucky, "You were lucky.")))
    keys = [AnswerKey(planted, tables) for tables in (home, *others)]
    fault = "mistake lucky is not told by its own sentence on the course's own company"
    assert list(contract.known_mistakes(keys, check)) == [fault]
    assert list(contract.known_mistakes(keys[::-1], check)) == []


def test_near_miss_that_is_right_on_what_is_checked_is_found():
    right = FIXTURES["earliest"].reference
    planted = key("earliest", near={"the right one": right})
    assert list(contract.near_misses([planted], check)) == ["near miss the right one is wrong on 0 of 1 worlds only"]


@pytest.mark.parametrize("name", ["smallest number", "no tie rule"])
def test_near_miss_needs_the_edge_tables(name):
    without = key("earliest", edges=None)
    assert any(name in fault for fault in contract.near_misses([without], check))
    assert list(contract.near_misses([key("earliest")], check)) == []


def test_mistake_that_only_the_edges_tell_is_told_by_its_sentence():
    near = FIXTURES["earliest"].near["no tie rule"]
    ties = Mistake("ties", near, "Of equal times, take the smaller number.")
    earliest = key("earliest", mistakes=(ties, FIXTURES["earliest"].mistakes[0]))
    assert list(contract.known_mistakes([earliest], check)) == []


def test_reference_that_is_slow_the_first_time_is_found():
    def slow(t):
        ends = time.process_time() + contract.SECONDS
        while time.process_time() < ends:
            pass
        return FIXTURES["revenue"].reference(t)

    assert any("the first check" in fault for fault in contract.prompt(key("revenue", reference=slow), check))
    assert list(contract.prompt(key("query"), check)) == []


@pytest.mark.parametrize("name", ["share_of_app", "rfm"])
def test_checker_that_keeps_silent_about_rounding_is_found(name):
    def silent(key, answer):
        told = check(key, answer)
        return replace(told, message=told.message.split("\n")[0])

    third = key("rfm", reference=lambda t: FIXTURES["rfm"].reference(t).assign(monetary=lambda f: f["monetary"] / 3))
    share = key("revenue", unit="share", reference=lambda t: float((t.table("orders")["channel"] == "app").mean()))
    faulty = share if name == "share_of_app" else third
    assert any("not told that it is rounded" in fault for fault in contract.rounding(faulty, silent))
    assert list(contract.rounding(faulty, check)) == []


def test_checker_that_names_one_missing_row_after_the_other_is_found():
    def generous(key, answer):
        told = check(key, answer)
        there = set(answer["customer_id"]) if "customer_id" in getattr(answer, "columns", ()) else set()
        first = next((name for name in key.reference.index if name not in there), "")
        return replace(told, message=f"{told.message} First {first}.") if told.status == "wrong" else told

    assert any("rows that are missing" in fault for fault in contract.examples(key("rfm"), generous))
    assert list(contract.examples(key("rfm"), check)) == []


MISCOUNTED = tuple(Mistake(f"times {n}", lambda t, n=n: n * by_hour(t), f"You counted {n} times.") for n in (2, 3))


def by_hour(t):
    return t.table("orders")["ordered_at"].dt.hour.value_counts().rename_axis("hour").rename("orders").sort_index()


def test_count_of_missing_rows_is_not_taken_for_a_row():
    hours = key("rfm", reference=by_hour, key=("hour",), columns={"orders": "number of orders"}, mistakes=MISCOUNTED)
    assert list(contract.examples(hours, check)) == []

    def generous(key, answer):
        missing = sorted(set(key.reference.index) - set(answer["hour"]))
        return result("wrong", f"Missing hours: {len(missing)}, {missing[0]} and {missing[-1]} among them.", "")

    assert any("rows that are missing" in fault for fault in contract.examples(hours, generous))


def test_checker_that_compares_before_it_looks_is_found():
    def trusting(key, answer):
        return result("right" if answer == key.reference else "wrong", "", "")

    found = " ".join(contract.junk_refused(key("style"), trusting))
    assert "junk (equal to everything) passes" in found
    assert "junk (every method raises) makes the check raise RuntimeError" in found
    assert "junk (every method never returns) takes" in found


@pytest.mark.parametrize("name", ["revenue", "rfm", "query", "share", "term"])
def test_message_that_depends_on_the_right_answer_is_found(name):
    def telling(key, answer):
        told = check(key, answer)
        return replace(told, message=f"{told.message} {key.right}") if told.status == "wrong" else told

    assert any("depends on the right answer" in fault for fault in contract.silence(key(name), telling))


def test_message_that_tells_the_direction_is_found():
    def telling(key, answer):
        told = check(key, answer)
        bigger = isinstance(answer, float) and answer > key.right
        return replace(told, message=f"{told.message} {bigger}") if told.status == "wrong" else told

    assert any("depends" in fault for fault in contract.silence(key("revenue"), telling))


def test_hint_that_gives_the_number_away_is_found():
    told = f"It is {key('revenue').right:,.0f}."
    assert any(
        "tells the right answer" in fault for fault in contract.silence(key("revenue", hints=("?", told)), check)
    )


def test_sentence_that_gives_the_wording_away_is_found():
    giveaway = key("term", hints=("?", "It is called customer lifetime value."))
    assert any("tells the right answer" in fault for fault in contract.silence(giveaway, check))


def test_solution_that_is_wrong_or_left_out_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(published, "of", lambda chapter: (FIXTURES["revenue"], FIXTURES["margin"]))
    source = 'lab = labs.open("98a")\nlab.check("revenue", lab.table("orders")["revenue"].sum())\n'
    cells = [{"cell_type": "code", "id": "open", "source": ["from crm_lab import labs\n", source]}]
    notebook = tmp_path / "98a_fixture.ipynb"
    notebook.write_text(json.dumps({"cells": cells}))
    left_out, wrong = published.faults(notebook, world(0))
    assert left_out == "98a_fixture.ipynb never checks margin"
    assert wrong.startswith("98a_fixture.ipynb, revenue is wrong: You have ")


def test_one_edit_of_a_published_answer_gives_a_near_miss():
    weekend = next(one for one in exercises.of("00") if one.name == "weekend")
    told = check(AnswerKey(weekend, world(0)), published.edited(weekend, world(0), ">= 5", ">= 5"))
    assert told.status == "right"
    near = check(AnswerKey(weekend, world(0)), published.edited(weekend, world(0), ">= 5", "> 5"))
    assert near.status == "wrong"
    with pytest.raises(InputError, match=r"00_primer.ipynb, answer-weekend: the code has no 'gone' to change"):
        published.edited(weekend, world(0), "gone", "")
