"""Gamma-Gamma: the published fit, recovery, its formula against brute force, and amounts that cannot be fitted."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.lifetime import GammaGamma, fit_gamma_gamma

from . import cdnow


def simulated(size, seed, p=4.0, q=3.8, gamma=215.0):
    """Purchases, and their mean amount, of so many customers of the model."""
    rng = np.random.default_rng(seed)
    x = 1 + rng.poisson(2, size)
    return x, rng.gamma(p * x) / (x * rng.gamma(q, size=size) / gamma)


def test_the_published_fit_of_cdnow():
    """Fader & Hardie (2013): p 6.25, q 3.74, γ 15.44 from the 946 customers with a repeat purchase."""
    table = cdnow.summary().query("x > 0")
    fit = fit_gamma_gamma(table["x"], table["zbar"])
    assert len(table) == 946
    assert [fit.p, fit.q, fit.gamma] == pytest.approx([6.25, 3.74, 15.44], abs=0.011)


def test_it_finds_the_model_that_made_the_amounts():
    fit = fit_gamma_gamma(*simulated(60_000, 1))
    assert [fit.p, fit.q, fit.gamma] == pytest.approx([4.0, 3.8, 215.0], rel=0.05)


def test_another_currency_changes_gamma_alone():
    x, mean = simulated(4_000, 2)
    one, other = fit_gamma_gamma(x, mean), fit_gamma_gamma(x, 7.1 * mean)
    assert [other.p, other.q, other.gamma / 7.1] == pytest.approx([one.p, one.q, one.gamma], rel=1e-3)


def test_the_expected_amount_is_that_of_simulated_customers():
    rng = np.random.default_rng(3)
    model, size = GammaGamma(4.0, 3.8, 215.0), 400_000
    rate = rng.gamma(3.8, size=size) / 215.0
    mean, following = rng.gamma(8.0, size=size) / 2 / rate, rng.gamma(4.0, size=size) / rate
    expected = model.expected_spend(np.full(size, 2), mean)
    for group in (mean < 150, (mean >= 150) & (mean < 400), mean >= 400):
        assert following[group].mean() == pytest.approx(expected[group].mean(), rel=0.02)


def test_the_more_purchases_the_nearer_to_the_customers_own_mean():
    model = GammaGamma(4.0, 3.8, 215.0)
    everyone = 4.0 * 215.0 / 2.8
    expected = [model.expected_spend(x, 90.0) for x in (0, 1, 5, 50, 5_000)]
    assert expected[0] == pytest.approx(everyone)
    assert expected == sorted(expected, reverse=True)
    assert expected[-1] == pytest.approx(90.0, rel=1e-3)


def test_results_have_the_form_of_what_was_given():
    model, table = GammaGamma(4.0, 3.8, 215.0), pd.DataFrame({"x": [2, 0], "m": [40.0, 0]}, index=["C1", "C2"])
    assert model.expected_spend(table["x"], table["m"]).index.tolist() == ["C1", "C2"]
    assert isinstance(model.expected_spend(2, 40.0), float)


@pytest.mark.parametrize(
    ("x", "mean", "sentence"),
    [
        ([0, 1], [20, 30], "frequency at 0 is 0. Leave out customers without a purchase"),
        ([1, 1], [20, 0], "monetary at 1 is 0. The model needs amounts above 0"),
        ([1, 1], [20, -3], "monetary at 1 is below 0"),
        ([1, 1], [20, np.nan], "monetary: 1 of 2 entries is missing"),
        ([1], [20, 3], "not these lengths: frequency 1, monetary 2"),
        ([3] * 40, [20] * 40, r"do not settle p.* of Gamma-Gamma. Use more customers, among whom"),
    ],
)
def test_amounts_that_cannot_be_are_named(x, mean, sentence):
    with pytest.raises(InputError, match=sentence):
        fit_gamma_gamma(np.array(x, dtype=float), np.array(mean, dtype=float))


def test_a_mean_without_end_is_refused():
    with pytest.raises(InputError, match=r"frequency at 0 is too small for q = 0.9, with which the mean has no end"):
        GammaGamma(4.0, 0.9, 215.0).expected_spend(0, 20.0)
