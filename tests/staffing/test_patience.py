"""Erlang A against a brute-force chain, published figures, identities, limits and the simulated queue."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.linalg import expm

from crm_lab.base.errors import InputError
from crm_lab.queueing import simulate
from crm_lab.staffing import erlang_a, erlang_b, erlang_c, mean_wait, service_level

quick = settings(deadline=None, max_examples=60)


def chain(arrival, service, leaving, agents, states):
    """Chances of 0, 1, … calls in the system, by the birth–death chain in logarithms."""
    number = np.arange(1, states)
    down = np.minimum(number, agents) * service + np.maximum(number - agents, 0) * leaving
    logs = np.concatenate([[0.0], np.cumsum(np.log(arrival / down))])
    weights = np.exp(logs - logs.max())
    return weights / weights.sum()


CASES = [
    (0.1, 1 / 300, 1 / 240, 32, 400),
    (5, 1, 1, 3, 200),
    (100, 1, 0.1, 90, 2_000),
    (100, 1, 5, 100, 2_000),
    (2, 1, 100, 3, 100),
    (2, 1, 1e4, 1, 100),
    (3, 1, 0.001, 4, 20_000),
    (50, 1, 0.3, 20, 2_000),
    (5_000, 1, 0.5, 5_000, 12_000),
    (2_000, 1, 1 / 3, 2_040, 8_000),
]


@pytest.mark.parametrize("case", CASES)
def test_it_is_the_birth_death_chain(case):
    *rates, agents, states = case
    chances = chain(*rates, agents, states)
    queue = np.arange(states) - agents
    result = erlang_a(*rates, agents)
    assert result.wait_probability == pytest.approx(chances[queue >= 0].sum(), rel=1e-9)
    assert result.mean_wait == pytest.approx((np.maximum(queue, 0) * chances).sum() / rates[0], rel=1e-9)
    assert result.occupancy == pytest.approx((np.minimum(np.arange(states), agents) * chances).sum() / agents, rel=1e-9)


@pytest.mark.parametrize("case", [CASES[0], CASES[1], (12, 1, 0.25, 9, 120), (12, 1, 8, 9, 60)])
@pytest.mark.parametrize("within", [0.0, 0.05, 0.4, 2.0])
def test_service_level_is_that_of_a_caller_moving_up_the_queue(case, within):
    """A caller with k ahead moves up at the rate cμ + kθ and leaves at the rate θ: the chain's matrix exponential."""
    arrival, service, leaving, agents, states = case
    within = within / service
    ahead = np.arange(states - agents)
    up = agents * service + ahead * leaving
    generator = np.zeros((len(ahead) + 1, len(ahead) + 1))  # the last row: answered
    generator[ahead, ahead] = -(up + leaving)
    generator[ahead[1:], ahead[1:] - 1] = up[1:]
    generator[0, -1] = up[0]
    answered = expm(generator * within)[:-1, -1]
    chances = chain(arrival, service, leaving, agents, states)
    expected = chances[:agents].sum() + chances[agents:] @ answered
    assert erlang_a(arrival, service, leaving, agents).service_level(within) == pytest.approx(expected, rel=1e-8)


def test_the_published_comparison_of_table_1():
    """48 calls a minute of one minute, 50 agents, patience two minutes: 3.1 % give up, mean wait 3.7 s, 93 % busy.

    Garnett, Mandelbaum & Reiman (2002).
    """
    result = erlang_a(48, 1, 0.5, 50)
    assert result.abandonment == pytest.approx(0.031, abs=5e-4)
    assert 60 * result.mean_wait == pytest.approx(3.7, abs=0.05)
    assert result.occupancy == pytest.approx(0.93, abs=5e-3)


@quick
@given(st.floats(0.1, 400), st.integers(1, 400))
def test_patience_as_long_as_a_call_makes_a_poisson_number_of_calls(load, agents):
    """θ = μ: every call leaves at the same rate, waiting or talking."""
    result = erlang_a(load, 1, 1, agents)
    assert result.wait_probability == pytest.approx(stats.poisson.sf(agents - 1, load), rel=1e-8, abs=1e-14)
    talking = load - (stats.poisson.sf(np.arange(agents, agents + 3_000), load)).sum()
    assert result.occupancy == pytest.approx(talking / agents, rel=1e-8)


@quick
@given(st.floats(0.1, 3_000), st.floats(0.01, 100), st.integers(1, 3_000), st.floats(0, 3))
def test_what_holds_for_any_queue(load, leaving, agents, within):
    result = erlang_a(load, 1, leaving, agents)
    assert result.abandonment == pytest.approx(leaving * result.mean_wait, rel=1e-12)
    assert 0 <= result.abandonment <= result.wait_probability <= 1
    assert result.occupancy == pytest.approx(load * (1 - result.abandonment) / agents, rel=1e-7)
    assert result.occupancy <= 1
    answered = result.service_level(1e6)
    assert answered == pytest.approx(1 - result.abandonment, abs=1e-9)
    level = result.service_level(within)
    assert 1 - result.wait_probability - 1e-12 <= level <= answered + 1e-12
    assert level <= result.service_level(within, of="answered") + 1e-12
    assert erlang_a(load, 1, leaving, agents + 1).service_level(within) >= level - 1e-9


