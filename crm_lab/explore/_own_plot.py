"""A plot the reader has drawn with seaborn or pandas, made into a Picture: dressed for a slide, and put into words."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.base.wording import sentences
from crm_lab.explore._chart import Scale
from crm_lab.explore._dressing import TICK, dress_axis, dress_marks, stacked
from crm_lab.explore._marks import Bars
from crm_lab.explore._names import column_name
from crm_lab.explore._picture import Picture
from crm_lab.explore._reading import lying, read
from crm_lab.explore._seen import headline
from crm_lab.explore._style import FONT, GREY, SIZE, Money, fonts, look, money, share, wrapped

TALLEST = 7.3  # inches: on a slide a taller figure would be shown too small to read


def as_picture(axes: Any, alt: str = "", currency: str | None = money.currency) -> Picture:
    """A plot as a Picture: large letters, names of the axes from the data dictionary, a title and an alt text.

    axes      what seaborn or pandas gave back: one plot, or several in a row
    alt       words of your own, needed only for plots of another kind; they should name what one sees
    currency  of the amounts of money in it, such as shop.currency: no plot tells; None if it is unknown

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
        seen = [_Plot(panel, alt, Money(currency)) for panel in panels]
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

    def __init__(self, axes: Axes, alt: str, money: Money) -> None:
        self.axes = axes
        self.marks, x, y = read(axes, money)
        if not self.marks and not alt:
            raise InputError(_("The plot shows no bars, lines or points. Say what it shows: as_picture(axes, alt=…)."))
        self.x, self.y = self._complete(x, "x"), self._complete(y, "y")
        own = axes.get_title() if column_name(axes.get_title(), money) not in (x.name, y.name) else ""
        self.title = own if own or not self.marks else headline(self.marks, self.x, self.y)
        self.said = sentences([self.title, *(mark.say(self.x, self.y) for mark in self.marks)])
        self._dress()

    def _complete(self, scale: Scale, which: str) -> Scale:
        """The scale with a name. Names of groups speak for themselves, shares and money too."""
        if scale.name or scale.ticks:
            return scale
        if isinstance(scale.write, Money):
            return replace(scale, name=scale.write.sign or _("money"))
        if scale.write is share:
            return replace(scale, name=_("share"))
        text = _('Your plot lacks {names}. Write: axes.set({names}="…")')
        raise InputError(text.format(names=f"{which}label"))

    def _dress(self) -> None:
        axes = self.axes
        axes.set_title("")
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(GREY)
        axes.set_axisbelow(True)
        for axis, scale in ((axes.xaxis, self.x), (axes.yaxis, self.y)):
            dress_axis(axis, scale)
        dress_marks(axes, self.marks, self.x, self.y)

    @property
    def rows(self) -> int:
        """How many names or bars stand one under the other."""
        bars = [mark for mark in self.marks if isinstance(mark, Bars)]
        if bars and lying(self.axes):
            return len(self.y.ticks) * (1 if stacked(self.axes) else len(bars))
        return 2 * len(self.y.ticks) // 3


def _lay_out(figure: Figure, seen: list[_Plot]) -> None:
    """The size and letters of a slide; the title above all, or one over each of several plots."""
    height = min(TALLEST, max(SIZE[1], 1.6 + 0.32 * max(plot.rows for plot in seen)))
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
        text.set_fontfamily(fonts())
