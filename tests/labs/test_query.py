import time

import pytest

from crm_lab.labs import query
from crm_lab.labs.check import check
from crm_lab.labs.words import NotAnAnswer

RIGHT = "select channel, count(*) as orders, sum(margin) as margin from orders where status = 'delivered' group by all;"


def test_query_is_compared_as_a_table(keys):
    assert check(keys["query"], RIGHT).status == "right"
    assert check(keys["query"], RIGHT.replace("count(*)", "count(*) + 1")).status == "wrong"


@pytest.mark.parametrize("blank", ["", "  ", "...", ...])
def test_blank_is_not_answered(keys, blank):
    assert check(keys["query"], blank).status == "todo"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selec 1", 'DuckDB cannot run your query: Parser Error: syntax error at or near "selec"'),
        ("select x from orders", "DuckDB cannot run your query: Binder Error"),
        ("select 1; select 2", "must be a single SELECT"),
        ("drop table orders", "must be a single SELECT"),
        ("delete from orders", "must be a single SELECT"),
        ("copy orders to 'x.csv'", "must be a single SELECT"),
        ("attach 'x.db'", "must be a single SELECT"),
        ("select * from read_csv('/etc/passwd')", "cannot run your query: Permission Error"),
        ("select * from glob('/*')", "cannot run your query: Permission Error"),
        ("select 1 as a" + " " * query.MOST_CHARACTERS, "that is too long"),
        ("select * from range(1000000)", "gives more than 100,000 rows"),
    ],
)
def test_complaint(said, text, message):
    assert message in said("query", text)


def test_tables_are_unchanged_after_attempts_to_change_them(keys, said):
    said("query", "delete from orders")
    assert check(keys["query"], RIGHT).status == "right"


def test_query_without_end_is_stopped(tables):
    start = time.monotonic()
    with pytest.raises(NotAnAnswer, match="did not finish in time"):
        query.run("select count(*) from range(10000000000) a, range(1000000) b where a.range * b.range % 7 = 3", tables)
    assert time.monotonic() - start < 5  # a hang guard; the limit is query.SECONDS


def test_variables_of_the_notebook_cannot_be_read(said):
    assert "Catalog Error" in said("query", "select * from keys")
