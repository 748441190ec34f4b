"""Favourites: what was marked lately tells more where tastes change, less where they stay."""

import pandas as pd

from crm_lab.world._taste.taste_parameters import FavouriteParameters
from crm_lab.world._taste.truth import ESTIMANDS

from ..pooling import misses
from . import taste_measures as found

PARAMETERS = FavouriteParameters()


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.favourites, ESTIMANDS["favourites"])


def test_history_misleads_where_tastes_change_and_helps_where_they_stay():
    changed, steady = ESTIMANDS["favourites"]["changed"], ESTIMANDS["favourites"]["steady"]
    assert changed["recent"] > 1.5 * max(changed["all"], changed["popular"])
    assert steady["all"] > steady["recent"] > steady["popular"]


def test_nobody_marks_a_product_twice_and_everyone_marks_some(company):
    marks = company.favourites
    assert not marks.duplicated(["person_id", "product_id"]).any()
    assert marks["person_id"].nunique() == PARAMETERS.people
    assert marks["marked_on"].between("2024-01-01", "2025-12-31").all()


def test_marks_follow_the_taste_of_the_day(companies):
    likes = {name: kind["favourites"] for name, kind in companies[0].truth.structural["choice"]["behaviours"].items()}
    for world in companies[:3]:
        marks = world.favourites.join(world.truth.favourites, on="person_id").merge(world.products, on="product_id")
        changed = marks["marked_on"] >= marks["changed_on"]
        kind = marks["before"].mask(changed, marks["after"])
        liked = [category in likes[name] for category, name in zip(marks["category"], kind, strict=True)]
        assert pd.Series(liked).groupby(changed.to_numpy()).mean().between(0.6, 0.95).all()


def test_as_many_change_as_stated(companies):
    def changers(world):
        people = world.truth.favourites
        assert people["changed_on"].notna().eq(people["before"] != people["after"]).all()
        return people["changed_on"].notna().mean()

    assert not misses(companies, changers, PARAMETERS.changers)
