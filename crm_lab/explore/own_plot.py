"""A plot the reader has drawn with seaborn or pandas, made into a Picture: dressed for a slide, and put into words."""

import sys
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryLocator
from matplotlib.collections import PathCollection
from matplotlib.container import BarContainer
from matplotlib.dates import AutoDateLocator, num2date
from matplotlib.figure import Figure
from matplotlib.ticker import AutoLocator, FixedLocator, MaxNLocator

from crm_lab.base.errors import InputError
from crm_lab.base.text import _, ngettext
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import FONT, GREY, PALE, SIZE

TICK, LINE = FONT - 2, 3.0  # points
MOST_DATES, MOST_NUMBERS = 6, 6  # ticks of large letters that an axis has room for


def as_picture(axes: Axes, alt: str = "") -> Picture:
    """The plot on `axes` as a Picture: large letters, and an alt text read off its bars, lines or points.

    axes  what seaborn or pandas gave back, with a title and a label on both axes
    alt   words of your own, needed for plots of another kind; they should name what one sees

    The figure is dressed and closed, so a notebook shows it once.
    Raises InputError when a title or label is missing, or when there is nothing it can put into words.

    >>> import pandas as pd
    >>> bars = pd.Series([3, 5], ["web", "app"]).plot.bar(title="Orders", xlabel="channel", ylabel="orders")
    >>> as_picture(bars)
    Orders. 2 bars, channel against orders: the largest is app with 5, the smallest web with 3.
    """
    _complete(axes)
    words = alt or f"{axes.get_title()}. {describe(axes)}"
    figure = axes.figure
    assert isinstance(figure, Figure)
    _dress(axes, figure)
    picture = Picture(figure, words)
    if "matplotlib.pyplot" in sys.modules:  # where it is not loaded it holds no figures either
        sys.modules["matplotlib.pyplot"].close(figure)
    return picture


def _complete(axes: Axes) -> None:
    """Raise InputError naming what a reader of the plot would miss, or that it is no plot."""
    if not isinstance(axes, Axes):
        said = _("as_picture needs the axes that seaborn or pandas gives back, not {given}.")
        raise InputError(said.format(given=type(axes).__name__))
    texts = {"title": axes.get_title(), "xlabel": axes.get_xlabel(), "ylabel": axes.get_ylabel()}
    missing = [name for name, text in texts.items() if not text.strip()]
    if missing:
        example = ", ".join(f'{name}="…"' for name in missing)
        raise InputError(
            _("Your plot lacks {names}. Write: axes.set({example})").format(names=", ".join(missing), example=example)
        )


def describe(axes: Axes) -> str:
    """What the bars, lines and points on `axes` show, in words and numbers.

    axes  drawn upon, with labels on both axes

    Raises InputError when there are none.

    >>> import pandas as pd
    >>> line = pd.Series([3, 9, 5], [1, 2, 3]).plot(xlabel="day", ylabel="orders")
    >>> describe(line)
    'Line of orders over day: from 3 at 1 to 5 at 3, the highest point 9 at 2, the lowest 3 at 1.'
    """
    bars = [_bars(axes, found) for found in axes.containers if isinstance(found, BarContainer) and len(found)]
    lines = [_line(axes, line.get_xydata()) for line in axes.lines if len(np.atleast_1d(line.get_xdata())) > 1]
    points = [_points(axes, found.get_offsets()) for found in axes.collections if isinstance(found, PathCollection)]
    found = [text for text in [*bars, *lines, *points] if text]
    if not found:
        raise InputError(_("The plot shows no bars, lines or points. Say what it shows: as_picture(axes, alt=…)."))
    return " ".join(name + text for name, text in zip(_series(axes, len(found)), found, strict=True))


def _series(axes: Axes, count: int) -> list[str]:
    """The name of each of several series, if the legend names as many."""
    legend = axes.get_legend()
    names = [text.get_text() for text in legend.get_texts()] if legend else []
    return [f"{name}: " for name in names] if len(names) == count > 1 else [""] * count


def _bars(axes: Axes, bars: BarContainer) -> str:
    flat = bars.orientation == "horizontal"
    sizes = np.array([bar.get_width() if flat else bar.get_height() for bar in bars], dtype=float)
    middles = [bar.get_y() + bar.get_height() / 2 if flat else bar.get_x() + bar.get_width() / 2 for bar in bars]
    largest, smallest = int(np.nanargmax(sizes)), int(np.nanargmin(sizes))
    text = ngettext(
        "{n} bar, {x} against {y}: it is {most} with {high}.",
        "{n} bars, {x} against {y}: the largest is {most} with {high}, the smallest {least} with {low}.",
        len(sizes),
    )
    axis = axes.yaxis if flat else axes.xaxis
    names = [_place(axis, middle) for middle in middles]
    labels = (axes.get_ylabel(), axes.get_xlabel()) if flat else (axes.get_xlabel(), axes.get_ylabel())
    ends = {"most": names[largest], "least": names[smallest]}
    values = {"high": _number(sizes[largest]), "low": _number(sizes[smallest])}
    return text.format(n=len(sizes), x=labels[0], y=labels[1], **ends, **values)


