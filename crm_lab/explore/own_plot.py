"""A plot the reader has drawn with seaborn or pandas, made into a Picture: dressed for a slide, and put into words."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import FillBetweenPolyCollection, PathCollection, QuadMesh
from matplotlib.dates import AutoDateLocator
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.text import Text
from matplotlib.ticker import AutoLocator, MaxNLocator, NullLocator

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.base.wording import sentences
from crm_lab.explore.chart import Mark, Scale
from crm_lab.explore.marks import Bars
from crm_lab.explore.names import column_name
from crm_lab.explore.picture import Picture
from crm_lab.explore.reading import (
    Cells,
    Histogram,
    bar_series,
    categorical,
    cell_values,
    coloured,
    drawn_lines,
    headline,
    intervals,
    is_guide,
    is_interval,
    lying,
    read,
)
from crm_lab.explore.style import (
    BLUE,
    CHINESE,
    FONT,
    GREY,
    HATCHES,
    INK,
    PALE,
    PALETTE,
    SIZE,
    look,
    money,
    money_axis,
    percent_axis,
    share,
    wrapped,
)

TICK, LINE = FONT - 2, 3.0  # points
MOST_DATES, MOST_NUMBERS = 6, 6  # ticks of large letters that an axis has room for
MOST_LETTERS = 60  # of names side by side under an axis
MOST_BARS = 24  # that get their values written
SHAPES = ("o", "^", "s", "X", "D", "v")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)))


def as_picture(axes: Any, alt: str = "") -> Picture:
    """A plot as a Picture: large letters, names of the axes from the data dictionary, a title and an alt text.

    axes  what seaborn or pandas gave back: one plot, or several in a row
    alt   words of your own, needed only for plots of another kind; they should name what one sees

    Title and alt text are what bars, lines, points, cells or boxes show. A title of your own stays. Series are told
    apart by colour and by hatching, dashes or shape. The figure is closed, so a notebook shows it once.
    Raises InputError when an axis has no name, or when there is nothing it can put into words.

    >>> import pandas as pd
    >>> as_picture(pd.Series([3, 5], ["web", "app"]).plot.bar(xlabel="channel", ylabel="orders"))
    Orders: most in “app”, 5. Bars of orders: web 3, app 5.
    """
    panels = _panels(axes)
    figure = panels[0].figure
    assert isinstance(figure, Figure)
    figure.set_layout_engine("constrained")
    with look():
        seen = [_Plot(panel, alt) for panel in panels]
        said = alt or sentences(plot.said for plot in seen)
        _lay_out(figure, seen)
        picture = Picture(figure, said)
    if "matplotlib.pyplot" in sys.modules:  # where it is not loaded it holds no figures either
        sys.modules["matplotlib.pyplot"].close(figure)
    return picture


def _panels(given: Any) -> list[Axes]:
    """The plots in what was given: axes, an array of them, or a grid of seaborn."""
    found = given if isinstance(given, Axes) else getattr(given, "axes", given)
    panels = [panel for panel in np.ravel(np.asarray(found, dtype=object)) if isinstance(panel, Axes)]
    if not panels or isinstance(given, Figure):
        said = _("as_picture needs the axes that seaborn or pandas gives back, not {given}.")
        raise InputError(said.format(given=type(given).__name__))
    return [panel for panel in panels if panel.get_visible() and panel.has_data()] or panels


class _Plot:
    """One plot: read, named, dressed and put into words."""

    def __init__(self, axes: Axes, alt: str) -> None:
        self.axes = axes
        self.marks, x, y = read(axes)
        if not self.marks and not alt:
            raise InputError(_("The plot shows no bars, lines or points. Say what it shows: as_picture(axes, alt=…)."))
        self.x, self.y = self._complete(x, "x"), self._complete(y, "y")
        own = axes.get_title() if column_name(axes.get_title()) not in (x.name, y.name) else ""
        self.title = own if own or not self.marks else headline(self.marks, self.x, self.y)
        self.said = sentences([self.title, *(mark.say(self.x, self.y) for mark in self.marks)])
        self._dress()

    def _complete(self, scale: Scale, which: str) -> Scale:
        """The scale with a name. Names of groups speak for themselves, shares and money too."""
        if scale.name or scale.ticks:
            return scale
        if scale.write in (money, share):
            return replace(scale, name=_("share") if scale.write is share else "¥")
        text = _('Your plot lacks {names}. Write: axes.set({names}="…")')
        raise InputError(text.format(names=f"{which}label"))

    def _dress(self) -> None:
        axes = self.axes
        axes.set_title("")
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(GREY)
        axes.set_axisbelow(True)
        for axis, scale in ((axes.xaxis, self.x), (axes.yaxis, self.y)):
            _dress_axis(axis, scale)
        first: Mark | None = self.marks[0] if self.marks else None
        if isinstance(first, Cells):
            _dress_cells(axes)
        elif isinstance(first, (Bars, Histogram)):
            _dress_bars(axes, self.marks, self.x if lying(axes) else self.y)
        else:
            _dress_points(axes, self.marks)
            _dress_lines(axes, self.marks)

    @property
    def rows(self) -> int:
        """How many names or bars stand one under the other."""
        bars = [mark for mark in self.marks if isinstance(mark, Bars)]
        if bars and lying(self.axes):
            return len(self.y.ticks) * (1 if _stacked(self.axes) else len(bars))
        return 2 * len(self.y.ticks) // 3


def _lay_out(figure: Figure, seen: list[_Plot]) -> None:
    """The size and letters of a slide; the title above all, or one over each of several plots."""
    height = max(SIZE[1], 1.6 + 0.32 * max(plot.rows for plot in seen))
    figure.set_size_inches(SIZE[0], height)
    if len(seen) == 1:
        figure.suptitle(wrapped(seen[0].title), x=0.01, ha="left", size=FONT + 2, weight="bold")
    else:
        figure.suptitle("")
        columns = len({round(plot.axes.get_position().x0, 2) for plot in seen})
        for plot in seen:
            plot.axes.set_ylabel("")  # what is measured stands in its title
            place = plot.axes.get_subplotspec()
            if len(plot.axes.get_shared_x_axes().get_siblings(plot.axes)) > 1 and place and not place.is_last_row():
                plot.axes.set_xlabel("")  # it stands at the foot for all
            plot.axes.set_title(wrapped(plot.title, 74 // columns), size=TICK - 2, loc="left", weight="bold")
    for text in figure.findobj(Text):
        text.set_fontfamily(["DejaVu Sans", CHINESE])


def _dress_axis(axis: Axis, scale: Scale) -> None:
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
        if scale.write in (money, share):
            put = money_axis if scale.write is money else percent_axis
            put(axis.axes, **{axis.axis_name: scale.name})  # type: ignore[attr-defined]


def _dress_names(axis: Axis, names: Mapping[float, str]) -> None:
    """Names as ticks; along the foot they are slanted where they are long, and thinned out where they are many."""
    step, slant = 1, dict[str, Any](rotation=0)
    if axis.axis_name == "x" and sum(map(len, names.values())) > MOST_LETTERS:  # type: ignore[attr-defined]
        step = max(1, len(names) // 7) if len(names) > 12 else 1
        slant = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"} if step == 1 else slant
    axis.set_ticks(list(names)[::step], list(names.values())[::step], **slant)
    axis.set_tick_params(length=0)


def _stacked(axes: Axes) -> bool:
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
    if named and not _stacked(axes) and sum(len(bars) for bars in groups) <= MOST_BARS:
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
