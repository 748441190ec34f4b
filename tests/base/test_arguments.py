"""Bad values: one sentence that names the argument and what it must be; one rule for whole numbers everywhere."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from crm_lab.base import arguments
from crm_lab.base.errors import InputError


@pytest.mark.parametrize(
    ("share", "n", "count"), [(0.2, 5, 1), (0.1, 30, 3), (0.07, 100, 7), (0.2, 6, 2), (1, 7, 7), (0.001, 3, 1)]
)
def test_the_count_behind_a_share_rounds_up_but_not_by_float_dust(share, n, count):
    assert arguments.top_count(share, n) == count


@pytest.mark.parametrize("cuts", [[0.5, 0.5], [0.9, 0.8], [0.0, 0.5], [0.5, 1.1], [], ["a"], [True], [math.inf]])
def test_cuts_must_rise_within_their_bounds(cuts):
    with pytest.raises(InputError, match="cuts"):
        arguments.rising(cuts, "cuts", above=0, most=1)


def test_cuts_without_bounds_must_still_be_finite():
    with pytest.raises(InputError, match="cuts"):
        arguments.rising([1, math.inf], "cuts")
    assert arguments.rising((-3, 0, 2.5), "cuts") == [-3.0, 0.0, 2.5]


@pytest.mark.parametrize("value", [3, 3.0, np.int64(3), np.float32(3), Fraction(3)])
def test_a_whole_number_may_be_written_as_a_float(value):
    given = arguments.whole(value, "bins", 2)
    assert given == 3
    assert type(given) is int


@pytest.mark.parametrize("value", [True, np.True_, "5", None, float("nan"), float("inf"), 2.5, 1, 1.0, 3 + 0j])
def test_what_is_no_whole_number_is_refused(value):
    with pytest.raises(InputError, match="bins must be a whole number of at least 2"):
        arguments.whole(value, "bins", 2)


@pytest.mark.parametrize("value", [True, np.False_, "5", None, float("nan"), [1]])
@pytest.mark.parametrize(
    "check",
    [arguments.number, arguments.amount, arguments.share, lambda value, name: arguments.within(value, name, 0, 1)],
)
def test_a_number_is_a_number(value, check):
    with pytest.raises(InputError, match="top must be one number"):
        check(value, "top")


@pytest.mark.parametrize("check", [arguments.number, arguments.whole, lambda value, name: arguments.midnight(value)])
def test_a_table_is_never_printed(check):
    with pytest.raises(InputError, match="not Series of length 28") as refused:
        check(pd.Series([5.98] * 28), "load")
    assert len(str(refused.value)) < 100


@pytest.mark.parametrize(
    ("check", "says"),
    [
        (lambda: arguments.amount(-1, "load"), "load must be finite, 0 or more, not -1"),
        (lambda: arguments.amount(math.inf, "load"), "load must be finite, 0 or more, not inf"),
        (lambda: arguments.amount(0.5, "factor", least=1), "factor must be finite, 1 or more, not 0.5"),
        (lambda: arguments.amount(0, "wage", above=0), "wage must be finite, above 0, not 0"),
        (lambda: arguments.amount(math.inf, "wage", above=0), "wage must be finite, above 0, not inf"),
        (lambda: arguments.within(0, "hours", 0, 24), "hours must lie above 0, up to 24, not 0"),
        (lambda: arguments.within(25, "hours", 0, 24), "hours must lie above 0, up to 24, not 25"),
        (lambda: arguments.share(1, "target"), "from 0 to below 1, such as 0.8 for 80 %, not 1"),
        (lambda: arguments.share(0, "coverage", zero_ok=False), "a share between 0 and 1, .* not 0"),
    ],
)
def test_bounds_are_named(check, says):
    with pytest.raises(InputError, match=says):
        check()


def test_bounds_themselves():
    assert arguments.amount(0, "load") == 0
    assert arguments.amount(1, "factor", least=1) == 1
    assert arguments.within(24, "hours", 0, 24) == 24
    assert arguments.share(0, "target") == 0
