"""Erlang A by its density of waits, against its birth-death chain and against the queue itself."""

import numpy as np
import pytest

from crm_lab.queueing import simulate
from crm_lab.world._calls.call_service import service

from ..pooling import pooled

HANDLING, PATIENCE = 300.0, 240.0
CASES = [(0.02, 8), (0.03, 9), (0.05, 16), (0.05, 10), (0.11, 34), (0.11, 25), (0.012, 3)]


def chain(rate, agents, states=600):
    """Chances of no wait and of giving up in the steady state of M/M/c+M."""
    steps = np.arange(1, states)
    out = np.minimum(steps, agents) / HANDLING + np.maximum(steps - agents, 0) / PATIENCE
    log = np.concatenate([[0], np.cumsum(np.log(rate / out))])
    p = np.exp(log - log.max())
    p /= p.sum()
    queue = (np.maximum(np.arange(states) - agents, 0) * p).sum()
    return p[:agents].sum(), queue / PATIENCE / rate


@pytest.mark.parametrize(("rate", "agents"), CASES)
def test_it_is_the_steady_state_of_the_chain(rate, agents):
    free, lost = service(np.array([rate]), np.array([agents]), HANDLING, PATIENCE, within=1e-9)
    assert (free[0], lost[0]) == pytest.approx(chain(rate, agents), rel=1e-6, abs=1e-12)


def test_many_half_hours_at_once_are_each_what_they_are_alone():
    rates, agents = np.array(CASES).T
    quick, lost = service(rates, agents.astype(int), HANDLING, PATIENCE, 20.0)
    for number, (rate, count) in enumerate(CASES):
        one = service(np.array([rate]), np.array([count]), HANDLING, PATIENCE, 20.0)
        assert (quick[number], lost[number]) == pytest.approx((one[0][0], one[1][0]), rel=1e-12)


def test_the_share_answered_quickly_is_that_of_the_queue():
    rng = np.random.default_rng(5)
    shape = (2_500, 300)
    calls = (
        rng.exponential(1 / 0.05, shape).cumsum(axis=0),
        *(rng.exponential(m, shape) for m in (HANDLING, PATIENCE)),
    )
    result = simulate(*calls, 15)
    quick, bound = pooled(((result.wait <= 20) & ~result.abandoned)[500:].mean(axis=0), float)
    assert service(np.array([0.05]), np.array([15]), HANDLING, PATIENCE, 20.0)[0][0] == pytest.approx(quick, abs=bound)
    assert bound < 0.014
