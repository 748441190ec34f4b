import pandas as pd

from crm_lab.labs._edges import completed, edge_tables
from crm_lab.labs.check import check
from crm_lab.schema import TABLES


def test_company_table_gets_the_columns_and_types_of_the_schema():
    full = completed("orders", pd.DataFrame({"order_id": ["O1", "O2"], "delivered_at": [None, "2025-01-02"]}))
    assert list(full) == TABLES["orders"].names()
    assert full["delivered_at"].isna().tolist() == [True, False]
    assert full.dtypes.astype(str)["promotion"] == "bool"


def test_empty_table_is_a_table_of_the_schema():
    assert completed("stock", pd.DataFrame()).shape == (0, len(TABLES["stock"].names()))


def test_rows_come_in_two_orders_and_other_tables_are_the_companys(keys, tables):
    one, turned = edge_tables(keys["earliest"].exercise, tables)
    assert one.table("orders")["order_id"].tolist() == turned.table("orders")["order_id"].tolist()[::-1]
    assert one.table("customers").equals(tables.table("customers"))


def test_answer_that_is_right_by_luck_is_told_so(keys, tables):
    lucky = "select channel, min(order_id) as order_id from orders where status = 'delivered' group by channel"
    told = check(keys["earliest"], lucky)
    assert told.status == "wrong"
    assert "made to try every rule" in told.message
    assert 'first shop: you have order_id "O3"' in told.message


def test_replaced_supply_is_a_plain_table(tables):
    supplied = tables.with_supplies({"best": lambda t: t.table("customers").head(2)})
    one = supplied.with_frames({"best": pd.DataFrame({"n": [1]})})
    assert one.table("best")["n"].tolist() == [1]
    other = supplied.with_frames({"customers": tables.table("customers").tail(3)})
    assert other.table("best").equals(tables.table("customers").tail(3).head(2))
