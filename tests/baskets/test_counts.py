"""Pairs: the same rules as from itemsets, and Willow Lane's planted pairs found."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab import World, baskets
from crm_lab.world._names import LOCALES, MATERIALS

some_baskets = st.lists(st.sets(st.sampled_from("abcdef"), max_size=5), min_size=1, max_size=25).filter(any)


@given(some_baskets)
@settings(max_examples=40, deadline=None)
def test_pairs_are_the_rules_of_two_items(rows):
    found = baskets.rules(rows, 1 / len(rows), 1e-9, max_items=2)
    theirs = {(*a, *c): tuple(rest) for a, c, *rest in found.itertuples(index=False)}
    ours = {(a, b): tuple(rest) for a, b, *rest in baskets.pair_rules(rows).itertuples(index=False)}
    assert ours.keys() == theirs.keys()
    assert all(ours[pair] == pytest.approx(theirs[pair]) for pair in ours)


def test_the_diagonal_counts_baskets_not_lines():
    counts = baskets.together([["tea", "tea"], ["tea", "cup"], []])
    assert counts.loc["tea", "tea"] == 2
    assert counts.loc["tea", "cup"] == counts.loc["cup", "tea"] == 1


def test_the_material_is_taken_off_in_every_language():
    for language, _locale in enumerate(LOCALES):
        space = "" if language else " "
        names = pd.Series([pair[language] + space + "X" for pair in MATERIALS])
        assert baskets.things(names).tolist() == ["X"] * 3
    assert baskets.things(pd.Series(["Brass bell"])).tolist() == ["Brass bell"]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_planted_pairs_have_the_highest_lifts(locale):
    world = World(2_000, seed=3, locale=locale)
    lines = world.order_lines.merge(world.products.assign(thing=baskets.things(world.products["name"])))
    assert lines["thing"].nunique() == 40
    found = baskets.pair_rules(lines.groupby("order_id")["thing"].agg(set))
    strong = found[found["count"] >= 30].head(10)
    names = baskets.things(world.products["name"])[::3].tolist()
    english = baskets.things(World(10, seed=3).products["name"])[::3].tolist()
    said = dict(zip(english, names, strict=True))
    planted = {frozenset(said[thing] for _c, thing in pair) for pair in world.truth.structural["choice"]["pairs"]}
    assert {frozenset(pair) for pair in zip(strong["a"], strong["b"], strict=True)} <= planted