def test_without_patience_it_is_erlang_b_and_with_endless_patience_erlang_c():
    hasty = erlang_a(48, 1, 1e9, 50)
    assert hasty.abandonment == pytest.approx(erlang_b(48, 50), rel=1e-6)
    for patience in (0, 1e-12):
        calm = erlang_a(48, 1, patience, 50)
        assert calm.wait_probability == pytest.approx(erlang_c(48, 50), rel=1e-8)
        assert calm.mean_wait == pytest.approx(mean_wait(48, 50, 1), rel=1e-8)
        assert calm.speed_of_answer == pytest.approx(mean_wait(48, 50, 1), rel=1e-8)
        assert calm.service_level(0.5) == pytest.approx(service_level(48, 50, 1, within=0.5), rel=1e-8)


@pytest.mark.parametrize("beta", [-1, 0, 1.5])
@pytest.mark.parametrize("leaving", [0.25, 1, 4])
def test_large_centres_reach_the_limit_of_garnett(beta, leaving):
    """Garnett, Mandelbaum & Reiman (2002), theorem 1: P(wait) → 1 / (1 + √θ h(β/√θ) / h(−β)) with μ = 1."""
    load = 40_000
    agents = load + beta * 200

    def hazard(x):
        return math.exp(stats.norm.logpdf(x) - stats.norm.logsf(x))

    limit = 1 / (1 + math.sqrt(leaving) * hazard(beta / math.sqrt(leaving)) / hazard(-beta))
    assert erlang_a(load, 1, leaving, round(agents)).wait_probability == pytest.approx(limit, abs=0.006)


@pytest.mark.slow
def test_the_simulated_queue_agrees():
    """Sixty days of 3,000 calls: shares within four standard errors of the days."""
    rng = np.random.default_rng(12)
    arrivals = np.cumsum(rng.exponential(10, (3_000, 60)), axis=0)
    handling, patience = rng.exponential(300, arrivals.shape), rng.exponential(240, arrivals.shape)
    waits = simulate(arrivals, handling, patience, agents=32)
    settled = slice(300, None)
    result = erlang_a(1 / 10, 1 / 300, 1 / 240, 32)
    in_time = (~waits.abandoned & (waits.wait <= 20))[settled].mean(axis=0)
    answer = np.where(waits.abandoned, np.nan, waits.wait)[settled]
    for seen, expected in [
        (waits.abandoned[settled].mean(axis=0), result.abandonment),
        (waits.wait[settled].mean(axis=0), result.mean_wait),
        (np.nanmean(answer, axis=0), result.speed_of_answer),
        (in_time, result.service_level(20)),
    ]:
        assert seen.mean() == pytest.approx(expected, abs=4 * seen.std() / math.sqrt(60))


@pytest.mark.parametrize(
    ("arrival", "leaving", "agents", "lost"),
    [
        (1e6, 1e-6, 10**6, None),  # a million agents, patience of a million calls
        (5_000, 1e-9, 4_990, 10 / 5_000),  # who cannot be served gives up in the end
        (1e5, 1e-300, 10, 1 - 1e-4),
        (1e-9, 1, 3, None),
        (10, 1e300, 5, None),
        (1, 1, 2_000, 0.0),
    ],
)
def test_extreme_queues_have_sensible_answers(arrival, leaving, agents, lost):
    result = erlang_a(arrival, 1, leaving, agents)
    for value in (result.wait_probability, result.abandonment, result.occupancy, result.service_level(0.1)):
        assert 0 <= value <= 1
    assert math.isfinite(result.mean_wait)
    if lost is not None:
        assert result.abandonment == pytest.approx(lost, rel=1e-9)


def test_nobody_calls_or_nobody_answers():
    quiet = erlang_a(0, 1, 1, 4)
    assert (quiet.wait_probability, quiet.abandonment, quiet.mean_wait, quiet.occupancy) == (0, 0, 0, 0)
    assert quiet.service_level(0) == 1
    empty = erlang_a(6, 1, 0.25, 0)
    assert (empty.wait_probability, empty.abandonment, empty.mean_wait, empty.occupancy) == (1, 1, 4, 0)
    assert empty.service_level(60) == empty.service_level(60, of="answered") == 0
    assert math.isnan(empty.speed_of_answer)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((-1, 1, 1, 3), "arrival_rate must be finite, 0 or more, not -1"),
        ((1, 0, 1, 3), "service_rate must be finite, above 0, not 0"),
        ((1, 1, math.inf, 3), "abandonment_rate must be finite, 0 or more, not inf"),
        ((1, 1, 1, 2.5), "agents must be a whole number of at least 0, not 2.5"),
        ((5, 1, 0, 5), "5 agents cannot carry 5 erlangs"),
    ],
)
def test_bad_input_gets_one_sentence(arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        erlang_a(*arguments)


def test_a_service_level_is_of_offered_or_answered_calls():
    with pytest.raises(InputError, match=r"Unknown share 'all'. Use one of: offered, answered"):
        erlang_a(1, 1, 1, 2).service_level(1, of="all")
