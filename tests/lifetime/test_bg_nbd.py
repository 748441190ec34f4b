"""BG/NBD: the published fit, its formulas against brute force, data that cannot be fitted, and speed."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special

from crm_lab.base.errors import InputError
from crm_lab.lifetime import BgNbd, bg_nbd_log_likelihood, fit_bg_nbd
from crm_lab.lifetime._bg_nbd import _survived_purchases, _value_and_slopes

from . import cdnow

PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)  # Fader, Hardie & Lee (2005), table 2
quick = settings(deadline=None, max_examples=60)
positive = st.floats(0.2, 6)


@st.composite
def histories(draw):
    x, end = draw(st.integers(0, 12)), draw(st.floats(1, 100))
    return x, end * draw(st.floats(0.01, 1)) if x else 0.0, end


def simulated(size, seed, r=0.8, alpha=7.7, a=0.8, b=3.2, weeks=104.0):
    """Histories of so many customers of the model, each observed for a time of their own."""
    rng = np.random.default_rng(seed)
    rate, leave = rng.gamma(r, size=size) / alpha, rng.beta(a, b, size)
    x, t_x, at, end = np.zeros(size), np.zeros(size), np.zeros(size), rng.uniform(weeks / 3, weeks, size)
    there = np.arange(size)
    while len(there):
        at[there] += rng.exponential(size=len(there)) / rate[there]
        there = there[at[there] < end[there]]
        x[there] += 1
        t_x[there] = at[there]
        there = there[rng.random(len(there)) >= leave[there]]
    return x, t_x, end


def test_the_published_fit_of_cdnow():
    published = cdnow.summary()
    fit = fit_bg_nbd(published["x"], published["t_x"], published["T"])
    assert (round(fit.r, 3), round(fit.alpha, 3), round(fit.a, 3), round(fit.b, 3)) == (0.243, 4.414, 0.793, 2.426)
    assert round(fit.loglik, 1) == -9582.4
    assert round(fit.expected_purchases(39, 2, 30.43, 38.86), 3) == 1.226


def test_the_likelihood_of_cdnow_by_customer_adds_up_to_the_published_one():
    published = cdnow.summary()
    values = bg_nbd_log_likelihood(0.243, 4.414, 0.793, 2.426, published["x"], published["t_x"], published["T"])
    assert values.index.equals(published.index)
    assert round(values.sum(), 1) == -9582.4


def test_the_39_weeks_that_followed_are_forecast_as_published():
    """Figure 3 of the paper: of all repeat purchases up to week 78, the fit misses about 5 per cent."""
    published, bought = cdnow.summary(), cdnow.transactions()
    days = bought[bought["ordered_at"] > "1997-09-30"].drop_duplicates(["customer_id", "ordered_at"])
    expected = PUBLISHED.expected_purchases(39, published["x"], published["t_x"], published["T"])
    assert 0.94 < (published["x"].sum() + expected.sum()) / (published["x"].sum() + len(days)) < 0.96


def test_equal_histories_count_by_their_weights():
    x, t_x, end = np.round(simulated(3_000, 1))
    t_x = np.where(x > 0, np.maximum(t_x, 1), 0)
    table = pd.DataFrame({"x": x, "t_x": np.minimum(t_x, end), "T": end})
    counted = table.value_counts().reset_index()
    one, other = fit_bg_nbd(*table.to_numpy().T), fit_bg_nbd(*counted.to_numpy().T)
    assert len(counted) < len(table)
    assert np.allclose(list(vars(one).values()), list(vars(other).values()), rtol=1e-5)


def test_another_unit_of_time_changes_alpha_alone():
    x, t_x, end = simulated(3_000, 2)
    weeks, days = fit_bg_nbd(x, t_x, end), fit_bg_nbd(x, 7 * t_x, 7 * end)
    assert [days.r, days.alpha / 7, days.a, days.b] == pytest.approx([weeks.r, weeks.alpha, weeks.a, weeks.b], rel=1e-4)


def test_it_finds_the_model_that_made_the_data():
    fit = fit_bg_nbd(*simulated(40_000, 3))
    assert [fit.r, fit.alpha, fit.a, fit.b] == pytest.approx([0.8, 7.7, 0.8, 3.2], rel=0.06)


@quick
@given(positive, positive, positive, positive, histories())
def test_the_likelihood_is_the_mixture_over_rates_and_chances(r, alpha, a, b, history):
    """Integrated numerically: a customer of rate λ and chance p; see the paper's equation (3)."""
    x, t_x, end = history

    def rates(until):
        """E[λ^x e^(−λ·until)] over Gamma(r, α), by Gauss–Laguerre's rule with λ = v / (α + until)."""
        v, weight = special.roots_genlaguerre(20, r - 1)
        return (weight * v**x).sum() / special.gamma(r) * (alpha / (alpha + until)) ** r / (alpha + until) ** x

    direct = beta_moment(a, b, 0, x) * rates(end) + (beta_moment(a, b, 1, x - 1) * rates(t_x) if x else 0)
    assert np.exp(bg_nbd_log_likelihood(r, alpha, a, b, x, t_x, end)) == pytest.approx(direct, rel=1e-6)


