"""Columns are named, measured and written as the data dictionary has them."""

import pytest

from crm_lab.explore._names import column_name, plain, tick_word, writer
from crm_lab.explore._style import money, share


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("margin", "margin, ¥"),
        ("wait_seconds", "wait seconds, s"),
        ("csat", "csat, 1–5"),
        ("customer_share", "share of the customers"),
        ("Count", "number"),
        ("a name of mine", "a name of mine"),
    ],
)
def test_names_have_their_units(column: str, name: str) -> None:
    assert column_name(column) == name


def test_a_series_is_named_without_its_unit() -> None:
    assert column_name("revenue", unit=False) == "revenue"
    assert column_name("monetary", unit=False) == "money"


def test_the_chinese_edition_takes_the_chinese_of_the_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    assert column_name("category") == "类别"
    assert column_name("list_price") == "标价, ¥"


@pytest.mark.parametrize(
    ("column", "write"),
    [
        ("refund", money),
        ("staff_cost", money),
        ("discount", share),
        ("occupancy", share),
        ("items", plain),
        ("x", plain),
    ],
)
def test_values_are_written_by_what_they_measure(column: str, write: object) -> None:
    assert writer(column) is write


def test_only_an_axis_of_weekdays_has_days() -> None:
    assert tick_word("weekday", "6") == "Sun"
    assert tick_word("channel", "6") == "6"
