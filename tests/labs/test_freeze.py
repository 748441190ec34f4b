import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest

from crm_lab.labs._freeze import Grid, Pairs, Scalar, freeze
from crm_lab.labs.cells import DURATION, GROUP, MISSING, NUMBER, TEXT, TIME, Refused

DAY = 86_400e6  # microseconds


def first(values):
    return freeze(pd.Series(values)).columns[""][0].cell(0)


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        (np.array([3], "int8"), (NUMBER, 3)),
        (np.array([3], "uint64"), (NUMBER, 3)),
        (np.array([0.5], "float16"), (NUMBER, 0.5)),
        (np.array([True]), (NUMBER, 1)),
        (pd.array([3], "Int64"), (NUMBER, 3)),
        (pd.array([None, 1], "Float64"), (MISSING, None)),
        (pd.array([False], "boolean"), (NUMBER, 0)),
        (pd.arrays.SparseArray([2.0]), (NUMBER, 2)),
        (["x"], (TEXT, "x")),
        (pd.array(["x"], "string"), (TEXT, "x")),
        (pd.Categorical(["x"]), (TEXT, "x")),
        (pd.Categorical([None, "x"]), (MISSING, None)),
        (pd.period_range("2024-01", periods=1, freq="M"), (TEXT, "2024-01")),
        (pd.interval_range(0, 1), (TEXT, "(0, 1]")),
        (pd.to_datetime(["1970-01-02"]), (TIME, DAY)),
        (pd.to_datetime(["1970-01-02"]).tz_localize("Asia/Shanghai"), (TIME, DAY)),
        (pd.to_timedelta([1], unit="D"), (DURATION, DAY)),
        (pd.Series([dt.date(1970, 1, 2)], dtype=object), (TIME, DAY)),
        (pd.Series([np.datetime64("1970-01-02")], dtype=object), (TIME, DAY)),
        (pd.Series([pd.Timedelta(days=1)], dtype=object), (DURATION, DAY)),
        (pd.Series([frozenset("a")]), (GROUP, frozenset({(TEXT, "a")}))),
        (pd.Series([["a", 1]]), (GROUP, ((TEXT, "a"), (NUMBER, 1)))),
    ],
)
def test_every_dtype_becomes_plain_cells(values, cell):
    assert first(values) == cell


def test_levels_and_columns_are_named():
    frame = pd.DataFrame(
        {("n", "sum"): [1], ("n", ""): [2], (2024, ""): [3]}, index=pd.MultiIndex.from_tuples([("a", 1)])
    )
    grid = freeze(frame.rename_axis(["k", None]))
    assert grid.labels == ("n_sum", "n", "2024")
    assert [name for name, _level in grid.levels] == ["k", None]


def test_same_name_twice_is_kept_twice():
    grid = freeze(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    assert [column.cell(0) for column in grid.columns["a"]] == [(NUMBER, 1), (NUMBER, 2)]


def test_columns_that_are_not_wanted_are_not_looked_at():
    frame = pd.DataFrame({"a": [1], "b": [object()]})
    assert list(freeze(frame, {"a"}).columns) == ["a"]
    with pytest.raises(Refused, match="a column b that holds an object of type object"):
        freeze(frame)


def test_scalars_dicts_and_arrays():
    assert freeze(np.float64(2)) == Scalar(NUMBER, 2.0)
    assert freeze(math.nan) == Scalar(MISSING, None)
    assert freeze({"a": 1}) == Pairs(((TEXT, "a"),), ((NUMBER, 1.0),))
    assert isinstance(freeze(np.array(3.0)), Grid)


@pytest.mark.parametrize(
    "value", [None, ..., object(), [1], 10**400, 1j, np.zeros((2, 2)), pd.MultiIndex.from_tuples([(1, 2)])]
)
def test_everything_else_is_refused(value):
    with pytest.raises(Refused):
        freeze(value)


def test_too_many_rows_are_refused():
    with pytest.raises(Refused, match="a Series of 11 values"):
        freeze(pd.Series(range(11)), most_rows=10)


def test_the_answer_is_not_touched():
    frame = pd.DataFrame({"a": [1, 2]}, index=["x", "y"])
    before = frame.copy()
    freeze(frame)
    pd.testing.assert_frame_equal(frame, before)
