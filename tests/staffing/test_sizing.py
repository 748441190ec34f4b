"""Agents needed against worked examples and by the definition: enough, and one fewer is not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.staffing import (
    agents_needed,
    agents_per_interval,
    erlang_a,
    pooling,
    service_level,
    with_shrinkage,
)

quick = settings(deadline=None, max_examples=60)


def test_worked_examples():
    """100 calls of 3 minutes in half an hour need 14 agents for 80/20, as calculators print."""
    assert agents_needed(10, 180) == 14
    assert agents_needed(1, 180, target=0.5, within=0) == 2  # M/M/2 at load 1: a third wait
    assert agents_needed(0.5, 60, target=0.5, within=0) == 1  # M/M/1: half wait, exactly the target
    assert agents_needed(0, 180) == agents_needed(0, 180, patience=60) == 0
    assert agents_needed(3, 180, target=0) == 4  # any service level, but the queue must not grow
    assert agents_needed(3, 180, target=0, patience=60) == 1


@quick
@given(st.floats(0.01, 3_000), st.floats(0, 0.999), st.floats(0, 120))
def test_enough_and_not_one_too_many(load, target, within):
    agents = agents_needed(load, 300, target, within)
    assert service_level(load, agents, 300, within) >= target
    if agents - 1 > load:
        assert service_level(load, agents - 1, 300, within) < target


@quick
@given(st.floats(0.01, 3_000), st.floats(0.01, 0.99), st.floats(0, 120), st.floats(5, 5_000))
def test_with_patience_too(load, target, within, patience):
    agents = agents_needed(load, 300, target, within, patience)

    def level(number):
        return erlang_a(load / 300, 1 / 300, 1 / patience, number).service_level(within)

    assert level(agents) >= target > level(agents - 1)


def test_patience_saves_agents_at_twenty_and_at_thousands():
    for load, handling in [(18, 300), (2_000, 300), (5_000, 240)]:
        endless, some = agents_needed(load, handling), agents_needed(load, handling, patience=240)
        assert 0.9 * load < some < endless
    assert agents_needed(5_000, 300) == 5_019


def test_every_half_hour_by_itself():
    calls = pd.Series([0.0, 60.0, 66.5, 60.0], index=["08:00", "08:30", "09:00", "09:30"])
    needed = agents_per_interval(calls, 300)
    expected = [agents_needed(number / 6, 300) for number in calls]
    pd.testing.assert_series_equal(needed, pd.Series(expected, index=calls.index, name="agents"))
    hourly = agents_per_interval(2 * calls, 300, interval=3600, patience=240)
    assert hourly.tolist() == [agents_needed(number / 6, 300, patience=240) for number in calls]
    assert agents_per_interval(pd.Series([], dtype=float), 300).empty


@pytest.mark.parametrize("calls", [[1, -1], [1, np.nan]])
def test_calls_of_every_interval_are_given(calls):
    with pytest.raises(InputError, match="calls must be 0 or more in every interval, with none missing"):
        agents_per_interval(pd.Series(calls), 300)


@quick
@given(st.lists(st.floats(0.1, 200), min_size=1, max_size=5))
def test_pooling_never_needs_more(loads):
    table = pooling(dict(enumerate(loads)), 300)
    apart, pooled = table.loc["apart"], table.loc["pooled"]
    assert apart["agents"] == sum(agents_needed(load, 300) for load in loads)
    assert pooled["agents"] == agents_needed(sum(loads), 300) <= apart["agents"]
    assert pooled["occupancy"] == pytest.approx(sum(loads) / pooled["agents"])


def test_pooling_accepts_an_idle_queue_and_refuses_none():
    assert np.isnan(pooling({"night": 0, "day": 4}, 300).loc["night", "occupancy"])
    with pytest.raises(InputError, match="loads is empty"):
        pooling({}, 300)
    with pytest.raises(InputError, match="loads, day must be finite, 0 or more, not -3"):
        pooling({"day": -3}, 300)


@quick
@given(st.integers(0, 5_000), st.integers(0, 99))
def test_shrinkage_leaves_enough_on_the_telephone(agents, percent):
    paid = with_shrinkage(agents, percent / 100)
    assert paid * (100 - percent) >= 100 * agents  # in whole numbers, so exact
    assert (paid - 1) * (100 - percent) < 100 * agents


@pytest.mark.parametrize("shrinkage", [1, 30, -0.1, None])
def test_shrinkage_is_a_share(shrinkage):
    with pytest.raises(InputError, match="shrinkage must be"):
        with_shrinkage(10, shrinkage)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"target": 80}, r"target must be a share from 0 to below 1, such as 0\.8 for 80 %, not 80"),
        ({"target": 1}, "target must be a share from 0 to below 1"),
        ({"patience": 0}, "patience must be finite, above 0, not 0"),
        ({"load": -1}, "load must be finite, 0 or more, not -1"),
        ({"handling_time": 0}, "handling_time must be finite, above 0, not 0"),
    ],
)
def test_bad_input_gets_one_sentence(change, sentence):
    with pytest.raises(InputError, match=sentence):
        agents_needed(**{"load": 10, "handling_time": 300, **change})
