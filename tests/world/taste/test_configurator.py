"""Designs: tastes by behavioural type, prices that add up, and a wait that costs orders as stated."""

import pandas as pd
import pytest

from crm_lab.world._taste.taste_parameters import ConfiguratorParameters
from crm_lab.world._taste.truth import ESTIMANDS

from ..pooling import misses, share_bound
from . import taste_measures as found

PARAMETERS = ConfiguratorParameters()


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.designs, ESTIMANDS["designs"])


def test_the_regression_finds_the_weights_that_made_it(companies):
    stated = {"by_price": PARAMETERS.by_price, "by_day": PARAMETERS.by_day}
    assert not misses(companies, lambda world: found.design_model(world)[0], stated)


def test_days_are_drawn_alike_for_everyone(companies):
    table = pd.concat([world.configurations for world in companies])
    assert set(table["days_promised"]) == set(PARAMETERS.waits)
    for monogram, part in table.groupby("monogram"):
        share = (part["days_promised"] == PARAMETERS.waits[0]).mean()
        assert share == pytest.approx(1 / 3, abs=share_bound(1 / 3, len(part))), monogram


def test_letters_and_size_cost_what_is_stated(companies):
    table = pd.concat([world.configurations for world in companies])
    usual = table["fabric"].map(PARAMETERS.surcharge) + table["size"].map(PARAMETERS.surcharge)
    usual += PARAMETERS.base + PARAMETERS.letters * table["monogram"]
    assert (table["cost"] - PARAMETERS.cost_share * usual - PARAMETERS.cost_single).abs().max() < 0.011
    assert (table["price"] / usual).median() == pytest.approx(1.0, abs=0.01)


def test_designers_are_private_customers_with_an_account(company):
    table = company.configurations.merge(company.customers, on="customer_id")
    assert (table["kind"] == "consumer").all()
    assert (table["registered_at"] < table["designed_at"]).all()
    assert table["account_open"].all()
