"""What stands on axes that seaborn, pandas or matplotlib have drawn, read back as marks that can say what they show."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryLocator
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.colors import to_rgb
from matplotlib.container import BarContainer
from matplotlib.dates import num2date
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator

from crm_lab.base.text import _
from crm_lab.explore._chart import Mark, Scale
from crm_lab.explore._marks import Bars, Line, Points
from crm_lab.explore._names import column_name, plain, tick_word, writer
from crm_lab.explore._seen import Cells, Histogram, Spread
from crm_lab.explore._style import Money, money


def read(axes: Axes, money: Money = money) -> tuple[list[Mark], Scale, Scale]:
    """The marks on `axes` and its two scales, named and written as the data dictionary says.

    money  how the amounts in it are written

    >>> import pandas as pd
    >>> axes = pd.Series([3, 5], ["web", "app"]).plot.bar(xlabel="channel", ylabel="orders")
    >>> marks, x, y = read(axes)
    >>> marks[0].say(x, y)
    'Bars of orders: web 3, app 5.'
    """
    names = series(axes)
    x, y = (_scale(axes, which, names, money) for which in ("x", "y"))
    for find in (_cells, _spread, _bars):
        if marks := find(axes, x, y, names):
            return marks, x, y
    return [*_lines(axes, names), *_points(axes, names)], x, y


def series(axes: Axes) -> list[str]:
    """The names in the legend, of the axes or, beside its only axes, of the figure."""
    alone = len(axes.figure.axes) == 1
    legend = axes.get_legend() or next(iter(axes.figure.legends if alone else []), None)
    return [text.get_text() for text in legend.get_texts()] if legend else []


def categorical(axis: Axis) -> bool:
    """Whether an axis shows names rather than a scale; pandas fixes its ticks, seaborn uses categories."""
    return isinstance(axis.get_major_locator(), (FixedLocator, StrCategoryLocator))


def _scale(axes: Axes, which: str, names: list[str], money: Money) -> Scale:
    axis: Axis = getattr(axes, f"{which}axis")
    given = axis.get_label_text() or _shared_name(axes, which)
    if categorical(axis):
        texts = [tick_word(given, text.get_text()) for text in axis.get_ticklabels()]
        return Scale(column_name(given, money), ticks=dict(zip(map(float, axis.get_ticklocs()), texts, strict=False)))
    if which == "y" and is_histogram(axes):
        return Scale(column_name(given, money) or _("number"), plain)
    if not given and (axes.get_title() or len(names) == 1):
        given = axes.get_title() or names[0]  # a panel of pandas names what it shows above, or in a legend of one
    write = writer(given, money)
    if not given and len({writer(name, money) for name in names}) == 1:
        write = writer(names[0], money)
    if which == "x" and (period := getattr(axes, "freq", None)):  # pandas draws dates at even distances as periods
        write = partial(_period, freq=period)
    elif "Date" in type(axis.get_major_formatter()).__name__:
        write = partial(_date, form="%Y-%m" if _months(axes) else "%Y-%m-%d")
    return Scale(column_name(given, money), write)


def _shared_name(axes: Axes, which: str) -> str:
    """The name of an axis that several plots share; it stands at one of them."""
    shared = axes.get_shared_x_axes() if which == "x" else axes.get_shared_y_axes()
    names = [getattr(other, f"get_{which}label")() for other in shared.get_siblings(axes) if other is not axes]
    return next(filter(None, names), "")


def _period(value: float, freq: str) -> str:
    return str(pd.Period(ordinal=int(value), freq=freq))


def _date(value: float, form: str) -> str:
    return num2date(value).strftime(form)


def _months(axes: Axes) -> bool:
    """Whether all points of all lines are the first days of months."""
    return all(num2date(day).day == 1 for line in drawn_lines(axes) for day in np.asarray(line.get_xdata(False)))


def is_histogram(axes: Axes) -> bool:
    """Whether bars stand on a scale."""
    return bool(bar_series(axes)) and not categorical(axes.xaxis) and not categorical(axes.yaxis)


def bar_series(axes: Axes) -> list[list[Any]]:
    """The bars of each series; bars that were coloured one by one are one series."""
    found = [list(bars) for bars in axes.containers if isinstance(bars, BarContainer) and len(bars)]
    if len(found) > 1 and not series(axes) and all(len(bars) == 1 for bars in found):
        return [[bars[0] for bars in found]]
    return found


def lying(axes: Axes) -> bool:
    """Whether the bars lie."""
    bars = next(bars for bars in axes.containers if isinstance(bars, BarContainer))
    return bars.orientation == "horizontal"


def _bars(axes: Axes, x: Scale, y: Scale, names: list[str]) -> list[Mark]:
    groups = bar_series(axes)
    if not groups:
        return []
    flat = lying(axes)
    scale, places = (x, y) if flat else (y, x)
    marks: list[Mark] = []
    for bars, name in zip(groups, _named(names, len(groups)), strict=True):
        size = [float(bar.get_width() if flat else bar.get_height()) for bar in bars]
        start = [float(bar.get_y() if flat else bar.get_x()) for bar in bars]
        width = [float(bar.get_height() if flat else bar.get_width()) for bar in bars]
        if not places.ticks:
            marks.append(Histogram([*start, start[-1] + width[-1]], size, name))
            continue
        middles = [begin + wide / 2 for begin, wide in zip(start, width, strict=True)]
        words = [_with_interval(axes, middle, value, scale, flat) for middle, value in zip(middles, size, strict=True)]
        marks.append(Bars(size, words, name, standing=not flat, names=[places.at(middle) for middle in middles]))
    return marks


def _with_interval(axes: Axes, place: float, value: float, scale: Scale, flat: bool) -> str:
    """A bar's value, and its interval where one is drawn."""
    for low, high in intervals(axes, flat).get(round(place, 6), []):
        text = _("{value} ({low} to {high})")
        return text.format(value=scale.write(value), low=scale.write(low), high=scale.write(high))
    return scale.write(value)


