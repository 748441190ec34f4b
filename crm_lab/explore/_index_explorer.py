"""The index explorer: one change in service, and how each index of satisfaction answers, with its interval."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.columns import columns
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.explore._chart import Chart, Mark, Scale
from crm_lab.explore._explorer import Explorer, choice, slider
from crm_lab.explore._marks import Line, Points
from crm_lab.explore._style import GREY, ORANGE
from crm_lab.satisfaction import Estimate, ces, csat, csi, nps

SCALES = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7), "csi": (1, 10)}
ITEMS = ("satisfaction_1", "satisfaction_2", "satisfaction_3")
INDICES = {"csat": csat, "nps": nps, "ces": ces, "csi": lambda frame: csi(frame, [1, 1, 1])}
RANGES = {"csat": (0, 100), "nps": (-100, 100), "ces": (1, 7), "csi": (0, 100)}
NAMES = {"csat": "CSAT, %", "nps": "NPS", "ces": "CES, 1–7", "csi": "CSI, 0–100"}


def index_explorer(answers: pd.DataFrame) -> IndexExplorer:
    """A widget: raise or lower what a part of the customers say, and see which index notices.

    answers  csat, nps, ces, satisfaction_1, satisfaction_2, satisfaction_3; one row a person, none missing

    Where no kernel runs, the stored output shows its picture instead.

    >>> table = pd.DataFrame({"csat": [4, 2], "nps": [9, 3], "ces": [6, 3]} | {name: [8, 4] for name in ITEMS})
    >>> index_explorer(table).outcome.loc["csat", "after"]
    np.float64(50.0)
    """
    return IndexExplorer(answers)


class IndexExplorer(Explorer):
    """Controls, chart and sentence. `.outcome` holds each index before and after, `.controls` the controls by name."""

    kind = "index"

    def __init__(self, answers: pd.DataFrame) -> None:
        table = columns(answers, ["csat", "nps", "ces", *ITEMS], "answers")
        if table.isna().any(axis=None):
            raise InputError(_("answers: some are missing. Leave those rows out: answers.dropna()."))
        order = np.random.default_rng(0).permutation(len(table))
        self._table = table.iloc[order].reset_index(drop=True)
        self._chance = np.random.default_rng(1).random(len(table))
        super().__init__(_controls(len(table)))

    def work_out(self, chosen: dict[str, Any]) -> pd.DataFrame:
        """Each index before and after: value and interval, and the difference."""
        table = self._table.head(chosen["answers"])
        rank = table["satisfaction_1"].rank(method="first", ascending=chosen["whom"] == "unhappy") / len(table)
        moved = (rank <= chosen["share"] / 100).to_numpy()
        now = {name: _index(name, table) for name in SCALES}
        then = {name: _index(name, self._moved(table, moved, chosen["points"] / 10)) for name in SCALES}
        return pd.DataFrame([_row(now[name], then[name]) for name in SCALES], list(SCALES))

    def _moved(self, table: pd.DataFrame, moved: np.ndarray, points: float) -> pd.DataFrame:
        """What they say after the change: points of a scale of 1–10, on each scale its part; chance rounds."""
        changed = table.copy()
        for column in table:
            low, high = SCALES.get(str(column), (1, 10))
            shift = points * (high - low) / 9 * moved
            said = np.floor(table[column].to_numpy(float) + shift + self._chance[: len(table)] * (shift != 0))
            changed[column] = np.clip(said, low, high)
        return changed

    def chart(self, outcome: pd.DataFrame) -> Chart:
        """Four rows, each index on its own range from left to right."""
        marks: list[Mark] = []
        for place, name in enumerate(outcome.index):
            for when, colour, shift in (("before", GREY, 0.18), ("after", ORANGE, -0.18)):
                ends = [_part(str(name), float(outcome.loc[name, f"{when}_{end}"])) for end in ("low", "high")]
                marks.append(Line(ends, [place + shift] * 2, colour=colour, quiet=True, width=5))
                marks.append(_point(str(name), float(outcome.loc[name, when]), place + shift, ends[1], colour))
        x = Scale(_("part of the index's own range"), limits=(0, 1))
        return Chart(self._title(outcome), tuple(marks), x, Scale(limits=(-0.6, 3.6)), height=5.2)

    def _title(self, outcome: pd.DataFrame) -> str:
        seen = [NAMES[str(name)].split(",")[0] for name in outcome.index[outcome["clear"]]]
        if not outcome["change"].any():
            return _("Before any change: each index with its interval")
        if not seen:
            return _("No index shows the change clearly")
        return _("The change is clear in: {indices}").format(indices=", ".join(seen))

    def summary(self, outcome: pd.DataFrame) -> str:
        """Every change in the unit of its index, and when it counts as clear."""
        changes = zip(SCALES, outcome["change"], strict=True)
        parts = [f"{NAMES[name]} {change:+.1f}".replace("-", "−") for name, change in changes]
        text = _("Grey: before; orange: after. {changes}. Clear: the intervals do not overlap.")
        return text.format(changes=", ".join(parts))


def _controls(n: int) -> dict[str, Any]:
    most = max(2, n)
    return {
        "points": slider(_("Tenths of a point, 1–10"), 5, -20, 20),
        "share": slider(_("Customers reached, %"), 50, 0, 100, 5),
        "whom": choice(_("Who are they?"), [(_("the least satisfied"), "unhappy"), (_("the most satisfied"), "happy")]),
        "answers": slider(_("Answers"), min(900, most), min(50, most), most, 50),
    }


def _index(name: str, table: pd.DataFrame) -> Estimate:
    return INDICES[name](table[list(ITEMS)] if name == "csi" else table[name])


def _row(now: Estimate, then: Estimate) -> dict[str, Any]:
    clear = now.interval[1] < then.interval[0] or then.interval[1] < now.interval[0]
    row = {"before": now.value, "after": then.value, "change": then.value - now.value, "clear": clear}
    for when, one in (("before", now), ("after", then)):
        row |= {f"{when}_low": one.interval[0], f"{when}_high": one.interval[1]}
    return row


def _part(name: str, value: float) -> float:
    low, high = RANGES[name]
    return (value - low) / (high - low)


def _point(name: str, value: float, place: float, end: float, colour: str) -> Points:
    """The value with its name, right of its interval; the axis is about 600 points of the page long."""
    at = _part(name, value)
    note = f"{NAMES[name].split(',')[0]} {value:.1f}".replace("-", "−")
    shape = "o" if colour == GREY else "s"
    return Points([at], [place], [note], colour=colour, shape=shape, side="right", away=(14 + 600 * (end - at), -6))
