"""The bound of pooled figures: wide enough for the company as stated, narrow enough for another."""

import numpy as np
import pandas as pd
import pytest

from . import pooling
from .pooling import factor, family, flat, misses, pooled, share_bound


def test_one_figure_has_the_published_quantile():
    assert factor(20, figures=1) == pytest.approx(2.861, abs=5e-4)  # Student's t, 19 degrees of freedom, 99.5 %
    assert factor(figures=1) == pytest.approx(2.5758, abs=5e-5)


def test_a_company_as_stated_misses_its_figure_once_in_a_hundred_families(monkeypatch):
    monkeypatch.setattr(pooling, "family", lambda: 4)
    factor.cache_clear()
    samples = np.random.default_rng(1).normal(7, 3, (20, 4, 20_000))
    mean, bound = pooled(samples, lambda sample: sample)
    factor.cache_clear()
    alarms = (np.abs(mean - 7) > bound).any(axis=0).mean()
    assert alarms == pytest.approx(0.01, abs=0.003)


def test_every_number_of_the_truth_counts():
    assert pooling.count({"a": 1.0, "b": {"c": (2.0, 3.0), "d": "keep_up", "e": []}}) == 3
    assert pooling.count(pooling.ESTIMANDS) > 250
    assert family() > pooling.count(pooling.ESTIMANDS) + 500


@pytest.mark.parametrize("value", [3.0, [1.0, 5.0], pd.Series({"a": 1.0, "b": 5.0}), {"a": 1.0, "b": {"c": 5.0}}])
def test_mean_and_bound_have_the_shape_of_what_is_measured(value):
    mean, bound = pooled([1, 2, 3], lambda n: value)
    assert np.asarray(mean) == pytest.approx(list(flat(value).values()) if np.ndim(mean) else value)
    assert np.shape(mean) == np.shape(bound)
    assert np.max(bound) == 0


def test_a_figure_that_is_missing_somewhere_is_no_figure():
    assert "x" in misses(range(3), lambda n: {"x": np.nan if n else 1.0}, {"x": 1.0})


def test_a_miss_is_told_by_name():
    rng = np.random.default_rng(2)
    found = misses(range(20), lambda n: {"a": rng.normal(1), "b": {"c": rng.normal(9)}}, {"a": 1.0, "b": {"c": 1.0}})
    assert list(found) == ["b.c"]
    assert not misses(range(20), lambda n: rng.normal(1), 1.0)
    assert misses(range(20), lambda n: 2.0, 1.0, slack=0.5)
    assert not misses(range(20), lambda n: 2.0, 1.0, slack=1.0)


def test_a_share_of_known_chance_has_a_bound_without_worlds():
    assert share_bound(0.5, 10_000) == pytest.approx(0.005 * factor())
    assert 4 < factor() < 5


def test_a_shared_company_keeps_what_a_test_does_to_its_tables(company):
    for frame in (company.orders, company.tables["orders"]):
        frame["margin"] = 0.0
        frame.loc[0, "revenue"] = -1.0
    hidden = company.truth.customers
    hidden["satisfaction"] = 0.0
    assert company.orders["margin"].sum() > 0
    assert company.tables["orders"]["revenue"].min() > 0
    assert company.truth.customers["satisfaction"].std() > 0.5