def intervals(axes: Axes, flat: bool) -> dict[float, list[tuple[float, float]]]:
    """Where error bars stand, and from where to where each reaches."""
    found: dict[float, list[tuple[float, float]]] = {}
    for line in axes.lines:
        xy = line_points(line)
        along = xy[:, 0 if flat else 1]
        if is_interval(line) and np.isfinite(along).all():
            place = round(float(xy[0, 1 if flat else 0]), 6)
            found.setdefault(place, []).append((float(along.min()), float(along.max())))
    return found


def line_points(line: Line2D) -> np.ndarray:
    """The points of a line, one a row."""
    return np.asarray(line.get_xydata(), dtype=float)


def is_interval(line: Line2D) -> bool:
    """Whether a line is an error bar: two points, one over or beside the other."""
    xy = line_points(line)
    return len(xy) == 2 and bool((xy[0] == xy[1]).any())


def is_guide(line: Line2D) -> bool:
    """Whether a line only guides the eye: it spans the axes, wherever the data lie."""
    return type(line) is not Line2D or line.get_transform() != line.axes.transData  # type: ignore[union-attr]


def drawn_lines(axes: Axes) -> list[Line2D]:
    """The lines that show data."""
    return [line for line in axes.lines if len(line_points(line)) > 1 and not is_guide(line) and not is_interval(line)]


def _lines(axes: Axes, names: list[str]) -> list[Mark]:
    marks: list[Mark] = []
    found = drawn_lines(axes)
    for line, name in zip(found, _named(names, len(found)), strict=True):
        xy = line_points(line)
        xy = xy[np.isfinite(xy).all(axis=1)]
        if len(xy) and line.get_linestyle() == "None":
            marks.append(Points(xy[:, 0], xy[:, 1], name=name))
        elif len(xy) > 1:
            marks.append(Line(xy[:, 0], xy[:, 1], name))
    return marks


