"""Baskets dealt anew keep sizes and counts, and lose what goes together."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab import baskets

some_baskets = st.lists(st.sets(st.sampled_from("abcdefgh"), max_size=3), min_size=4, max_size=40).filter(any)


@given(some_baskets, st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_items_keep_their_number_and_baskets_their_size(rows, seed):
    dealt = baskets.shuffled(rows, seed)
    assert [len(row) for row in dealt] == [len(row) for row in rows]
    assert Counter(item for row in dealt for item in row) == Counter(item for row in rows for item in row)


def test_no_item_stands_twice_where_there_is_room():
    rows = [["a", "b"]] * 50 + [["c", "d"]] * 50
    assert all(len(set(row)) == 2 for row in baskets.shuffled(rows, 1))


def test_what_goes_together_is_lost_and_a_seed_repeats():
    rows = [["tea", "cup"]] * 60 + [["tray", "mat"]] * 60 + [["tea", "mat"]] * 10
    assert baskets.by_chance(rows, 0.1, 0.8, 1.5, times=5).tolist() == [0] * 5
    real = baskets.pair_rules(rows).query("support >= 0.1 and confidence >= 0.8 and lift >= 1.5")
    assert len(real) == 4
    assert baskets.shuffled(rows, 3) == baskets.shuffled(rows, 3) != baskets.shuffled(rows, 4)


def test_low_demands_are_met_by_chance():
    rows = [["tea", "cup"], ["tray", "mat"]] * 30
    assert (baskets.by_chance(rows, 0.01, 0.01, times=3) == 12).all()
