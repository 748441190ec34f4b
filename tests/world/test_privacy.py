"""Nobody real can be reached through these data, in either edition."""

import re

import pytest

from crm_lab import schema

RESERVED = (".example", ".invalid", ".test")  # top-level domains that can never exist (RFC 2606)


@pytest.fixture(scope="module", params=["en_US", "zh_CN"])
def texts(request, editions):
    """Every text column of every table, by table and column."""
    world = editions[request.param]
    return {
        (name, column): world.tables[name][column].dropna()
        for name, table in schema.TABLES.items()
        for column in table.names("text")
    }


def test_no_address_can_be_delivered_to(texts):
    found = 0
    for place, column in texts.items():
        addresses = column[column.str.contains("@")].str.lower().str.strip(" ,;.")  # dirt stays dirt
        found += len(addresses)
        strange = addresses[~addresses.str.endswith(RESERVED)]
        assert strange.empty, f"{place}: {strange.iloc[0]}"
    assert found > 2000


def test_no_number_can_be_dialled(texts):
    found = 0
    for place, column in texts.items():
        if "phone" not in place[1]:
            continue
        digits = column.map(lambda text: re.sub(r"\D", "", text))
        digits = digits[digits.str.len() >= 7]
        found += len(digits)
        strange = digits[~digits.str.match(r"(00)?999")]  # 999 is the code of no country
        assert strange.empty, f"{place}: {column[strange.index[0]]}"
    assert found > 2000


def test_no_long_number_hides_in_a_text(texts):
    for place, column in texts.items():
        if "phone" in place[1] or place[1].endswith("_id"):
            continue
        bare = column[column.str.contains(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)", regex=True)]
        assert bare.empty, f"{place}: {bare.iloc[0]}"  # shaped like a Chinese mobile or identity number
