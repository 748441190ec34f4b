"""Files of any usual encoding and separator, and one clear sentence for those that cannot be read."""

import contextlib

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.data._shop._columns import checked, look_for
from crm_lab.data._shop._encoding import guess_encoding
from crm_lab.data._shop._sources import opened

COLUMNS = {"order_id": "Nr", "date": "Tag", "customer_id": "Kundin", "quantity": "Menge", "price": "Preis"}
TEXT = "Nr,Tag,Kundin,Menge,Preis,Ware\n1,2024-05-01,007,2,3.50,Café crème\n2,2024-05-02,Zoë,1,4.00,Thé\n"


def read_columns(source, columns):
    """The cells, the name and the notes of a source with the mapped columns in it."""
    wanted = [name for name in checked(columns).values() if name]
    (sheet,) = opened(source, wanted, None, None)
    look_for(wanted, list(sheet.cells), sheet.name, sheet.unnamed)
    return sheet.cells, sheet.name, sheet.notes


@pytest.fixture
def write(tmp_path):
    def written(content, name="shop.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def refusal(source, columns=COLUMNS):
    with pytest.raises(InputError) as caught:
        read_columns(source, columns)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_western_encodings(write, encoding):
    frame, _, problems = read_columns(write(TEXT.encode(encoding)), COLUMNS)
    assert frame["Ware"].tolist() == ["Café crème", "Thé"]
    assert frame["Kundin"].tolist() == ["007", "Zoë"]
    assert len(problems) == (encoding in ("cp1252", "utf-16"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_encodings(write, encoding):
    text = (
        TEXT.replace("Café crème", "青花瓷茶杯").replace("Thé", "茶叶").replace("Kundin", "客户").replace("Zoë", "李雷")
    )
    frame, _, problems = read_columns(write(text.encode(encoding)), COLUMNS | {"customer_id": "客户"})
    assert frame["Ware"].tolist() == ["青花瓷茶杯", "茶叶"]
    assert [problem.action for problem in problems] == (["read as gb18030"] if encoding == "gb18030" else [])


@given(st.text("abcdefg éèüöäßçñ ", min_size=1), st.sampled_from(["utf-8", "cp1252"]))
def test_any_western_text_is_recognised(text, encoding):
    data = f"name\nMünchen, crème brûlée, {text}\n".encode(encoding)
    assert data.decode(guess_encoding(data)) == data.decode(encoding)


@given(st.text("青花瓷茶杯柳巷客户商品数量价格日期 abc,12", min_size=1), st.sampled_from(["utf-8", "gb18030"]))
def test_any_chinese_text_is_recognised(text, encoding):
    data = f"商品\n茶杯,{text}\n".encode(encoding)
    assert data.decode(guess_encoding(data)) == data.decode(encoding)


def test_one_broken_letter_does_not_make_it_another_encoding(write):
    text = TEXT.replace("Thé", "Thé " + "é" * 30).encode() + b"3,2024-05-03,X,1,1,\xe9\n"
    frame, _, problems = read_columns(write(text), COLUMNS)
    assert frame["Ware"].iloc[0] == "Café crème"
    assert problems[0].rows == 1


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(write, separator):
    frame, _, _ = read_columns(write(TEXT.replace(",", separator)), COLUMNS)
    assert frame.shape == (2, 6)


@pytest.mark.parametrize("before", ["\n\n", "sep=,\n", " \r\n"])
def test_what_may_stand_before_the_names(write, before):
    assert read_columns(write(before + TEXT), COLUMNS)[0].shape == (2, 6)


def test_names_are_found_with_blanks_and_windows_line_ends(write):
    path = write(TEXT.replace("Menge", " Menge ").replace("\n", "\r\n"))
    assert read_columns(path, COLUMNS)[0]["Menge"].tolist() == ["2", "1"]


def test_a_quoted_separator_and_line_break(write):
    frame, _, _ = read_columns(write(TEXT.replace("Thé", '"Thé, vert\nou noir"')), COLUMNS)
    assert frame["Ware"].tolist() == ["Café crème", "Thé, vert\nou noir"]


def test_lines_of_another_length(write):
    frame, _, problems = read_columns(write(TEXT + "3,2024-05-03,X,1,1,Mug,too,many\n4,2024-05-04\n"), COLUMNS)
    assert frame["Nr"].tolist() == ["1", "2", "4"]
    assert frame["Menge"].tolist()[-1] == ""
    assert problems[0].rows == 1


def test_a_separator_at_every_lines_end_shifts_nothing(write):
    frame, _, _ = read_columns(write(TEXT.replace("crème\n", "crème,\n").replace("Thé\n", "Thé,\n")), COLUMNS)
    assert frame["Nr"].tolist() == ["1", "2"]


def test_a_missing_file_names_its_neighbour(write):
    path = write(TEXT)
    assert "Did you mean 'shop.csv'?" in refusal(path.with_name("shopp.csv"))


def test_a_folder(tmp_path):
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(write, content):
    assert "is empty" in refusal(write(content))


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest"])
def test_a_workbook_is_to_be_saved_as_csv(write, content):
    assert "save the sheet as a CSV file" in refusal(write(content, "shop.xlsx"))


def test_a_picture_is_no_text(write):
    assert "not a text file" in refusal(write(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))


def test_names_without_lines(write):
    assert "no lines" in refusal(write(TEXT.partition("\n")[0]))
    assert "no lines" in refusal(pd.DataFrame(columns=list(COLUMNS.values())))


def test_a_quotation_mark_never_closed(write):
    assert "cannot be read as a table" in refusal(write(TEXT.replace("Thé", '"Thé')))


def test_a_column_that_is_not_there_names_the_nearest_and_all(write):
    message = refusal(write(TEXT), COLUMNS | {"price": "preiss"})
    assert "no column 'preiss'. Did you mean 'Preis'?" in message
    assert "Nr, Tag, Kundin, Menge, Preis, Ware" in message


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (["Nr"], "columns must say"),
        ({**COLUMNS, "prize": "Preis"}, "Did you mean 'price'?"),
        ({key: COLUMNS[key] for key in ("order_id", "date")}, "customer_id, price"),
        ({**COLUMNS, "price": "Menge"}, "one column of its own"),
        ({**COLUMNS, "price": 4}, "one column of its own"),
        ({**COLUMNS, "price": ["Menge"]}, "one column of its own"),
    ],
)
def test_a_wrong_mapping(write, columns, words):
    assert words in refusal(write(TEXT), columns)


def test_two_columns_of_one_name():
    frame = pd.DataFrame([[1] * 6], columns=[*COLUMNS.values(), "Preis"])
    assert "more than one column 'Preis'" in refusal(frame)


@pytest.mark.parametrize("source", [None, 5, b"shop.csv", [1], pd.Series([1])])
def test_neither_path_nor_frame(source):
    assert "path of a CSV file or a DataFrame" in refusal(source)


def test_a_path_that_cannot_be():
    assert "cannot be opened" in refusal("shop\0.csv")
    assert refusal("x" * 5_000)


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_read_or_refused_in_one_sentence(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "shop.csv"
    path.write_bytes(TEXT.encode() + data)
    with contextlib.suppress(InputError):
        assert len(read_columns(path, COLUMNS)[0])
