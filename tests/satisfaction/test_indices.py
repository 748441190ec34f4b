"""Indices against numbers worked out by hand, their intervals by coverage, and answers off the scale."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.satisfaction import acsi, ces, csat, csi, difference, nps, nps_points, sample_size

SCORES = st.lists(st.integers(0, 10), min_size=1, max_size=60)


def test_by_hand():
    ten = [10, 10, 9, 9, 9, 8, 7, 6, 3, 0]
    assert nps(ten).value == 20
    assert nps(ten).standard_error == pytest.approx(100 * np.sqrt((0.5 + 0.3 - 0.2**2) / 10))
    assert csat([5, 4, 3, 2]).value == 50
    assert ces([7, 5, 3]).value == 5
    assert ces([7, 5, 3]).standard_error == pytest.approx(2 / np.sqrt(3))
    assert csi([10, 1], [1, 1]).value == 50
    assert acsi([7, 7, 7], [1, 2, 3]).value == pytest.approx(100 * 6 / 9)


def test_the_adjusted_wald_interval_of_agresti_and_coull():
    # 10 of 10: ñ = 13.84, p̃ = 0.8612; none of 10 is its mirror
    low, high = csat([5] * 10).interval
    mirror = csat([1] * 10).interval
    assert (low, high) == pytest.approx((67.91, 100), abs=0.01)
    assert mirror == pytest.approx((100 - high, 100 - low))


def test_an_unanimous_nps_is_not_certain():
    low, high = nps([10] * 50).interval
    assert low < 97
    assert high == 100
    assert nps([10] * 50).standard_error == 0


def test_a_large_nps_has_the_plain_interval():
    estimate = nps([10] * 50 + [7] * 20 + [0] * 30)
    reach = 1.959964 * estimate.standard_error
    assert estimate.interval == pytest.approx((20 - reach, 20 + reach))


@given(SCORES)
def test_nps_is_the_mean_of_its_points(scores):
    assert nps(scores).value == pytest.approx(nps_points(scores).mean())
    low, high = nps(scores).interval
    assert -100 <= low <= high <= 100


@given(SCORES, st.integers(0, 3))
def test_missing_answers_are_counted_and_change_nothing(scores, holes):
    estimate = nps([*scores, *[np.nan] * holes])
    assert estimate == nps(scores)
    assert (estimate.n, estimate.missing) == (len(scores), holes)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(3)
    draws = rng.choice([0, 8, 10], p=[0.3, 0.25, 0.45], size=(1500, 80))
    inside = [low <= 15 <= high for low, high in (nps(row).interval for row in draws)]
    assert 0.93 <= np.mean(inside) <= 0.97


@pytest.mark.parametrize(("index", "scores", "bad"), [(csat, [5, 0], 0), (nps, [3, 11], 11), (ces, [2, 7.5], 7.5)])
def test_the_first_answer_off_the_scale_is_named(index, scores, bad):
    with pytest.raises(InputError, match=rf"row 1: {bad}"):
        index(scores)


def test_people_give_the_csi_an_interval_and_weights_only_count_by_their_shares():
    people = pd.DataFrame({"price": [8, 6, 10, 4], "box": [6, 6, 7, 9]})
    one, ten = csi(people, [2, 1]), csi(people, [20, 10])
    assert one == ten
    assert one.standard_error == pytest.approx(ten.standard_error)
    assert one.value == pytest.approx(csi(people.mean(), [2, 1]).value)
    assert one.interval[0] < one < one.interval[1]


def test_a_difference_adds_variances():
    first, second = nps([10, 0] * 200), nps([10, 7] * 100)
    gap = difference(first, second)
    assert gap == -50
    assert gap.standard_error == pytest.approx(np.hypot(first.standard_error, second.standard_error))
    with pytest.raises(InputError, match="first must be the result"):
        difference(3.0, second)


def test_sample_sizes_of_textbooks():
    assert sample_size(5, 50) == 385  # Cochran: 1.96² × 0.25 ÷ 0.05²
    assert sample_size(3, 50) == 1068
