"""The look of a plot one draws oneself: ticks, series told apart with and without colour, values written at bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import FillBetweenPolyCollection, PathCollection, QuadMesh
from matplotlib.dates import AutoDateLocator
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.ticker import AutoLocator, MaxNLocator, NullLocator

from crm_lab.explore._chart import Scale
from crm_lab.explore._marks import Bars
from crm_lab.explore._reading import (
    bar_series,
    categorical,
    cell_values,
    coloured,
    drawn_lines,
    intervals,
    is_guide,
    is_interval,
    lying,
)
from crm_lab.explore._seen import Cells, Histogram
from crm_lab.explore._style import (
    BLUE,
    FONT,
    GREY,
    HATCHES,
    INK,
    PALE,
    PALETTE,
    Money,
    money_axis,
    percent_axis,
    share,
)

TICK, LINE = FONT - 2, 3.0  # points
MOST_DATES, MOST_NUMBERS = 6, 6  # ticks of large letters that an axis has room for
MOST_LETTERS = 60  # of names side by side under an axis
MOST_BARS = 24  # that get their values written
SHAPES = ("o", "^", "s", "X", "D", "v")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)))


def dress_marks(axes: Axes, marks: Sequence[Any], x: Scale, y: Scale) -> None:
    """Colour what stands on the axes by what it is."""
    first = marks[0] if marks else None
    if isinstance(first, Cells):
        _dress_cells(axes)
    elif isinstance(first, (Bars, Histogram)):
        _dress_bars(axes, marks, x if lying(axes) else y)
    else:
        _dress_points(axes, marks)
        _dress_lines(axes, marks)


def dress_axis(axis: Axis, scale: Scale) -> None:
    """Its name, few ticks written as the column is, and a grid only where there is a scale."""
    axis.set_label_text(scale.name)
    axis.label.set_fontsize(FONT)
    axis.set_tick_params(labelsize=TICK)
    axis.grid(False)
    if categorical(axis):
        _dress_names(axis, scale.ticks)
        return
    axis.grid(True, color=PALE)
    axis.set_tick_params(which="minor", labelsize=TICK - 4)
    if type(axis.get_major_locator()) is AutoDateLocator:
        axis.set_major_locator(AutoDateLocator(maxticks=MOST_DATES))
    elif axis.get_scale() != "linear":
        axis.get_major_locator().set_params(numticks=MOST_NUMBERS)  # type: ignore[call-arg]
        axis.set_major_formatter(lambda value, place: scale.write(value))
        axis.set_minor_locator(NullLocator())
    elif type(axis.get_major_locator()) is AutoLocator:
        axis.set_major_locator(MaxNLocator(MOST_NUMBERS, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter("{x:,.10g}")
        where = {axis.axis_name: scale.name}  # type: ignore[attr-defined]
        if isinstance(scale.write, Money):
            money_axis(axis.axes, money=scale.write, **where)
        elif scale.write is share:
            percent_axis(axis.axes, **where)


def _dress_names(axis: Axis, names: Mapping[float, str]) -> None:
    """Names as ticks; along the foot they are slanted where they are long, and thinned out where they are many."""
    step, slant = 1, dict[str, Any](rotation=0)
    if axis.axis_name == "x" and sum(map(len, names.values())) > MOST_LETTERS:  # type: ignore[attr-defined]
        step = max(1, len(names) // 7) if len(names) > 12 else 1
        slant = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"} if step == 1 else slant
    axis.set_ticks(list(names)[::step], list(names.values())[::step], **slant)
    axis.set_tick_params(length=0)


def stacked(axes: Axes) -> bool:
    flat = lying(axes)
    return any((bar.get_x() if flat else bar.get_y()) != 0 for bars in bar_series(axes) for bar in bars)


def _dress_bars(axes: Axes, marks: Any, scale: Scale) -> None:
    """Colours with hatching, a row of names above, and the values at the ends of bars that are not stacked."""
    groups = bar_series(axes)
    for bars, colour, hatch in zip(groups, PALETTE * 9, HATCHES * 9, strict=False):
        for bar in bars:
            bar.set(facecolor=colour, edgecolor="white", linewidth=0.5, hatch=hatch, alpha=None)
    for line in axes.lines:
        line.set(color=INK, linewidth=2)
    if lying(axes) and categorical(axes.yaxis) and not axes.yaxis_inverted():
        axes.invert_yaxis()  # pandas begins at the foot; a table is read from the top
    if lying(axes):
        axes.set_ylabel("")  # the names say what they are
    _legend(axes, [bars[0] for bars in groups], [mark.name for mark in marks])
    named = [mark for mark in marks if isinstance(mark, Bars)]
    if named and not stacked(axes) and sum(len(bars) for bars in groups) <= MOST_BARS:
        for bars, mark in zip(groups, named, strict=True):
            _write(axes, bars, mark, scale, lying(axes))


def _write(axes: Axes, bars: Any, mark: Bars, scale: Scale, flat: bool) -> None:
    """The value of each bar at its end, or beyond its interval."""
    reaches, ends = intervals(axes, flat), [0.0]
    for bar, value in zip(bars, mark.values, strict=True):
        middle = bar.get_y() + bar.get_height() / 2 if flat else bar.get_x() + bar.get_width() / 2
        end = max([0.0, float(np.nan_to_num(value)), *(high for _low, high in reaches.get(round(middle, 6), []))])
        at, away = ((end, middle), (6, 0)) if flat else ((middle, end), (0, 3))
        sides: dict[str, Any] = {"va": "center"} if flat else {"ha": "center", "va": "bottom"}
        size = TICK if len(bars) <= 8 else TICK - 3
        ends.append(end)
        axes.annotate(scale.write(value), at, away, textcoords="offset points", size=size, **sides)
    if flat:
        left, right = axes.get_xlim()
        axes.set_xlim(left, max(right, 1.18 * max(ends)))
    else:
        axes.margins(y=0.12)


def _legend(axes: Axes, handles: list[Any], names: list[str]) -> None:
    """Names of the series in one row above the plot."""
    if old := axes.get_legend():
        old.remove()
    if len(names) > 1 and all(names):
        style: dict[str, Any] = {"frameon": False, "loc": "lower center", "bbox_to_anchor": (0.5, 1.0)}
        axes.legend(handles, names, ncols=3 if max(map(len, names)) > 12 else 6, fontsize=TICK, **style)


def _dress_points(axes: Axes, marks: Any) -> None:
    """Colour and shape for each group of points."""
    for points in (found for found in axes.collections if isinstance(found, PathCollection)):
        masks = coloured(points, axes)
        if not masks or len(masks) > len(SHAPES):
            if not axes.get_legend():
                points.set(facecolor=BLUE, alpha=0.6)
            continue
        which = np.argmax(masks, axis=0)
        shapes = [MarkerStyle(shape) for shape in SHAPES]
        points.set_paths([shapes[n].get_path().transformed(shapes[n].get_transform()) for n in which])
        points.set(facecolor=[PALETTE[n] for n in which], alpha=0.6, linewidth=0)
        handles = [
            Line2D([], [], color=PALETTE[n], marker=SHAPES[n], ls="", ms=10, label=mark.name)
            for n, mark in enumerate(marks[: len(masks)])
        ]
        _legend(axes, handles, [mark.name for mark in marks[: len(masks)]])


def _dress_lines(axes: Axes, marks: Any) -> None:
    """Colour and dashes for each line, its interval in the same colour, and its name at its end."""
    lines = [line for line in drawn_lines(axes) if line.get_linestyle() != "None"]
    bands = [found for found in axes.collections if isinstance(found, FillBetweenPolyCollection)]
    for n, (line, colour, dashes) in enumerate(zip(lines, PALETTE * 9, DASHES * 9, strict=False)):
        line.set(color=colour, linestyle=dashes if len(lines) > 1 else "-", linewidth=max(line.get_linewidth(), LINE))
        line.set(markerfacecolor=colour, markeredgecolor=colour, markersize=8)
        if len(bands) == len(lines):
            bands[n].set(facecolor=colour, alpha=0.2)
    for line in axes.lines:
        if is_guide(line):
            line.set(color=GREY, linestyle="--", linewidth=2, zorder=1.5)
        elif is_interval(line):
            line.set(linewidth=2)
    names = [mark.name for mark in marks[: len(lines)]]
    if len(lines) > 1 and all(names):
        _legend(axes, list(lines), names)
    elif len(lines) == 1 and axes.get_legend():
        axes.get_legend().remove()  # type: ignore[union-attr]


def _dress_cells(axes: Axes) -> None:
    """One colour from light to dark, and numbers that stand out from it."""
    mesh = next(found for found in axes.collections if isinstance(found, QuadMesh))
    mesh.set_cmap("Blues")
    values = cell_values(mesh).ravel()
    for text, shade in zip(axes.texts, values[np.isfinite(values)], strict=False):
        text.set(
            color="white" if np.asarray(mesh.norm(shade)) > 0.6 else INK, size=TICK if len(values) <= 36 else TICK - 4
        )
    if mesh.colorbar:  # made anew: that of seaborn does not fit the layout of the figure
        mesh.colorbar.remove()
        bar = mesh.figure.colorbar(mesh, ax=axes, pad=0.02)
        bar.ax.tick_params(labelsize=TICK)
        bar.outline.set_visible(False)
