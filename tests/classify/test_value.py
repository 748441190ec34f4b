"""Concentration against published and hand-computed values, and what must hold for any amounts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.classify import abc_classes, gini, lorenz, pareto_share, whale_curve

quick = settings(deadline=None, max_examples=60)
cents = st.integers(0, 10**7).map(lambda amount: amount / 100)
amounts = st.lists(cents, min_size=1, max_size=60).filter(lambda values: sum(values) > 0)


@pytest.mark.parametrize(
    ("values", "top", "share"),
    [
        ([40, 30, 20, 7, 3], 0.2, 0.40),  # one of five
        ([40, 30, 20, 7, 3], 0.21, 0.70),  # 1.05 customers are two
        ([3, 20, 40, 7, 30], 0.4, 0.70),  # order does not matter
        (list(range(1, 31)), 0.1, (28 + 29 + 30) / 465),
        ([2] * 7 + [1] * 93, 0.07, 14 / 107),  # 0.07 × 100 is seven, though floats say a hair more
        ([150, -50], 0.5, 1.5),  # the other one loses money
        ([5], 0.2, 1.0),
    ],
)
def test_pareto_share_by_hand(values, top, share):
    assert pareto_share(values, top) == pytest.approx(share)


@pytest.mark.parametrize("top", [0, -0.2, 20, float("nan"), None, "0.2"])
def test_top_is_a_share(top):
    with pytest.raises(InputError, match="top must"):
        pareto_share([1, 2], top)


@pytest.mark.parametrize("function", [pareto_share, whale_curve])
@pytest.mark.parametrize("values", [[0, 0], [5, -5], [-1]])
def test_shares_need_a_positive_total(function, values):
    with pytest.raises(InputError, match=r"values add up to .* Shares need a total above 0"):
        function(values)


@quick
@given(amounts, st.floats(0.01, 1), st.floats(0.01, 1))
def test_pareto_share_never_falls_as_more_customers_count(values, one, other):
    low, high = sorted([one, other])
    assert pareto_share(values, low) <= pareto_share(values, high) + 1e-12
    assert pareto_share(values, 1) == pytest.approx(1)


# Published: R's ineq package, help page of ineq (Cowell's ten incomes), phylotools::gini, Statistics Slam Dunk ch. 12.
COWELL = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


@pytest.mark.parametrize(
    ("values", "published"),
    [
        (COWELL, 0.4620911),
        ([1, 3, 2, 1, 1, 1, 4], 0.3076923),
        ([10] * 9 + [100], 0.4263158),
        ([50] * 10, 0.0),
        ([0, 0, 0, 0, 1], 0.8),  # (n − 1)/n
        ([1, 2, 3, 4], 0.25),  # (n² − 1)/3n ÷ (n + 1) = (n − 1)/3n for 1..n
    ],
)
def test_gini_of_published_examples(values, published):
    assert gini(values) == pytest.approx(published, abs=5e-8)


def test_lorenz_of_one_to_n():
    """The smallest k of 1..n bring k(k + 1) / n(n + 1)."""
    curve = lorenz(range(10, 0, -1))
    k = np.arange(11)
    np.testing.assert_allclose(curve["population"], k / 10)
    np.testing.assert_allclose(curve["value"], k * (k + 1) / 110)


@quick
@given(amounts)
def test_lorenz_runs_from_corner_to_corner_below_the_diagonal_and_bends_up(values):
    curve = lorenz(values)
    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == [1, 1]
    assert (curve["value"] <= curve["population"] + 1e-12).all()
    assert (np.diff(curve["value"], n=2) >= -1e-12).all()


@quick
@given(amounts, st.integers(1, 10**6))
def test_gini_is_the_area_lies_in_its_range_and_ignores_the_currency(values, factor):
    curve = lorenz(values)
    under = np.trapezoid(curve["value"], curve["population"])
    assert gini(values) == pytest.approx(1 - 2 * under, abs=1e-9)
    assert 0 <= gini(values) <= 1 - 1 / len(values) + 1e-12
    assert gini([factor * value for value in values]) == pytest.approx(gini(values), abs=1e-9)


@pytest.mark.parametrize("function", [gini, lorenz, abc_classes])
def test_losses_are_sent_to_the_whale_curve(function):
    with pytest.raises(InputError, match=r"values: 2 of 3 are negative\. Losses need whale_curve"):
        function([5, -1, -2])
    with pytest.raises(InputError, match="values add up to 0"):
        function([0, 0])


def test_whale_curve_climbs_above_one_and_comes_back():
    """Profits 60, 50, 10, −20 add up to 100."""
    curve = whale_curve([10, -20, 60, 50])
    np.testing.assert_allclose(curve["population"], [0, 0.25, 0.5, 0.75, 1])
    np.testing.assert_allclose(curve["value"], [0, 0.6, 1.1, 1.2, 1])


@quick
@given(amounts)
def test_without_losses_the_whale_curve_is_the_lorenz_curve_turned_round(values):
    np.testing.assert_allclose(whale_curve(values)["value"], 1 - lorenz(values)["value"][::-1], atol=1e-9)


def test_abc_classes_by_hand():
    """Largest first: 50 (before: 0 %), 25 (50 %), 10 (75 %, crosses 80), 8 (85 %), 5 (93 %, crosses 95), 2 (98 %)."""
    values = pd.Series([8, 50, 2, 25, 5, 10], index=list("uvwxyz"))
    expected = pd.Series(["B", "A", "C", "A", "B", "A"], index=list("uvwxyz"), name="abc", dtype="str")
    pd.testing.assert_series_equal(abc_classes(values), expected)


def test_whoever_starts_exactly_at_a_cut_is_in_the_lower_class():
    assert abc_classes([80, 15, 5]).tolist() == ["A", "B", "C"]
    assert abc_classes([0.7, 0.1, 0.15, 0.05]).tolist() == ["A", "B", "A", "C"]  # 0.7 + 0.15 crosses 0.8
    # 4.69 + 2.47 is 0.8 of 8.95, though floats make it 0.7999999999999999
    assert abc_classes([4.69, 2.47, 1.79]).tolist() == ["A", "A", "B"]


def test_equal_values_keep_the_order_they_came_in_and_other_cuts_make_other_letters():
    assert abc_classes([1, 1, 1, 1], cuts=(0.25, 0.5, 0.75)).tolist() == ["A", "B", "C", "D"]
    assert abc_classes([1, 1], cuts=(1,)).tolist() == ["A", "A"]
    assert abc_classes([3, 0]).tolist() == ["A", "C"]


@quick
@given(amounts, st.randoms())
def test_abc_covers_everyone_ranks_by_value_and_reaches_each_cut_with_as_few_as_possible(values, random):
    table = pd.DataFrame({"value": values, "abc": abc_classes(values)})
    assert set(table["abc"]) <= set("ABC")
    for better, worse in ["AB", "BC"]:
        upper, lower = table.loc[table["abc"] <= better, "value"], table.loc[table["abc"] >= worse, "value"]
        assert upper.min() >= lower.max() or lower.empty
    top = table.loc[table["abc"] == "A", "value"]
    assert top.sum() >= 0.8 * sum(values) * (1 - 1e-8)
    assert top.sum() - top.min() < 0.8 * sum(values) * (1 + 1e-8)
    assume(len(set(values)) == len(values))
    shuffled = table.sample(frac=1, random_state=random.randint(0, 1000))
    pd.testing.assert_series_equal(abc_classes(shuffled["value"]), shuffled["abc"])


@pytest.mark.parametrize("cuts", [(0.95, 0.8), (0, 0.5), (80, 95)])
def test_cuts_are_rising_shares(cuts):
    with pytest.raises(InputError, match="cuts must"):
        abc_classes([1, 2], cuts)
