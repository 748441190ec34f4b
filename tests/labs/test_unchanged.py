import numpy as np
import pandas as pd
import pytest

from crm_lab.labs._unchanged import unchanged

FRAME = pd.DataFrame({"a": [1.0, np.nan], "b": ["x", None]}, index=["p", "q"])


@pytest.mark.parametrize("value", [FRAME, FRAME["a"], [1, "x", None], {"a": [1, 2]}, np.array([1.0, np.nan]), 3, "x"])
def test_copy_is_unchanged(value):
    import copy

    assert unchanged(value, copy.deepcopy(value))


@pytest.mark.parametrize(
    "changed",
    [
        FRAME.assign(c=1),
        FRAME.assign(a=[1.0, 2.0]),
        FRAME[::-1],
        FRAME.rename(index={"p": "r"}),
        FRAME.rename(columns={"a": "c"}),
        FRAME.head(1),
        FRAME.assign(a=[object(), object()]),
        FRAME["a"],
        None,
    ],
)
def test_change_is_seen(changed):
    assert not unchanged(FRAME, changed)


def test_order_of_a_list_and_of_a_dict_counts():
    assert not unchanged([3, 1], [1, 3])
    assert not unchanged({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert not unchanged([1, 2], [])
