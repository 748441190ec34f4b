"""Erlang B and C against published tables, closed forms, limits, and what must hold at any size."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import logsumexp

from crm_lab.base.errors import InputError
from crm_lab.staffing import erlang_b, erlang_c, mean_wait, occupancy, service_level, wait_quantile

quick = settings(deadline=None, max_examples=60)
loads = st.floats(0.01, 300)


# The usual Erlang B tables (e.g. ITU-D, Teletraffic Engineering Handbook): the load that is blocked at this rate.
@pytest.mark.parametrize(
    ("lines", "load", "blocked"),
    [
        (1, 0.0101, 0.01), (5, 1.361, 0.01), (10, 4.461, 0.01), (20, 12.03, 0.01), (50, 37.90, 0.01),
        (100, 84.06, 0.01), (10, 6.216, 0.05), (30, 24.80, 0.05), (10, 3.092, 0.001), (50, 32.51, 0.001),
    ],
)  # fmt: skip
def test_erlang_b_of_the_published_tables(lines, load, blocked):
    assert erlang_b(load, lines) == pytest.approx(blocked, rel=5e-3)


def test_erlang_b_by_hand():
    """Load 2: with three lines 2³/3! ÷ (1 + 2 + 2 + 4/3) = 4/19."""
    assert erlang_b(2, 3) == pytest.approx(4 / 19)
    assert erlang_b(0.5, 1) == pytest.approx(1 / 3)


@quick
@given(st.floats(0.1, 20_000), st.integers(0, 20_000))
def test_erlang_b_is_the_poisson_distribution_cut_off(load, lines):
    logs = np.concatenate([[0.0], np.cumsum(np.log(load / np.arange(1, lines + 1)))])  # of loadⁿ / n!
    cut = math.exp(logs[-1] - logsumexp(logs))
    assert erlang_b(load, lines) == pytest.approx(cut, rel=1e-8, abs=1e-300)


def test_nothing_offered_is_never_blocked_and_no_lines_block_all():
    assert erlang_b(0, 3) == 0
    assert erlang_b(0, 0) == erlang_b(7, 0) == 1
    assert erlang_c(0, 1) == mean_wait(0, 1, 300) == occupancy(0, 1) == 0
    assert service_level(0, 1, 300, within=0) == 1


def test_the_worked_example_of_the_palm_erlang_a_paper():
    """48 calls a minute of one minute each, 50 agents: 20.8 s, 96 %, nine of ten wait at most 58.1 s.

    Garnett, Mandelbaum & Reiman (2002), table 1.
    """
    assert mean_wait(48, 50, 60) == pytest.approx(20.8, abs=0.05)
    assert occupancy(48, 50) == 0.96
    assert wait_quantile(0.9, 48, 50, 60) == pytest.approx(58.1, abs=0.05)


def test_two_worked_examples_of_the_trade():
    """360 calls in half an hour of 4 minutes, 55 agents; 100 calls of 3 minutes, 14 agents: as calculators print."""
    assert erlang_c(48, 55) == pytest.approx(0.239, abs=5e-4)
    assert mean_wait(48, 55, 240) == pytest.approx(8.2, abs=0.05)
    assert service_level(48, 55, 240, within=15) == pytest.approx(0.846, abs=5e-4)
    assert erlang_c(10, 14) == pytest.approx(0.174, abs=5e-4)
    assert service_level(10, 14, 180, within=20) == pytest.approx(0.888, abs=5e-4)
    assert mean_wait(10, 14, 180) == pytest.approx(7.8, abs=0.05)


def test_one_agent_is_the_queue_of_the_textbook():
    """M/M/1: the chance of a wait is the load, the mean wait load / (1 − load) handling times."""
    assert erlang_c(0.75, 1) == pytest.approx(0.75)
    assert mean_wait(0.75, 1, 100) == pytest.approx(300)


@pytest.mark.parametrize("load", [2_000, 50_000])
def test_large_centres_reach_the_limit_of_halfin_and_whitt(load):
    """Agents = load + β √load: the chance of a wait tends to 1 / (1 + β Φ(β) / φ(β))."""
    agents = load + round(math.sqrt(load))
    beta = (agents - load) / math.sqrt(load)
    limit = 1 / (1 + beta * stats.norm.cdf(beta) / stats.norm.pdf(beta))
    assert erlang_c(load, agents) == pytest.approx(limit, rel=1.5 / math.sqrt(load))


@quick
@given(loads, st.integers(1, 50), st.floats(0, 0.999))
def test_waiting_obeys_its_own_distribution(load, spare, part):
    agents = math.ceil(load) + spare
    wait = wait_quantile(part, load, agents, 300)
    reached = service_level(load, agents, 300, within=wait)
    assert reached == pytest.approx(part, abs=1e-9) if wait > 0 else reached >= part - 1e-12
    assert 0 <= erlang_b(load, agents) <= erlang_c(load, agents) <= 1
    assert service_level(load, agents, 300, within=0) == pytest.approx(1 - erlang_c(load, agents))


@quick
@given(loads, st.integers(1, 50), st.floats(0, 600))
def test_one_more_agent_never_hurts(load, spare, within):
    agents = math.ceil(load) + spare
    assert erlang_c(load, agents + 1) <= erlang_c(load, agents)
    assert service_level(load, agents + 1, 300, within) >= service_level(load, agents, 300, within) - 1e-12


@pytest.mark.parametrize("function", [erlang_c, occupancy, lambda a, n: mean_wait(a, n, 1)])
@pytest.mark.parametrize(("load", "agents"), [(10, 10), (10.5, 10), (0, 0)])
def test_a_queue_that_would_grow_is_refused(function, load, agents):
    with pytest.raises(
        InputError, match=r"the queue would grow without end\. Give more agents than load, or use erlang_a"
    ):
        function(load, agents)


@pytest.mark.parametrize("load", [-1, float("nan"), float("inf"), "3", None, True])
def test_load_is_a_number_from_zero(load):
    with pytest.raises(InputError, match=r"^load must be .*, not"):
        erlang_b(load, 3)


@pytest.mark.parametrize("agents", [-1, 2.5, "3", None])
def test_agents_are_whole(agents):
    with pytest.raises(InputError, match=r"^agents must be .*, not"):
        erlang_b(3, agents)


def test_times_and_shares_are_checked():
    with pytest.raises(InputError, match="handling_time must be finite, above 0, not 0"):
        service_level(3, 5, 0)
    with pytest.raises(InputError, match="within must be finite, 0 or more, not -1"):
        service_level(3, 5, 300, within=-1)
    with pytest.raises(InputError, match=r"part must be a share from 0 to below 1, such as 0.8 for 80 %, not 90"):
        wait_quantile(90, 3, 5, 300)
