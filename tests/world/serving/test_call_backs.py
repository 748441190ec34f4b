"""Call-backs, drawn by lot, help after a silent failure, the sooner the more; who is reached tells another story."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world._serving.call_backs import make_call_backs
from crm_lab.world._serving.serving_parameters import CallBackParameters
from crm_lab.world._serving.truth import ESTIMANDS

from ..pooling import misses, share_bound
from . import serving_measures as found

PARAMETERS = CallBackParameters()
KINDS = {"late": 0.34, "damaged": 0.28, "wrong_item": 0.19, "missing_item": 0.19}


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.call_backs, ESTIMANDS["call_backs"])


def test_the_lot_knows_nothing_of_the_people(companies):
    table = pd.concat([world.call_backs for world in companies])
    called = (table["assignment"] == "call").groupby([table["complained"], table["failure"].notna()])
    for share, size in zip(called.mean(), called.size(), strict=True):
        assert share == pytest.approx(PARAMETERS.called, abs=share_bound(PARAMETERS.called, size))
    days = table["call_day"].value_counts(normalize=True)
    assert set(days.index) == set(PARAMETERS.days)
    assert days.to_numpy() == pytest.approx(0.25, abs=share_bound(0.25, table["call_day"].notna().sum()))


def test_only_who_was_drawn_is_called_and_only_who_bought_brings_margin(company):
    table = company.call_backs
    assert table["call_day"].notna().eq(table["assignment"] == "call").all()
    assert not table.loc[table["assignment"] == "control", "reached"].any()
    assert table["margin"].gt(0).eq(table["bought_again"]).all()
    assert not (table["complained"] & table["failure"].isna()).any()


def test_comparing_the_reached_with_the_others_flatters_the_call():
    stated = ESTIMANDS["call_backs"]
    assert stated["reached_less_not_silent"] > 1.5 * stated["silent"]
    assert stated["reached_less_not"] > 4 * abs(stated["sound"])


def test_a_call_that_does_not_help_changes_nothing():
    useless = make_call_backs(CallBackParameters(failed=30_000, helps=(0.0, 0.0, 0.0)), KINDS, seed=2)
    one, other = found.arms(useless[useless["failure"].notna()])
    assert abs(one.mean() - other.mean()) < 4 * np.sqrt(0.5 / 15_000 / 2)
