"""Hits, coverage and the interval of a gain."""

import numpy as np
import pandas as pd
import pytest

from crm_lab import baskets
from crm_lab.base.errors import InputError

SCORES = pd.DataFrame([[3, 2, 1, np.nan], [1, 1, 1, 1]], ["Ann", "Bo"], ["tea", "cup", "mat", "lamp"])


def test_a_hit_is_among_the_first():
    assert baskets.hits(SCORES, pd.Series({"Ann": "cup", "Bo": "cup"}), 2).tolist() == [True, True]
    assert baskets.hits(SCORES, pd.Series({"Ann": "mat", "Bo": "mat"}), 2).tolist() == [False, False]


def test_what_is_not_to_be_shown_is_no_hit():
    assert not baskets.hits(SCORES, pd.Series({"Ann": "lamp", "Bo": "tea"}), 4)["Ann"]


def test_coverage_counts_what_anybody_sees():
    assert baskets.coverage(SCORES, 1) == 0.25
    assert baskets.coverage(SCORES, 4) == 1


def test_the_interval_is_that_of_paired_differences():
    rng = np.random.default_rng(1)
    both = rng.random((400, 2)) < [0.5, 0.3]
    ours, theirs = pd.Series(both[:, 0]), pd.Series(both[:, 1])
    gain = baskets.paired_gain(ours, theirs)
    difference = both[:, 0].astype(float) - both[:, 1]
    assert gain.value == pytest.approx(difference.mean())
    assert gain.standard_error == pytest.approx(difference.std(ddof=1) / 20)
    assert np.mean(gain.interval) == pytest.approx(gain.value)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(2)
    covered = 0
    for _trial in range(300):
        ours, theirs = (pd.Series(rng.random(200) < share) for share in (0.4, 0.3))
        low, high = baskets.paired_gain(ours, theirs).interval
        covered += low <= 0.1 <= high
    assert 0.91 <= covered / 300 <= 0.985


@pytest.mark.parametrize(
    "call",
    [
        lambda: baskets.hits(SCORES, pd.Series({"Ann": "bell", "Bo": "tea"})),
        lambda: baskets.hits(SCORES, pd.Series({"Ann": "tea"})),
        lambda: baskets.paired_gain(pd.Series([1]), pd.Series([0])),
        lambda: baskets.paired_gain(pd.Series([1, 0]), pd.Series([0, 1], [5, 6])),
    ],
)
def test_bad_input_gets_one_sentence(call):
    with pytest.raises(InputError):
        call()
