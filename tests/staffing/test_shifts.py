"""Shifts: every half-hour covered, at a cost no other choice beats, and a clear word where it cannot be."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.staffing._shifts import clock, on_duty, plan_shifts, shift_patterns, slot
from crm_lab.world._calls.rota import plan as company_plan

DAY = [clock(number) for number in range(16, 44)]
NEEDED = pd.Series([8, 11, 16, 19, 23, 24, 22, 21, 18, 16, 17, 20, 21, 22] + [20] * 8 + [14] * 6, index=DAY)


def test_patterns_of_the_usual_day():
    patterns = shift_patterns()
    counts = patterns["contract"].value_counts()
    assert counts["full_time"] == 12 * 3  # starts 8:00 to 13:30, three breaks
    assert counts["part_time"] == 21  # starts 8:00 to 18:00
    assert set(patterns["hours"]) == {8.0, 4.0}
    assert patterns["end"].max() == "22:00"
    dear = shift_patterns(hourly={"part_time": 60})
    assert dear.loc[dear["contract"] == "part_time", "cost"].unique() == [240]


def test_on_duty_counts_everyone_but_those_on_a_break():
    plan = plan_shifts(NEEDED)
    at = pd.Series(DAY, index=DAY).map(slot)
    expected = pd.Series(0, index=DAY)
    for shift in plan.shifts.itertuples():
        there = (at >= slot(shift.start)) & (at < slot(shift.end)) & (at.index != shift.break_start)
        expected += there * shift.agents
    assert plan.cover["on_duty"].tolist() == expected.tolist() == on_duty(plan.shifts, DAY).tolist()


days = st.lists(st.integers(0, 40), min_size=28, max_size=28).map(lambda values: pd.Series(values, index=DAY))


@settings(deadline=None, max_examples=25)
@given(days)
def test_every_day_is_covered_and_costs_no_more_than_the_company_s_own_plan(needed):
    plan = plan_shifts(needed)
    assert (plan.cover["spare"] >= 0).all()
    assert plan.hours >= needed.sum() / 2
    starts, _duty = company_plan(needed.to_numpy()[None, :])
    assert plan.hours <= 8 * starts[0, :, :3].sum() + 4 * starts[0, :, 3].sum()


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_the_cost_is_the_least_of_all_choices(values):
    needed = pd.Series(values, index=DAY[:6])
    patterns = shift_patterns("08:00", "11:00", full_hours=2.5, part_hours=1.5, breaks=[1.0], hourly={"part_time": 52})
    covers = np.array(
        [on_duty(patterns.assign(agents=alone), needed.index) for alone in np.eye(len(patterns), dtype=int)]
    )
    choices = np.array(list(product(range(4), repeat=len(patterns))))
    cheapest = (choices @ patterns["cost"])[(choices @ covers >= needed.to_numpy()).all(axis=1)].min()
    assert plan_shifts(needed, patterns).cost == pytest.approx(cheapest)


def test_a_dearer_contract_is_used_less():
    cheap, dear = (
        plan_shifts(NEEDED, shift_patterns(hourly={"part_time": wage}))
        .shifts.groupby("contract")["agents"]
        .sum()
        .get("part_time", 0)
        for wage in (30, 90)
    )
    assert cheap > dear


def test_limits_are_kept():
    plan = plan_shifts(NEEDED, limit={"full_time": 20})
    counts = plan.shifts.groupby("contract")["agents"].sum()
    assert counts["full_time"] <= 20
    assert plan.cost >= plan_shifts(NEEDED).cost


def test_what_cannot_be_covered_is_said_with_the_half_hours_that_stay_open():
    with pytest.raises(InputError, match=r"even at best \d+ half-hours lack agents, most at \d\d:\d0 \(\d+\)"):
        plan_shifts(NEEDED, limit={"full_time": 10, "part_time": 5})
    with pytest.raises(InputError, match=r"1 half-hour lacks agents, most at 07:00 \(2\)"):
        plan_shifts(pd.Series([2, 1], index=["07:00", "08:00"]))


def test_nobody_needed_costs_nothing():
    plan = plan_shifts(pd.Series(0, index=DAY))
    assert (plan.cost, plan.hours, len(plan.shifts)) == (0, 0, 0)
    assert plan.cover["on_duty"].tolist() == [0] * 28


@pytest.mark.parametrize(
    ("needed", "says"),
    [
        ([1, 2], "needed must be a Series"),
        (pd.Series([1.5], index=["08:00"]), "whole numbers of agents"),
        (pd.Series([-1], index=["08:00"]), "whole numbers of agents"),
        (pd.Series([1, 1], index=["08:00", "08:00"]), "08:00 more than once"),
        (pd.Series([1], index=["8 o'clock"]), "is no half-hour"),
        (pd.Series([1], index=["08:10"]), "'08:10' is no half-hour"),
    ],
)
def test_needs_that_make_no_sense_are_refused(needed, says):
    with pytest.raises(InputError, match=says):
        plan_shifts(needed)


@pytest.mark.parametrize("limit", [{"student": 3}, {"full_time": -1}, {"full_time": 2.5}])
def test_limits_that_make_no_sense_are_refused(limit):
    with pytest.raises(InputError, match="limit"):
        plan_shifts(NEEDED, limit=limit)


@pytest.mark.parametrize("options", [{"full_hours": 8.2}, {"breaks": [0]}, {"breaks": [9.0]}, {"part_hours": 0}])
def test_patterns_that_make_no_sense_are_refused(options):
    with pytest.raises(InputError):
        shift_patterns(**options)


def test_a_pattern_must_cost_something():
    with pytest.raises(InputError, match="cost must be above 0"):
        plan_shifts(NEEDED, shift_patterns().assign(cost=0.0))
