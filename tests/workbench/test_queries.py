"""The SQL that is shown is the SQL that runs."""

import duckdb
import pytest

from crm_lab import workbench
from crm_lab.base.errors import InputError
from crm_lab.workbench._queries import QUERIES


@pytest.mark.parametrize("panel", workbench.PANELS)
def test_what_is_shown_gives_what_the_panel_holds(company, panel):
    function = {"watches": "watches_fired", "call_backs": "call_backs_due"}.get(panel, panel)
    values = {"rep": "S01", "day": "2025-10-09"} | ({"days": 7} if panel == "birthdays" else {})
    shown = workbench.sql(panel).replace("$days", "7").replace("$day", "date '2025-10-09'").replace("$rep", "'S01'")
    with duckdb.connect(":memory:") as connection:
        for name, frame in {**company, "own_watches": company["watches"].iloc[:0]}.items():
            connection.register(name, frame)
        found = connection.execute(shown).df()
    there = getattr(workbench, function)(company, **values)
    assert list(there)[:-1] == list(found)
    assert there.drop(columns="why").equals(found)


@pytest.mark.parametrize("panel", QUERIES)
def test_each_query_names_the_tables_it_reads(panel):
    for name in QUERIES[panel].tables:
        assert name in workbench.sql(panel)


def test_lines_of_sql_fit_half_the_width_of_a_notebook():
    assert max(len(line) for panel in QUERIES for line in workbench.sql(panel).splitlines()) <= 64


def test_an_unknown_panel_lists_those_there_are():
    with pytest.raises(InputError, match=r"Unknown panel 'news'. Use one of: tasks, birthdays, watches"):
        workbench.sql("news")
