"""The recursion against exact queueing formulas, and against calls followed by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.queueing import simulate


def erlang_c(load, agents):
    """Chance of waiting in M/M/c, from the definition."""
    parts = [load**n / math.factorial(n) for n in range(agents)]
    last = load**agents / math.factorial(agents) * agents / (agents - load)
    return last / (sum(parts) + last)


def erlang_a(arrival, service, leaving, agents, states=400):
    """Steady state of M/M/c+M by its birth-death chain: chance of waiting, of giving up, and mean wait."""
    log = [0.0]
    for n in range(1, states):
        log.append(log[-1] + math.log(arrival / (min(n, agents) * service + max(n - agents, 0) * leaving)))
    p = np.exp(np.array(log) - max(log))
    p /= p.sum()
    queue = (np.maximum(np.arange(states) - agents, 0) * p).sum()
    return p[agents:].sum(), leaving * queue / arrival, queue / arrival


def random_calls(seed, calls, replications, arrival, handling, patience):
    rng = np.random.default_rng(seed)
    shape = (calls, replications)
    arrivals = np.cumsum(rng.exponential(1 / arrival, shape), axis=0)
    limits = rng.exponential(patience, shape) if patience < np.inf else np.full(shape, np.inf)
    return arrivals, rng.exponential(handling, shape), limits


def pooled(values):
    """Mean over replications and four standard errors."""
    means = values.mean(axis=0)
    return means.mean(), 4 * means.std(ddof=1) / math.sqrt(len(means))


def by_hand(arrivals, services, patience, shifts):
    """The same queue for one replication, agent by agent in plain Python; shifts: a list of spells for each agent."""
    free = [-math.inf] * len(shifts)
    answers = []
    for at, service, limit in zip(arrivals, services, patience, strict=True):
        ready = []
        for agent, spells in enumerate(shifts):
            now = max(at, free[agent])
            ready.append(min((max(free[agent], start) for start, end in spells if end > now), default=math.inf))
        first = min(range(len(shifts)), key=lambda agent: (ready[agent], agent))
        begin = max(at, ready[first])
        if begin - at <= limit and begin < math.inf:
            free[first] = begin + service
            answers.append((begin - at, False, first))
        else:
            answers.append((limit, True, -1))
    return answers


@pytest.mark.parametrize(("load", "agents"), [(3.2, 4), (8.5, 11), (0.6, 1)])
def test_waiting_is_as_often_and_as_long_as_erlang_c_says(load, agents):
    calls = random_calls(1, 3_000, 300, load, 1.0, np.inf)
    waits = simulate(*calls, agents).wait[1_000:]
    chance, error = pooled(waits > 0)
    assert chance == pytest.approx(erlang_c(load, agents), abs=error)
    assert error < 0.02
    mean, error = pooled(waits)
    assert mean == pytest.approx(erlang_c(load, agents) / (agents - load), abs=error)


@pytest.mark.parametrize(("load", "agents", "patience"), [(10, 11, 0.8), (10, 8, 0.5), (3, 3, 2.0)])
def test_giving_up_is_as_often_as_erlang_a_says(load, agents, patience):
    calls = random_calls(2, 3_000, 300, load, 1.0, patience)
    result = simulate(*calls, agents)
    waiting, leaving, mean_wait = erlang_a(load, 1.0, 1 / patience, agents)
    for values, exact in ((result.wait > 0, waiting), (result.abandoned, leaving), (result.wait, mean_wait)):
        mean, error = pooled(values[500:])
        assert mean == pytest.approx(exact, abs=error)
        assert error < 0.02
    # of exponential patience: the rate of giving up is the mean wait over the mean patience
    assert result.abandoned[500:].mean() == pytest.approx(result.wait[500:].mean() / patience, rel=0.02)


times = st.integers(0, 60)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(times, st.integers(0, 25), st.integers(0, 20)), min_size=1, max_size=25),
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 20), st.integers(0, 9), st.integers(1, 20)), min_size=1, max_size=4
    ),
)
def test_it_is_the_queue_followed_agent_by_agent(calls, forms):
    calls = sorted(calls)
    shifts = [[(a, a + b), (a + b + c, a + b + c + d)] for a, b, c, d in forms]
    result = simulate(*zip(*calls, strict=True), np.array(shifts, dtype=float).reshape(-1, 2, 2))
    expected = by_hand(*zip(*calls, strict=True), shifts)
    got = zip(result.wait.tolist(), result.abandoned.tolist(), result.agent.tolist(), strict=True)
    assert list(got) == expected


def test_replications_are_the_single_runs_side_by_side():
    arrivals, services, patience = random_calls(3, 60, 5, 4, 1.0, 0.5)
    arrivals[40:, 2] = np.inf
    arrivals[:, 4] = np.inf
    shifts = np.random.default_rng(0).uniform(0, 15, (3, 2, 2, 5)).reshape(3, 4, 5)
    shifts = np.sort(shifts, axis=1).reshape(3, 2, 2, 5)
    together = simulate(arrivals, services, patience, shifts)
    for run in range(5):
        alone = simulate(arrivals[:, run], services[:, run], patience[:, run], shifts[..., run])
        np.testing.assert_array_equal(together.wait[:, run], alone.wait)
        np.testing.assert_array_equal(together.agent[:, run], alone.agent)
    assert np.isnan(together.wait[40:, 2]).all()
    assert not together.abandoned[40:, 2].any()
    assert np.isnan(together.wait[:, 4]).all()


def test_the_agent_free_longest_answers_and_of_equals_the_first():
    assert simulate([0, 0, 10, 10], [5, 3, 1, 1], np.inf, 3).agent.tolist() == [0, 1, 2, 1]


def test_a_call_in_progress_is_finished_and_then_the_agent_goes():
    result = simulate([0, 5, 8], [20, 1, 1], 100, [(0, 10), (30, 40)])
    assert result.wait.tolist() == [0, 25, 23]
    assert result.agent.tolist() == [0, 1, 1]


def test_a_late_call_does_not_put_off_the_end_of_the_break():
    result = simulate([0, 12], [15, 1], 100, [[(0, 10), (20, 30)]])
    assert result.wait.tolist() == [0, 8]


def test_nobody_left_to_come_is_given_up():
    result = simulate([5, 11], 1, [3, np.inf], [(0, 4)])
    assert result.abandoned.tolist() == [True, True]
    assert result.wait.tolist() == [3, np.inf]


def test_a_caller_waits_exactly_as_long_as_patience_lasts():
    assert simulate([0, 0, 0], [7, 1, 1], [0, 7, 6.9], 1).abandoned.tolist() == [False, False, True]


def test_no_calls_give_no_waits():
    assert simulate([], [], [], 3).wait.shape == (0,)
    assert simulate(np.empty((0, 4)), 1, 1, 3).abandoned.shape == (0, 4)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([2, 1], 1, 1, 1), "sorted"),
        (([0, np.nan], 1, 1, 1), "sorted"),
        (([0, 1], [1, 2, 3], 1, 1), "services has the shape"),
        (([0, 1], [1, -2], 1, 1), "services must be 0 or more"),
        (([0, 1], 1, [1, np.nan], 1), "patience must be 0 or more"),
        (([0, 1], 1, 1, 0), "agents must be a whole number"),
        (([0, 1], 1, 1, 1.5), "agents must be a whole number"),
        (([0, 1], 1, 1, np.inf), "agents must be a whole number"),
        (([0, 1], 1, 1, "three"), "agents must be a whole number"),
        (([0, 1], 1, 1, [(5, 3)]), "ends before it starts"),
        (([0, 1], 1, 1, [[(0, 5), (3, 9)]]), "overlap"),
        (([0, 1], 1, 1, [1, 2, 3]), "rows of start and end"),
        ((np.zeros((2, 2, 2)), 1, 1, 1), "must have the shape"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        simulate(*arguments)
