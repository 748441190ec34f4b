"""The data a lab works on: the company's tables and what exercises supply, each handed out as a fresh copy."""

from __future__ import annotations

import os
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from crm_lab.base.errors import one_of
from crm_lab.base.streams import student_number
from crm_lab.schema import TABLES

Supply = Callable[["Tables"], pd.DataFrame]


class Tables:
    """Tables by name, and the day on which the analysis stands.

    frames    the company's tables
    today     midnight after the last day of business
    supplies  further tables, each made from these when it is first asked for

    >>> tables = Tables({"orders": pd.DataFrame({"revenue": [10.0]})}, pd.Timestamp("2026-01-01"))
    >>> tables.table("orders")["revenue"].sum()
    np.float64(10.0)
    """

    def __init__(
        self, frames: Mapping[str, pd.DataFrame], today: pd.Timestamp, supplies: Mapping[str, Supply] | None = None
    ) -> None:
        self.today = today
        self._frames = frames
        self._supplies = dict(supplies or {})
        self._made: dict[Any, Any] = {}

    @property
    def names(self) -> list[str]:
        """All names that `table` knows."""
        return [*self._frames, *self._supplies]

    def table(self, name: str) -> pd.DataFrame:
        """A fresh copy of one table. Raises InputError naming the tables there are."""
        one_of("table", name, self.names)
        if name in self._supplies:
            return self.once(name, lambda: self._supplies[name](self)).copy()
        return self._frames[name].copy()

    def once(self, name: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, made when it is first asked for and kept under this name."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def with_supplies(self, supplies: Mapping[str, Supply]) -> Tables:
        """The same company, with further tables."""
        return Tables(self._frames, self.today, supplies)

    def with_frames(self, frames: Mapping[str, pd.DataFrame]) -> Tables:
        """The same company with some tables replaced, supplied ones too; what is supplied is made from the new ones."""
        kept = {name: supply for name, supply in self._supplies.items() if name not in frames}
        return Tables(ChainMap(dict(frames), self._frames), self.today, kept)  # type: ignore[arg-type]


class _Loaded(Mapping[str, pd.DataFrame]):
    """Tables read from files one by one, when they are first asked for."""

    def __init__(self, read: Callable[[str], pd.DataFrame]) -> None:
        self._read, self._frames = read, dict[str, pd.DataFrame]()

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = self._read(name)
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def open_tables(student: str | None = None) -> tuple[Tables, str]:
    """The tables of the default company or of a student's own, and a name for these data.

    The environment variable CRM_LAB_DATA, a folder of data files, takes the place of both.
    """
    from crm_lab.data._loading import load, personal, today

    if folder := os.environ.get("CRM_LAB_DATA"):
        return Tables(_Loaded(load), today()), f"folder:{Path(folder).name}"
    if student is None:
        return Tables(_Loaded(load), today()), "default"
    number = student_number(student)
    return Tables(personal(number), today()), f"student:{number}"
