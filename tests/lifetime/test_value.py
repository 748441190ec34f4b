"""Margin × lifetime against the sums they stand for and a published example."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.lifetime import discounted_clv, lever_effects, simple_clv, value_of_retention

margins, shares, rates = st.floats(1, 1000), st.floats(0, 0.95), st.floats(0, 0.5)


def test_the_published_example():
    """Berger & Nasr (1998), case 1: $260 a year, kept with .75, $50 of promotion in mid-year, 20 %: $568.78."""
    income = discounted_clv(260, 0.75, 0.2, periods=11)
    promotion = discounted_clv(50, 0.75, 0.2, periods=10) / np.sqrt(1.2)
    assert round(income - promotion, 2) == 568.78


@settings(deadline=None)
@given(margins, shares, rates, st.integers(1, 40))
def test_it_is_the_sum_of_the_years(margin, retention, discount, periods):
    years = [margin * (retention / (1 + discount)) ** t for t in range(periods)]
    assert discounted_clv(margin, retention, discount, periods) == pytest.approx(sum(years))


@settings(deadline=None)
@given(margins, shares)
def test_without_interest_it_is_margin_times_lifetime(margin, retention):
    assert simple_clv(margin, retention) == pytest.approx(margin / (1 - retention))
    assert discounted_clv(margin, retention, 0) == pytest.approx(simple_clv(margin, retention))


@settings(deadline=None)
@given(margins, st.floats(0, 0.9), rates)
def test_a_point_is_worth_the_more_the_more_stay(margin, retention, discount):
    low, high = (value_of_retention(margin, r, discount) for r in (retention, retention + 0.05))
    assert 0 < low < high


def test_levers_by_hand():
    levers = pd.DataFrame(
        {"margin_growth": [0, 0.1, 0], "retention_points": [0, 0, 10], "cost": [0, 5, 20]},
        index=["none", "more", "longer"],
    )
    found = lever_effects(200, 0.5, 0.0, levers)
    assert found["clv"].tolist() == pytest.approx([400, 430, 450])
    assert found["gain"].tolist() == pytest.approx([0, 30, 50])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simple_clv(10, 1), "retention"),
        (lambda: discounted_clv(10, 0.5, -0.1), "discount"),
        (lambda: discounted_clv(np.inf, 0.5, 0.1), "margin must be finite"),
        (lambda: discounted_clv(10, 0.5, 0.1, 0), "periods"),
        (lambda: value_of_retention(10, 0.99, 0.1, 2), "retention"),
        (lambda: lever_effects(10, 0.5, 0.1, pd.DataFrame({"cost": [1]})), "levers has no column"),
    ],
)
def test_what_cannot_be_is_named(call, sentence):
    with pytest.raises(InputError, match=sentence):
        call()
