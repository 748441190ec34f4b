"""The calendar of the call centre, and calls that arrive as its rates say."""

import numpy as np
import pytest

from crm_lab.world._calls.call_load import day_types, draw_arrivals, draw_levels, expected_calls, profile
from crm_lab.world._clock import Clock
from crm_lab.world.parameters import Parameters

from ..pooling import factor

PARAMETERS = Parameters()
CALLS = PARAMETERS.calls
CLOCK = Clock(PARAMETERS)
KIND = dict(zip(CLOCK.days.strftime("%Y-%m-%d"), day_types(CALLS, CLOCK), strict=True))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2025-11-09", "normal"),
        ("2025-11-10", "shopping_festival"),
        ("2025-11-11", "shopping_festival"),
        ("2025-11-12", "shopping_festival"),
        ("2025-11-13", "after_festival"),
        ("2025-11-17", "after_festival"),
        ("2025-11-18", "normal"),
        ("2025-10-08", "public_holiday"),
        ("2024-10-08", "normal"),
        ("2024-06-10", "public_holiday"),
    ],
)
def test_days_are_of_the_kind_the_calendar_says(day, kind):
    assert KIND[day] == kind


def test_expected_calls_follow_weekday_kind_and_growth():
    kind = np.full(len(CLOCK.days), "normal", dtype=object)
    daily = dict(zip(CLOCK.days.strftime("%Y-%m-%d"), expected_calls(CALLS, CLOCK.days, kind).sum(axis=1), strict=True))
    assert daily["2024-03-04"] / daily["2024-03-08"] == pytest.approx(1.18, rel=0.01)  # Monday to Friday
    assert daily["2025-03-03"] / daily["2024-03-04"] == pytest.approx(1.06, rel=0.005)
    assert daily["2024-12-02"] / daily["2024-06-03"] == pytest.approx(np.exp(0.24) * 1.03, rel=0.01)
    kind[:] = "shopping_festival"
    festival = expected_calls(CALLS, CLOCK.days, kind).sum(axis=1)
    assert festival[0] / daily["2024-01-01"] == pytest.approx(1.75)
    half = expected_calls(CALLS, CLOCK.days, kind, foreseen=0.5).sum(axis=1)
    assert half[0] / daily["2024-01-01"] == pytest.approx(1.375)


def test_profiles_are_shares_of_the_day():
    shares = profile(CALLS, CLOCK.days)
    assert np.allclose(shares.sum(axis=1), 1)
    assert shares[0].argmax() == 5  # a Monday: half past ten
    assert np.array_equal(shares[5], shares[6])
    assert not np.array_equal(shares[4], shares[5])


def test_the_level_of_a_day_has_mean_one_and_the_stated_spread():
    levels = draw_levels(CALLS, 100_000, np.random.default_rng(0))
    assert levels.mean() == pytest.approx(1, abs=factor() * (1 / 150 / 100_000) ** 0.5)
    assert levels.var() == pytest.approx(1 / CALLS.day_shape, rel=0.03)


def test_single_calls_fall_in_their_half_hours_in_order():
    counts = np.random.default_rng(1).poisson(20, (3, 28))
    day, second = draw_arrivals(counts, np.random.default_rng(2))
    assert np.array_equal(np.bincount(day * 28 + second // 1800, minlength=84).reshape(3, 28), counts)
    assert (np.diff(day * 10**6 + second) >= 0).all()
    assert (second % 1800).mean() == pytest.approx(900, abs=factor() * 520 / counts.sum() ** 0.5)
