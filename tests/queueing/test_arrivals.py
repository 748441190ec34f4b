"""Thinned arrivals: as many in each period as its rate says, independent of each other."""

import numpy as np
import pytest

from crm_lab.base.errors import InputError
from crm_lab.queueing import poisson_arrivals


def test_each_period_gets_the_calls_of_its_rate_with_poisson_spread():
    rng, rates = np.random.default_rng(5), np.array([5.0, 60.0, 0.0, 20.0])
    counts = np.array([np.histogram(poisson_arrivals(rates, 10, rng), 4, (0, 40))[0] for _day in range(2_000)])
    assert np.abs(counts.mean(axis=0) - rates).max() < 4 * np.sqrt(60 / 2_000)
    assert counts[:, [0, 1, 3]].var(axis=0) == pytest.approx(rates[[0, 1, 3]], rel=0.15)
    assert counts[:, 2].sum() == 0


def test_times_are_sorted_and_the_same_for_one_seed():
    one, other = (poisson_arrivals([50, 90], 1_800, np.random.default_rng(7)) for _again in range(2))
    assert (np.diff(one) >= 0).all()
    assert (one == other).all()


def test_no_calls_at_no_rate_and_bad_rates_are_refused():
    assert len(poisson_arrivals([0, 0], 10, np.random.default_rng(1))) == 0
    for rates in ([], [-1], [np.nan], [[1]]):
        with pytest.raises(InputError, match="rates"):
            poisson_arrivals(rates, 10, np.random.default_rng(1))
    with pytest.raises(InputError, match="width"):
        poisson_arrivals([1], 0, np.random.default_rng(1))
