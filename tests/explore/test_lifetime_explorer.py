"""The lifetime explorer shows what the models say, at every position of its sliders."""

import numpy as np
import pytest

from crm_lab.explore import lifetime_explorer, lifetime_outlook
from crm_lab.lifetime import BgNbd, GammaGamma

MODELS = BgNbd(0.7, 7.9, 0.8, 3.1), GammaGamma(3.9, 4.0, 239)


@pytest.fixture
def explorer():
    return lifetime_explorer(*MODELS, margin=0.28)


def test_every_slider_at_its_ends_shows_the_models(explorer):
    for control in explorer.controls.values():
        start = control.value
        for value in (control.min, control.max, start):
            control.value = value
            shown = explorer.outcome
            assert shown.alive == pytest.approx(MODELS[0].p_alive(shown.frequency, shown.recency, shown.T))
            assert np.isfinite(shown.clv)
            assert shown.stake >= -1e-9
            assert f"{shown.purchases:.1f} purchases" in explorer._summary.value


def test_silence_lowers_the_hope_of_a_frequent_buyer_faster():
    often, rarely = (
        [lifetime_outlook(*MODELS, 1, frequency=x, span=50, silence=weeks, monetary=300).alive for weeks in (0, 20)]
        for x in (20, 2)
    )
    assert often[1] / often[0] < rarely[1] / rarely[0]


def test_without_a_repeat_purchase_nobody_has_left(explorer):
    explorer.controls["frequency"].value = 0
    assert explorer.outcome.alive == 1
    assert explorer.outcome.recency == 0
