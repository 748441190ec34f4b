"""The offer explorer shows the profit curve, at every position of its sliders, quickly."""

from statistics import quantiles
from time import perf_counter

import numpy as np
import pytest

from crm_lab import predict
from crm_lab.explore import offer_explorer

rng = np.random.default_rng(5)
CHANCE = rng.random(900)
LEFT, VALUE = rng.random(900) < CHANCE, rng.gamma(2, 100, 900)


def test_it_shows_the_profit_curve_and_its_best_point():
    outcome = offer_explorer(LEFT, CHANCE, VALUE).outcome
    curve = predict.profit_curve(LEFT, CHANCE, saved=0.1, value=VALUE, cost=10)
    assert outcome.best["profit"] == curve["profit"].max()
    assert outcome.here["profit"] == pytest.approx(curve["profit"].iloc[80])


def test_every_slider_moves_picture_and_words():
    explorer = offer_explorer(LEFT, CHANCE, VALUE)
    for control in explorer.controls.values():
        start, seen = control.value, set()
        for value in (control.min, control.max, start):
            control.value = value
            seen.add((explorer.picture().alt, explorer._summary.value))
        assert len(seen) == 3


def test_a_dearer_offer_goes_to_fewer():
    explorer, sent = offer_explorer(LEFT, CHANCE, VALUE), []
    for cost in (0, 5, 20, 40):
        explorer.controls["cost"].value = cost
        sent.append(explorer.outcome.best["customers"])
    assert sent == sorted(sent, reverse=True)


def test_a_step_is_quick():
    explorer, times = offer_explorer(LEFT, CHANCE, VALUE), []
    for value in range(20, 60):
        start = perf_counter()
        explorer.controls["threshold"].value = value
        times.append(perf_counter() - start)
    assert quantiles(times, n=20)[-1] < 0.5  # a guard on a shared machine; the aim is 0.1
