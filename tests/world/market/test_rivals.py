"""Three rivals who behave as the truth says."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world._market.market_parameters import RivalParameters

from ..pooling import misses
from .market_measures import watch


@pytest.fixture(scope="module")
def watches(companies):
    return [watch(company) for company in companies]


def test_every_monday_every_rival_every_watched_product(watches):
    table = watches[0].table
    assert len(table) == 3 * 40 * 105
    assert (table["week"].dt.day_of_week == 0).all()
    assert watches[0].products["category"].value_counts().eq(5).all()
    assert (table["price"] > 0).all()


def test_the_move_in_tea_is_as_large_as_stated(watches):
    def found(watch):
        tea, others = watch.move()
        return tea.mean() - others.mean()

    assert not misses(watches, found, np.log(1 - RivalParameters().move_off))


def test_the_dear_rival_raises_its_prices_in_january_and_only_then(watches):
    price = np.log(watches[0].theirs["osierden"]).diff().drop(index=pd.Timestamp("2024-01-01"))
    january = price.index == pd.Timestamp("2025-01-06")
    assert (price[~january] == 0).all().all()
    rises = [np.log(w.theirs["osierden"]).diff().loc["2025-01-06"].mean() for w in watches]
    assert np.mean(rises) == pytest.approx(np.log(1.04), abs=0.002)
