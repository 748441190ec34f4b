"""Texts, numbers and dates in all the ways shops write them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.data._shop._account import Account
from crm_lab.data._shop._dates import read_dates as read
from crm_lab.data._shop._numbers import read_numbers as read_columns
from crm_lab.data._shop._telling import tell_dates, tell_numbers
from crm_lab.data._shop._texts import category, distinct


def account(column, role, name):
    return Account(pd.DataFrame({name: column}), {role: name}, np.arange(1, len(column) + 1))


def numbers(column, name):
    """The values of one column of prices, and what is told about them."""
    found, told = read_columns({"price": column}), account(column, "price", name)
    tell_numbers(found, told)
    return pd.Series(found["price"].values), told.problems


def dates(column, name, **known):
    found, told = read(column, name, **known), account(column, "date", name)
    tell_dates(found, told)
    return found.moments, told.problems


def read_numbers(*cells):
    return numbers(pd.Series(cells, dtype=object), "price")[0].tolist()


def read_dates(*cells):
    moments, problems = dates(pd.Series(cells, dtype=object), "day")
    return moments.dt.strftime("%Y-%m-%d %H:%M:%S").tolist(), problems


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("12.50", 12.5),
        ("12,50", 12.5),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("1,234", 1234),
        ("1.234.567", 1234567),
        ("1,00,000.5", 100000.5),
        ("1 234,50", 1234.5),
        ("1'234.50", 1234.5),
        ("€ 12,50", 12.5),
        ("¥1,299.00", 1299),
        ("￥１２．５０", 12.5),
        ("12.50 GBP", 12.5),
        ("(12.50)", -12.5),
        ("12.50-", -12.5),
        ("\u221212.50", -12.5),
        ("1e3", 1000),
    ],
)
def test_amounts_as_shops_write_them(cell, value):
    assert read_numbers(cell, "x")[0] == value


@pytest.mark.parametrize(
    "cell", ["free", "1,2,3,4", "1.2.3", "12 50 x", "inf", "1e300", "--5", "True", "½", "", None, "1,23,4"]
)
def test_what_is_no_amount_stays_open(cell):
    assert np.isnan(read_numbers(cell, "3.50")[0])


def test_the_column_decides_between_thousands_and_decimals():
    assert read_numbers("1.234", "2,50", "3,75 €") == [1234, 2.5, 3.75]
    assert read_numbers("1.234", "2.50", "3.75 €") == [1.234, 2.5, 3.75]


def test_a_decimal_comma_is_told_and_a_point_is_not():
    assert numbers(pd.Series(["2,50", "3,75"]), "Preis")[1][0].rows == 2
    assert numbers(pd.Series(["2.50", "£3.75"]), "Price")[1] == []


@settings(deadline=None)
@given(st.lists(st.decimals(-99_999, 99_999, places=2), min_size=1))
def test_german_and_english_writing_give_the_same_amounts(amounts):
    english = [f"{amount:,.2f}" for amount in amounts]
    german = [text.translate(str.maketrans(",.", ".,")) for text in english]
    assert read_numbers(*english) == read_numbers(*german) == [float(amount) for amount in amounts]


def test_numbers_of_a_frame_pass_through():
    assert numbers(pd.Series([1, None, 3], dtype="Int64"), "n")[0].tolist()[::2] == [1, 3]
    assert np.isnan(numbers(pd.Series([np.inf]), "n")[0][0])


def test_ids_lose_the_zero_a_spreadsheet_added_but_no_leading_one():
    codes, texts = distinct(pd.Series([12583.0, "12583", 12583, "007", " 7 "], dtype=object))
    assert texts == ["12583", "007", "7"]
    assert codes.tolist() == [0, 0, 0, 1, 2]


def test_missing_ids_have_many_names():
    assert category(pd.Series([None, np.nan, pd.NaT, "", " ", "NULL", "nan", "N/A"], dtype=object)).isna().all()


def test_cells_that_are_lists_do_not_stop_the_reading():
    assert list(category(pd.Series([[1], [1], "a"], dtype=object))) == ["[1]", "[1]", "a"]


@pytest.mark.parametrize(
    "cell",
    [
        "2010-12-31 08:45:00",
        "2010-12-31T08:45:00",
        "2010-12-31T08:45:00Z",
        "2010-12-31 08:45:00+08:00",
        "2010-12-31 08:45:00.000",
        "2010/12/31 8:45",
        "12/31/2010 8:45",
        "31/12/2010 8:45",
        "31.12.2010 08:45",
        "31-12-2010, 08:45",
        "31/12/10 8:45",
        "12/31/2010 8:45 AM",
        "12/31/2010 8:45AM",
        "31 Dec 2010 8:45",
        "31-Dec-10 08:45",
        "Dec 31, 2010 8:45",
        "December 31, 2010 8:45",
        "20101231 08:45",
        "2010年12月31日 8:45",
        pd.Timestamp("2010-12-31 08:45"),
        pd.Timestamp("2010-12-31 08:45", tz="Asia/Shanghai"),
    ],
)
def test_moments_as_shops_write_them(cell):
    assert read_dates(cell)[0] == ["2010-12-31 08:45:00"]


def test_an_afternoon_hour():
    assert read_dates("12/31/2010 8:45 PM", "12/31/2010 12:05 AM")[0] == ["2010-12-31 20:45:00", "2010-12-31 00:05:00"]


@pytest.mark.parametrize(
    "cell", ["soon", "31/02/2024", "8:45", "2010-13-45", "0001-01-01", "9999-12-31", "50%", "1/2", "", None]
)
def test_what_is_no_date_stays_open(cell):
    assert read_dates(cell, "2024-05-01")[0][1] == "2024-05-01 00:00:00"
    assert pd.isna(read_dates(cell, "2024-05-01")[0][0])


def test_one_date_above_twelve_decides_the_column():
    day_first, problems = read_dates("1/2/2024", "3/4/2024", "13/4/2024")
    assert day_first == ["2024-02-01 00:00:00", "2024-04-03 00:00:00", "2024-04-13 00:00:00"]
    assert problems[0].rows == 3
    assert "day, month, year: 1 different date" in problems[0].action
    month_first, _ = read_dates("1/2/2024", "3/4/2024", "4/13/2024")
    assert month_first == ["2024-01-02 00:00:00", "2024-03-04 00:00:00", "2024-04-13 00:00:00"]


def test_without_proof_the_shorter_history_is_taken_and_said():
    read, problems = read_dates("1/2/2024", "5/2/2024", "12/2/2024")
    assert read == ["2024-02-01 00:00:00", "2024-02-05 00:00:00", "2024-02-12 00:00:00"]
    assert "2024-12-31 to be sure" in problems[0].action


def test_a_column_that_changes_its_order_is_told():
    read, problems = read_dates("13/1/2024", "14/1/2024", "1/15/2024", "2/1/2024")
    assert read[2:] == ["2024-01-15 00:00:00", "2024-01-02 00:00:00"]
    assert [problem.rows for problem in problems] == [3, 1]


def test_unmistakable_dates_need_no_word():
    assert read_dates("2024-05-01", "1 May 2024", "2024-05-03 10:00")[1] == []


def test_a_spreadsheets_day_numbers():
    read, problems = read_dates("40513.364583", "40514")
    assert read == ["2010-12-01 08:45:00", "2010-12-02 00:00:00"]
    assert problems[0].rows == 2


def test_date_objects_and_real_dates():
    assert read_dates(date(2024, 5, 1), "2024-05-02")[0] == ["2024-05-01 00:00:00", "2024-05-02 00:00:00"]
    assert dates(pd.Series(pd.to_datetime(["2024-05-01"])), "day")[0][0] == pd.Timestamp("2024-05-01")


def test_a_column_full_of_words_ends():
    assert dates(pd.Series([f"word {n}" for n in range(5_000)]), "day")[0].isna().all()


@settings(deadline=None)
@given(st.lists(st.dates(date(2001, 1, 1), date(2068, 12, 31)), min_size=1, unique=True))
def test_written_with_a_telling_date_every_order_reads_back(days):
    days = [date(2001, 1, 31), *days]
    for form in ("%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y-%m-%d"):
        read, _ = read_dates(*[day.strftime(form) for day in days])
        assert [text[:10] for text in read] == [day.isoformat() for day in days]
