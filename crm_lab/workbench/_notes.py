"""The learner's own notes on the workbench: watches added and tasks ticked off. They outlive the kernel.

Every step is a row that is only ever added, so undoing the last one is marking it as undone.
"""

from __future__ import annotations

import json
import math
import sqlite3
import warnings
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from crm_lab.base import state
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.places import work_dir
from crm_lab.base.text import _
from crm_lab.workbench._panels import WATCH_COLUMNS

KINDS = ("price", "stock")
PATIENCE = 2.0  # seconds to wait for another notebook that is writing
_TABLE = """
create table if not exists notes (
    number integer primary key autoincrement, data text not null, step text not null, subject text not null,
    day text not null, details text not null default '{}', undone integer not null default 0)
"""
_ADD = "insert into notes (data, step, subject, day, details) values (?, ?, ?, ?, ?)"
_READ = "select number, step, subject, day, details from notes where data = ? and not undone order by number"
_LAST = "select max(number) from notes where data = ? and not undone"
_UNDO = "update notes set undone = 1 where number = ?"


class NotesWarning(UserWarning):
    """Notes could not be read, or were begun anew."""


class Notes:
    """The notes of one learner on one company's data.

    data    a name for the data: "default", or "student:…"
    folder  where the file lies; the learner's work folder unless said otherwise

    >>> import tempfile
    >>> notes = Notes("default", Path(tempfile.mkdtemp()))
    >>> notes.tick("T00529", date(2025, 12, 18))
    >>> notes.ticks()
    {'T00529': datetime.date(2025, 12, 18)}
    >>> notes.undo()
    True
    >>> notes.ticks()
    {}
    """

    def __init__(self, data: str = "default", folder: Path | None = None) -> None:
        self.data = data
        self.path = (folder or work_dir()) / state.FILE

    def add_watch(
        self, customer_id: str, product_id: str, watch: str, asked_on: date, price_level: float | None = None
    ) -> str:
        """Note a watch of your own: its number.

        watch        "price" or "stock"
        asked_on     the day of the request
        price_level  for a price watch, in ¥, above 0

        Raises InputError for an unknown kind, a level that is none, or a file that cannot be written.
        """
        one_of("watch", watch, KINDS)
        number = isinstance(price_level, int | float) and not isinstance(price_level, bool)
        if watch == "price" and not (number and 0 < price_level < math.inf):  # type: ignore[operator]
            raise InputError(_("A price watch needs a price above ¥0, not {level!r}.").format(level=price_level))
        level = price_level if watch == "price" else None
        details = {"customer_id": customer_id, "product_id": product_id, "watch": watch, "price_level": level}
        return _watch_id(self._add("watch", product_id, asked_on, details))

    def tick(self, reminder_id: str, day: date) -> None:
        """Note that a task was done on this day. Raises InputError when the file cannot be written."""
        self._add("done", reminder_id, day)

    def untick(self, reminder_id: str, day: date) -> None:
        """Note that a task is not done after all. Raises InputError when the file cannot be written."""
        self._add("open", reminder_id, day)

    def undo(self) -> bool:
        """Take back the last step; False when there is none. Raises InputError when the file cannot be written."""

        def step(connection: sqlite3.Connection) -> bool:
            (number,) = connection.execute(_LAST, (self.data,)).fetchone()
            connection.execute(_UNDO, (number,))
            return number is not None

        return bool(self._write(step))

    def ticks(self) -> dict[str, date]:
        """The tasks ticked off, each with the day on which it was done."""
        done: dict[str, date] = {}
        for _number, step, subject, day, _details in self._rows():
            if step == "done":
                done[subject] = date.fromisoformat(day)
            elif step == "open":
                done.pop(subject, None)
        return done

    def watches(self) -> pd.DataFrame:
        """Your own watches, with the columns of the table watches."""
        rows = [
            {"watch_id": _watch_id(number), "asked_on": day, **json.loads(details)}
            for number, step, _subject, day, details in self._rows()
            if step == "watch"
        ]
        return pd.DataFrame(rows, columns=list(WATCH_COLUMNS)).astype(WATCH_COLUMNS)

    def _rows(self) -> list[tuple[int, str, str, str, str]]:
        """What stands; nothing, and a warning, if the file cannot be read."""
        if not self.path.exists():
            return []
        try:
            with closing(self._open()) as connection:
                return connection.execute(_READ, (self.data,)).fetchall()
        except (OSError, sqlite3.Error) as error:
            text = _("Your notes cannot be read from {path} ({why}).").format(path=self.path, why=error)
            warnings.warn(text, NotesWarning, stacklevel=3)
            return []

    def _add(self, step: str, subject: str, day: date, details: dict[str, Any] | None = None) -> int:
        values = (self.data, step, subject, day.isoformat(), json.dumps(details or {}))
        return int(self._write(lambda connection: connection.execute(_ADD, values).lastrowid or 0))

    def _write(self, change: Callable[[sqlite3.Connection], int]) -> int:
        """Carry out one change as one transaction: after a kill it stands as a whole or not at all."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as connection:
                connection.execute("begin immediate")
                result = change(connection)
                connection.execute("commit")
                return result
        except (OSError, sqlite3.Error) as error:
            text = _("Your note was not kept: {path} cannot be written ({why}). Close other notebooks, then try again.")
            raise InputError(text.format(path=self.path, why=error)) from error

    def _open(self) -> sqlite3.Connection:
        connection, aside = state.connect_anew(self.path, _TABLE, PATIENCE)
        if aside:
            text = _("{path} was damaged. It was kept as {aside}, and your notes begin anew.")
            warnings.warn(text.format(path=self.path, aside=aside.name), NotesWarning, stacklevel=4)
        return connection


def _watch_id(number: int) -> str:
    return f"N{number:05d}"
