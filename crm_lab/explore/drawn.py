"""The data behind a plot, whoever drew it and in whatever order: one row for each bar, point or corner of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.dates import num2date

from crm_lab.explore._names import tick_word
from crm_lab.explore._reading import (
    bar_series,
    categorical,
    coloured,
    drawn_lines,
    is_guide,
    is_interval,
    line_points,
    lying,
    series,
)

SHAPES = ("bars", "line", "points", "histogram")
_Row = tuple[Any, str, Any]


def shape_of(axes: Axes) -> str:
    """Which of SHAPES is drawn, bars on a scale being a histogram; nothing on empty axes.

    >>> axes = pd.Series([3, 5], ["web", "app"]).plot.bar()
    >>> shape_of(axes)
    'bars'
    """
    if bar_series(axes):
        places = axes.yaxis if lying(axes) else axes.xaxis
        return "bars" if categorical(places) or _dated(places) else "histogram"
    if any(line.get_linestyle() != "None" for line in drawn_lines(axes)):
        return "line"
    return "points" if any(len(rows(axes)) for rows in (_scattered, _dots)) else ""


def data_of(axes: Axes, shape: str) -> pd.DataFrame:
    """What is drawn in one of SHAPES: a row for each bar, point or corner, with x, series (its name, or "") and y.

    Of a bar, x is the name or number it stands at (of a histogram, its lower edge) and y its length, lying or standing.
    Where pandas names only some of the places on an axis of names, the others are numbers, from 0.
    Bars of no length and gaps in a line are left out.

    >>> axes = pd.Series([3, 5], ["web", "app"]).plot.barh()
    >>> data_of(axes, "bars")["x"].tolist()
    ['web', 'app']
    """
    readers: dict[str, Callable[[Axes], list[_Row]]] = {
        "bars": lambda axes: _bars(axes, 0.5),
        "histogram": lambda axes: _bars(axes, 0.0),
        "line": _corners,
        "points": lambda axes: [*_scattered(axes), *_dots(axes)],
    }
    found = pd.DataFrame(readers[shape](axes), columns=["x", "series", "y"])
    return found[found["y"].notna()].reset_index(drop=True)


def codes_behind(words: pd.Series, axis: str, codes: Iterable[Any]) -> pd.Series:
    """Names on an axis as the codes they stand for: `as_picture` writes them out.

    words  what stands on the axis
    axis   its column, such as "segment"
    codes  those it may be

    >>> codes_behind(pd.Series(["can't lose", "new"]), "segment", ["cant_lose", "new"]).tolist()
    ['cant_lose', 'new']
    """
    known = {tick_word(axis, str(code)): code for code in codes}
    return words.map(lambda word: known.get(word, word))


def unnamed(axes: Axes) -> list[str]:
    """The axes, of x and y, that say nowhere what they show. Names of groups speak for themselves.

    >>> from matplotlib.figure import Figure
    >>> unnamed(pd.Series([3, 5], ["web", "app"]).plot.bar(ax=Figure().subplots()))
    ['y']
    """
    return [
        which
        for which in ("x", "y")
        if not getattr(axes, f"get_{which}label")().strip() and not categorical(getattr(axes, f"{which}axis"))
    ]


def lies(axes: Axes) -> bool:
    """Whether bars are drawn, and lie, so that their lengths stand along the x axis.

    >>> lies(pd.Series([3, 5], ["web", "app"]).plot.barh())
    True
    """
    return bool(bar_series(axes)) and lying(axes)


def _dated(axis: Axis) -> bool:
    return "Date" in type(axis.get_major_formatter()).__name__


def _bars(axes: Axes, along: float) -> list[_Row]:
    """Bars, at so much of their width: 0 the lower edge, a half the middle."""
    groups, flat = bar_series(axes), lies(axes)
    found = []
    for bars, name in zip(groups, _names(axes, len(groups)), strict=True):
        for bar in bars:
            start, wide = (bar.get_y(), bar.get_height()) if flat else (bar.get_x(), bar.get_width())
            length = float(bar.get_width() if flat else bar.get_height())
            place = _at(axes, "y" if flat else "x", start + along * wide)
            found.append((place, name, length if length else np.nan))
    return found


def _corners(axes: Axes) -> list[_Row]:
    """The corners of all lines; what runs straight beside a line with more corners only guides the eye."""
    shown = [line for line in axes.lines if len(line_points(line)) and not (is_guide(line) or is_interval(line))]
    lines = [line for line in shown if line.get_linestyle() != "None"]
    most = max((len(line_points(line)) for line in lines), default=0)
    named = zip(lines, _names(axes, len(lines)), strict=True)
    kept = [(line_points(line), name) for line, name in named if len(line_points(line)) != 2 or most <= 2]
    return [(_at(axes, "x", x), name, y) for points, name in kept for x, y in points]


def _dots(axes: Axes) -> list[_Row]:
    """Points that were drawn as a line without a line."""
    lines = [line for line in drawn_lines(axes) if line.get_linestyle() == "None"]
    named = zip(lines, _names(axes, len(lines)), strict=True)
    return [(_at(axes, "x", x), name, y) for line, name in named for x, y in line_points(line)]


def _scattered(axes: Axes) -> list[_Row]:
    found: list[_Row] = []
    for points in (one for one in axes.collections if isinstance(one, PathCollection)):
        xy: np.ndarray = np.ma.filled(np.ma.asarray(points.get_offsets(), dtype=float), np.nan)
        masks = coloured(points, axes) or [np.full(len(xy), True)]
        for mask, name in zip(masks, _names(axes, len(masks)), strict=True):
            found += [(_at(axes, "x", x), name, y) for x, y in xy[mask]]
    return found


def _names(axes: Axes, count: int) -> list[str]:
    """The names of several series, as the legend writes them."""
    names = series(axes)
    return names if len(names) == count > 1 else [""] * count


def _at(axes: Axes, which: str, place: float) -> Any:
    """A place on an axis as what it stands for: a name, a day or a number."""
    axis: Axis = getattr(axes, f"{which}axis")
    if categorical(axis):
        texts = [text.get_text() for text in axis.get_ticklabels()]
        near = np.abs(np.asarray(axis.get_ticklocs(), dtype=float) - place)
        named = texts[int(near.argmin())] if len(near) and near.min() < 0.5 else ""
        return named or _category(axis, round(place)) or axis.get_major_formatter()(round(place), None) or float(place)
    period = getattr(axes, "freq", None) or getattr(axis.get_major_formatter(), "freq", None)
    if which == "x" and period:  # pandas draws dates at even distances as periods
        return pd.Period(ordinal=round(place), freq=period).to_timestamp()
    if _dated(axis):
        return pd.Timestamp(num2date(place)).tz_localize(None)
    return float(place)


def _category(axis: Axis, place: int) -> str:
    """The name that a plot of names had at a place, where `as_picture` has thinned out the ticks."""
    names: dict[str, int] = getattr(axis.get_units(), "_mapping", {})
    return next((name for name, at in names.items() if at == place), "")
