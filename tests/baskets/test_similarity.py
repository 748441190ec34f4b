"""Similarity, weights by age, scores and the shelf: by hand, and as properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab import baskets
from crm_lab.base.errors import InputError

HELD = pd.DataFrame(
    [[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 1, 1], [0, 0, 1, 1]], columns=["tea", "cup", "mat", "lamp"], index=list("ABCD")
)


def test_it_is_the_cosine_of_the_columns():
    alike = baskets.similarity(HELD)
    assert alike.loc["tea", "cup"] == pytest.approx(2 / np.sqrt(3 * 2))
    assert alike.loc["tea", "mat"] == pytest.approx(2 / 3)
    assert alike.loc["cup", "lamp"] == 0


@given(st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_it_is_the_same_both_ways_within_0_and_1(rows):
    alike = baskets.similarity(pd.DataFrame(rows, columns=list("abcd"))).to_numpy()
    assert np.allclose(alike, alike.T)
    assert ((alike >= 0) & (alike <= 1 + 1e-12)).all()
    assert (np.diag(alike) == 0).all()


def test_the_shelf_is_the_scores_in_order_and_says_why():
    alike = baskets.similarity(HELD)
    scores = baskets.scores(HELD, alike).loc["A"]
    assert scores.isna().tolist() == [True, True, False, False]
    assert scores["mat"] == pytest.approx(2 / 3 + 1 / np.sqrt(6))
    shown = baskets.shelf(HELD.loc["A"], alike)
    assert shown.index.tolist() == ["mat", "lamp"]
    assert shown["score"].tolist() == pytest.approx(scores[["mat", "lamp"]].tolist())
    assert shown.loc["mat", "because"] == "tea"
    assert baskets.shelf(HELD.loc["A"], alike, length=1).index.tolist() == ["mat"]


def test_a_person_who_holds_nothing_has_an_empty_shelf():
    assert baskets.shelf(HELD.loc["A"] * 0, baskets.similarity(HELD)).empty


def test_what_weighs_more_decides_more():
    alike = baskets.similarity(HELD)
    old_tea = pd.Series({"tea": 0.1, "cup": 0, "mat": 0, "lamp": 1})
    assert baskets.shelf(old_tea, alike)["because"].to_dict() == {"mat": "lamp", "cup": "tea"}


def test_weights_halve():
    assert baskets.recency_weights(pd.Series([0, 45, 90], list("abc")), 90).round(4).to_dict() == {
        "a": 1.0,
        "b": 0.7071,
        "c": 0.5,
    }


@pytest.mark.parametrize(
    "call",
    [
        lambda: baskets.recency_weights([-1], 90),
        lambda: baskets.recency_weights([1], 0),
        lambda: baskets.similarity(pd.DataFrame()),
        lambda: baskets.similarity(pd.DataFrame({"tea": [None]})),
        lambda: baskets.scores(HELD, baskets.similarity(HELD[["tea", "cup"]])),
        lambda: baskets.shelf(HELD.loc["A"], baskets.similarity(HELD), length=0),
    ],
)
def test_bad_input_gets_one_sentence(call):
    with pytest.raises(InputError):
        call()