def coloured(points: PathCollection, axes: Axes) -> list[np.ndarray]:
    """Which points have the colour of each entry of the legend; empty where the legend does not divide them."""
    legend, shades = axes.get_legend(), np.asarray(points.get_facecolor())
    if not legend or len(shades) != len(np.asarray(points.get_offsets())):
        return []
    handles = [handle for handle in legend.legend_handles if isinstance(handle, Line2D)]
    wanted = [to_rgb(handle.get_markerfacecolor()) for handle in handles]
    masks = [np.isclose(shades[:, :3], shade, atol=0.01).all(axis=1) for shade in wanted]
    return masks if masks and (sum(mask.astype(int) for mask in masks) == 1).all() else []


def _points(axes: Axes, names: list[str]) -> list[Mark]:
    marks: list[Mark] = []
    for points in (found for found in axes.collections if isinstance(found, PathCollection)):
        xy: np.ndarray = np.ma.filled(np.ma.asarray(points.get_offsets(), dtype=float), np.nan)
        masks = coloured(points, axes) or [np.full(len(xy), True)]
        for mask, name in zip(masks, _named(names, len(masks)), strict=True):
            inside = xy[mask & np.isfinite(xy).all(axis=1)]
            if len(inside):
                marks.append(Points(inside[:, 0], inside[:, 1], name=name))
    return marks


def _cells(axes: Axes, x: Scale, y: Scale, names: list[str]) -> list[Mark]:
    for mesh in (found for found in axes.collections if isinstance(found, QuadMesh)):
        values = cell_values(mesh)
        values = values.reshape(values.shape[0], -1)
        rows, columns = (_cell_names(scale, size) for scale, size in zip((y, x), values.shape, strict=True))
        parts = np.nanmin(values) >= 0 and np.nanmax(values) <= 1
        return [Cells(rows, columns, values, writer("share" if parts else ""))]
    return []


def cell_values(mesh: QuadMesh) -> np.ndarray:
    """The numbers behind the colours, NaN where a cell is empty."""
    values: np.ndarray = np.ma.filled(np.ma.asarray(mesh.get_array(), dtype=float), np.nan)
    return values


def _cell_names(scale: Scale, count: int) -> list[str]:
    """The name of each row or column; where seaborn left some out, the one it stands near."""
    known = len(scale.ticks) == count
    names = [scale.at(n + 0.5) for n in range(count)]
    return names if known else [_("near {name}").format(name=name) for name in names]


def medians(axes: Axes) -> list[Line2D]:
    """The lines of the medians in box plots: seaborn lists them, elsewhere they cross a box of five corners."""
    listed = [line for box in axes.containers for line in getattr(box, "medians", [])]
    if listed:
        return listed
    boxes = [xy for xy in map(line_points, axes.lines) if len(xy) == 5]
    return [line for box in boxes for line in axes.lines if is_interval(line) and _crosses(line, box)]


def _crosses(line: Line2D, box: np.ndarray) -> bool:
    ends, low, high = line_points(line), box.min(axis=0), box.max(axis=0)
    across = int(ends[0, 0] == ends[1, 0])  # 0: the line lies, 1: it stands
    inside = low[1 - across] <= ends[0, 1 - across] <= high[1 - across]
    return bool(inside and np.allclose(sorted(ends[:, across]), (low[across], high[across])))


def _spread(axes: Axes, x: Scale, y: Scale, names: list[str]) -> list[Mark]:
    found = [line_points(line) for line in medians(axes)]
    if not found:
        return []
    along = int(found[0][0, 1] == found[0][1, 1])  # 1: boxes stand, their values are the second coordinate
    groups = x if along else y
    return [Spread([groups.at(line[:, 1 - along].mean()) for line in found], [line[0, along] for line in found])]


def _named(names: list[str], count: int) -> list[str]:
    """The name of each of several series, in plain words, if the legend names as many."""
    return [column_name(name, unit=False) for name in names] if len(names) == count > 1 else [""] * count
