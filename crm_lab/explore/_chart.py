"""A chart: a message, its marks and two scales. It is drawn and put into words from the same parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, ClassVar

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from crm_lab.base.wording import lines_of, sentences
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import SIZE, Money, look, money_axis, number, percent_axis, share, sheet


class Mark:
    """What is drawn on a chart: it makes its artists and says what they show. Seaborn splits its objects like this."""

    name: str = ""  # of the series, for the legend; "" where there is only one
    covers: ClassVar[bool] = False  # drawn again, it hides what it was: nothing else has to be drawn with it

    def draw(self, axes: Axes) -> list[Artist]:
        """Put the mark on the axes and return what was put there."""
        raise NotImplementedError

    def say(self, x: Scale, y: Scale) -> str:
        """What the mark shows, in whole sentences; "" if it only guides the eye."""
        return ""

    @classmethod
    def together(cls, said: Sequence[str]) -> str:
        """What several marks of a kind say, one after the other."""
        return sentences(said)


@dataclass(frozen=True)
class Scale:
    """One axis of a chart.

    name    what is measured, with its unit; without a name or ticks the axis is not shown
    write   how a value is written: style.number, style.share, what style.money_of gives, or a function of one's own
    limits  where it begins and ends; None leaves it to the data
    ticks   words that stand at values, such as the names of groups

    >>> from crm_lab.base.money import money
    >>> Scale("cost", money).at(2500), Scale("class", ticks={0: "A", 1: "B"}).at(0.9)
    ('¥2,500', 'B')
    """

    name: str = ""
    write: Callable[[Any], str] = number
    limits: tuple[float | None, float | None] = (None, None)
    ticks: Mapping[Any, str] = field(default_factory=dict)

    def at(self, value: float) -> str:
        """The words for a place on the axis."""
        if self.ticks:
            return " ".join(self.ticks[min(self.ticks, key=lambda tick: abs(tick - value))].split())
        return self.write(value)

    def dress(self, axes: Axes, which: str) -> None:
        """Give the axis its name, its ticks and its ends."""
        axis = axes.xaxis if which == "x" else axes.yaxis
        axis.set_label_text(self.name)
        if isinstance(self.write, Money):
            money_axis(axes, money=self.write, **{which: self.name})
        elif self.write is share:
            percent_axis(axes, **{which: self.name})
        elif not self.ticks:
            axis.set_major_formatter("{x:,.10g}")
        if self.ticks or not self.name:
            axis.set_ticks(list(self.ticks), list(self.ticks.values()))
            axis.set_tick_params(length=0)
        self.end(axes, which)

    def end(self, axes: Axes, which: str) -> None:
        """Set the ends that are given; what is left open follows the data."""
        if self.limits != (None, None):
            getattr(axes, f"set_{which}lim")(*self.limits, auto=None in self.limits)


BLANK = Scale()


@dataclass(frozen=True)
class Chart:
    """Everything a figure is made of.

    title   a sentence computed from the data: the message
    marks   drawn in their order
    x, y    scales
    grid    axis that gets grid lines: "x", "y", "both" or "none"
    height  inches; the width is that of a slide
    note    a few words above the right end, such as who is left out
    """

    title: str
    marks: tuple[Mark, ...]
    x: Scale = BLANK
    y: Scale = BLANK
    grid: str = "none"
    height: float = SIZE[1]
    note: str = ""

    @property
    def alt(self) -> str:
        """The message, then what each kind of mark says."""
        kinds = [
            (kind, [mark.say(self.x, self.y) for mark in marks])
            for kind, marks in groupby(self.marks, lambda mark: mark.__class__)
        ]
        said = [kind.together([text for text in texts if text]) for kind, texts in kinds if any(texts)]
        return sentences([self.title, *said, self.note])

    def sheet(self) -> tuple[Figure, Axes]:
        """The figure with title and scales, without its marks."""
        figure, axes = sheet(self.title, self.height, self.grid)
        for which, scale in (("x", self.x), ("y", self.y)):
            scale.dress(axes, which)
            if not scale.name:
                axes.spines[{"x": "bottom", "y": "left"}[which]].set_visible(False)
        if self.note:
            axes.set_title(self.note, size=16, loc="right")
        return figure, axes

    def drawn(self) -> tuple[Figure, Axes]:
        """The whole figure."""
        figure, axes = self.sheet()
        for mark in self.marks:
            mark.draw(axes)
        for which, scale in (("x", self.x), ("y", self.y)):
            scale.end(axes, which)
        legend(axes)
        return figure, axes

    def picture(self) -> Picture:
        """The figure and its words."""
        with look():
            return Picture(self.drawn()[0], self.alt)


def legend(axes: Axes) -> None:
    """Names of the series in one row above the plot, where there are several."""
    handles, names = axes.get_legend_handles_labels()
    if len(names) > 1:
        axes.legend(handles, names, frameon=False, ncols=4, loc="lower center", bbox_to_anchor=(0.5, 1.0))


def figure(title: str, *marks: Mark, **options: Any) -> Picture:
    """A picture of marks, with alt text made from what they say.

    title    a sentence computed from the data
    marks    from explore.marks and explore.boxes
    options  x, y, grid, height, note of a Chart

    >>> from crm_lab.explore._marks import Bars
    >>> groups = Scale(ticks={0: "A", 1: "B"})
    >>> figure("A is larger", Bars([3, 1]), x=Scale("customers"), y=groups)
    A is larger. Bars of customers: A 3, B 1.
    """
    return Chart(title, marks, **options).picture()


def fold(text: str, width: int) -> str:
    """The text in lines of at most so many letters; lines it has already stay apart.

    >>> fold("few words", 5)
    'few\\nwords'
    """
    return "\n".join(part for line in text.splitlines() for part in lines_of(line, width))
