"""Concentration: the figures say what classify computes."""

import pandas as pd
import pytest

from crm_lab import classify
from crm_lab.base.errors import InputError
from crm_lab.explore._concentration import lorenz_curve, whale
from crm_lab.explore._style import share


def test_lorenz_names_classifys_figures(profit: pd.Series) -> None:
    gains = profit.clip(lower=0)
    alt = lorenz_curve(gains).alt
    assert f"The best 20 % of the customers bring {share(classify.pareto_share(gains, 0.2))}" in alt
    assert f"{classify.gini(gains):.2f}" in alt
    assert f"80 % of the customers bring {share(1 - classify.pareto_share(gains, 0.2))}" in alt
    assert 80 <= len(alt) <= 400


def test_the_headline_says_what_classify_computes(profit: pd.Series) -> None:
    gains = profit.clip(lower=0)
    for top in (0.1, 0.2):
        best = share(classify.pareto_share(gains, top))
        assert lorenz_curve(gains, top).title == f"The best {share(top)} of the customers bring {best} of the revenue"
        assert lorenz_curve(gains, top, what="profit").title.endswith("of the profit")


def test_lorenz_changes_with_the_data(profit: pd.Series) -> None:
    gains = profit.clip(lower=0)
    assert lorenz_curve(gains).alt != lorenz_curve(gains + 500).alt


def test_whale_names_the_peak_and_the_losses(profit: pd.Series) -> None:
    alt = whale(profit).alt
    assert f"peak: {share(classify.whale_curve(profit)['value'].max(), 1)}" in alt
    assert alt.startswith(f"{(profit < 0).sum()} loss-making customers eat")


def test_whale_title_is_the_share_lost() -> None:
    assert whale(pd.Series([125.0, -25])).title == "1 loss-making customers eat 20 % of the profit the others bring"
    assert whale(pd.Series([125.0, 0])).title == "No customer loses money: the curve only rises"


@pytest.mark.parametrize("draw", [lorenz_curve, whale])
@pytest.mark.parametrize("values", [[5.0], [3.0, 3.0, 3.0]])
def test_tiny_tables_are_drawn(draw, values: list[float]) -> None:
    assert draw(pd.Series(values)).alt


@pytest.mark.parametrize("draw", [lorenz_curve, whale])
@pytest.mark.parametrize("values", [[], [0.0, 0.0], [1.0, None], [-1.0, 0.5], ["a"]])
def test_what_cannot_be_drawn_is_said(draw, values: list) -> None:
    with pytest.raises(InputError):
        draw(pd.Series(values))
