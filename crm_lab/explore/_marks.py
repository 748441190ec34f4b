"""The marks of a chart with scales: bars, lines, points, intervals, areas, rules and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text

from crm_lab.base.text import _, ngettext
from crm_lab.base.wording import clauses, in_a_row, sentences
from crm_lab.explore._chart import Mark, Scale
from crm_lab.explore._style import BLUE, FONT, GREY, INK, ORANGE, SKY, capital, number

MOST = 12  # values that are said one by one; of more, the ends are said
PLAIN = {"fc": "white", "lw": 0, "pad": 1}  # behind words, so that lines stop there


@dataclass(frozen=True)
class Bars(Mark):
    """Bars from zero, lying with their names beside them (or standing); each with words at its end.

    values  lengths; words replace the values written and said; shift and width in steps of the axis of names
    names   of the bars, where the axis of names does not say them
    """

    values: Sequence[float]
    words: Sequence[str] = ()
    name: str = ""
    colour: str = BLUE
    hatch: str = ""
    standing: bool = False
    shift: float = 0.0
    width: float = 0.7
    names: Sequence[str] = ()

    def draw(self, axes: Axes) -> list[Artist]:
        places = np.arange(len(self.values)) + self.shift
        put = axes.bar if self.standing else axes.barh
        style: dict[str, Any] = {
            "color": self.colour,
            "hatch": self.hatch,
            "label": self.name or "_",
            "ec": "white",
            "lw": 0,
        }
        bars = put(places, self.values, self.width, **style)
        return [*bars, *(self._end(axes, place, n) for n, place in enumerate(places) if self.words)]

    def _end(self, axes: Axes, place: float, n: int) -> Artist:
        """The words at the end of a bar; those of a bar below zero stand at zero, clear of its name."""
        end = max(float(self.values[n]), 0.0)
        at, away = ((place, end), (0, 4)) if self.standing else ((end, place), (6, 0))
        sides: dict[str, Any] = {"ha": "center", "va": "bottom"} if self.standing else {"va": "center"}
        return axes.annotate(self.words[n], at, away, textcoords="offset points", **sides)

    def say(self, x: Scale, y: Scale) -> str:
        groups, scale = (x, y) if self.standing else (y, x)
        names = self.names or [groups.at(place) for place in range(len(self.values))]
        words = self.words or [scale.write(value) for value in self.values]
        if len(names) <= MOST:
            listed = in_a_row(f"{name} {' '.join(word.split())}" for name, word in zip(names, words, strict=True))
            return named(self.name, _("Bars of {value}: {listed}.").format(value=scale.name, listed=listed))
        most, least = int(np.nanargmax(self.values)), int(np.nanargmin(self.values))
        text = _("{n} bars of {value}: the largest is {most} with {high}, the smallest {least} with {low}.")
        ends = {"most": names[most], "high": words[most], "least": names[least], "low": words[least]}
        return named(self.name, text.format(n=number(len(names)), value=scale.name, **ends))


@dataclass(frozen=True)
class Line(Mark):
    """A line through points.

    style  as matplotlib writes it: "-", "--", "o-" …
    end    words at its last point; `name` then stays out of the legend
    quiet  a line to guide the eye: it says nothing
    """

    x: Any
    y: Any
    name: str = ""
    colour: str = BLUE
    style: str = "-"
    end: str = ""
    stepped: bool = False
    width: float = 3.0
    quiet: bool = False

    def draw(self, axes: Axes) -> list[Artist]:
        label = "_" if self.end else self.name or "_"
        steps: dict[str, Any] = {"drawstyle": "steps-post"} if self.stepped else {}
        drawn: list[Artist] = [
            *axes.plot(self.x, self.y, self.style, color=self.colour, label=label, lw=self.width, ms=8, **steps)
        ]
        if self.end:
            last = (np.asarray(self.x)[-1], np.asarray(self.y)[-1])
            drawn.append(axes.annotate(self.end, last, (6, 0), textcoords="offset points", va="center"))
        return drawn

    def say(self, x: Scale, y: Scale) -> str:
        if self.quiet:
            return ""
        said = course(self.x, self.y, x, y)
        return named(self.name, said)


def course(xs: Any, ys: Any, x: Scale, y: Scale) -> str:
    """How a line runs: whether it only rises or falls, else its ends and its extremes.

    >>> course([1, 2, 3], [3, 9, 5], Scale("day"), Scale("orders"))
    'Line of orders over day: from 3 at 1 to 5 at 3, the highest point 9 at 2, the lowest 3 at 1.'
    """
    xs, ys = np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)
    top, bottom, steps = int(np.nanargmax(ys)), int(np.nanargmin(ys)), np.diff(ys)
    if (steps >= 0).all() and ys[-1] > ys[0]:
        text = _("Line of {y} over {x}: it rises from {first} at {start} to {last} at {end}.")
    elif (steps <= 0).all() and ys[-1] < ys[0]:
        text = _("Line of {y} over {x}: it falls from {first} at {start} to {last} at {end}.")
    else:
        text = _(
            "Line of {y} over {x}: from {first} at {start} to {last} at {end}, the highest point {high} at {top}, "
            "the lowest {low} at {bottom}."
        )
    places = {"start": xs[0], "end": xs[-1], "top": xs[top], "bottom": xs[bottom]}
    values = {"first": ys[0], "last": ys[-1], "high": ys[top], "low": ys[bottom]}
    return text.format(
        x=x.name,
        y=y.name,
        **{name: x.at(place) for name, place in places.items()},
        **{name: y.at(value) for name, value in values.items()},
    )


@dataclass(frozen=True)
class Points(Mark):
    """Points; few that matter carry notes beside them, `away` points of the page from each.

    side  of the point on which the note stands: "left", "right" or "center"
    """

    x: Any
    y: Any
    notes: Sequence[str] = ()
    name: str = ""
    colour: str = ORANGE
    shape: str = "o"
    size: float = 13
    hollow: bool = False
    side: str = "left"
    away: tuple[float, float] = (-12, 8)
    ink: str = INK

    def draw(self, axes: Axes) -> list[Artist]:
        edge = {"mfc": "none", "mec": self.colour, "mew": 1.5} if self.hollow else {"mec": "black"}
        drawn: list[Artist] = [
            *axes.plot(
                self.x, self.y, self.shape, color=self.colour, ms=self.size, label=self.name or "_", zorder=5, **edge
            )
        ]
        turned = {"left": "right", "right": "left", "center": "center"}[self.side]
        for at, note in zip(zip(self.x, self.y, strict=True), self.notes, strict=bool(self.notes)):
            drawn.append(
                axes.annotate(note, at, self.away, textcoords="offset points", ha=turned, color=self.ink, zorder=6)
            )
        return drawn

    def say(self, x: Scale, y: Scale) -> str:
        if self.notes:
            notes = clauses(" ".join(note.split()) for note in self.notes)
            return _("Marked: {notes}.").format(notes=notes)
        said = cloud(self.x, self.y, x, y)
        return named(self.name, said)

    @classmethod
    def together(cls, said: Sequence[str]) -> str:
        """Clouds one after the other, then all notes in one sentence."""
        before, after = _("Marked: {notes}.").split("{notes}")
        notes = [text.removeprefix(before).removesuffix(after) for text in said if text.startswith(before)]
        clouds = [text for text in said if not text.startswith(before)]
        return sentences([*clouds, *([before + clauses(notes) + after] if notes else [])])


def named(name: str, said: str) -> str:
    """What a mark says, with the name of its series before it if it has one.

    >>> named("web", "Bars."), named("", "Bars.")
    ('web: Bars.', 'Bars.')
    """
    return _("{name}: {text}").format(name=name, text=said) if name else said


def cloud(xs: Any, ys: Any, x: Scale, y: Scale) -> str:
    """How many points there are, and how far they reach.

    >>> cloud([10, 20, 40], [-3, 2, 12], Scale("revenue"), Scale("margin"))
    '3 points: revenue from 10 to 40, margin from −3 to 12.'
    """
    text = ngettext(
        "{n} point: {x} {left}, {y} {low}.",
        "{n} points: {x} from {left} to {right}, {y} from {low} to {high}.",
        len(xs),
    )
    ends = {"left": x.at(min(xs)), "right": x.at(max(xs)), "low": y.at(min(ys)), "high": y.at(max(ys))}
    return text.format(n=number(len(xs)), x=x.name, y=y.name, **ends)


@dataclass(frozen=True)
class Intervals(Mark):
    """A value and its interval for each name, lying; words above each value."""

    values: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    words: Sequence[str] = ()

    def draw(self, axes: Axes) -> list[Artist]:
        at, middle = np.arange(len(self.values)), np.asarray(self.values)
        reach = [middle - np.asarray(self.low), np.asarray(self.high) - middle]
        style: dict[str, Any] = {"fmt": "o", "ms": 12, "color": BLUE, "capsize": 8, "elinewidth": 3, "capthick": 3}
        axes.errorbar(middle, at, xerr=reach, **style)
        for place, text in zip(at, self.words, strict=bool(self.words)):
            sides: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "va": "bottom", "bbox": PLAIN}
            axes.annotate(text, (middle[place], place), (0, 14), **sides)
        return list(axes.get_children())

    def say(self, x: Scale, y: Scale) -> str:
        rows = zip(self.values, self.low, self.high, strict=True)
        part = _("{name} {value} ({low} to {high})")
        listed = [
            part.format(name=y.at(place), value=x.at(value), low=x.at(low), high=x.at(high))
            for place, (value, low, high) in enumerate(rows)
        ]
        return _("Points with intervals of {value}: {listed}.").format(value=x.name, listed=in_a_row(listed))


@dataclass(frozen=True)
class Area(Mark):
    """What lies between two lines, or a polygon of `x` and `low` where `high` is not given. Said when it has a name."""

    x: Any
    low: Any
    high: Any = None
    name: str = ""
    colour: str = SKY
    hatch: str = ""
    alpha: float = 1.0

    def draw(self, axes: Axes) -> list[Artist]:
        style: dict[str, Any] = {"color": self.colour, "alpha": self.alpha, "lw": 0, "label": self.name or "_"}
        if self.high is None:
            return list(axes.fill(self.x, self.low, hatch=self.hatch, **{**style, "ec": "white"}))
        return [axes.fill_between(self.x, self.low, self.high, **style)]

    def say(self, x: Scale, y: Scale) -> str:
        if not self.name or self.high is None:
            return self.name and f"{self.name}."
        low, high = np.asarray(self.low, dtype=float), np.asarray(self.high, dtype=float)
        widest = int(np.nanargmax(high - low))
        text = _("{name}: a band, at its widest from {low} to {high} at {place}.")
        place = x.at(np.asarray(self.x)[widest])
        return text.format(name=self.name, low=y.at(low[widest]), high=y.at(high[widest]), place=place)


@dataclass(frozen=True)
class Rule(Mark):
    """A thin line across the plot at a value of one axis, to measure by; its words stand beside its end."""

    value: float
    axis: str = "y"
    words: str = ""
    style: str = "--"
    colour: str = GREY

    def draw(self, axes: Axes) -> list[Artist]:
        put = axes.axhline if self.axis == "y" else axes.axvline
        line: Artist = put(self.value, color=self.colour, ls=self.style, lw=2, zorder=1.5)
        if not self.words:
            return [line]
        if self.axis == "y":
            at: dict[str, Any] = {"xycoords": axes.get_yaxis_transform(), "textcoords": "offset points", "ha": "right"}
            words: Text = axes.annotate(self.words, (0.99, self.value), (0, -4), color=self.colour, va="top", **at)
        else:  # a plain text is drawn faster, and this one moves with a slider
            at = {"transform": axes.get_xaxis_transform(), "va": "top"}
            words = axes.text(self.value, 0.98, f" {self.words}", color=self.colour, **at)
        return [line, words]

    def say(self, x: Scale, y: Scale) -> str:
        scale = y if self.axis == "y" else x
        words = " ".join(self.words.split())
        return _("Line at {value}: {words}.").format(value=scale.at(self.value), words=words) if words else ""


@dataclass(frozen=True)
class Words(Mark):
    """Words at a place of the plot."""

    x: float
    y: float
    text: str
    colour: str = INK
    bold: bool = False
    sides: tuple[str, str] = ("center", "center")
    turn: float = 0.0
    size: float = FONT

    def draw(self, axes: Axes) -> list[Artist]:
        style: dict[str, Any] = {"color": self.colour, "size": self.size, "linespacing": 1.3, "rotation": self.turn}
        weight = "bold" if self.bold else "normal"
        return [axes.text(self.x, self.y, self.text, ha=self.sides[0], va=self.sides[1], weight=weight, **style)]

    def say(self, x: Scale, y: Scale) -> str:
        return sentences([capital(" ".join(self.text.split()))])
