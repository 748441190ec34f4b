"""The story in SimPy agrees with the recursion call by call, and its further rules with days followed by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.queueing import Agent, simulate, story

QUARTERS = st.integers(0, 40).map(lambda n: n / 4)  # sums of quarters are exact: ties are ties
INF = float("inf")


@st.composite
def days(draw):
    """Some calls and a team, with ties, calls of no length, no patience and all of it, and shifts with breaks."""
    calls = draw(st.integers(50, 80))
    arrival = np.cumsum(draw(st.lists(st.sampled_from([0, 0, 0.25, 0.5, 1, 3]), min_size=calls, max_size=calls)))
    service = draw(st.lists(QUARTERS, min_size=calls, max_size=calls))
    patience = draw(st.lists(st.one_of(QUARTERS, st.just(0.0), st.just(INF)), min_size=calls, max_size=calls))
    team = draw(st.integers(1, 5))
    if draw(st.booleans()):
        return arrival, service, patience, team
    ends = st.lists(st.integers(0, 200).map(lambda n: n / 4), min_size=4, max_size=4).map(sorted)
    return arrival, service, patience, [draw(ends) for _agent in range(team)]


@settings(max_examples=200, deadline=None)
@given(days())
def test_the_story_agrees_with_the_recursion_call_by_call(day):
    arrival, service, patience, team = day
    shifts = team if isinstance(team, int) else np.array([[ends[:2], ends[2:]] for ends in team])
    people = team if isinstance(team, int) else [Agent(spells=[tuple(e[:2]), tuple(e[2:])]) for e in team]
    exact = simulate(arrival, service, patience, shifts)
    told = story(pd.DataFrame({"arrival": arrival, "service": service, "patience": patience}), people)
    np.testing.assert_allclose(told["wait"], exact.wait, rtol=0, atol=1e-9)
    assert ((told["outcome"] == "abandoned") == exact.abandoned).all()
    assert (told["agent"] == exact.agent).all()


def calls(arrival, service=4.0, **more):
    return pd.DataFrame({"arrival": arrival, "service": service, **more})


def test_priority_passes_the_line_but_breaks_into_no_call():
    told = story(calls([0, 1, 2, 3], priority=[0, 0, 0, -1]), 1)
    assert told["wait"].tolist() == [0, 7, 10, 1]


def test_an_agent_takes_only_what_they_can_and_the_specialised_go_first():
    team = [Agent(), Agent(frozenset({"returns"}))]
    told = story(calls([0, 1, 2], skill=["returns", "advice", "advice"]), team)
    assert told["agent"].tolist() == [1, 0, 0]
    assert told["wait"].tolist() == [0, 0, 3]


def test_an_email_waits_for_a_moment_without_callers():
    told = story(calls([0, 1, 2], service=2.0, priority=[0, 9, 0]), 1)
    assert told["wait"].tolist() == [0, 3, 0]


def test_who_takes_a_call_back_leaves_the_line_and_comes_last():
    told = story(calls([0, 1, 2, 3], patience=2.0, call_back=[False, False, True, False]), 1, call_back_from=1)
    assert told["outcome"].tolist() == ["answered", "abandoned", "called back", "answered"]
    assert told["wait"].tolist() == [0, 2, 6, 1]


def test_a_provider_takes_over_who_has_waited_long_enough():
    told = story(calls([0, 1, 2]), 1, provider_after=2.5)
    assert told["outcome"].tolist() == ["answered", "provider", "answered"]
    assert told["wait"].tolist() == [0, 2.5, 2]


def test_some_are_passed_on_to_a_specialist_and_wait_again():
    team = [Agent(frozenset({""})), Agent(frozenset({"contracts"}))]
    told = story(calls([0, 1, 6], specialist=["contracts", "contracts", ""], specialist_service=[5.0, 1.0, 0.0]), team)
    assert told["wait"].tolist() == [0, 3 + 1, 2]


def test_a_break_is_kept_when_the_call_is_over():
    told = story(calls([0, 1, 9], service=5.0), [Agent(spells=[(0, 4), (8, 20)])])
    assert told["wait"].tolist() == [0, 7, 4]


def test_nobody_left_to_come_counts_as_given_up():
    told = story(calls([0, 9], patience=[INF, 3.0]), [Agent(spells=[(0, 5)])])
    assert told["outcome"].tolist() == ["answered", "abandoned"]
    assert told["wait"].tolist() == [0, 3]


@pytest.mark.parametrize("column", ["arrival", "service", "patience"])
def test_a_negative_or_missing_time_is_named(column):
    for value in (-1.0, float("nan")):
        with pytest.raises(InputError, match=f"{column} must be 0 or more"):
            story(calls([0.0], patience=1.0).assign(**{column: value}), 1)
    with pytest.raises(InputError, match="service"):
        story(pd.DataFrame({"arrival": [0]}), 1)
