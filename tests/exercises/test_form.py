"""The form of a declaration, on an exercise declared here and on words files written here."""

import sys
import types

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.exercises import _form, _headings, _near, _words, declare, then

WORDS = """
[share]
unit = "share"
hints = ["Vague.", "@exact"]
right = {more = "It rose to {share:.0%}.", less = "It fell to {share:.0%}."}
[share.mistakes]
doubled = "You doubled it."
percent = "@percent"
"""

NEAR = """
[share.near]
"of 7" = ["/ 8", "/ 7"]
[share.edges]
orders = '''
order_id,ordered_at
O1,2025-01-01 00:00
'''
stock = ""
"""


@pytest.fixture
def stem(tmp_path, monkeypatch):
    """A module `ch97/sums.py` of exercises with words beside it, and a task in a notebook."""
    folder = tmp_path / "ch97"
    folder.mkdir()
    (folder / "sums.en.toml").write_text(WORDS, "utf-8")
    (folder / "sums.near.toml").write_text(NEAR, "utf-8")
    (tmp_path / "shared.en.toml").write_text('exact = "Specific."\npercent = "You gave a percentage."', "utf-8")
    (tmp_path / "97a_sums.ipynb").write_text(
        '{"cells": [{"id": "task-share", "source": ["### Stretch · The share · 3 points\\n", "Text."]}]}', "utf-8"
    )
    module = types.ModuleType("sums97")
    module.__file__ = str(folder / "sums.py")
    monkeypatch.setitem(sys.modules, "sums97", module)
    monkeypatch.setattr(_form, "_declared", {})
    monkeypatch.setattr(_words, "SHARED", tmp_path / "shared")
    monkeypatch.setattr(_headings, "resource", lambda folder: tmp_path)
    _headings.headings.cache_clear()
    yield folder / "sums"
    _headings.headings.cache_clear()
    _words.read.cache_clear()
    _near._read.cache_clear()


def share(t, times=1, of=8):
    return times * t / of


share.__module__ = "sums97"
MISTAKES = {"doubled": {"times": 2}, "percent": then(lambda right: 100 * right, of=4)}


def declare_share(**changes):
    declare(share, "number", **{"mistakes": MISTAKES} | changes)
    return _form.declared("97")[0]


def test_title_points_and_lab_stand_in_the_heading_of_the_task(stem):
    exercise = declare_share()
    assert (exercise.lab, exercise.title, exercise.points, exercise.stretch) == ("97a", "The share", 3, True)


def test_a_mistake_is_the_reference_with_a_knob_turned(stem):
    exercise = declare_share()
    assert exercise.reference(4) == 0.5
    assert {one.name: one.recipe(4) for one in exercise.mistakes} == {"doubled": 1.0, "percent": 100.0}


def test_near_misses_and_edge_tables_stand_in_a_file_of_their_own(stem):
    exercise = declare_share()
    assert exercise.near == {"of 7": ("/ 8", "/ 7")}
    edges = exercise.edges()
    assert edges["orders"]["ordered_at"].tolist() == [pd.Timestamp("2025-01-01")]
    assert edges["stock"].empty


def test_edge_tables_may_be_made_by_a_function(stem):
    assert declare_share(edges=dict).edges() == {}


def test_words_are_those_of_the_file_and_shared_ones(stem):
    exercise = declare_share()
    assert exercise.hints == ("Vague.", "Specific.")
    assert [one.says for one in exercise.mistakes] == ["You doubled it.", "You gave a percentage."]


def test_the_closing_sentence_is_chosen_and_filled_by_the_facts(stem):
    exercise = declare_share(facts=lambda t, right: {"form": "less" if right < 1 else "more", "share": right})
    assert exercise.meaning(4, 0.5) == "It fell to 50%."
    assert exercise.meaning(8, 1.0) == "It rose to 100%."


def test_another_language_speaks_its_own_words_and_english_where_it_has_none(stem, monkeypatch):
    stem.with_name("sums.zh_CN.toml").write_text('[share]\nhints = ["含糊。", "@exact"]\n', "utf-8")
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    exercise = declare_share()
    assert exercise.hints == ("含糊。", "Specific.")
    assert exercise.mistakes[0].says == "You doubled it."


def test_a_mistake_without_a_sentence_is_refused(stem):
    with pytest.raises(InputError, match=r"share: the mistakes of sums and of its words differ: tripled\."):
        declare_share(mistakes=MISTAKES | {"tripled": {"times": 3}})


def test_an_exercise_without_a_task_is_refused(stem):
    def other(t):
        return 0

    other.__module__ = "sums97"
    (stem.with_name("sums.en.toml")).write_text("[other]\n", "utf-8")
    declare(other, "number", mistakes={})
    with pytest.raises(InputError, match="No solved lab of chapter 97 has a cell 'task-other'"):
        _form.declared("97")


def test_an_exercise_without_words_is_refused(stem):
    (stem.with_name("sums.en.toml")).write_text("", "utf-8")
    with pytest.raises(InputError, match=r"sums\.en\.toml has no words for share\. Add a table \[share\]\."):
        declare_share()


def test_a_words_file_that_is_no_toml_is_named(stem):
    (stem.with_name("sums.en.toml")).write_text("[share", "utf-8")
    with pytest.raises(InputError, match=r"sums\.en\.toml is not valid TOML"):
        declare_share()


def test_two_modules_of_a_chapter_cannot_declare_one_name(stem, monkeypatch):
    declare_share()
    monkeypatch.setattr(sys.modules["sums97"], "__file__", str(stem.with_name("more.py")))
    with pytest.raises(InputError, match="Chapter 97 has two exercises called share"):
        declare_share()
