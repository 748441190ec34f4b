"""The schema refuses what it does not allow, and says where."""

import pytest

from crm_lab import data, schema
from crm_lab.base.errors import InputError


@pytest.fixture
def tables():
    return {name: data.load(name) for name in schema.TABLES}


def test_an_unknown_code_is_refused(tables):
    tables["orders"].loc[3, "status"] = "lost"
    with pytest.raises(InputError, match="orders"):
        schema.check(tables)


def test_a_repeated_key_is_refused(tables):
    tables["products"].loc[1, "product_id"] = tables["products"].loc[0, "product_id"]
    with pytest.raises(InputError, match="products"):
        schema.check(tables)


def test_an_orphan_is_refused(tables):
    tables["orders"].loc[0, "customer_id"] = "C99999"
    with pytest.raises(InputError, match=r"orders: 1 values of customer_id .* first C99999"):
        schema.check(tables)


def test_a_missing_column_is_refused(tables):
    tables["returns"] = tables["returns"].drop(columns="loss")
    with pytest.raises(InputError, match="returns"):
        schema.check(tables)


def test_every_column_has_a_meaning_in_both_languages():
    for table in schema.TABLES.values():
        assert table.meaning
        assert table.meaning_zh
        for column in table.columns:
            assert column.meaning, f"{table.name}.{column.name}"
            assert any("\u4e00" <= letter <= "\u9fff" for letter in column.meaning_zh), f"{table.name}.{column.name}"


def test_the_dictionary_names_every_column():
    page = schema.dictionary()
    for table in schema.TABLES.values():
        assert f"### {table.name}\n" in page
        for column in table.columns:
            assert f"| `{column.name}` |" in page
