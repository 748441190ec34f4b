"""The marks of a diagram: boxes of words, and arrows between them. A map or a matrix is a grid of boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from crm_lab.base.text import _, ngettext
from crm_lab.base.wording import clauses, in_a_row, sentences
from crm_lab.explore._chart import Mark, Scale
from crm_lab.explore._style import BLUE, FONT, INK

SOFT, FULL, FRAME = 0.2, 1.0, 0.0  # how much of its colour fills a box


def mixed(colour: str, part: float) -> tuple[float, float, float]:
    """A colour thinned with white: opaque, so that a box drawn again covers what was there.

    >>> mixed("#000000", 0.25)
    (0.75, 0.75, 0.75)
    """
    red, green, blue = (1 - part * (1 - shade) for shade in to_rgb(colour))
    return red, green, blue


@dataclass(frozen=True)
class Box(Mark):
    """A box with a headline and words: one text, or several facts, each on a line of its own.

    x, y, width, height  its middle and its size, in the units of the chart
    fill                 0 to 1: how much of the colour fills it; words turn white on a full one
    edge                 whether it has a frame in its colour; `broken` makes that a broken line
    round                rounded corners, in the units of the chart
    frame                colour of a second, inner frame: the box picked
    """

    x: float
    y: float
    width: float
    height: float
    head: str = ""
    words: str | tuple[str, ...] = ""
    colour: str = BLUE
    fill: float = SOFT
    edge: bool = True
    broken: bool = False
    round: float = 0.0
    size: float = FONT
    frame: str = ""
    covers: ClassVar[bool] = True

    def draw(self, axes: Axes) -> list[Artist]:
        left, low = self.x - self.width / 2, self.y - self.height / 2
        style: dict[str, Any] = {
            "fc": mixed(self.colour, self.fill),
            "ec": self.colour,
            "lw": 2.5 if self.edge else 0,
            "ls": "--" if self.broken else "-",
        }
        if self.round:
            corners = f"round,pad=0,rounding_size={self.round}"
            shape: Any = FancyBboxPatch((left, low), self.width, self.height, boxstyle=corners, **style)
        else:
            shape = Rectangle((left, low), self.width, self.height, antialiased=self.edge, **style)
        drawn: list[Artist] = [axes.add_patch(shape)]
        if self.frame:
            inset = 0.05
            place = (left + inset, low + inset)
            inner = Rectangle(place, self.width - 2 * inset, self.height - 2 * inset, fill=False, ec=self.frame, lw=4)
            drawn.append(axes.add_patch(inner))
        return [*drawn, *self._text(axes)]

    def _text(self, axes: Axes) -> list[Artist]:
        """Headline and words as one block in the middle: two texts, each leaving room for the other."""
        ink = "white" if self.fill > 0.8 else INK
        style: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "size": self.size,
            "color": ink,
            "linespacing": 1.25,
        }
        text = "\n".join(self.facts)
        rows, heads = text.count("\n") + bool(text), self.head.count("\n") + bool(self.head)
        head, words = self.head + "\n" * rows, "\n" * heads + text
        texts = [(head, "bold")] * bool(self.head) + [(words, "normal")] * bool(text)
        return [axes.text(self.x, self.y, text, weight=weight, **style) for text, weight in texts]

    @property
    def title(self) -> str:
        """The first words of the box, by which an arrow names it."""
        return " ".join((self.head or self.facts[0]).split())

    @property
    def facts(self) -> tuple[str, ...]:
        """The words, fact by fact."""
        return (self.words,) * bool(self.words) if isinstance(self.words, str) else self.words

    def say(self, x: Scale, y: Scale) -> str:
        if not (self.head or self.words):
            return ""
        if not self.head:
            return _("{box} (dashed)").format(box=self.title) if self.broken else self.title
        words = in_a_row(" ".join(fact.split()) for fact in self.facts)
        return _("{name}: {text}").format(name=self.title, text=words) if words else self.title

    @classmethod
    def together(cls, said: Sequence[str]) -> str:
        return sentences([_("Boxes: {boxes}").format(boxes=clauses(said)) if len(said) > 1 else said[0]])


@dataclass(frozen=True)
class Arrow(Mark):
    """An arrow from box to box, on the line between their middles; both: it has two heads.

    words  what goes along it, beside its middle
    """

    start: Box
    end: Box
    words: str = ""
    both: bool = False

    def draw(self, axes: Axes) -> list[Artist]:
        begin, finish = self._ends()
        style = "<|-|>" if self.both else "-|>"
        arrow = FancyArrowPatch(
            begin, finish, arrowstyle=style, mutation_scale=22, lw=2.5, color=INK, shrinkA=0, shrinkB=0
        )
        drawn: list[Artist] = [axes.add_patch(arrow)]
        if self.words:
            middle = ((begin[0] + finish[0]) / 2, (begin[1] + finish[1]) / 2)
            flat = abs(finish[1] - begin[1]) < abs(finish[0] - begin[0])
            away, sides = ((0, 5), ("center", "bottom")) if flat else ((8, 0), ("left", "center"))
            drawn.append(axes.annotate(self.words, middle, away, textcoords="offset points", ha=sides[0], va=sides[1]))
        return drawn

    def _ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where it leaves one box and meets the other: level or upright if they face each other, else slanted."""
        a, b = self.start, self.end
        low, high = max(a.y - a.height / 2, b.y - b.height / 2), min(a.y + a.height / 2, b.y + b.height / 2)
        if low < high:  # side by side
            side = 1 if b.x > a.x else -1
            y = (low + high) / 2
            return (a.x + side * a.width / 2, y), (b.x - side * b.width / 2, y)
        side = 1 if b.y > a.y else -1
        if abs(a.x - b.x) < (a.width + b.width) / 2:  # one above the other
            return (a.x, a.y + side * a.height / 2), (b.x, b.y - side * b.height / 2)
        across = 1 if b.x > a.x else -1
        return (a.x + across * a.width / 2, a.y), (b.x - across * b.width / 2, b.y - side * b.height / 4)

    def say(self, x: Scale, y: Scale) -> str:
        sign = "↔" if self.both else "→"
        words = f" ({' '.join(self.words.split())})" if self.words else ""
        return f"{self.start.title} {sign} {self.end.title}{words}"

    @classmethod
    def together(cls, said: Sequence[str]) -> str:
        text = ngettext("{n} arrow: {arrows}.", "{n} arrows: {arrows}.", len(said))
        return text.format(n=len(said), arrows=clauses(said))
