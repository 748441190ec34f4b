"""What a plot shows, beyond the marks explore draws itself: histograms, tables of cells, boxes; and its headline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crm_lab.base.text import _
from crm_lab.base.wording import in_a_row
from crm_lab.explore._chart import Mark, Scale
from crm_lab.explore._marks import Bars, Line
from crm_lab.explore._style import Money, capital, number, share


@dataclass(frozen=True)
class Histogram(Mark):
    """Touching bars over a scale, read off a histogram."""

    edges: Sequence[float]
    counts: Sequence[float]
    name: str = ""

    @property
    def middle(self) -> float:
        """About the median: where half of what was counted lies below, read off the bars."""
        run = np.concatenate([[0.0], np.cumsum(np.nan_to_num(self.counts))])
        return float(np.interp(run[-1] / 2, run, self.edges))

    def say(self, x: Scale, y: Scale) -> str:
        top = int(np.nanargmax(self.counts))
        text = _("Histogram of {x} in {n} bars: the highest from {low} to {high}, half below about {middle}.")
        ends = {"low": x.at(self.edges[top]), "high": x.at(self.edges[top + 1])}
        return text.format(x=x.name, n=len(self.counts), middle=x.at(float(f"{self.middle:.2g}")), **ends)


@dataclass(frozen=True)
class Cells(Mark):
    """A table of numbers shown by colours."""

    rows: Sequence[str]
    columns: Sequence[str]
    values: Any
    write: Any

    def end(self, find: Any) -> tuple[str, str, str]:
        """Row, column and value of the cell that `find` picks, such as numpy.nanargmax."""
        row, column = divmod(int(find(self.values)), self.values.shape[1])
        return self.rows[row], self.columns[column], self.write(self.values[row, column])

    def say(self, x: Scale, y: Scale) -> str:
        text = _("Table of {y} (rows) by {x} (columns): the largest is {row}, {column} with {value}.")
        row, column, value = self.end(np.nanargmax)
        return text.format(x=x.name, y=y.name, row=row, column=column, value=value)


@dataclass(frozen=True)
class Spread(Mark):
    """Boxes that show how values are spread in each group: median and the middle half."""

    names: Sequence[str]
    medians: Sequence[float]
    name: str = ""

    def say(self, x: Scale, y: Scale) -> str:
        scale = x if y.ticks else y
        listed = in_a_row(f"{n} {scale.at(m)}" for n, m in zip(self.names, self.medians, strict=True))
        return _("Boxes of {value}, the medians: {listed}.").format(value=scale.name, listed=listed)


def headline(marks: Sequence[Any], x: Scale, y: Scale) -> str:
    """What one sees first: the title of a plot that was given none.

    >>> headline([Bars([3, 5], ["3", "5"], standing=True, names=["web", "app"])], Scale("channel"), Scale("orders"))
    'Orders: most in “app”, 5'
    """
    first, named = marks[0], [mark for mark in marks if mark.name]
    if isinstance(first, Cells):
        row, column, value = first.end(np.nanargmax)
        text = _("Most in row “{row}”, column “{column}”: {value}")
        return text.format(row=row, column=column, value=value)
    if isinstance(first, Histogram):
        text = _("{x}: half lie below about {middle}")
        return text.format(x=_large(x), middle=x.at(float(f"{first.middle:.2g}")))
    if isinstance(first, Bars):
        return _longest(marks, y if first.standing else x)
    if isinstance(first, Spread):
        scale = x if y.ticks else y
        median, name = max(zip(first.medians, first.names, strict=True))
        text = _("{value}: the median is highest in “{name}”, {median}")
        return text.format(value=_large(scale), name=name, median=scale.at(median))
    if isinstance(first, Line):
        return _run(first, x, y) if len(named) < 2 else _at_the_end(named, x, y)
    count = sum(len(mark.x) for mark in marks)
    if len(named) > 1:
        largest = max(named, key=lambda mark: len(mark.x))
        text = _("{n} points; most are “{name}”: {m}")
        return text.format(n=number(count), name=largest.name, m=number(len(largest.x)))
    return _("{n} points: {y} against {x}").format(n=number(count), x=x.name, y=y.name)


def _longest(marks: Sequence[Bars], scale: Scale) -> str:
    """The longest bar; if bars are counts, its share of all."""
    value, name, series = max(
        (value, name, mark.name)
        for mark in marks
        for value, name in zip(mark.values, mark.names, strict=True)
        if np.isfinite(value)
    )
    parts = {"what": _large(scale), "most": name, "value": scale.write(value), "series": series}
    if series:
        return _("{what}: most in “{most}”, {value} ({series})").format(**parts)
    if scale.name == _("number"):
        total = sum(np.nansum(mark.values) for mark in marks)
        return _("{what}: most in “{most}”, {value} ({part})").format(part=share(value / total), **parts)
    return _("{what}: most in “{most}”, {value}").format(**parts)


def _run(line: Line, x: Scale, y: Scale) -> str:
    """How a single line runs."""
    steps = np.diff(line.y)
    if (steps >= 0).all() or (steps <= 0).all():
        text = _("{y}: from {first} at {start} to {last} at {end}")
        ends = {"first": y.at(line.y[0]), "last": y.at(line.y[-1]), "start": x.at(line.x[0]), "end": x.at(line.x[-1])}
        return text.format(y=_large(y), **ends)
    top = int(np.argmax(line.y))
    return _("{y}: highest at {top}, {high}").format(y=_large(y), top=x.at(line.x[top]), high=y.at(line.y[top]))


def _at_the_end(lines: Sequence[Line], x: Scale, y: Scale) -> str:
    """Which line ends highest; where all end alike, as curves of shares do, where they are furthest apart."""
    best = max(lines, key=lambda line: float(line.y[-1]))
    if np.ptp([line.y[-1] for line in lines]) > 1e-9 * abs(best.y[-1]):
        text = _("{y}: at the end most in “{name}”, {value}")
        return text.format(y=_large(y), name=best.name, value=y.at(best.y[-1]))
    places = np.unique(np.concatenate([np.asarray(line.x, dtype=float) for line in lines]))
    heights = np.array([np.interp(places, np.asarray(line.x, dtype=float), line.y) for line in lines])
    widest = int(np.ptp(heights, axis=0).argmax())
    high, low = (int(pick(heights[:, widest])) for pick in (np.argmax, np.argmin))
    text = _("{y} at {place}: most in “{high}”, {more}; least in “{low}”, {less}")
    return text.format(
        y=_large(y),
        place=x.at(places[widest]),
        high=lines[high].name,
        more=y.at(heights[high, widest]),
        low=lines[low].name,
        less=y.at(heights[low, widest]),
    )


def _large(scale: Scale) -> str:
    """The name of an axis as a title begins: without its currency, its first letter large."""
    sign = scale.write.sign if isinstance(scale.write, Money) else ""
    return capital(scale.name.removesuffix(f", {sign}"))
