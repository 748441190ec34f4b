import resource
import time
from pathlib import Path

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
        ('select * from orders where status = "delivered"', "A text stands in single quotes: 'delivered'."),
        ("select channel from orders where count(*) > 3 group by all", "stands in HAVING, after GROUP BY."),
        ("select status, count(*) from orders", "Either add it to the GROUP BY list"),
        ("select chanel from orders", 'Candidate bindings: "channel"'),
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


@pytest.mark.parametrize(
    "text",
    [
        "with gone as (delete from orders where status = 'cancelled' returning 1) select 1 as n",
        "with more as (insert into orders select * from orders returning 1) select 1 as n",
        "with now as (update orders set margin = 0 returning 1) select 1 as n",
        "select * from query('delete from orders')",
        "explain analyze delete from orders",
        "prepare p as delete from orders",
        "call pragma_version()",
        "pragma enable_profiling",
        "install httpfs",
        "set threads = 8",
        "create temp table mine as select 1 as n",
        "begin transaction",
        "select * from enable_logging()",
        "select nextval('numbers')",
        "export database 'x'",
        "merge into orders using customers on orders.customer_id = customers.customer_id when matched then delete",
    ],
)
def test_whatever_a_query_tries_the_next_one_finds_the_same_tables(keys, said, tables, text):
    before = query.run("select count(*) as n, sum(margin) as margin from orders", tables)
    said("query", text)
    assert query.run("select count(*) as n, sum(margin) as margin from orders", tables).equals(before)
    assert check(keys["query"], RIGHT).status == "right"


@pytest.mark.parametrize(
    "change",
    ["delete from orders", "update orders set margin = 0", "insert into orders select * from orders"],
)
def test_change_hidden_in_a_with_is_refused_as_one(said, change):
    assert "read-only" in said("query", f"with hidden as ({change} returning 1) " + RIGHT)


def test_tables_of_the_check_are_not_those_a_lab_hands_out(lab):
    assert not [name for name in dir(lab.tables) if "connection" in name.lower()]


@pytest.mark.parametrize(
    "text",
    [
        RIGHT + " -- done",
        RIGHT.rstrip(";") + " -- done",
        "-- first\n" + RIGHT + ";; /* done */",
        RIGHT.replace("as orders", "AS ORDERS").replace("as margin", "as Margin"),
        "from (" + RIGHT.rstrip(";") + ")",
        "with t as (" + RIGHT.rstrip(";") + ") select * from t order by margin desc",
    ],
)
def test_way_of_writing_does_not_matter(keys, text):
    assert check(keys["query"], text).status == "right"


def test_two_columns_of_one_name_are_refused_by_name(said):
    two = "select channel, count(*) as orders, sum(margin) as margin, sum(revenue) as MARGIN from orders group by all"
    assert said("query", two) == "Your query gives more than one column called margin. Name each once, with AS."


@pytest.mark.parametrize(
    "text",
    [
        "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) as n from r",
        "with a as not materialized (select 1 as x) select x as n from a",
    ],
)
def test_heavy_query_does_not_keep_a_check_waiting(tables, text):
    query._lost.clear()
    start = time.monotonic()
    with pytest.raises(NotAnAnswer, match=r"did not finish in time|DuckDB cannot|Leave NOT MATERIALIZED out"):
        query.run(text, tables)
    assert time.monotonic() - start < 5  # a hang guard; the limits are query.SECONDS and query.GRACE
    assert len(query.run("select channel from orders limit 3", tables)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "select count(*) as n from " + ", ".join(f"orders t{i}" for i in range(300)),
        "with a as (select 1 as x) select count(*) as n from " + " cross join ".join(f"a t{i}" for i in range(40)),
        "select count(*) as n from " + ", ".join(f"range(2) t{i}" for i in range(100)),
    ],
)
def test_query_of_more_tables_than_can_be_planned_is_refused_before_it_is_planned(tables, text):
    query._lost.clear()
    with pytest.raises(NotAnAnswer, match=r"Your query reads \d+ tables"):
        query.run(text, tables)
    assert query._lost == []


SWELLING = [
    "select max(length(repeat('ab', 100000000 + i::int))) as n from range(1000) t(i)",
    "select max(len(range(200000000 + i::int))) as n from range(1000) t(i)",
    "select max(length(replace(a, 'a', a))) as n from (select array_to_string(range(99999), 'a') as a from range(999))",
    "with recursive r(n, s) as (select 1, 'ab' union all select n + 1, s || s from r where n < 60) "
    "select max(length(s)) as n from r",
]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux bounds the memory of a process")
@pytest.mark.parametrize("text", SWELLING)
def test_query_that_fills_the_memory_fails_itself_and_leaves_the_process_as_it_was(tables, text):
    query._lost.clear()
    with pytest.raises(NotAnAnswer, match=r"Out of Memory|did not finish in time"):
        query.run(text, tables)
    for worker in query._lost:
        worker.join(60)  # what was left to itself grows until an allocation fails, and ends with it
    assert not any(worker.is_alive() for worker in query._lost)
    assert len(query.run("select channel from orders limit 3", tables)) == 3
    assert resource.getrlimit(resource.RLIMIT_AS) == query._usual["limit"]


def test_query_of_many_tables_runs(tables):
    many = ", ".join(f"(select channel from orders limit 1) t{i}" for i in range(20))
    assert len(query.run(f"select t0.channel from {many}", tables)) == 1


def test_after_queries_that_cannot_be_stopped_the_kernel_is_to_be_restarted(tables, monkeypatch):
    class Alive:
        def is_alive(self):
            return True

    monkeypatch.setattr(query, "_lost", [Alive() for _turn in range(query.MOST_LOST)])
    with pytest.raises(NotAnAnswer, match="Restart the kernel"):
        query.run("select 1 as n", tables)


def test_query_without_end_is_stopped(tables):
    start = time.monotonic()
    with pytest.raises(NotAnAnswer, match="did not finish in time"):
        query.run("select count(*) from range(10000000000) a, range(1000000) b where a.range * b.range % 7 = 3", tables)
    assert time.monotonic() - start < 5  # a hang guard; the limit is query.SECONDS


def test_variables_of_the_notebook_cannot_be_read(said):
    assert "Catalog Error" in said("query", "select * from keys")
