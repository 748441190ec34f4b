"""The price explorer counts who still accepts a price, and finds the price that leaves most."""

import pytest

from crm_lab.explore import price_explorer

LIMITS = [10.0, 20.0, 30.0, 40.0]


def test_a_price_at_the_limit_is_refused():
    explorer = price_explorer(LIMITS, 5)
    for price, accepted in ((19, 0.75), (20, 0.5), (39, 0.25)):
        explorer.controls["price"].value = price
        assert explorer.outcome.here["share"] == accepted
        assert explorer.outcome.here["margin"] == pytest.approx((price - 5) * accepted)


def test_the_best_price_rises_with_the_cost():
    explorer, best = price_explorer(LIMITS, 0), []
    for cost in (0, 10, 20):
        explorer.controls["cost"].value = cost
        best.append(explorer.outcome.best["price"])
    assert best == sorted(best)
    assert best[0] < best[-1]


def test_both_sliders_move_picture_and_words():
    explorer = price_explorer(LIMITS, 5)
    for control in explorer.controls.values():
        seen = set()
        for value in (control.min, control.max):
            control.value = value
            seen.add((explorer.picture().alt, explorer._summary.value))
        assert len(seen) == 2
