"""How far a learner has come, in one SQLite file: safe for two notebooks at once and for a kernel that is killed.

When the file cannot be used the check still answers; the learner is warned once.
"""

from __future__ import annotations

import atexit
import contextlib
import sqlite3
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from crm_lab.base import state
from crm_lab.base.places import work_dir
from crm_lab.base.state import FILE
from crm_lab.base.text import _

PATIENCE = 0.5  # seconds to wait for another notebook that is writing
LAST_PATIENCE = 10.0  # the same when the kernel ends and something still waits to be written
MOST_WAITING = 1_000
_TABLE = """
create table if not exists progress (
    data text, lab text, exercise text,
    attempts integer not null default 0, hints integer not null default 0, status text not null default 'todo',
    first text not null, last text not null,
    primary key (data, lab, exercise))
"""
_BEGIN = "insert or ignore into progress (data, lab, exercise, first, last) values (?, ?, ?, ?, ?)"
_ATTEMPT = """
update progress set attempts = attempts + 1, status = case status when 'right' then status else ? end, last = ?
where data = ? and lab = ? and exercise = ?
"""
_HINT = "update progress set hints = hints + 1, last = ? where data = ? and lab = ? and exercise = ?"

_warned: set[tuple[str, str]] = set()


class ProgressWarning(UserWarning):
    """Progress is not being kept, or was begun anew."""


def _warn(path: Path, message: str, event: str) -> None:
    """Say it once for each file and event: a lock that passes must not silence a later damage."""
    if (str(path), event) not in _warned:
        _warned.add((str(path), event))
        with contextlib.suppress(ProgressWarning):  # a check never raises, even where warnings are errors
            warnings.warn(message, ProgressWarning, stacklevel=4)


class Store:
    """The progress of one learner on one company's data.

    data    a name for the data: "default", or "student:…"
    folder  where the file lies; the learner's work folder unless said otherwise
    """

    def __init__(self, data: str, folder: Path | None = None) -> None:
        self.data = data
        self.path = (folder or work_dir()) / FILE
        self._waiting: list[tuple[str, tuple[str, ...], tuple[str, str, str]]] = []
        self._patience = PATIENCE

    def attempt(self, lab: str, exercise: str, status: str) -> None:
        """Record a check. What was right once stays right."""
        self._write(_ATTEMPT, (status, _now()), lab, exercise)

    def hint(self, lab: str, exercise: str) -> None:
        """Record that a hint was read."""
        self._write(_HINT, (_now(),), lab, exercise)

    def states(self) -> dict[tuple[str, str], str]:
        """The best status of each (lab, exercise), what still waits to be written among them."""
        rows: list[tuple[str, str, str]] = []
        with self._saving():
            rows = self._read()
        states = {(lab, exercise): status for lab, exercise, status in rows}
        for statement, values, (_data, lab, exercise) in self._waiting:
            if statement == _ATTEMPT and states.get((lab, exercise)) != "right":
                states[lab, exercise] = values[0]
        return states

    def _read(self) -> list[tuple[str, str, str]]:
        if not self.path.exists():
            return []
        query = "select lab, exercise, status from progress where data = ?"
        try:
            with self._connection() as connection:
                return connection.execute(query, (self.data,)).fetchall()
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
        with contextlib.closing(
            sqlite3.connect(f"{self.path.absolute().as_uri()}?immutable=1", uri=True)
        ) as connection:
            return connection.execute(query, (self.data,)).fetchall()  # as it stood before the other one began

    def _write(self, statement: str, values: tuple[str, ...], lab: str, exercise: str) -> None:
        """Write this and what could not be written before: a file that is busy now is free a moment later."""
        self._waiting = [*self._waiting[-MOST_WAITING:], (statement, values, (self.data, lab, exercise))]
        self._write_waiting()
        if self._waiting:
            atexit.unregister(self._write_at_last)
            atexit.register(self._write_at_last)

    def _write_waiting(self) -> None:
        with self._saving():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._connection() as connection:
                connection.execute("begin immediate")
                for statement, values, place in self._waiting:
                    connection.execute(_BEGIN, (*place, _now(), _now()))
                    connection.execute(statement, (*values, *place))
                connection.execute("commit")
            self._waiting = []

    def _write_at_last(self) -> None:
        self._patience = LAST_PATIENCE
        self._write_waiting()

    @contextlib.contextmanager
    def _saving(self) -> Iterator[None]:
        """Whatever goes wrong with the file becomes one warning."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            if not _is_busy(error):
                self._waiting = []  # no later moment would be better
            _warn(
                self.path,
                _("Your progress is not being saved: {path} cannot be written ({why}). Checks still work.").format(
                    path=self.path, why=error
                ),
                "busy" if _is_busy(error) else "unsaved",
            )

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = self._open()
        try:
            yield connection
        finally:
            connection.close()

    def _open(self) -> sqlite3.Connection:
        connection, aside = state.connect_anew(self.path, _TABLE, self._patience)
        if aside:
            text = _("{path} was damaged. It was kept as {aside}, and your progress begins anew.")
            _warn(self.path, text.format(path=self.path, aside=aside.name), aside.name)
        return connection


def _is_busy(error: Exception) -> bool:
    return getattr(error, "sqlite_errorname", "") in ("SQLITE_BUSY", "SQLITE_LOCKED")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
