"""Cronbach's alpha and SERVQUAL gaps."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.satisfaction import cronbach_alpha, servqual_gaps

ITEMS = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 4, 3]})


def test_both_alphas_by_hand():
    # equal variances 5/3, covariance 1: raw = 2 (1 − (10/3) ÷ (16/3)) = 0.75; r = 0.6: standardised = 1.2 ÷ 1.6
    assert cronbach_alpha(ITEMS) == pytest.approx(0.75)
    assert cronbach_alpha(ITEMS, standardised=True) == pytest.approx(0.75)
    stretched = ITEMS.assign(b=10 * ITEMS["b"])
    assert cronbach_alpha(stretched, standardised=True) == pytest.approx(0.75)
    assert cronbach_alpha(stretched) < 0.4


def test_a_row_with_a_gap_is_left_out():
    holed = pd.concat([ITEMS, pd.DataFrame({"a": [9], "b": [np.nan]})], ignore_index=True)
    assert cronbach_alpha(holed) == pytest.approx(0.75)


def test_alpha_needs_items_and_people_who_differ():
    for items in (ITEMS[["a"]], ITEMS * 0):
        with pytest.raises(InputError):
            cronbach_alpha(items)


def test_gaps_are_perception_less_expectation():
    expected = pd.DataFrame({"trust_1": [7, 6], "trust_2": [6, 6], "looks_1": [5, 5]})
    perceived = pd.DataFrame({"trust_1": [5, 6], "trust_2": [5, 4], "looks_1": [6, 5]})
    gaps = servqual_gaps(expected, perceived)
    assert gaps.items["gap"].tolist() == [-1, -1.5, 0.5]
    assert gaps.dimensions["gap"].to_dict() == {"trust": -1.25, "looks": 0.5}
    assert gaps.weighted([3, 1]).value == pytest.approx(-0.8125)
    with pytest.raises(InputError, match="same people and items"):
        servqual_gaps(expected, perceived[["trust_1"]])