def beta_moment(a, b, i, j):
    """E[p^i (1 − p)^j] over Beta(a, b), by Gauss–Jacobi's rule."""
    p, weight = special.roots_jacobi(20, b - 1, a - 1)
    p = (p + 1) / 2
    return (weight * p**i * (1 - p) ** j).sum() / weight.sum()


@quick
@given(positive, positive, positive, positive, histories())
def test_the_slopes_are_those_of_the_likelihood(r, alpha, a, b, history):
    rows = [np.array([float(value)]) for value in history]
    _, slopes = _value_and_slopes(np.array([r, alpha, a, b]), *rows)
    by_steps = optimize.approx_fprime([r, alpha, a, b], lambda p: bg_nbd_log_likelihood(*p, *rows)[0], 1e-7)
    assert slopes[:, 0] == pytest.approx(by_steps, rel=1e-4, abs=1e-4)


def test_expected_purchases_are_those_of_simulated_customers():
    """A new customer's repeat purchases: the mean over simulated ones."""
    x, _, end = simulated(400_000, 4)
    model = BgNbd(0.8, 7.7, 0.8, 3.2)
    nothing = np.zeros(len(x))
    assert x.mean() == pytest.approx(model.expected_purchases(end, nothing, nothing, nothing).mean(), rel=0.01)


def test_p_alive_is_the_share_of_simulated_customers_who_buy_again():
    """Splitting the time: expected purchases after it, by history, are what simulated customers then made."""
    rng = np.random.default_rng(5)
    model, size = BgNbd(0.8, 7.7, 0.8, 3.2), 300_000
    rate, leave = rng.gamma(0.8, size=size) / 7.7, rng.beta(0.8, 3.2, size)
    at, there = np.zeros(size), np.arange(size)
    x, t_x, after, alive = np.zeros(size), np.zeros(size), np.zeros(size), np.ones(size, bool)
    while len(there):
        at[there] += rng.exponential(size=len(there)) / rate[there]
        there = there[at[there] < 78]
        early = there[at[there] < 52]
        x[early] += 1
        t_x[early] = at[early]
        after[there[at[there] >= 52]] += 1
        left = there[rng.random(len(there)) < leave[there]]
        alive[left[at[left] < 52]] = False
        there = np.setdiff1d(there, left, assume_unique=True)
    end = np.full(size, 52.0)
    chance, expected = model.p_alive(x, t_x, end), model.expected_purchases(26, x, t_x, end)
    for group in (x == 0, x == 1, (x > 1) & (t_x < 26), (x > 1) & (t_x >= 26)):
        assert chance[group].mean() == pytest.approx(alive[group].mean(), abs=0.01)
        assert expected[group].mean() == pytest.approx(after[group].mean(), rel=0.03)


@quick
@given(positive, positive, positive, positive, histories(), st.floats(0, 200), st.floats(0, 200))
def test_more_time_brings_more_purchases_and_silence_less_hope(r, alpha, a, b, history, one, other):
    model, low, high = BgNbd(r, alpha, a, b), *sorted([one, other])
    few, many = (model.expected_purchases(t, *history) for t in (low, high))
    assert -1e-6 <= few <= many + 1e-6
    x, t_x, end = history
    assert 0 <= model.p_alive(x, t_x, end + 10) <= model.p_alive(x, t_x, end) <= 1
    assert model.p_alive(0, 0, end) == 1


@pytest.mark.parametrize(("a", "b"), [(1.0, 2.0), (0.5, 0.5), (1 + 1e-9, 3.0)])
def test_the_places_where_the_formula_is_nothing_over_nothing_are_smooth(a, b):
    around = [BgNbd(0.5, 5, a + step, b).expected_purchases(26, 0, 0, 30) for step in (-1e-4, 0, 1e-4)]
    assert around[1] == pytest.approx((around[0] + around[2]) / 2, rel=1e-4)


@quick
@given(positive, positive, positive, positive, histories(), st.floats(0.1, 200))
def test_the_sum_over_survived_purchases_is_the_closed_form(r, alpha, a, b, history, t):
    model = BgNbd(r, alpha, a, b)
    x, _, end = (np.atleast_1d(float(value)) for value in history)
    z = t / (alpha + end + t)
    assert _survived_purchases(r + x, a, b + x, z) == pytest.approx(model._closed_form(x, z), rel=1e-4)


@pytest.mark.parametrize(
    ("parameters", "history", "expected"),
    [  # 50-digit values of equation (10) by mpmath
        ((0.333, 25.2, 4330.0, 0.998), (12, 60.0, 80.0), 0.000204791092829),
        ((0.07, 1.55, 2090.0, 103.0), (12, 60.0, 80.0), 0.00191816853261),
        ((18.8, 4.78, 839.0, 89.6), (3, 60.0, 80.0), 0.000343640531239),
    ],
)
def test_parameters_that_run_off_are_forecast_all_the_same(parameters, history, expected):
    assert BgNbd(*parameters).expected_purchases(52, *history) == pytest.approx(expected, rel=1e-9)


