"""Uplift against SciPy, Qini against its closed forms, and both against the truth."""

import numpy as np
import pytest
from scipy import stats

from crm_lab import World, predict
from crm_lab.base.errors import InputError


def test_uplift_is_welch():
    rng = np.random.default_rng(3)
    outcome, treated = rng.normal(size=50), np.arange(50) < 20
    found = predict.uplift(outcome, treated)
    welch = stats.ttest_ind(outcome[treated], outcome[~treated], equal_var=False).confidence_interval()
    assert found.interval == pytest.approx((welch.low, welch.high))


def test_a_perfect_score_a_reversed_one_and_one_that_tells_nothing():
    """Half are persuaded for sure, half never: the curve runs straight up to all persuaded, then level."""
    persuadable = np.arange(4_000) < 2_000
    treated = np.arange(4_000) % 2 == 0
    bought = persuadable & treated
    assert predict.qini(bought, treated, persuadable.astype(int)) == pytest.approx(250)  # triangle 4000 × 500 / 2 ÷ n
    assert predict.qini(bought, treated, -persuadable.astype(int)) == pytest.approx(-250)
    assert predict.qini(bought, treated, np.ones(4_000)) == 0
    random = predict.qini(bought, treated, np.random.default_rng(0).random(4_000))
    assert abs(random) < 25


def test_the_claim_is_measured_within_its_interval_of_the_truth():
    inside = []
    for seed in range(4):
        world = World(300, seed=seed)
        for name, part in world.campaign_results.groupby("campaign_id"):
            low, high = predict.uplift(part["bought"], part["treated"]).interval
            inside.append(low <= world.truth["estimand"]["contact"]["campaigns"][name]["uplift"] <= high)
    assert np.mean(inside) > 0.8


def test_bad_input():
    with pytest.raises(InputError, match="at least two"):
        predict.uplift([1, 2, 3], [True, False, False])
    with pytest.raises(InputError, match="Give both"):
        predict.uplift([1, 2, 3], [True, False])
