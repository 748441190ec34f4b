"""SQL as an answer: run read-only on tables that nobody else holds, within limits, and compared as a table.

Each query runs in a thread of its own. One that takes too long is interrupted; where DuckDB does not listen (inside one
call of a function on one huge value, or while it plans an endless query) the check answers all the same, the thread is
left to itself, and the next query gets a fresh database. What no process can do is stop such a thread: after a few of
them a learner is asked to restart the kernel.
"""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, proxy

from crm_lab.base.text import _
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise
from crm_lab.labs import tabular
from crm_lab.labs._freeze import Scalar, freeze
from crm_lab.labs.cells import TEXT, Refused
from crm_lab.labs.words import NotAnAnswer, Unanswered, called, listing, misfit, shorten

if TYPE_CHECKING:
    import duckdb
    from pandas import DataFrame

SECONDS = 0.5  # for a query, so that the whole check answers within a second
GRACE = 0.1  # seconds to wait for a query that has been interrupted
MOST_ROWS, MOST_COLUMNS = 100_000, 200
MOST_CHARACTERS = 10_000
MOST_LOST = 2  # threads left to themselves
MOST_TABLES = 30  # named by a query: planning more of them takes memory without end, and cannot be interrupted
HEADROOM = 1_500 * 2**20  # bytes the process may grow by while a query runs: DuckDB's own limit does not count texts
LIMITS = {"threads": 1, "memory_limit": "'400MB'", "temp_directory": "''", "enable_external_access": "false"}

_lost: list[threading.Thread] = []
_usual: dict[str, tuple[int, int]] = {}  # the process's limit of memory before the first query


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
    frame = run(frozen.value, tables)
    return tabular.read(exercise, _named_as_asked(exercise, frame), tables, right)


def read_key(exercise: Exercise, reference: Any, tables: Tables) -> tabular.Table:
    """A declared answer: a query, or the table it would give."""
    return (read if isinstance(reference, str) else tabular.read)(exercise, reference, tables)


def _named_as_asked(exercise: Exercise, frame: DataFrame) -> DataFrame:
    """SQL does not tell capitals from small letters in names, so neither does the check."""
    names = {name.casefold(): name for name in (*exercise.key, *exercise.columns)}
    return frame.rename(columns={name: names.get(name.casefold(), name) for name in frame.columns})


class Database:
    """A DuckDB database in memory with a company's tables, each copied into it when a query first names it.

    >>> from crm_lab.data.tables import open_tables
    >>> tables, _data = open_tables()
    >>> Database(tables).run("select count(*) as n from products; -- done")["n"].tolist()
    [120]
    """

    def __init__(self, tables: Tables) -> None:
        import duckdb

        self._tables, self._left = proxy(tables), set(tables.names)
        self._connection = duckdb.connect(":memory:")
        for setting, value in LIMITS.items():
            self._connection.execute(f"set {setting} = {value}")
        self._connection.execute("set lock_configuration = true")

    def lend(self, name: str, frame: DataFrame) -> None:
        """Put one more table there, in place of one of the same name."""
        self._connection.register("_incoming", frame)
        self._connection.execute(f'create or replace table "{name}" as select * from _incoming')
        self._connection.unregister("_incoming")
        self._left.discard(name)

    def offer(self, query: str) -> None:
        """Copy what the query names and is not there yet: copying every table would make it wait."""
        for name in sorted(self._left):
            if re.search(rf"\b{name}\b", query, re.IGNORECASE):
                self.lend(name, self._tables.table(name))

    def run(self, query: str) -> DataFrame:
        """The result of a query. Raises NotAnAnswer when it is not a single SELECT, fails or is too large.

        Raises TimeoutError when it neither ends nor can be interrupted: the database is of no more use then.
        """
        self.offer(query)
        attempt = _Attempt(self._connection.cursor(), query)
        worker = threading.Thread(target=attempt.work, daemon=True)
        worker.start()
        worker.join(SECONDS)
        if worker.is_alive():
            attempt.cursor.interrupt()
            worker.join(GRACE)
        if worker.is_alive():
            _lost.append(worker)
            raise TimeoutError
        return attempt.outcome()