def _line(axes: Axes, xy: Any) -> str:
    xy = np.asarray(xy, dtype=float)
    xy = xy[np.isfinite(xy).all(axis=1)]
    if len(xy) < 2:
        return ""
    high, low = xy[xy[:, 1].argmax()], xy[xy[:, 1].argmin()]
    text = _(
        "Line of {y} over {x}: from {first} at {start} to {last} at {end}, the highest point {high} at {top}, "
        "the lowest {low} at {bottom}."
    )
    places = {"start": xy[0], "end": xy[-1], "top": high, "bottom": low}
    values = {"first": xy[0], "last": xy[-1], "high": high, "low": low}
    return text.format(
        x=axes.get_xlabel(),
        y=axes.get_ylabel(),
        **{name: _place(axes.xaxis, point[0]) for name, point in places.items()},
        **{name: _number(point[1]) for name, point in values.items()},
    )


def _points(axes: Axes, offsets: Any) -> str:
    xy: np.ndarray = np.ma.filled(np.ma.asarray(offsets, dtype=float), np.nan)
    xy = xy[np.isfinite(xy).all(axis=1)]
    if not len(xy):
        return ""
    (left, low), (right, high) = xy.min(axis=0), xy.max(axis=0)
    text = ngettext(
        "{n} point: {x} {left}, {y} {low}.",
        "{n} points: {x} from {left} to {right}, {y} from {low} to {high}.",
        len(xy),
    )
    sides = {"left": _place(axes.xaxis, left), "right": _place(axes.xaxis, right)}
    return text.format(
        n=f"{len(xy):,}", x=axes.get_xlabel(), y=axes.get_ylabel(), low=_number(low), high=_number(high), **sides
    )


def _place(axis: Axis, value: float) -> str:
    """What stands on an axis at a value: a category, a date, or the number itself."""
    if _categorical(axis):
        labels = [text.get_text() for text in axis.get_ticklabels()]
        return labels[int(np.abs(np.asarray(axis.get_ticklocs()) - value).argmin())]
    if period := getattr(axis.axes, "freq", None):  # pandas draws dates at regular distances as periods
        return str(pd.Period(ordinal=int(value), freq=period))
    if "Date" in type(axis.get_major_formatter()).__name__:
        return f"{num2date(value):%Y-%m-%d}"
    return _number(value)


def _categorical(axis: Axis) -> bool:
    """Whether an axis shows names rather than a scale; pandas fixes its ticks, seaborn uses categories."""
    return isinstance(axis.get_major_locator(), (FixedLocator, StrCategoryLocator))


def _number(value: float) -> str:
    """A number with four figures.

    >>> _number(1234567.0), _number(0.12346), _number(12.0)
    ('1,235,000', '0.1235', '12')
    """
    rounded = float(f"{value:.4g}")
    return f"{rounded:,.10g}".replace("-", "−")


def _dress(axes: Axes, figure: Figure) -> None:
    """The size and letters of a slide; the title above all, and no lines that carry nothing."""
    figure.set_size_inches(*SIZE)
    figure.set_layout_engine("constrained")
    figure.suptitle(axes.get_title(), x=0.01, ha="left", size=FONT + 2, weight="bold")
    axes.set_title("")
    axes.xaxis.label.set_fontsize(FONT)
    axes.yaxis.label.set_fontsize(FONT)
    axes.tick_params(labelsize=TICK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.set_axisbelow(True)
    for axis in (axes.xaxis, axes.yaxis):
        _dress_axis(axis)
    for line in axes.lines:
        line.set_linewidth(max(float(line.get_linewidth()), LINE))
    if legend := axes.get_legend():
        for text in [*legend.get_texts(), legend.get_title()]:
            text.set_fontsize(TICK)


def _dress_axis(axis: Axis) -> None:
    """Few ticks, thousands separated, and a grid only where there is a scale."""
    axis.grid(False)
    if not _categorical(axis):
        axis.grid(True, color=PALE)
    if type(axis.get_major_locator()) is AutoDateLocator:
        axis.set_major_locator(AutoDateLocator(maxticks=MOST_DATES))
    elif type(axis.get_major_locator()) is AutoLocator:
        axis.set_major_locator(MaxNLocator(MOST_NUMBERS, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter("{x:,.10g}")
