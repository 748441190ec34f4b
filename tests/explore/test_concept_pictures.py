"""Pictures of the ideas: the words and numbers drawn are those of the tables."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import crm_lab
from crm_lab import concepts
from crm_lab.base.errors import InputError
from crm_lab.explore import effect_bars, formation_bars, targeting_bars
from crm_lab.explore._concept_pictures import cents


def test_cents() -> None:
    assert cents(0.004) == "¥0.00"
    assert cents(-12.5) == "−¥12.50"


def test_formation_of_the_company() -> None:
    names = ("channel_spend", "customers", "orders")
    table = concepts.formation(*map(crm_lab.load, names), crm_lab.data.today())
    drawn = formation_bars(table)
    assert f"account {100 * table.loc['account', 'share']:.0f} % of those before" in drawn.alt
    assert drawn.title.startswith(f"Of 1,000 visits {table.loc['sign_up', 'of_1000']:.0f} lead to")


def test_effects_say_which_is_an_experiment() -> None:
    table = pd.DataFrame(
        {
            "measure": ["calls", "¥", "orders"],
            "first": [20.0, 150.0, 25.0],
            "second": [10.0, 15.0, 30.0],
            "change": [-0.5, -0.9, 0.2],
            "low": [None, None, 0.1],
            "high": [None, None, 0.3],
            "evidence": ["comparison", "comparison", "experiment"],
        },
        index=["efficiency", "cost", "sales"],
    )
    drawn = effect_bars(table)
    assert drawn.title == "Only an experiment shows an effect: 1 of 3 is one"
    assert "sales orders +20 % (+10 % to +30 %) 25.0 → 30.0, experiment" in drawn.alt


def test_targeting_of_the_company() -> None:
    table = concepts.targeting(crm_lab.load("campaign_results"), crm_lab.load("campaigns"))
    drawn = targeting_bars(table)
    assert f"{abs(table.loc['customer', 'low']):.2f}" in drawn.alt
    assert "whole list" in drawn.title


@pytest.mark.parametrize(
    "draw",
    [formation_bars, effect_bars, targeting_bars],
)
def test_what_cannot_be_drawn_is_said(draw: Callable[[pd.DataFrame], Any]) -> None:
    with pytest.raises(InputError):
        draw(pd.DataFrame({"other": [1]}))