@dataclass
class _Attempt:
    """One query: the rows it gave, or why there are none."""

    cursor: duckdb.DuckDBPyConnection
    query: str
    parts: list[DataFrame] = field(default_factory=list)
    failure: Exception | None = None

    def work(self) -> None:
        try:
            self._fetch()
        except Exception as failure:
            self.failure = failure
        finally:
            self.cursor.close()

    def _fetch(self) -> None:
        import duckdb

        statements = duckdb.extract_statements(self.query)
        if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
            raise NotAnAnswer(_("Your query must be a single SELECT."))
        self.cursor.execute("begin transaction read only")
        self.cursor.execute(statements[0])
        _check_names([column[0] for column in self.cursor.description or ()])
        while not self.parts or (len(self.parts[-1]) and sum(map(len, self.parts)) <= MOST_ROWS):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # DuckDB calls pandas in ways that pandas gives up
                self.parts.append(self.cursor.fetch_df_chunk(8))

    def outcome(self) -> DataFrame:
        """The rows as a table. Raises NotAnAnswer saying why there are none."""
        import duckdb
        import pandas as pd

        if isinstance(self.failure, duckdb.InterruptException):
            raise NotAnAnswer(_unfinished())
        if isinstance(self.failure, duckdb.Error | RuntimeError | MemoryError):
            said = _("DuckDB cannot run your query: {complaint}").format(complaint=_complaint(str(self.failure)))
            raise NotAnAnswer(" ".join(part for part in (said, _tip(str(self.failure), self.query)) if part))
        if self.failure is not None:
            raise self.failure
        if sum(map(len, self.parts)) > MOST_ROWS:
            raise NotAnAnswer(_("Your query gives more than {n:,} rows.").format(n=MOST_ROWS))
        return pd.concat(self.parts, ignore_index=True) if len(self.parts) > 2 else self.parts[0]


def _complaint(error: str) -> str:
    """What DuckDB says, and its advice in the line below, without the picture of the query."""
    first, *more = [line.strip() for line in error.strip().split("\n")]
    advice = next(iter(more), "")
    useful = advice and not advice.startswith(("LINE ", "Candidate functions"))
    return shorten(f"{first} {advice}" if useful else first, 300)


def _tip(error: str, query: str) -> str:
    """What people overlook who meet this error."""
    lost = re.search(r'Referenced column "([^"]*)" not found', error)
    if lost and f'"{lost[1]}"' in query:
        return _("A text stands in single quotes: '{text}'. Double quotes name a column.").format(text=lost[1])
    if "WHERE clause cannot contain aggregates" in error:
        return _("A condition on groups stands in HAVING, after GROUP BY.")
    return ""


def _unfinished() -> str:
    return _("Your query did not finish in time. Is a join condition missing?")


def _check_names(names: list[str]) -> None:
    """Refuse a result whose columns cannot be told apart."""
    if len(names) > MOST_COLUMNS:
        raise NotAnAnswer(_("Your query gives {n:,} columns; keep those the task asks for.").format(n=len(names)))
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.casefold(), []).append(name)
    if twice := [same[0] for same in found.values() if len(same) > 1]:
        form = _("Your query gives more than one column called {names}. Name each once, with AS.")
        raise NotAnAnswer(form.format(names=listing(twice)))


_databases: WeakKeyDictionary[Tables, Database] = WeakKeyDictionary()


def database(tables: Tables) -> Database:
    """The database of a company's tables; a new one when the last one was lost to an endless query."""
    if tables not in _databases:
        _databases[tables] = Database(tables)
    return _databases[tables]


def _refuse_many_tables(query: str) -> None:
    """Refuse a query of more tables than can be planned: planning cannot be interrupted."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        found = connection.execute("select json_serialize_sql(?::varchar)", [query.rstrip().rstrip(";")]).fetchone()
    parsed = str(found[0]) if found else ""  # what DuckDB cannot read it will complain of itself
    tables = parsed.count('"type":"BASE_TABLE"') + parsed.count('"type":"TABLE_FUNCTION"')
    if tables > MOST_TABLES:
        raise NotAnAnswer(_("Your query reads {n:,} tables. Join only those the task names.").format(n=tables))


@contextmanager
def _memory_bounded() -> Iterator[None]:
    """Let the process grow no further than HEADROOM; an allocation beyond fails, and DuckDB says so.

    The bound stays as long as a query that was left to itself lives. Linux only; elsewhere DuckDB's own must do.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        yield
        return
    _usual.setdefault("limit", resource.getrlimit(resource.RLIMIT_AS))
    usual = _usual["limit"]
    bound = pages * resource.getpagesize() + HEADROOM
    within = bound if usual[0] == resource.RLIM_INFINITY else min(bound, usual[0])
    resource.setrlimit(resource.RLIMIT_AS, (within, usual[1]))
    try:
        yield
    finally:
        if not any(worker.is_alive() for worker in _lost):
            resource.setrlimit(resource.RLIMIT_AS, usual)


def run(query: str, tables: Tables) -> DataFrame:
    """The result of one SELECT. Raises NotAnAnswer when it fails, changes something, or takes too long."""
    if len(query) > MOST_CHARACTERS:
        raise NotAnAnswer(_("Your query has {n:,} characters; that is too long.").format(n=len(query)))
    if re.search(r"\bnot\s+materialized\b", query, re.IGNORECASE):
        raise NotAnAnswer(_("Leave NOT MATERIALIZED out of your query: it can make DuckDB plan for ever."))
    _refuse_many_tables(query)
    _lost[:] = [worker for worker in _lost if worker.is_alive()]
    if len(_lost) >= MOST_LOST:
        raise NotAnAnswer(_("Earlier queries of yours are still running. Restart the kernel, then check again."))
    try:
        with _memory_bounded():
            return database(tables).run(query)
    except TimeoutError:
        _databases.pop(tables, None)
        raise NotAnAnswer(_unfinished()) from None
