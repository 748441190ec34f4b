"""Customers in groups: counts, money, and small or odd tables."""

import pandas as pd
import pytest

from crm_lab import classify
from crm_lab.base.errors import InputError
from crm_lab.explore._style import money, number
from crm_lab.explore._value_fields import current_potential_map, loyalty_grid, ordered, value_pyramid


def codes(*values: str) -> pd.Series:
    return pd.Series(values, index=[f"C{i}" for i in range(len(values))])


def amounts(*values: float | None) -> pd.Series:
    return pd.Series(values, index=[f"C{i}" for i in range(len(values))], dtype=float)


def test_pyramid_holds_everybody_and_all_the_money(profit: pd.Series) -> None:
    classes = classify.value_classes(profit)
    picture = value_pyramid(classes, profit)
    for code, values in profit.groupby(classes):
        assert f"{code.capitalize()}: {number(len(values))} customers (" in picture.alt
        assert money(values.sum()) in picture.alt
    assert 80 <= len(picture.alt) <= 400


def test_pyramid_without_profit_shows_no_shares() -> None:
    alt = value_pyramid(codes("important", "small"), amounts(-5, 1)).alt
    assert "of the profit" not in alt
    assert "−¥5" in alt


def test_the_headline_of_the_pyramid_compares_top_and_foot(profit: pd.Series) -> None:
    classes = classify.value_classes(profit)
    top, foot = profit[classes == "important"], profit[classes == "small"]
    title = f"{len(top)} important customers bring {money(top.sum())}, the small ones {money(foot.sum())}"
    assert value_pyramid(classes, profit).title == title


def test_order_of_the_rows_does_not_matter() -> None:
    straight = value_pyramid(codes("important", "small"), amounts(900, 100))
    turned = value_pyramid(codes("important", "small"), amounts(900, 100).iloc[::-1])
    assert straight.png == turned.png


def test_codes_of_ones_own_come_last() -> None:
    assert ordered(codes("small", "mine", "main"), ("main", "small")) == ["main", "small", "mine"]


def test_loyalty_counts_only_known_attitudes() -> None:
    behaviour, attitude = amounts(6, 1, 6, 1, 6), amounts(9, 10, 3, 0, None)
    classes = classify.loyalty(behaviour, attitude, 4, 8)
    alt = loyalty_grid(behaviour, attitude, classes).alt
    assert "loyal: 1 customers (25 %), medians: buying 6, attitude 9" in alt
    assert "Attitude unknown: 1 customers" in alt


def test_loyalty_when_nobody_was_asked() -> None:
    assert "loyal: 0 customers (0 %)" in loyalty_grid(amounts(1), amounts(None), codes("unknown")).alt


def test_value_map_sums_each_field() -> None:
    now, later = amounts(9, 9, 1, 1), amounts(5, 0, 5, 0)
    alt = current_potential_map(now, later, classify.current_potential(now, later, 5, 5)).alt
    assert "star: 1 customers (25 %), ¥9 now, ¥5 possible; grow: 1 customers (25 %), ¥1 now" in alt


@pytest.mark.parametrize(
    "draw",
    [
        lambda c, v: value_pyramid(c.iloc[:0], v.iloc[:0]),
        lambda c, v: value_pyramid(c, v.iloc[:1]),
        lambda c, v: value_pyramid(c, v.astype(str)),
        lambda c, v: loyalty_grid(v, v.iloc[:1], c),
        lambda c, v: current_potential_map(v, v.where(v > 1), c),
    ],
)
def test_what_cannot_be_drawn_is_said(draw) -> None:
    with pytest.raises(InputError):
        draw(codes("star", "grow"), amounts(1, 2))


def test_one_customer_is_drawn() -> None:
    one = amounts(0.0)
    for picture in (
        value_pyramid(codes("small"), one),
        current_potential_map(one, one, codes("watch")),
    ):
        assert "1" in picture.alt
