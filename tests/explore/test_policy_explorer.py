"""The policy explorer shows what classify computes, at every position of its sliders."""

import re

import numpy as np
import pandas as pd
import pytest

from crm_lab import classify
from crm_lab.base.errors import InputError
from crm_lab.explore import policy_explorer, policy_outcome
from crm_lab.explore._policy_explorer import summary


@pytest.fixture(scope="module")
def shop():
    rng = np.random.default_rng(4)
    revenue = pd.Series(rng.lognormal(6, 1.4, 300)).rename("revenue")
    profit = revenue * rng.uniform(-0.1, 0.5, 300)
    return profit, revenue, classify.value_classes(profit)


def test_the_default_is_the_default_policy(shop):
    pd.testing.assert_frame_equal(policy_outcome(*shop), classify.policy_result(*shop, classify.policies()))


def test_every_slider_at_its_ends_keeps_the_account_straight(shop):
    explorer = policy_explorer(*shop)
    before = explorer.outcome["profit_before"].copy()
    for control in explorer.controls.values():
        start = control.value
        for value in (control.min, control.max, start):
            control.value = value
            table = explorer.outcome
            growth = 1 + explorer.controls["more"].value / 100
            earned = table["profit_before"] * np.where(table.index == "important", growth, 1)
            left = earned - table["service_cost"] - table["discount_cost"] + table["fee_income"]
            assert np.allclose(table["profit_after"], left)
            pd.testing.assert_series_equal(table["profit_before"], before)


@pytest.mark.parametrize(("name", "sign"), [("visits", -1), ("discount", -1), ("more", 1)])
def test_each_lever_pulls_its_way(shop, name, sign):
    explorer = policy_explorer(*shop)
    control = explorer.controls[name]
    left = []
    for control.value in (control.min, control.max):  # noqa: B020  the slider is what is moved
        left.append(explorer.outcome.loc["important", "profit_after"])
    assert sign * (left[1] - left[0]) > 0


def test_the_sentence_names_the_extra_sales_that_pay_for_the_policy(shop):
    found = re.search(r"once they buy ([\d.]+) %", summary(policy_outcome(*shop), discount=0.03, more=0.0))
    more = float(found[1]) / 100
    table = policy_outcome(*shop, more=more)
    change = table.loc["important", "profit_after"] - table.loc["important", "profit_before"]
    assert abs(change) < 0.006 * table.loc["important", "profit_before"]  # the sentence rounds to a per cent


def test_a_discount_above_the_margin_can_never_pay(shop):
    table = policy_outcome(shop[1] * 0.05, shop[1], shop[2], discount=0.10)
    assert "no extra sales can pay for it" in summary(table, discount=0.10, more=0.0)


def test_the_alt_text_and_the_image_follow_the_sliders(shop):
    explorer = policy_explorer(*shop)
    first, image = explorer.picture().alt, explorer._image.value
    explorer.controls["visits"].value = 12
    assert explorer.picture().alt != first
    assert explorer._image.value != image


def test_the_stored_output_has_a_picture_where_no_kernel_runs(shop):
    data, _metadata = policy_explorer(*shop)._repr_mimebundle_()
    assert data["text/plain"].startswith("What each class leaves before and after its policy. before: Bars of")
    assert "<img alt=" in data["text/html"]


def test_customers_that_do_not_match_are_refused(shop):
    profit, revenue, classes = shop
    with pytest.raises(InputError, match="same customers"):
        policy_explorer(profit, revenue.iloc[1:], classes)
