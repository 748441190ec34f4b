"""The customer pyramid and what its policies cost, by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.classify import policies, policy_cost, policy_result, value_classes


@pytest.mark.parametrize(
    ("n", "counts"),
    [
        (1000, [10, 40, 150, 800]),
        (200, [2, 8, 30, 160]),
        (30, [1, 1, 4, 24]),  # ⌈0.3⌉ = 1, ⌈1.5⌉ = 2, ⌈6⌉ = 6
        (1, [1, 0, 0, 0]),
    ],
)
def test_sizes_of_the_classes(n, counts):
    found = value_classes(range(n)).value_counts()
    assert found.reindex(["important", "main", "ordinary", "small"], fill_value=0).tolist() == counts


def test_the_most_profitable_stand_on_top_and_equals_keep_their_order():
    profit = pd.Series({"a": -5.0, "b": 70.0, "c": 10.0, "d": 10.0})
    assert value_classes(profit, cuts=(0.25, 0.5, 0.75)).to_dict() == {
        "b": "important",
        "c": "main",
        "d": "ordinary",
        "a": "small",
    }


@pytest.mark.parametrize("cuts", [(0.05, 0.2), (0.2, 0.05, 0.5), (1, 5, 20)])
def test_cuts_are_three_rising_shares(cuts):
    with pytest.raises(InputError, match="cuts must"):
        value_classes([1, 2], cuts)


CLASSES = pd.Series({"a": "important", "b": "main", "c": "small", "d": "small"})


def test_policy_cost_by_hand():
    """important: 200 + 4 × 300 + 240 × 1.50; main: 50 + 60 × 1.50; small: 4 × 1.50."""
    cost = policy_cost(CLASSES, policies())
    assert cost["customers"].tolist() == [1, 1, 0, 2]
    assert cost["cost_per_customer"].tolist() == [1760, 140, 22.5, 6]
    assert cost["cost"].tolist() == [1760, 140, 0, 12]


def test_policy_result_by_hand():
    profit = pd.Series({"d": -3.0, "c": 10.0, "b": 900.0, "a": 6000.0})
    revenue = pd.Series({"a": 30000.0, "b": 4000.0, "c": 90.0, "d": 40.0})
    result = policy_result(profit, revenue, CLASSES, policies())
    assert result["profit_before"].tolist() == [6000, 900, 0, 7]
    assert result["discount_cost"].tolist() == [900, 0, 0, 0]  # 3 % of 30,000
    assert result["fee_income"].tolist() == [0, 0, 0, 24]
    assert result["profit_after"].tolist() == [6000 - 1760 - 900, 900 - 140, 0, 7 - 12 + 24]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(-999, 9999), st.integers(0, 99999)), min_size=1, max_size=40))
def test_a_free_policy_changes_nothing_and_no_yuan_is_lost(rows):
    table = pd.DataFrame(rows, columns=["profit", "revenue"]).astype(float)
    classes = value_classes(table["profit"])
    free = policies().drop(columns="policy") * 0
    result = policy_result(table["profit"], table["revenue"], classes, free)
    assert result["customers"].sum() == len(table)
    assert result["profit_after"].sum() == pytest.approx(table["profit"].sum())
    paid = policy_result(table["profit"], table["revenue"], classes, policies()).sum()
    kept = paid["profit_before"] - paid["service_cost"] - paid["discount_cost"] + paid["fee_income"]
    assert paid["profit_after"] == pytest.approx(kept)


def test_policies_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match=r"Unknown class 'huge'\. Use one of: important, main, ordinary, small"):
        policy_cost(CLASSES.replace("main", "huge"), policies())
    with pytest.raises(InputError, match="policies has no column 'fee'"):
        policy_cost(CLASSES, policies().drop(columns="fee"))
    with pytest.raises(InputError, match="discount above 1"):
        policy_cost(CLASSES, policies().assign(discount=3))
    with pytest.raises(InputError, match="classes must be a Series of codes"):
        policy_cost(["small"], policies())
    with pytest.raises(InputError, match="classes and profit must cover the same customers"):
        policy_result(pd.Series({"a": 1.0}), pd.Series({"a": 1.0}), CLASSES, policies())
