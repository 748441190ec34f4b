"""What is bought, where and when: as the truth says, strong enough for a lab, and moved by its parameters."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world._choice.choice_parameters import ChoiceParameters
from crm_lab.world._choice.products import choose, product_range
from crm_lab.world._choice.truth import ESTIMANDS

from ..pooling import pooled, share_bound
from . import choice_measures as found


@pytest.fixture(scope="module")
def shelf(companies):
    products = companies[0].products
    return product_range(ChoiceParameters(), products, np.tile(products["list_price"], (2, 1)), seed=0)


def flat(figures):
    """A nested dict with keys joined."""
    parts = {k: flat(v) if isinstance(v, dict) else {"": v} for k, v in figures.items()}
    return {f"{k}.{rest}".rstrip("."): v for k, part in parts.items() for rest, v in part.items()}


@pytest.fixture(scope="module")
def measured(companies):
    table = pd.DataFrame([flat(found.measure(company)) for company in companies])
    return table, *pooled(range(len(table)), lambda n: table.loc[n].to_dict())


@pytest.mark.parametrize("figure", flat(ESTIMANDS))
def test_the_standard_methods_find_what_the_truth_says(measured, figure):
    _, mean, bound = measured
    assert mean[figure] == pytest.approx(flat(ESTIMANDS)[figure], abs=bound[figure])


def test_who_looks_for_offers_answers_prices_most(measured):
    table = measured[0]
    assert (table["elasticity.transactional"] > table["elasticity.integrated"]).mean() >= 0.8
    assert (table["elasticity.all"] > 0.5).all()


def test_planted_pairs_stand_out_in_every_company(measured):
    table = measured[0]
    assert (table["lift.planted"] > 2 * table[["lift.same_type", "lift.other"]].max(axis=1)).all()


def test_a_bestseller_has_confidence_without_lift(companies):
    for world in companies[:5]:
        lines = world.order_lines.merge(world.orders[["order_id"]], on="order_id")
        baskets = lines["order_id"].nunique()
        share = lines.groupby("product_id")["order_id"].nunique() / baskets
        assert share.max() > 0.06
        assert share.max() > 5 * share.median()


def test_types_are_drawn_with_the_shares_of_the_parameters(companies):
    types = pd.concat([world.truth.customers["behaviour"] for world in companies])
    for name, kind in companies[0].truth.structural["choice"]["behaviours"].items():
        assert (types == name).mean() == pytest.approx(kind["share"], abs=share_bound(kind["share"], len(types)))


def test_chances_are_the_weights_over_their_sum(shelf):
    size = 200_000
    who = pd.DataFrame({"behaviour": np.ones(size, int), "style": np.zeros(size, int)})
    amount, day = np.full(size, 100.0), np.zeros(size, int)
    picked = choose(shelf, who, amount, day, np.full(size, 17), np.random.default_rng(1))
    step = round(np.log(100) / 0.05)
    weight = shelf.appeal[1] * shelf.near[step] * shelf.price[0, 0] * shelf.partners[17]
    share = np.bincount(picked, minlength=len(weight)) / size
    expected = weight / weight.sum()
    assert (np.abs(share - expected) < 5 * np.sqrt(expected / size) + 1e-6).all()


def test_a_cheaper_product_gains_what_its_elasticity_says(companies):
    products = companies[0].products
    daily = np.tile(products["list_price"].to_numpy(), (3, 1))
    daily[1, 40] *= 0.9
    shelf = product_range(ChoiceParameters(), products, daily, seed=0)
    styles = list(ChoiceParameters().elasticity.values())
    assert shelf.price[:, 1, 40] == pytest.approx([0.9**-value for value in styles])
    assert shelf.price[:, [0, 2]] == pytest.approx(1)


def test_an_amount_beyond_all_prices_or_below_them_still_finds_a_product(shelf):
    who = pd.DataFrame({"behaviour": [0, 0, 0], "style": [0, 1, 2]})
    picked = choose(shelf, who, np.array([1e-9, 1e9, 0.5]), np.zeros(3, int), None, np.random.default_rng(0))
    assert ((picked >= 0) & (picked < 120)).all()


def test_a_world_of_one_customer_has_its_type():
    assert World(1).truth.customers["behaviour"].isin(list(ChoiceParameters().behaviours)).all()
