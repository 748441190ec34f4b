"""The cause-and-effect model as a diagram: blocks with their score and R², arrows with their coefficients; and live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.text import _
from crm_lab.base.wording import in_a_row, share
from crm_lab.explore._boxes import Arrow, Box
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, choice
from crm_lab.explore._marks import Points, Rule
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import BLUE, ORANGE, label
from crm_lab.satisfaction import PathModel, importance_performance, pls_path_model

PLACES = {  # of the blocks of the American and European indices
    "expectation": (0.0, 0.0),
    "quality": (0.0, 2.0),
    "value": (1.7, 1.0),
    "satisfaction": (3.6, 1.0),
    "complaint": (5.3, 2.0),
    "loyalty": (5.3, 0.0),
}


def path_diagram(model: PathModel, places: Mapping[str, tuple[float, float]] = PLACES) -> Picture:
    """The estimated model: R² in the boxes, path coefficients on the arrows.

    model   of satisfaction.pls_path_model
    places  middle of each block's box

    >>> data = pd.DataFrame({"quality_1": [1, 2, 3, 4], "satisfaction_1": [2, 1, 4, 3], "wave": "2025Q1"})
    >>> blocks = {"quality": ["quality_1"], "satisfaction": ["satisfaction_1"]}
    >>> path_diagram(pls_path_model(data, blocks, [("quality", "satisfaction")])).alt[:33]
    'Satisfaction is explained to 36 %'
    """
    return _chart(model, places).picture()


def _chart(model: PathModel, places: Mapping[str, tuple[float, float]]) -> Chart:
    boxes = {name: _box(name, model, places[name]) for name in map(str, model.paths)}
    links = zip(np.repeat(list(boxes), len(boxes)), [*boxes] * len(boxes), model.paths.to_numpy().ravel(), strict=True)
    arrows = [Arrow(boxes[a], boxes[b], f"{value:.2f}".replace("-", "−")) for a, b, value in links if value]
    title = _("Satisfaction is explained to {share}").format(share=share(model.r2.get("satisfaction", model.r2.max())))
    xs, ys = zip(*(places[name] for name in boxes), strict=True)
    x, y = (Scale(limits=(min(at) - 0.7, max(at) + 0.7)) for at in (xs, ys))
    return Chart(title, (*boxes.values(), *arrows), x, y, height=5.6)


def _box(name: str, model: PathModel, place: tuple[float, float]) -> Box:
    words = f"R² {model.r2[name]:.2f}" if name in model.r2 else ""
    return Box(*place, 1.15, 0.62, label(name), words, colour=ORANGE if name == "satisfaction" else BLUE, size=16)


def path_explorer(
    data: pd.DataFrame, blocks: Mapping[str, Sequence[str]], paths: Sequence[tuple[str, str]], by: str = "wave"
) -> PathExplorer:
    """A widget: the path diagram for all answers or for one group, under each way of weighting.

    data, blocks, paths  as for satisfaction.pls_path_model; boxes stand where those of the ACSI model do
    by                   column that holds the groups

    >>> data = pd.DataFrame({"quality_1": [1, 2, 3, 4], "satisfaction_1": [2, 1, 4, 3], "wave": "2025Q1"})
    >>> blocks = {"quality": ["quality_1"], "satisfaction": ["satisfaction_1"]}
    >>> path_explorer(data, blocks, [("quality", "satisfaction")]).outcome.n
    4
    """
    return PathExplorer(data, blocks, paths, by)


class PathExplorer(Explorer):
    """Controls, diagram and sentence. `.outcome` is the model shown."""

    kind = "path"

    def __init__(self, data: pd.DataFrame, blocks: Any, paths: Any, by: str) -> None:
        self._data, self._model, self._by = data, (blocks, paths), by
        groups = [(_("all"), ""), *((str(group), group) for group in sorted(data[by].unique()))]
        schemes = [(name, name) for name in ("centroid", "factorial", "path")]
        super().__init__({"group": choice(_("Answers"), groups), "scheme": choice(_("Inner weights"), schemes)})

    def work_out(self, chosen: dict[str, Any]) -> PathModel:
        """The model of the group."""
        rows = self._data[self._data[self._by] == chosen["group"]] if chosen["group"] else self._data
        return pls_path_model(rows, *self._model, scheme=chosen["scheme"])

    def chart(self, outcome: PathModel) -> Chart:
        """The diagram."""
        return _chart(outcome, PLACES)

    def summary(self, outcome: PathModel) -> str:
        """How many answers, and what leads to satisfaction, all ways counted."""
        text = _("{n} answers. Total effects on satisfaction: {effects}.")
        effects = outcome.total["satisfaction"]
        listed = ", ".join(f"{label(name)} {value:.2f}" for name, value in effects[effects != 0].items())
        return text.format(n=f"{outcome.n:,}", effects=listed)


def importance_map(ratings: pd.DataFrame, centre: str = "data") -> Picture:
    """The importance-performance map: each attribute by name, and the two lines that part the quadrants.

    ratings, centre  as for satisfaction.importance_performance

    >>> ratings = pd.DataFrame({"attribute": ["price", "box"], "importance": [9, 3], "satisfaction": [4, 8]})
    >>> importance_map(ratings).alt[:52]
    '1 of 2 attributes are important and weak: price. Mar'
    """
    table = importance_performance(ratings, centre)
    first = [label(str(name)) for name in table.index[table["quadrant"] == "concentrate"]]
    text = _("{n} of {all} attributes are important and weak: {names}")
    title = text.format(n=len(first), all=len(table), names=in_a_row(first) or _("none"))
    lines = table.attrs["centre"]
    points = [_attribute(label(str(name)), table, name) for name in table.index]
    rules = (Rule(lines["satisfaction"], "x"), Rule(lines["importance"]))
    ends = table["satisfaction"].min() - 1, table["satisfaction"].max() + 0.5
    x, y = Scale(_("satisfaction, 1–10"), limits=ends), Scale(_("importance, 1–10"))
    return Chart(title, (*rules, *points), x, y, height=6.2).picture()


def _attribute(note: str, table: pd.DataFrame, name: Any) -> Points:
    """One point with its name above it, or below it where another point stands close above."""
    gap = table[["satisfaction", "importance"]] - table.loc[name, ["satisfaction", "importance"]].astype(float)
    near = gap[gap["importance"].between(0, 0.35) & gap["satisfaction"].abs().between(0.01, 0.7)]["satisfaction"]
    at = table.loc[[name]]
    side, place = "center", (0.0, 9.0)
    if len(near):
        side, place = ("left", (8.0, -26.0)) if near.mean() > 0 else ("right", (-8.0, -26.0))
    return Points(at["satisfaction"], at["importance"], [note], colour=BLUE, side=side, away=place)
