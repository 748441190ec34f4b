"""What cannot be drawn is said in one sentence."""

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.explore.check import aligned, lacks_nothing, numeric, some


@pytest.mark.parametrize("values", [[1.0, None], [float("inf")], ["x"], []])
def test_numeric_refuses(values: list) -> None:
    with pytest.raises(InputError, match="profit"):
        numeric(values, "profit")


def test_some_counts_what_is_missing() -> None:
    with pytest.raises(InputError, match="2 entries"):
        some([None, "a", None], "codes")


@pytest.mark.parametrize("index", [["a"], ["a", "c"], ["a", "a"]])
def test_aligned_refuses_other_customers(index: list[str]) -> None:
    with pytest.raises(InputError, match="same customers"):
        aligned(pd.Series(1.0, index=index), pd.Series(1.0, index=["a", "b"]), "profit", "classes")


def test_lacks_nothing_names_the_columns() -> None:
    with pytest.raises(InputError, match="a, b"):
        lacks_nothing(pd.DataFrame({"a": [1]}), ("a", "b"), "rfm")
