"""The desk: a good agent scores over 90 %, chance under 40 %, moods lead elsewhere, and the report says why."""

import random

import pandas as pd
import pytest

from crm_lab import World, desk
from crm_lab.base.errors import InputError

EVERY = desk.scenarios()


@pytest.fixture(scope="module")
def tables():
    return World(customers=300, seed=4).tables


def well(talk):
    """Play as the standard wants it: look up, read, say what gives most."""
    for table in talk.scenario.look_up:
        talk.look_up(table)
    if talk.scenario.article:
        talk.open_article(talk.scenario.article)
    while talk.turn:
        talk.say(max(talk.turn.options, key=lambda option: (option.points, option.mood)))
    return talk


def by_chance(talk, seed):
    draw = random.Random(seed)
    while talk.turn:
        talk.choose(draw.randint(1, len(talk.options)))
    return talk


@pytest.mark.parametrize("name", EVERY)
def test_a_good_agent_scores_over_ninety(name, tables):
    talk = well(desk.call(name, tables, seed=2))
    assert talk.score > 0.9, talk.report()
    assert len(talk.said) >= 6


@pytest.mark.parametrize("name", EVERY)
def test_chance_scores_under_forty(name, tables):
    scores = [by_chance(desk.call(name, tables, seed), seed).score for seed in range(60)]
    assert sum(scores) / len(scores) < 0.4


@pytest.mark.parametrize("name", EVERY)
def test_every_ending_is_reached_by_somebody(name, tables):
    reached = {by_chance(desk.call(name, tables, seed), seed).ending for seed in range(300)}
    reached.add(well(desk.call(name, tables)).ending)
    assert reached == {*desk.load(name).endings}


@pytest.mark.parametrize("name", [name for name in EVERY if desk.load(name).look_up])
def test_looking_up_and_reading_count(name, tables):
    one, other = well(desk.call(name, tables)), desk.call(name, tables)
    while other.turn:
        other.say(max(other.turn.options, key=lambda option: (option.points, option.mood)))
    assert other.score < one.score
    assert "Not opened" in " ".join(other.report()["why"])


def test_the_order_of_what_may_be_said_tells_nothing(tables):
    first = set()
    for seed in range(40):
        talk = desk.call(EVERY[0], tables, seed)
        first.add(talk.turn.options[0].name == talk._shuffled()[0].name)
        assert sorted(talk.options) == sorted(talk._filled(option.text) for option in talk.turn.options)
    assert first == {True, False}


def test_mood_changes_what_the_customer_says_and_what_comes_next(tables):
    talk = desk.call("late_parcel", tables)
    said = talk.say(min(talk.turn.options, key=lambda option: option.mood))
    assert said == talk._filled(talk.turn.cross) != talk._filled(talk.turn.says)


def test_what_is_looked_up_is_the_callers_own(tables):
    talk = desk.call("late_parcel", tables, seed=5)
    for table in desk.LOOK_UP:
        rows = talk.look_up(table)
        assert (rows["customer_id"] == talk.customer["customer_id"]).all(), table
    assert len(talk.look_up("orders")) >= 1
    assert talk.seconds == 10 * len(desk.LOOK_UP)


def test_transcript_has_all_that_was_said_in_order(tables):
    talk = well(desk.call("late_parcel", tables))
    lines = talk.transcript()
    assert lines["line_no"].tolist() == list(range(1, len(lines) + 1))
    assert lines["speaker"].tolist()[:3] == ["customer", "agent", "customer"]
    assert not lines["text"].str.contains("[{}]").any()


def test_a_shift_is_the_same_for_one_seed_and_has_no_repeats(tables):
    one, other = (desk.shift(tables, seed=7, calls=3) for _again in range(2))
    assert [talk.scenario.name for talk in one] == [talk.scenario.name for talk in other]
    assert len({talk.scenario.name for talk in one}) == len(one)


def test_what_cannot_be_done_is_said(tables):
    talk = desk.call("late_parcel", tables)
    for number in (0, 9, "1"):
        with pytest.raises(InputError, match="Choose a number from 1 to 3"):
            talk.choose(number)
    with pytest.raises(InputError, match="cannot be said now"):
        talk.say(desk.load("late_parcel").turns["doubt"].options[0])
    with pytest.raises(InputError, match="still goes on"):
        talk.report()
    with pytest.raises(InputError, match="customers, orders"):
        talk.look_up("salaries")
    with pytest.raises(InputError, match="is over"):
        well(talk).choose(1)
    with pytest.raises(InputError, match="late_parcel"):
        desk.call("nothing", tables)
    assert isinstance(talk.report(), pd.DataFrame)


def test_turns_say_what_the_report_says_of_each_line(tables):
    calls = [by_chance(talk, seed) for seed, talk in enumerate(desk.shift(tables, seed=7, calls=3))]
    turns = desk.turns(calls)
    assert turns["call"].nunique() == 3
    for number, talk in enumerate(calls, start=1):
        mine, report = turns[turns["call"] == number], talk.report()
        steps = report[report["criterion"].isin(desk.STEPS)]
        assert (
            mine[["criterion", "points", "of"]].values.tolist() == steps[["criterion", "points", "of"]].values.tolist()
        )
        assert mine["mood"].iloc[-1] == talk.mood
        assert mine["seconds"].sum() == talk.seconds
        lines = talk.transcript().groupby("speaker")["text"].agg(list)
        assert mine["heard"].tolist() == lines["customer"]
        assert mine["said"].tolist() == lines["agent"]


def test_turns_of_a_shift_that_is_not_finished_are_refused(tables):
    calls = desk.shift(tables, seed=7, calls=3)
    assert desk.turns(calls).empty  # not begun
    for talk in calls[:2]:
        talk.choose(2)
    with pytest.raises(InputError, match="Not finished: call 1, 2, 3"):
        desk.turns(calls)
    by_chance(calls[1], 2)
    with pytest.raises(InputError, match="Not finished: call 1, 3"):
        desk.turns(calls)