logs = st.floats(-4, 4)  # as far as a fit may go, either way


@quick
@given(logs, logs, st.one_of(logs, st.floats(3, 4)), logs, histories(), st.floats(0, 100), st.floats(0, 100))
def test_wherever_a_fit_may_end_a_forecast_is_finite_and_grows_with_time(r, alpha, a, b, history, one, other):
    model = BgNbd(10**r, 100 * 10**alpha, 10**a, 10**b)
    sooner, later = (model.expected_purchases(t, *history) for t in sorted((one, other)))
    assert np.isfinite([sooner, later]).all()
    assert 0 <= sooner <= later * (1 + 1e-6) + 1e-9


def test_hundreds_of_purchases_do_not_overflow():
    assert 0.8 < PUBLISHED.expected_purchases(52, 900, 103.9, 104) / (52 * 900 / 104) < 0.9  # one in 1,100 leaves


def test_results_have_the_form_of_what_was_given():
    table = pd.DataFrame({"x": [2, 0], "t_x": [30.43, 0], "T": [38.86, 20]}, index=["C1", "C2"])
    assert PUBLISHED.p_alive(table["x"], table["t_x"], table["T"]).index.tolist() == ["C1", "C2"]
    assert isinstance(PUBLISHED.p_alive(2, 30.43, 38.86), float)
    assert PUBLISHED.expected_purchases(39, [2, 0], [30.43, 0], [38.86, 20]).shape == (2,)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (([1, 2], [3, 4], [5, 3]), "recency at 1 is more than T. Both count from the first purchase"),
        (([0, 1], [3, 4], [5, 5]), "recency at 0 does not fit its frequency"),
        (([1, 1], [0, 4], [5, 5]), "recency at 0 does not fit its frequency"),
        (([1.5, 1], [3, 4], [5, 5]), "frequency at 0 is not whole. Count the repeat purchases"),
        (([-1, 1], [0, 4], [5, 5]), "frequency at 0 is below 0"),
        (([1, 2], [3, 4], [5]), "not these lengths: frequency 2, recency 2, T 1"),
        (([1, None], [3, 4], [5, 6]), "frequency: 1 of 2 entries is missing"),
        (([0, 0], [0, 0], [5, 6]), "frequency is 0 for every customer. Use a longer time, or more customers"),
        (([0, 0], [0, 0], [0, 0]), "T at 0 is 0 like all others. Use a longer time"),
        (([], [], []), "frequency is empty"),
    ],
)
def test_histories_that_cannot_be_are_named(rows, sentence):
    with pytest.raises(InputError, match=sentence):
        fit_bg_nbd(*(np.array(values, dtype=float) for values in rows))


def test_the_first_bad_history_is_named_by_its_customer():
    table = pd.DataFrame({"x": [1, 2], "t_x": [3, 9], "T": [5, 5]}, index=["C7", "C9"])
    with pytest.raises(InputError, match="recency at C9 is more than T"):
        fit_bg_nbd(table["x"], table["t_x"], table["T"])


@pytest.mark.parametrize("size", [1, 2, 5, 40, 4_000])
@pytest.mark.parametrize("kind", ["all alike", "nobody leaves", "everyone leaves", "steady"])
def test_data_that_do_not_hold_the_model_raise_one_sentence_or_fit(size, kind):
    rng = np.random.default_rng(size)
    end = rng.uniform(20, 40, size)
    if kind == "all alike":
        x, t_x, end = np.full(size, 3.0), np.full(size, 20.0), np.full(size, 30.0)
    elif kind == "nobody leaves":
        x = rng.poisson(0.2 * end).astype(float)
        t_x = np.where(x > 0, end * rng.random(size) ** (1 / np.maximum(x, 1)), 0)
    elif kind == "everyone leaves":
        x = rng.integers(0, 2, size).astype(float)
        t_x = np.where(x > 0, 0.5, 0)
    else:
        x = np.floor(end / 4)
        t_x = 4 * x
    fit, refusal = attempt(x, t_x, end)
    if fit:
        assert np.isfinite([*vars(fit).values(), *fit.expected_purchases(10, x, t_x, end)]).all()
    else:
        assert "do not settle" in refusal or "0 for every customer" in refusal
        assert "\n" not in refusal


def attempt(*rows):
    """The fit, or what was said instead."""
    try:
        return fit_bg_nbd(*rows), ""
    except InputError as error:
        return None, str(error)


def test_customers_who_are_all_alike_do_not_hold_the_model():
    with pytest.raises(InputError, match=r"do not settle .* of BG/NBD. Use more customers"):
        fit_bg_nbd([3] * 50, [20] * 50, [30] * 50)


def test_two_hundred_thousand_different_customers_take_about_two_seconds():
    x, t_x, end = simulated(200_000, 6)
    begin = time.process_time()
    fit_bg_nbd(x, t_x, end)
    assert time.process_time() - begin < 4
