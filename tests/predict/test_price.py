"""Price ranges against closed forms and the truth."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_lab import World, predict
from crm_lab.base.errors import InputError


def test_normal_answers_cross_in_the_middle():
    """Four answers N(μᵢ, σ): too cheap × too expensive cross at the mean of their μ, and so do the other pairs."""
    quantiles = 20 * stats.norm.ppf((np.arange(2_000) + 0.5) / 2_000)
    found = predict.van_westendorp(60 + quantiles, 80 + quantiles, 110 + quantiles, 130 + quantiles)
    assert (found.opp, found.idp) == pytest.approx((95, 95), abs=0.2)
    assert (found.pmc, found.pme) == pytest.approx((70, 120), abs=0.2)


def test_the_lower_bound_uses_not_cheap():
    """With expensive where too many books put it, the lower bound would be 36."""
    found = predict.van_westendorp([10, 20, 30], [20, 30, 40], [40, 50, 60], [50, 60, 70])
    assert found.pmc == 30.0


def test_surveys_of_four_worlds_find_the_true_points():
    rows = []
    for seed in range(4):
        world = World(300, seed=seed)
        price = world.products.set_index("product_id")["list_price"]
        survey = world.price_survey.assign(list_price=lambda s, p=price: s["product_id"].map(p))
        products = sorted(survey["product_id"].unique(), key=price.get)
        for place, product in enumerate(products):
            part = survey[survey["product_id"] == product]
            names = ["too_cheap", "cheap", "expensive", "too_expensive"]
            found = predict.van_westendorp(*(part[name] for name in names))
            rows.append({"place": place, "opp": found.opp / price[product], "pme": found.pme / price[product]})
    means = pd.DataFrame(rows).groupby("place").mean()
    truth = pd.DataFrame(world.truth["estimand"]["voice"]["prices"])
    assert means["opp"].to_numpy() == pytest.approx(truth["opp"].to_numpy(), abs=0.05)
    assert means["pme"].to_numpy() == pytest.approx(truth["pme"].to_numpy(), abs=0.05)


def test_acceptance_at_each_price():
    offers = pd.DataFrame({"price": [10.0] * 4 + [20.0] * 4, "would_buy": [True] * 3 + [False] + [True] + [False] * 3})
    table = predict.acceptance(offers, unit_cost=5)
    assert table["margin_each"].tolist() == [3.75, 3.75]
    assert table["margin_error"].tolist() == pytest.approx(
        [5 * np.sqrt(0.75 * 0.25 / 4), 15 * np.sqrt(0.75 * 0.25 / 4)]
    )


def test_answers_out_of_order_are_refused():
    with pytest.raises(InputError, match="must rise"):
        predict.van_westendorp([30], [20], [40], [50])
