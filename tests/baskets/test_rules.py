"""Association rules: published counts, the brute count of every subset, and rules exactly at a threshold."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab import baskets
from crm_lab.base.errors import InputError

# Tan, Steinbach & Kumar, Introduction to Data Mining (2005), table 6.1
MARKET = [
    {"bread", "milk"},
    {"bread", "diapers", "beer", "eggs"},
    {"milk", "diapers", "beer", "cola"},
    {"bread", "milk", "diapers", "beer"},
    {"bread", "milk", "diapers", "cola"},
]
some_baskets = st.lists(st.sets(st.sampled_from("abcdef"), max_size=5), min_size=1, max_size=25).filter(any)


def by_counting(rows, min_count, share):
    """Every rule by looking at every subset of the items."""
    items = sorted(set(chain.from_iterable(rows)))
    count = {
        frozenset(some): sum(set(some) <= set(row) for row in rows)
        for size in range(1, len(items) + 1)
        for some in combinations(items, size)
    }
    return {
        (left, whole - left): count[whole]
        for whole in count
        for size in range(1, len(whole))
        for left in map(frozenset, combinations(whole, size))
        if count[whole] >= min_count and count[whole] >= share * count[left]
    }


def test_the_textbook_rule_has_the_textbook_measures():
    found = baskets.rules(MARKET, min_support=0.4, min_confidence=0.6)
    rule = found[
        found["antecedent"].eq(frozenset({"milk", "diapers"})) & found["consequent"].eq(frozenset({"beer"}))
    ].iloc[0]
    assert rule["count"] == 2
    assert rule["support"] == pytest.approx(0.4)
    assert rule["confidence"] == pytest.approx(2 / 3)
    assert rule["lift"] == pytest.approx((2 / 3) / (3 / 5))


@given(some_baskets, st.integers(1, 5), st.sampled_from([0.25, 0.5, 0.75, 1.0]))
@settings(max_examples=60, deadline=None)
def test_they_are_those_of_a_count_of_every_subset(rows, min_count, share):
    min_count = min(min_count, len(rows))
    found = baskets.rules(rows, min_count / len(rows), share)
    named = dict(zip(zip(found["antecedent"], found["consequent"], strict=True), found["count"], strict=True))
    assert named == by_counting(rows, min_count, share)
    assert (found["confidence"] <= 1).all()


@given(some_baskets)
@settings(max_examples=40, deadline=None)
def test_lift_is_the_same_both_ways_and_support_never_grows_with_the_set(rows):
    found = baskets.rules(rows, 1 / len(rows), 0.01)
    lift = {(a, c): value for a, c, value in found[["antecedent", "consequent", "lift"]].itertuples(index=False)}
    support = {a | c: value for a, c, value in found[["antecedent", "consequent", "support"]].itertuples(index=False)}
    assert all(lift[c, a] == pytest.approx(value) for (a, c), value in lift.items())
    assert all(support[one] >= support[two] for one in support for two in support if one < two)


@pytest.mark.parametrize("n", [3, 7, 49, 100])
def test_a_rule_exactly_at_both_thresholds_is_kept(n):
    rows = [{"a", "b"}] * 7 + [{"a"}] * 3 + [{"c"}] * (10 * n - 10)
    assert len(baskets.rules(rows, 7 / len(rows), 0.7).query("confidence == 0.7")) == 1
    assert baskets.rules(rows, 8 / len(rows), 0.7).empty


def test_sets_larger_than_wanted_are_left_out():
    rows = [{"a", "b", "c"}] * 3
    assert baskets.rules(rows, 1, 1)["support"].size == 12
    assert baskets.rules(rows, 1, 1, max_items=2)["support"].size == 6


@pytest.mark.parametrize(
    ("rows", "support", "confidence", "named"),
    [
        ([], 0.5, 0.5, "no item"),
        ([[]], 0.5, 0.5, "no item"),
        (["tea"], 0.5, 0.5, "Basket 0"),
        ("tea", 0.5, 0.5, "baskets must be"),
        ([["tea"]], 0, 0.5, "min_support"),
        ([["tea"]], 5, 0.5, "min_support"),
        ([["tea"]], 0.5, 50, "min_confidence"),
    ],
)
def test_bad_input_gets_one_sentence(rows, support, confidence, named):
    with pytest.raises(InputError, match=named):
        baskets.rules(rows, support, confidence)


def test_baskets_may_be_of_numbers_and_come_once():
    found = baskets.rules((row for row in [[1, 2], [1, 2], [3]]), 0.5, 0.5)
    assert found["lift"].tolist() == [1.5, 1.5]
