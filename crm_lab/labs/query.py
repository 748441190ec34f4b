"""SQL as an answer: run read-only on the lab's tables, within limits, and compared as a table."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from crm_lab.base.text import _
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise
from crm_lab.labs import tabular
from crm_lab.labs.cells import TEXT, Refused
from crm_lab.labs.freeze import Scalar, freeze
from crm_lab.labs.words import NotAnAnswer, Unanswered, called, misfit, shorten

if TYPE_CHECKING:
    from pandas import DataFrame

SECONDS = 0.6  # for a query, so that the whole check answers within a second
MOST_ROWS = 100_000
MOST_CHARACTERS = 20_000


def read(exercise: Exercise, answer: Any, tables: Tables, right: tabular.Table | None = None) -> tabular.Table:
    """The result of a query as a Table. Raises NotAnAnswer with DuckDB's complaint when it cannot be run."""
    try:
        frozen = freeze(answer, (), most_rows=tabular.MOST_ROWS)
    except Refused as refused:
        raise misfit(exercise, refused) from None
    if not isinstance(frozen, Scalar) or frozen.kind != TEXT:
        raise misfit(exercise, called(frozen))
    if frozen.value.strip() in ("", "..."):
        raise Unanswered
    return tabular.read(exercise, run(frozen.value, tables), tables, right)


def read_key(exercise: Exercise, reference: Any, tables: Tables) -> tabular.Table:
    """A declared answer: a query, or the table it would give."""
    return (read if isinstance(reference, str) else tabular.read)(exercise, reference, tables)


def run(query: str, tables: Tables) -> DataFrame:
    """The result of one SELECT. Raises NotAnAnswer when it fails, changes something, or takes too long."""
    import duckdb

    if len(query) > MOST_CHARACTERS:
        raise NotAnAnswer(_("Your query has {n:,} characters; that is too long.").format(n=len(query)))
    try:
        statements = duckdb.extract_statements(query)
        if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
            raise NotAnAnswer(_("Your query must be a single SELECT."))
        return _limited(tables.offer(query), query)
    except duckdb.InterruptException:
        raise NotAnAnswer(_("Your query did not finish in time. Is a join condition missing?")) from None
    except (duckdb.Error, RuntimeError, MemoryError) as error:
        complaint = shorten(str(error).strip().split("\n")[0], 300)
        raise NotAnAnswer(_("DuckDB cannot run your query: {complaint}").format(complaint=complaint)) from None


def _limited(connection: Any, query: str) -> DataFrame:
    timer = threading.Timer(SECONDS, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        frame = connection.sql(query.strip().rstrip(";")).limit(MOST_ROWS + 1).df()
    finally:
        timer.cancel()
    if len(frame) > MOST_ROWS:
        raise NotAnAnswer(_("Your query gives more than {n:,} rows.").format(n=MOST_ROWS))
    return frame
