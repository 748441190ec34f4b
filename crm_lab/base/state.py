"""What a learner keeps between sessions: one SQLite file in the work folder, whole even after a kill.

SQLite's transactions make it safe for two notebooks at once and for a kernel that is killed while it writes.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

FILE = "progress.sqlite"
_DAMAGE = {"SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_FORMAT"}
_BESIDE = ("-journal", "-wal", "-shm")  # what SQLite keeps next to a file and would apply to a new one


class _Damaged(sqlite3.DatabaseError):
    """SQLite can open the file, but its pages do not fit together."""


def connect(path: Path, table: str, patience: float) -> sqlite3.Connection:
    """A connection to the file, which is checked and gets the table if it lacks it. Transactions are the caller's.

    path      the file; made if it is not there, in a folder that is
    table     a "create table if not exists"
    patience  seconds to wait for another notebook that is writing

    Raises sqlite3.Error when the file cannot be used.
    """
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        if connection.execute("pragma integrity_check").fetchone() != ("ok",):
            raise _Damaged
        connection.execute(table)
        if _columns(connection, table) != _columns_of(table):
            raise _Damaged
        return connection
    except (ValueError, sqlite3.ProgrammingError) as error:  # a stored name that is no text
        connection.close()
        raise _Damaged from error
    except BaseException:
        connection.close()
        raise


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """What SQLite says of the columns of the table that a "create table if not exists" is about."""
    name = table.split("(")[0].split()[-1]
    return connection.execute(f"pragma table_info({name})").fetchall()


def _columns_of(table: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(table)
        return _columns(connection, table)


def connect_anew(path: Path, table: str, patience: float) -> tuple[sqlite3.Connection, Path | None]:
    """The same, but a damaged file is set aside first: the connection, and where the damaged file is kept now."""
    try:
        return connect(path, table, patience), None
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
    try:
        return connect(path, table, patience), None  # another notebook may have just put a new file in its place
    except sqlite3.DatabaseError:
        aside = _set_aside(path)
    return connect(path, table, patience), aside


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return isinstance(error, _Damaged) or getattr(error, "sqlite_errorname", "") in _DAMAGE


def _set_aside(path: Path) -> Path:
    """Keep a damaged file under a new name, together with what SQLite left beside it."""
    names = (path.with_name(f"{path.stem}-damaged-{number}{path.suffix}") for number in range(1, 1000))
    aside = next(name for name in names if not name.exists())
    os.replace(path, aside)
    for ending in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{path}{ending}", f"{aside}{ending}")
    return aside
