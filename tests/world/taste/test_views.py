"""Product pages: as many as the visit counts, and before an order often of what is bought."""

import numpy as np
import pandas as pd

from crm_lab.world._taste.truth import ESTIMANDS
from crm_lab.world._taste.views import _near

from ..pooling import misses
from . import taste_measures as found


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, lambda world: found.seen_before(world).mean(), ESTIMANDS["views"])


def test_every_page_that_a_visit_counts_is_there_in_order(companies):
    for world in companies[:5]:
        count = world.views.groupby("visit_id")["view_no"].agg(["size", "max"])
        expected = world.visits.set_index("visit_id")["product_views"]
        assert (count["size"] == count["max"]).all()
        pd.testing.assert_series_equal(count["size"], expected[expected > 0], check_names=False)


def test_pages_of_a_visit_are_of_few_categories(company):
    pages = company.views.merge(company.products[["product_id", "category"]], on="product_id")
    following = pages["category"].shift().eq(pages["category"]) & pages["visit_id"].shift().eq(pages["visit_id"])
    by_chance = (pages["category"].value_counts(normalize=True) ** 2).sum()
    assert following[pages["view_no"] > 1].mean() > 2 * by_chance


def test_a_page_near_the_focus_is_of_its_category():
    category = np.repeat([0, 1, 2], [3, 1, 4])
    focus = np.repeat(np.arange(8), 200)
    near = _near(np.arange(1.0, 9.0), category, focus, np.random.default_rng(0))
    assert (category[near] == category[focus]).all()
    assert set(near[category[focus] == 2]) == {4, 5, 6, 7}
