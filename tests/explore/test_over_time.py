"""Change over time: months, moves, rising and falling value."""

import pandas as pd
import pytest

from crm_lab import classify
from crm_lab.base.errors import InputError
from crm_lab.explore.over_time import migration_heatmap, monthly_orders, value_change_scatter


def test_months_name_the_peak(delivered: pd.DataFrame) -> None:
    counts = delivered["ordered_at"].dt.strftime("%Y-%m").value_counts()
    alt = monthly_orders(delivered).alt
    assert f"The most came in {counts.idxmax()} ({counts.max():,})" in alt
    assert f"Line of {len(delivered):,} orders over {len(counts)} months" in alt


def test_a_month_without_orders_counts_as_one() -> None:
    orders = pd.DataFrame({"ordered_at": pd.to_datetime(["2025-01-05", "2025-03-05"])})
    assert "over 3 months" in monthly_orders(orders).alt
    assert "fewest in 2025-02 (0)" in monthly_orders(orders).alt


def test_moves_say_who_stayed_and_the_largest_moves() -> None:
    before = pd.Series(list("AAAB"), index=list("wxyz"))
    after = pd.Series(list("AABB"), index=list("wxyz"))
    alt = migration_heatmap(classify.migration(before, after)).alt
    assert "75 % stayed in their class" in alt
    assert alt.endswith("The largest moves: A → B 1.")


def test_those_who_came_did_not_stay() -> None:
    matrix = classify.migration(pd.Series({"C1": "A"}), pd.Series({"C1": "A", "C2": "A"}))
    alt = migration_heatmap(matrix).alt
    assert "50 % stayed" in alt
    assert "absent → A 1" in alt


def test_change_counts_and_sums_each_class(delivered: pd.DataFrame) -> None:
    change = classify.value_change(delivered, "2026-01-01")
    alt = value_change_scatter(change).alt
    for code, count in change["change"].value_counts().items():
        assert f"{code} {count:,} (" in alt
    assert 80 <= len(alt) <= 400


@pytest.mark.parametrize("values", [(0.0, 0.0), (-5.0, -9.0), (1e6, 0.0)])
def test_one_customer_is_drawn(values: tuple[float, float]) -> None:
    table = pd.DataFrame({"previous": values[:1], "latest": values[1:], "change": ["steady"]})
    assert value_change_scatter(table).alt.startswith("Points for 1 customers")


@pytest.mark.parametrize(
    ("draw", "bad"),
    [
        (monthly_orders, pd.DataFrame({"ordered_at": ["soon"]})),
        (monthly_orders, pd.DataFrame({"ordered_at": pd.to_datetime([])})),
        (migration_heatmap, pd.DataFrame()),
        (migration_heatmap, pd.DataFrame({"A": [0]}, index=["A"])),
        (migration_heatmap, pd.DataFrame({"A": [-1]}, index=["A"])),
        (value_change_scatter, pd.DataFrame({"previous": [1.0]})),
        (value_change_scatter, pd.DataFrame({"previous": [None], "latest": [1.0], "change": ["rising"]})),
    ],
)
def test_what_cannot_be_drawn_is_said(draw, bad: pd.DataFrame) -> None:
    with pytest.raises(InputError):
        draw(bad)
