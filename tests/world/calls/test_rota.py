"""Plans cover what is required, and shifts carry out the plan with the agents there are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from crm_lab.world._calls import rota
from crm_lab.world._calls.call_load import day_types, expected_calls
from crm_lab.world._calls.call_parameters import HALF_HOURS, SHIFTS_FROM
from crm_lab.world._clock import Clock
from crm_lab.world.parameters import Parameters


@settings(max_examples=60, deadline=None)
@given(arrays(int, (2, HALF_HOURS), elements=st.integers(0, 40)))
def test_a_plan_covers_every_half_hour(required):
    starts, duty = rota.plan(required)
    assert (duty >= required).all()
    length = {0: rota.FULL_SHIFT, 1: rota.FULL_SHIFT, 2: rota.FULL_SHIFT, 3: rota.PART_SHIFT}
    counted = np.zeros_like(duty)
    for day, slot, kind in zip(*starts.nonzero(), strict=True):
        assert slot + length[kind] <= HALF_HOURS
        counted[day, slot : slot + length[kind]] += starts[day, slot, kind]
        if kind < 3:
            counted[day, slot + rota.BREAKS[kind]] -= starts[day, slot, kind]
    assert (counted == duty).all()


def test_the_largest_plan_that_can_come_finds_agents_enough():
    parameters = Parameters()
    clock, calls = Clock(parameters), parameters.calls
    most = expected_calls(calls, clock.days, day_types(calls, clock), calls.plan_festival)
    most = most * np.exp(2 * calls.plan_error)
    load = most * calls.handling()[0] / 1800
    starts, _ = rota.plan(np.ceil(load + calls.plan_safety * np.sqrt(load)).astype(int))
    recent = starts[clock.days >= SHIFTS_FROM]
    assert rota.team_for(calls.team, recent) == (calls.team.full, calls.team.part)
    daily, team = recent.sum(axis=1), rota.team_for(calls.team, 2 * recent)
    for count, staff in ((2 * daily[:, :3].sum(axis=1), team.full), (2 * daily[:, 3], team.part)):
        assert count.max() <= staff
        assert max(count[week : week + 7].sum() for week in range(0, len(count), 7)) <= 5 * staff


def test_those_who_worked_least_are_asked_first():
    starts = np.zeros((8, HALF_HOURS, 4), dtype=int)
    team = rota.Team(full=52, part=38)
    starts[:, 0, 3] = team.part // 2
    shifts = rota.make_shifts(starts, pd.date_range("2025-11-03", periods=8), team, seed=1)
    week = shifts[shifts["day"] < 6].groupby("agent").size()
    assert len(week) == team.part
    assert (week == 3).all()


@pytest.mark.parametrize(("pause", "expected"), [(7, [[0, 3.5], [4, 8.5]]), (-1, [[0, 8.5], [np.inf, np.inf]])])
def test_a_break_splits_a_shift_into_two_spells(pause, expected):
    shift = pd.DataFrame({"agent": [1], "day": [0], "start": [0], "end": [17], "pause": [pause]})
    spells = rota.spells(shift, agents=2, days=1)
    assert (spells[1, :, :, 0] / 3600).tolist() == expected
    assert np.isinf(spells[0]).all()
