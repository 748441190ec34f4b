"""Replications are the same for any number of workers, and their interval holds what it promises."""

import numpy as np
import pytest
from joblib import parallel_config

from crm_lab.base.errors import InputError
from crm_lab.queueing import estimate, padded, poisson_arrivals, replicate, simulate


def mean_wait(rng):
    arrivals = poisson_arrivals([40], 1_800, rng)
    return float(simulate(arrivals, rng.exponential(180, len(arrivals)), np.inf, 5).wait.mean())


def test_results_do_not_depend_on_the_number_of_workers():
    assert replicate(mean_wait, 6, seed=2, workers=1) == replicate(mean_wait, 6, seed=2, workers=2)


@pytest.mark.slow
def test_results_do_not_depend_on_the_cluster():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        Client(cluster),
        parallel_config(backend="dask"),
    ):
        found = replicate(mean_wait, 6, seed=2)
    assert found == replicate(mean_wait, 6, seed=2, workers=1)


def test_replications_differ_from_each_other_and_begin_alike_for_more():
    few, many = replicate(mean_wait, 3, seed=2), replicate(mean_wait, 5, seed=2)
    assert len(set(many)) == 5
    assert many[:3] == few


def test_intervals_hold_the_mean_as_often_as_they_say():
    rng = np.random.default_rng(3)
    held = [low <= 1 <= high for low, high in (estimate(rng.exponential(1, 30)).interval for _again in range(2_000))]
    assert 0.91 < np.mean(held) < 0.96  # skewed values cost a little


def test_too_few_or_missing_values_are_refused():
    for values in ([1.0], [1.0, np.nan], [[1.0, 2.0]]):
        with pytest.raises(InputError, match="two numbers or more"):
            estimate(values)


def test_runs_of_a_busy_queue_admit_more_doubt_than_its_single_calls():
    rng = np.random.default_rng(8)
    arrivals = np.cumsum(rng.exponential(1, (2_000, 20)), axis=0)
    waits = simulate(arrivals, rng.exponential(0.9, arrivals.shape), np.inf, 1).wait
    assert estimate(waits.mean(axis=0)).standard_error > 4 * estimate(waits.ravel()).standard_error


def test_days_side_by_side_are_simulated_as_each_alone():
    days = replicate(lambda rng: poisson_arrivals([20, 40], 1_800, rng), 5, seed=1)
    services = [np.random.default_rng(len(day)).exponential(200, len(day)) for day in days]
    together = simulate(padded(days), padded(services), 60, 6)
    for place, (day, service) in enumerate(zip(days, services, strict=True)):
        alone = simulate(day, service, 60, 6)
        np.testing.assert_array_equal(together.wait[: len(day), place], alone.wait)
        assert not together.abandoned[len(day) :, place].any()
    assert padded([]).shape == (0, 0)
