"""Plots of the concepts: headline and alt text follow the data, odd tables included."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import crm_lab
from crm_lab import concepts
from crm_lab.base.errors import InputError
from crm_lab.explore import definition_bars, effect_bars, formation_bars, growth_lines, targeting_bars, word_bars


def definitions(*growth: float) -> pd.DataFrame:
    names = ["account", "buyer", "active"][: len(growth)]
    return pd.DataFrame({"customers": 200, "a_year_ago": 100, "growth": growth}, index=names)


def test_definitions_say_both_ends() -> None:
    drawn = definition_bars(definitions(0.53, 0.54, -0.0019))
    assert drawn.title == "Grown by +54 % or by −0.2 %? It depends on who counts"
    assert "active 100 → 200 (−0.2 %)" in drawn.alt


def test_a_change_too_small_to_show_has_no_sign() -> None:
    alt = definition_bars(definitions(0.0004, -0.0004)).alt
    assert alt.count("(0 %)") == 2


def test_words_are_counted() -> None:
    words = pd.DataFrame({"shopper": [True] * 3, "customer": [True, False, False], "consumer": False})
    drawn = word_bars(words)
    assert drawn.title == "2 of 3 shoppers looked and did not order"
    assert "shopper (顾客) 3, customer (客户) 1, consumer (消费者) 0" in drawn.alt


def test_formation_of_the_company() -> None:
    names = ("channel_spend", "customers", "orders")
    table = concepts.formation(*map(crm_lab.load, names), crm_lab.data.today())
    drawn = formation_bars(table)
    assert f"account {table.loc['account', 'of_1000']:.1f}" in drawn.alt
    assert drawn.title.startswith(f"Of 1,000 visits {table.loc['sign_up', 'of_1000']:.0f} become")


def growth_table(months: int) -> pd.DataFrame:
    index = pd.period_range("2024-01", periods=months, freq="M")
    return pd.DataFrame(
        {"customers": range(10, 10 + months), "tenure_days": 5.0, "orders_each": 1.25, "categories_each": 2.0}, index
    )


def test_growth_over_two_years_says_the_change() -> None:
    drawn = growth_lines(growth_table(24).assign(customers=[100] * 12 + [150] * 12))
    assert drawn.title == "More +50 %, longer 0 %, deeper 0 % in a year"
    assert "from 100 to 150" in drawn.alt


def test_growth_over_a_few_months_claims_nothing() -> None:
    drawn = growth_lines(growth_table(3))
    assert drawn.title == "More, longer, deeper over 3 months"
    assert "2024-01 to 2024-03" in drawn.alt


def test_effects_say_which_was_drawn_by_lot() -> None:
    table = pd.DataFrame(
        {
            "measure": ["calls", "¥", "orders"],
            "without": [20.0, 150.0, 25.0],
            "with_crm": [10.0, 15.0, 30.0],
            "change": [-0.5, -0.9, 0.2],
            "evidence": ["comparison", "comparison", "experiment"],
        },
        index=["efficiency", "cost", "sales"],
    )
    drawn = effect_bars(table)
    assert drawn.title == "Largest change: cost −90 %. Drawn by lot: 1 of 3"
    assert "sales (orders) 25.0 → 30.0 (+20 %, experiment)" in drawn.alt


def test_targeting_of_the_company() -> None:
    table = concepts.targeting(crm_lab.load("campaign_results"), crm_lab.load("campaigns"))
    drawn = targeting_bars(table)
    low = table.loc["customer", "value"] - 1.96 * table.loc["customer", "error"]
    assert f"{abs(low):.2f}" in drawn.alt
    assert "whole list" in drawn.title


@pytest.mark.parametrize(
    "draw", [definition_bars, word_bars, formation_bars, growth_lines, effect_bars, targeting_bars]
)
def test_what_cannot_be_drawn_is_said(draw: Callable[[pd.DataFrame], Any]) -> None:
    with pytest.raises(InputError):
        draw(pd.DataFrame({"other": [1]}))


def test_one_month_has_no_line() -> None:
    with pytest.raises(InputError, match="two months"):
        growth_lines(growth_table(1))
