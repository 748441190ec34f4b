"""Lab 13c on contacts few enough to follow by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab import World, queueing
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises.ch13 import channels, stages

EXERCISES = [exercise for exercise in of("13") if exercise.lab == "13c"]


@pytest.fixture(scope="module")
def tables():
    made = World(customers=300, seed=6)
    return Tables(made.tables, made.today).with_supplies(supplies(EXERCISES))


def test_one_agent_takes_a_call_before_a_chat_and_finishes_what_was_begun():
    rows = [("N1", "email", 0, 100), ("N2", "chat", 10, 20), ("N3", "call", 50, 30), ("N4", "call", 500, 5)]
    frame = pd.DataFrame(rows, columns=["contact_id", "skill", "arrival", "service"])
    few = Tables({}, pd.Timestamp("2026-01-01"), {"desk_contacts": lambda t: frame})
    assert channels.two_channels(few)["begin"].tolist() == [0, 130, 100, 500]
    assert channels.two_channels(few)["wait"].tolist() == [0, 120, 50, 0]
    assert channels.interrupted(few)["wait"].tolist() == [0, 0, 0, 0]


def test_the_line_by_hand_is_the_story(tables):
    contacts = channels.desk_contacts(tables)
    contacts["priority"] = contacts["skill"].map(channels.PLACE)
    assert channels.two_channels(tables)["wait"].tolist() == queueing.story(contacts, 1)["wait"].tolist()


def test_teams_have_the_same_24_people():
    assert {len(team) for team in channels.TEAMS.values()} == {24}


def test_some_who_do_both_help_callers_more_than_all(tables):
    assert channels.blended(tables)["low"] > channels.blended(tables, team="all")["low"]


def test_the_whole_wait_is_the_first_and_the_second(tables):
    told, first = stages.both_lines(tables, 3), stages.first_line(tables)
    on = (told["outcome"] == "answered") & (told["specialist"] != "")
    assert (told["wait"][~on] == first["wait"][~on]).all()
    assert (told["wait"][on] >= first["wait"][on]).all()
    assert stages.whole(tables).is_monotonic_decreasing
    assert stages.whole(tables)["S3"] == pytest.approx(told["wait"][on].mean())


def test_a_bill_is_wages_fees_and_lost_margin(tables):
    found = stages.bills(tables).set_index("plan")
    became = stages.taken(tables, "after_60")["outcome"].value_counts()
    assert found.loc["after_60", "cost"] == pytest.approx(1800 + 9.2 * became["provider"] + 30 * became["abandoned"])
    assert found.loc["more", "cost"] == 1890 + 30 * (stages.taken(tables, "more")["outcome"] == "abandoned").sum()


def test_everybody_has_one_break_of_half_an_hour():
    for numbers in stages.BREAKS.values():
        team = list(stages.pausing(numbers))
        assert len(team) == 20
        assert {agent.spells[1][0] - agent.spells[0][1] for agent in team} == {1800}
