"""Three layers: every table of the company has its place, and one customer is followed through all."""

import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.concepts import layer_guide, layers, trace
from crm_lab.concepts._layers import LAYER_OF, LAYERS
from crm_lab.schema import TABLES


def test_every_table_of_the_company_lies_in_one_layer() -> None:
    assert set(LAYER_OF) == set(TABLES)
    assert layer_guide().index.tolist() == list(LAYERS)


def test_rows_are_counted() -> None:
    tables = {name: crm_lab.load(name) for name in ("orders", "returns", "visits", "customers")}
    table = layers(tables)
    assert table["tables"].tolist() == [1, 2, 1]
    assert table["rows"].sum() == sum(map(len, tables.values()))
    assert table.loc["process", "names"] == "orders, returns"


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(InputError, match="Unknown table 'mine'"):
        layers({"mine": pd.DataFrame()})


def test_one_customer_is_followed() -> None:
    tables = {name: crm_lab.load(name) for name in ("visits", "orders", "watches", "customers", "products")}
    customer = tables["orders"]["customer_id"].iloc[0]
    table = trace(tables, customer)
    assert table.index.tolist() == ["watches", "customers", "orders", "visits"]  # products know no customer
    assert table.loc["customers", "rows"] == 1
    assert table.loc["orders", "rows"] == (tables["orders"]["customer_id"] == customer).sum()


def test_an_unknown_customer_is_refused() -> None:
    with pytest.raises(InputError, match="C9"):
        trace({"customers": pd.DataFrame({"customer_id": ["C1"]})}, "C9")
