"""The account that `read_shop` keeps of a file: what was found in which lines, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from crm_lab.base.text import _
from crm_lab.data._shop._texts import clean

SHOWN = 40  # letters of a cell shown in a sentence


class Problem(NamedTuple):
    """One row of `Shop.problems`: what was found, in how many lines, and what was done about it."""

    problem: str
    rows: int
    action: str


def shown(value: object) -> str:
    """A cell as a sentence shows it.

    >>> shown("free"), shown("x" * 60)
    ("'free'", "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'")
    """
    text = " ".join(str(value).split())
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


class Account:
    """Which lines of a file are still in use, why the others are not, and every decision that changed a figure.

    cells    the lines as they stood, under their own column names, on a plain index
    columns  {our name: the file's name} of the columns in use
    rows     the number of each line in its file, 1 for the first below the names
    files    the name of each line's file or sheet, if there are several
    """

    def __init__(
        self, cells: pd.DataFrame, columns: Mapping[str, str], rows: np.ndarray, files: np.ndarray | None = None
    ) -> None:
        self.cells = cells
        self.columns = dict(columns)
        self.rows = rows
        self.files = files
        self.problems: list[Problem] = []
        self._reasons: list[str] = []
        self._examples: list[str] = []
        self._reason = np.full(len(cells), -1)

    @property
    def used(self) -> np.ndarray:
        """Which lines are in use."""
        return self._reason < 0

    def first(self, where: np.ndarray, role: str | None = None) -> dict[str, Any]:
        """The first of some lines, for a sentence: its row and, if a role is given, the cell that it has there."""
        place = int(np.argmax(where))
        column = self.columns.get(role or "")
        cell = (
            ""
            if column is None or clean(self.cells[column].iloc[place]) is None
            else shown(self.cells[column].iloc[place])
        )
        return {"row": self.rows[place], "cell": cell}

    def leave_out(self, where: Any, problem: str, role: str | None = None) -> None:
        """Take lines out of use, unless they are already, and tell why; `role` names the column of the cell to show."""
        fresh = np.asarray(where, dtype=bool) & self.used
        if not fresh.any():
            return
        self._reason[fresh] = len(self._reasons)
        self._reasons.append(problem)
        first = self.first(fresh, role)
        self._examples.append(_("row {row}: {cell}").format(**first) if first["cell"] else "")
        told = _("left out; the first is row {row}: {cell}") if first["cell"] else _("left out; the first is row {row}")
        self.problems.append(Problem(problem, int(fresh.sum()), told.format(**first)))

    def tell(self, where: Any, problem: str, action: str, role: str | None = None, **more: Any) -> None:
        """Tell what was done about some lines; `action` may name {row} and {cell}, the first of them."""
        mask = np.asarray(where, dtype=bool)
        if mask.any():
            filled = action.format(**self.first(mask, role), **more)
            self.problems.append(Problem(problem, int(mask.sum()), filled))

    def worst(self) -> Problem | None:
        """The commonest reason for which lines were left out, with an example; or else the commonest problem."""
        counts = np.bincount(self._reason[~self.used], minlength=len(self._reasons))
        if counts.any():
            place = int(counts.argmax())
            return Problem(self._reasons[place], int(counts[place]), self._examples[place])
        problem = max(self.problems, key=lambda problem: problem.rows, default=None)
        return problem and problem._replace(action="")

    def left_out(self) -> pd.DataFrame:
        """Every line not in use: its row, the reason, and its mapped cells as they stood."""
        places = np.flatnonzero(~self.used)
        columns = list(dict.fromkeys(self.columns.values()))
        out = self.cells[columns].iloc[places].astype(object).reset_index(drop=True)
        reasons = pd.Series([self._reasons[code] for code in self._reason[places]], dtype="str")
        out.insert(0, "problem", reasons, allow_duplicates=True)
        out.insert(0, "row", self.rows[places], allow_duplicates=True)
        if self.files is not None:
            out.insert(0, "file", self.files[places], allow_duplicates=True)
        return out
