"""Baskets as a table of ones."""

import pytest

from crm_lab.base.errors import InputError
from crm_lab.baskets._table import listed, table_of_baskets


def test_a_row_for_each_basket_an_empty_one_too():
    table = table_of_baskets([["tea", "cup"], [], ["tea", "tea"]])
    assert table.holds.toarray().tolist() == [[1, 1], [0, 0], [0, 1]]
    assert table.items.tolist() == ["cup", "tea"]


@pytest.mark.parametrize("wrong", ["tea", {"tea": 1}, [3], ["tea"]])
def test_what_is_no_list_of_baskets_is_named(wrong):
    with pytest.raises(InputError, match=r"[Bb]asket"):
        listed(wrong)
