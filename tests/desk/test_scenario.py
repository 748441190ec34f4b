"""Conversations are checked when they are read: one sentence says what does not fit."""

import copy
import tomllib

import pytest

from crm_lab import desk
from crm_lab.base.errors import InputError
from crm_lab.desk._scenario import SHIPPED

RULES = tomllib.loads((SHIPPED / "late_parcel.toml").read_text("utf-8"))
WORDS = tomllib.loads((SHIPPED / "late_parcel.en.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", desk.scenarios())
def test_shipped_conversations_keep_the_rules_and_have_no_word_too_many(name):
    made = desk.load(name)
    words = tomllib.loads((SHIPPED / f"{name}.en.toml").read_text("utf-8"))
    assert {*words} == {"title", "brief", "endings", *made.turns}
    assert {*words["endings"]} == {*made.endings}
    for turn in made.turns.values():
        assert {*words[turn.name]} - {"cross"} == {"says", "why", *(option.name for option in turn.options)}
        assert {*words[turn.name]["why"]} == {option.name for option in turn.options}


def changed(place, value):
    rules = copy.deepcopy(RULES)
    at = rules
    for key in place[:-1]:
        at = at[key]
    if value is None:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    return rules


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        (("kind",), "chat", "kind must be one of consultation"),
        (("temperament",), "angry", "temperament must be one of"),
        (("mood",), 12, "mood must be from 0 to 10"),
        (("seconds",), None, "'seconds' is missing"),
        (("turns", "open", "curt", "step"), "hello", "each step must be one of greeting"),
        (("turns", "open", "curt", "next"), "nowhere", "nowhere lead nowhere"),
        (("turns", "goodbye", "hang_up", "next"), "open", "no turn may come before itself"),
        (("turns", "open", "curt"), None, "open needs at least three options"),
        (("endings", "lost"), None, "at least three endings"),
        (("turns", "story"), None, "story lead nowhere"),
    ],
)
def test_what_does_not_fit_is_named(place, value, says):
    with pytest.raises(InputError, match=f"late_parcel: .*{says}"):
        desk.parse("late_parcel", changed(place, value), WORDS)


def test_words_that_are_missing_are_named():
    words = copy.deepcopy(WORDS)
    del words["doubt"]["why"]["argue"]
    with pytest.raises(InputError, match="'argue' is missing"):
        desk.parse("late_parcel", RULES, words)


def test_a_turn_nobody_comes_to_is_named():
    rules, words = copy.deepcopy(RULES), copy.deepcopy(WORDS)
    rules["turns"]["extra"], words["extra"] = rules["turns"]["goodbye"], words["goodbye"]
    with pytest.raises(InputError, match="extra cannot be reached"):
        desk.parse("late_parcel", rules, words)


def test_a_file_that_is_no_toml_or_not_there_is_named(tmp_path):
    (tmp_path / "mine.toml").write_text("kind = ")
    with pytest.raises(InputError, match=r"mine.toml is not valid TOML"):
        desk.load("mine", tmp_path)
    (tmp_path / "mine.toml").write_text('kind = "complaint"')
    with pytest.raises(InputError, match=r"mine.en.toml is missing"):
        desk.load("mine", tmp_path)


def test_conversations_show_every_kind_and_temperament():
    made = [desk.load(name) for name in desk.scenarios()]
    assert len(made) >= 12
    assert {one.kind for one in made} >= {*desk.KINDS}
    assert {one.temperament for one in made} == {*desk.TEMPERAMENTS}
    assert 3 <= sum(one.outbound for one in made) < len(made) - 3
