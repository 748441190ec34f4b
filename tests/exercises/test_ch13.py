"""Labs 13a and 13b: what they bring along, and answers on calls small enough to follow by hand; all of 13 in order."""

import numpy as np
import pandas as pd
import pytest

from crm_lab import World, desk, queueing
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises.ch13 import consent, days, rules, teams
from crm_lab.exercises.ch13 import desk as desk_exercises
from crm_lab.labs.lab import Lab

EXERCISES = {exercise.name: exercise for exercise in of("13")}


@pytest.fixture(autouse=True)
def own_work_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path))


@pytest.fixture(scope="module")
def tables():
    made = World(customers=300, seed=6)
    return Tables(made.tables, made.today).with_supplies(supplies(EXERCISES.values()))


def with_desk(calls):
    frame = pd.DataFrame(calls, columns=["call_id", "arrival", "service"])
    return Tables({}, pd.Timestamp("2026-01-01"), {"desk_calls": lambda t: frame})


def test_exercises_stand_in_their_order_with_their_points():
    assert list(EXERCISES) == [
        "queue",
        "interval",
        "warming",
        "patience",
        "priority",
        "cross",
        "plan",
        "call_backs",
        "steps",
        "scores",
        "losses",
        "moods",
        "own_shift",
        "may_call",
        "two_channels",
        "blended",
        "whole",
        "bills",
        "breaks",
        "readers",
    ]
    assert sum(one.points for one in EXERCISES.values() if not one.stretch) == 54
    assert [name for name, one in EXERCISES.items() if one.stretch] == ["call_backs", "readers"]


def test_the_queue_by_hand_takes_turns_and_the_smaller_number_first():
    found = days.queue(with_desk([("K1", 0, 10), ("K2", 0, 4), ("K3", 1, 4), ("K4", 2, 5), ("K5", 30, 1)]))
    assert found["agent"].tolist() == [0, 1, 2, 1, 2]
    assert found["wait"].tolist() == [0, 0, 0, 2, 0]


def test_the_queue_by_hand_is_the_recursion(tables):
    calls = tables.table("desk_calls")
    exact = queueing.simulate(calls["arrival"], calls["service"], np.inf, 3)
    found = days.queue(tables)
    assert found["wait"].tolist() == exact.wait.tolist()
    assert found["agent"].tolist() == exact.agent.tolist()
    assert len(calls) == 20
    assert 0 < (found["wait"] > 0).sum() < 20  # some wait and some do not


def test_supplied_days_are_the_same_each_time_and_as_busy_as_the_peak(tables):
    again = Tables(tables._frames, tables.today).with_supplies(supplies(EXERCISES.values()))
    pd.testing.assert_frame_equal(tables.table("mondays"), again.table("mondays"))
    a_day = tables.table("mondays").groupby("day").size()
    assert a_day.mean() == pytest.approx(16 * days.peak_calls(tables), rel=0.03)
    assert tables.table("mornings")["day"].nunique() == 20


def test_all_three_crews_have_nineteen_people():
    assert {sum(crew) for crew in rules.CREWS.values()} == {19}
    assert [len(rules.crew(*crew)) for crew in rules.CREWS.values()] == [19, 19, 19]


def test_the_plan_is_the_smallest_team_that_holds(tables):
    agents = round(teams.plan(tables) / 360)
    levels = [
        teams.quick(told)[there].mean() for told, there in (teams.played(tables, n) for n in (agents - 1, agents))
    ]
    assert levels[0] < 0.8 <= levels[1]


def test_priority_passes_waiting_around(tables):
    found = rules.priority(tables)
    assert found.loc["important", "after"] < found.loc["important", "before"]
    assert found.loc["others", "after"] >= found.loc["others", "before"]


def test_four_agents_took_the_same_conversations_and_lin_took_them_best(tables):
    calls = desk_exercises.recorded(tables)
    played = {
        agent: sorted(talk.scenario.name for _call, who, talk in calls if who == agent) for agent in ("Lin", "Zhao")
    }
    assert played["Lin"] == played["Zhao"]
    assert len(calls) == 96
    scores = desk_exercises.scores(tables)
    assert scores["Lin"] > scores["Wu"] > scores["Zhao"]


def test_lines_to_sort_come_from_conversations_and_cover_the_standard(tables):
    assert {*desk_exercises.steps(tables).values()} == {*desk.STEPS}
    assert tables.table("desk_lines")["id"].tolist() == list(desk_exercises.LINES)


def own_answer(turns):
    """What the lab asks for, from the table of turns alone."""
    sums = turns.groupby("criterion")[["points", "of"]].sum()
    found = pd.DataFrame({"share": sums["points"] / sums["of"], "lost": sums["of"] - sums["points"]})
    return found.assign(weakest=found["share"] == found["share"].min())


def by_function(tables):
    calls = desk.shift(tables, seed=9)
    for talk in calls:
        while talk.turn:
            talk.choose(2)
    return calls


def on_screen(tables):
    shown = desk.Desk(desk.shift(tables, seed=9, calls=2))
    while True:
        while shown.talk.turn:
            shown.buttons[len(shown.talk.said) % 3].click()
        if len(shown.done) == len(shown.calls):
            return shown.calls
        shown.next.click()


@pytest.mark.parametrize("played", [by_function, on_screen])
def test_a_shift_of_ones_own_is_judged_by_what_was_said(tables, played):
    exercises = tuple(one for one in EXERCISES.values() if one.lab == "13b")
    lab = Lab("13b", exercises, tables)
    recorded = lab.bring("own_turns", desk.turns([]))
    assert lab.check("own_shift", own_answer(recorded)).status == "right"
    mine = lab.bring("own_turns", desk.turns(played({name: tables.table(name) for name in desk.LOOK_UP})))
    assert lab.check("own_shift", own_answer(recorded)).status == "wrong"
    assert lab.check("own_shift", own_answer(mine)).status == "right"
    won = own_answer(mine).assign(lost=mine.groupby("criterion")["points"].sum())
    assert "holds the points that were won" in repr(lab.check("own_shift", won))


def test_points_are_those_of_the_lines_said_not_those_written_into_the_table(tables):
    lab = Lab("13b", tuple(one for one in EXERCISES.values() if one.lab == "13b"), tables)
    flattered = lab.table("own_turns").assign(points=lambda turns: turns["of"])
    lab.bring("own_turns", flattered)
    assert lab.check("own_shift", own_answer(flattered)).status == "wrong"


def test_who_may_be_called_by_the_query_and_by_pandas_is_the_same(tables):
    from crm_lab import data

    frames = {name: tables.table(name) for name in ("customers", "consents")}
    found = data.connect(frames).execute(consent.may_call(tables)).df()
    assert sorted(found["customer_id"]) == sorted(consent._called(tables)["customer_id"])
