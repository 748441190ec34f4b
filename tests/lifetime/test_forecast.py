"""The value to come: the formula against drawn futures, published customers, and what must hold of any history."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.lifetime import BgNbd, GammaGamma, clv_interval, expected_clv, simulated_clv, value_at_stake

MODELS = BgNbd(0.243, 4.414, 0.793, 2.426), GammaGamma(6.25, 3.74, 15.44)


def history(*rows):
    return pd.DataFrame(rows, columns=["frequency", "recency", "T", "monetary"])


SEVERAL = history((2, 30.43, 38.86, 22.35), (0, 0, 38, None), (9, 36.0, 38.0, 40.0), (4, 5.0, 30.0, 10.0))


def test_without_interest_it_is_purchases_times_amount():
    one = SEVERAL.head(1)
    found = expected_clv(*MODELS, one, weeks=39, margin=0.5)
    assert found.iloc[0] == pytest.approx(0.5 * 1.226 * 24.66, rel=1e-3)  # both published, of this very customer


def test_values_stand_beside_their_customers():
    named = SEVERAL.set_axis(["C4", "C3", "C2", "C1"])
    for found in (expected_clv(*MODELS, named), value_at_stake(*MODELS, named)):
        assert found.index.tolist() == ["C4", "C3", "C2", "C1"]


def test_interest_lies_between_none_and_that_of_the_last_week():
    plain, less = (expected_clv(*MODELS, SEVERAL, weeks=52, discount=rate) for rate in (0, 0.15))
    assert (less < plain).all()
    assert (less > plain / 1.15).all()


@pytest.mark.parametrize("discount", [0.0, 0.3])
def test_drawn_futures_have_the_expected_value(discount):
    futures = simulated_clv(*MODELS, SEVERAL, weeks=60, margin=0.3, discount=discount, draws=40_000, seed=1)
    expected = expected_clv(*MODELS, SEVERAL, weeks=60, margin=0.3, discount=discount)
    error = futures.std(axis=1) / np.sqrt(futures.shape[1])
    assert (np.abs(futures.mean(axis=1) - expected) < 4 * error).all()


def test_drawn_futures_of_a_first_purchase_can_be_drawn():
    assert simulated_clv(*MODELS, SEVERAL.iloc[[1]], draws=10).shape == (1, 10)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 12), st.floats(1, 50), st.floats(0, 50), st.integers(1, 104))
def test_at_stake_is_what_is_lost_if_one_leaves(frequency, span, silence, weeks):
    one = history((frequency, span, span + silence, 20.0))
    stake = value_at_stake(*MODELS, one, weeks).iloc[0]
    rate = (MODELS[0].r + frequency) / (MODELS[0].alpha + span + silence)
    stays = MODELS[0].p_alive(frequency, span, span + silence) * rate * weeks
    assert stake >= -1e-9
    total = expected_clv(*MODELS, one, weeks).iloc[0] + stake
    assert total == pytest.approx(stays * MODELS[1].expected_spend(frequency, 20.0), rel=1e-6, abs=1e-9)


def test_the_interval_of_a_group_is_that_of_its_sum():
    futures = np.vstack([np.arange(101.0), np.arange(101.0)])
    assert clv_interval(futures, 0.9) == pytest.approx((10, 190))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: expected_clv(*MODELS, SEVERAL.drop(columns="T")), "history has no column 'T'"),
        (lambda: expected_clv(*MODELS, SEVERAL, weeks=0), "weeks"),
        (lambda: expected_clv(*MODELS, SEVERAL, discount=-1), "discount"),
        (lambda: simulated_clv(*MODELS, SEVERAL, draws=0), "draws"),
        (lambda: clv_interval(np.ones((1, 9)), 95), "level"),
    ],
)
def test_what_cannot_be_is_named(call, sentence):
    with pytest.raises(InputError, match=sentence):
        call()
