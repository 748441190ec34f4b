"""Calibration of true and of false probabilities, and the threshold that money sets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.predict import calibration, offer_profit, profit_curve

rng = np.random.default_rng(1)
TRUE = rng.random(40_000)
LEFT = rng.random(40_000) < TRUE
TERMS = {"saved": 0.3, "value": 200.0, "cost": 24.0}


def test_true_probabilities_lie_in_their_intervals_and_others_do_not():
    honest, bold = calibration(LEFT, TRUE, 10), calibration(LEFT, TRUE**0.5, 10)
    assert honest["expected"].between(honest["low"], honest["high"]).mean() >= 0.8
    assert bold["expected"].between(bold["low"], bold["high"]).mean() <= 0.2
    assert honest["customers"].sum() == 40_000


def test_the_best_threshold_is_cost_over_what_an_offer_saves():
    curve = profit_curve(LEFT, TRUE, **TERMS)
    assert curve.loc[curve["profit"].idxmax(), "threshold"] == pytest.approx(24 / (0.3 * 200), abs=0.06)
    assert curve["profit"].max() == pytest.approx(40_000 * 60 * 0.6**2 / 2, rel=0.05)  # ∫ (60 p − 24) dp from 0.4


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 100)), min_size=1, max_size=30), st.integers(0, 100))
def test_the_curve_is_the_profit_at_each_threshold(people, step):
    left, percent = zip(*people, strict=True)
    probability = np.array(percent) / 100
    point = profit_curve(left, probability, **TERMS).iloc[step]
    assert point["profit"] == pytest.approx(offer_profit(left, probability, step / 100, **TERMS))
    assert point["customers"] == (probability >= step / 100).sum()


def test_bad_input():
    with pytest.raises(InputError, match="Divide percentages"):
        calibration([True, False], [20, 80])
    with pytest.raises(InputError, match="one probability for each"):
        profit_curve([True], [0.2, 0.8], **TERMS)
