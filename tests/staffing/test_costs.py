"""Costs by hand, and the break-even where both sides cost the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.staffing import (
    agents_needed,
    break_even_calls,
    cost_curve,
    cost_per_call,
    erlang_a,
    inhouse_or_outsourced,
    mean_wait,
    service_level,
)

quick = settings(deadline=None, max_examples=60)
money = st.integers(0, 10**6)


def test_cost_curve_by_hand():
    """Load 10: 14 agents for 80/20; at 30 % shrinkage 20 are paid, 45 ¥ an hour each."""
    row = cost_curve(10, 180, targets=[0.8]).iloc[0]
    assert (row["agents"], row["paid"], row["staff_cost"], row["total"]) == (14, 20, 900, 900)
    assert row["service_level"] == pytest.approx(service_level(10, 14, 180, 20))
    assert row["mean_wait"] == pytest.approx(mean_wait(10, 14, 180))
    assert row["occupancy"] == pytest.approx(10 / 14)
    assert row["per_call"] == pytest.approx(900 / 200)  # 10 erlangs of 3 minutes are 200 calls an hour
    assert (row["abandonment"], row["lost_cost"]) == (0, 0)


def test_with_patience_calls_given_up_cost_too():
    row = cost_curve(10, 180, targets=[0.9], patience=120, wage=50, shrinkage=0, lost=8).iloc[0]
    agents = agents_needed(10, 180, 0.9, patience=120)
    given_up = 200 * erlang_a(10 / 180, 1 / 180, 1 / 120, agents).abandonment
    assert row["lost_cost"] == pytest.approx(8 * given_up)
    assert row["total"] == pytest.approx(50 * agents + 8 * given_up)


def test_the_last_points_cost_most():
    """From 80 to 90 and from 90 to 99 %: nine points, more than twice the agents."""
    agents = cost_curve(100, 300, targets=[0.8, 0.9, 0.99])["agents"]
    assert agents[2] - agents[1] > 2 * (agents[1] - agents[0]) > 0


def test_large_centres_are_cheaper_by_the_call():
    costs = [cost_per_call(calls, 300) for calls in (20, 200, 2_000, 20_000)]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] > 45 / 12 / 0.7  # never below the wage of the talk itself


def test_in_house_or_outsourced_by_hand():
    table = inhouse_or_outsourced([0, 20_000, 30_000], fixed=100_000, per_call=6, price=11, price_fixed=0)
    assert table["inhouse"].tolist() == [100_000, 220_000, 280_000]
    assert table["outsourced"].tolist() == [0, 220_000, 330_000]
    assert table["cheaper"].tolist() == ["outsourced", "inhouse", "inhouse"]


@quick
@given(money, money, st.integers(0, 50), st.integers(1, 50))
def test_at_the_break_even_both_cost_the_same(fixed, price_fixed, per_call, dearer):
    terms = {"fixed": fixed, "per_call": per_call, "price": per_call + dearer, "price_fixed": price_fixed}
    calls = break_even_calls(**terms)
    row = inhouse_or_outsourced(calls, **terms).iloc[0]
    if fixed >= price_fixed:
        assert row["inhouse"] == pytest.approx(row["outsourced"])
    else:
        assert (calls, row["cheaper"]) == (0, "inhouse")


def test_without_a_dearer_provider_nothing_breaks_even():
    with pytest.raises(InputError, match="The provider asks 6 ¥ a call and own agents cost 6: no number of calls"):
        break_even_calls(100_000, per_call=6, price=6)


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda: cost_curve(0, 180), "load must be finite, above 0, not 0"),
        (lambda: cost_curve(10, 180, targets=[80]), "target must be a share"),
        (lambda: cost_curve(10, 180, patience=0), "patience must be finite, above 0"),
        (lambda: cost_curve(10, 180, wage=-1), "wage must be"),
        (lambda: cost_per_call(0, 180), "calls_per_hour must be finite, above 0, not 0"),
        (lambda: inhouse_or_outsourced([5, -1], 1, 1, 2), "calls must be finite, 0 or more, not -1"),
        (lambda: break_even_calls(-5, 1, 2), "fixed must be"),
    ],
)
def test_bad_input_gets_one_sentence(function, sentence):
    with pytest.raises(InputError, match=sentence):
        function()
