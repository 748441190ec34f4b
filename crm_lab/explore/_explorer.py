"""What every explorer has: controls beside a chart and a sentence, drawn live, and a still picture without a kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets as widgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from crm_lab.explore._chart import Chart, Mark, legend
from crm_lab.explore._picture import LIVE_DPI, Picture, live_html
from crm_lab.explore._style import look, wrapped

# ipywidgets gives the handle of a slider no name that a screen reader could say; the picture does when it is loaded
NAME_HANDLES = (
    "for (const handle of document.querySelectorAll('.widget-slider .noUi-handle')) handle.setAttribute('aria-label', "
    "handle.closest('.widget-slider').querySelector('.widget-label').textContent)"
)


class Live:
    """A chart on a canvas that stays: scales and legend are drawn once, title and marks anew at every step."""

    def __init__(self, headed: bool = True) -> None:
        self._headed = headed
        self._frame: Any = None
        self._shown: tuple[Mark, ...] = ()

    def html(self, chart: Chart) -> str:
        """The chart as an HTML image. What is drawn anew is what moves, unless the scales have changed."""
        title = wrapped(chart.title) if self._headed else ""
        names = tuple(mark.name for mark in chart.marks)
        frame = (chart.x, chart.y, chart.grid, chart.height, names, title.count("\n"))
        with look():
            if frame != self._frame:
                self._prepare(chart)
                self._frame = frame
            self._draw(chart.marks)
            self._write(title)
        return live_html(self._canvas, chart.alt)

    def _write(self, title: str) -> None:
        if title != self._title.get_text():
            self._title.set_text(title)
            self._canvas.restore_region(self._above)
            self._figure.draw_artist(self._title)

    def _prepare(self, chart: Chart) -> None:
        """Draw what stays and keep a copy of it."""
        self._figure, self._axes = replace(chart, title=chart.title if self._headed else "").sheet()
        self._figure.set_dpi(LIVE_DPI)
        self._canvas = FigureCanvasAgg(self._figure)
        self._title = self._figure.texts[0]
        artists = [artist for mark in chart.marks for artist in mark.draw(self._axes)]
        legend(self._axes)
        if engine := self._figure.get_layout_engine():
            engine.execute(self._figure)  # finds the room that title, scales and legend need
        self._figure.set_layout_engine("none")
        foot = self._title.get_window_extent(self._canvas.get_renderer()).y0
        for artist in artists:
            artist.remove()
        self._title.set(animated=True, text="")
        self._canvas.draw()
        self._still, self._shown = self._canvas.copy_from_bbox(self._figure.bbox), ()
        self._above = self._canvas.copy_from_bbox(Bbox.from_extents(0, foot, *self._figure.bbox.max))

    def _draw(self, marks: tuple[Mark, ...]) -> None:
        """Draw what has changed; all of it, if anything does not hide what it was."""
        moved = [mark for mark in marks if not mark.covers or mark not in self._shown]
        if not self._shown or any(not mark.covers for mark in moved):
            self._canvas.restore_region(self._still)
            self._title.set_text("")
            moved = list(marks)
        self._shown = marks
        artists = [artist for mark in moved for artist in mark.draw(self._axes)]
        for artist in sorted(artists, key=lambda artist: artist.get_zorder()):
            self._axes.draw_artist(artist)
            artist.remove()
        self._axes.containers.clear()


class Explorer(widgets.VBox):
    """Controls that redraw a chart when they move. A subclass says what follows from them, how it looks, what it means.

    controls  by name
    width     of the column of controls
    beside    widgets that stand under the controls
    below     widgets that stand under all

    `.outcome` holds what is shown. What `work_out` needs must be there before this begins: it draws at once.
    """

    kind = "explorer"  # the class of the sentence in HTML is kind-summary
    named = NAME_HANDLES  # what names the controls that have no name of their own, once the picture is loaded
    headed = True  # whether the live chart bears its title; where the sentence says the same, time is saved

    def __init__(
        self,
        controls: dict[str, Any],
        width: str = "410px",
        beside: Sequence[widgets.Widget] = (),
        below: Sequence[widgets.Widget] = (),
    ) -> None:
        self.controls = controls
        self._live = Live(self.headed)
        self._image, self._summary = widgets.HTML(), widgets.HTML()  # widgets.Image has no alt text
        self._redraw()
        for control in controls.values():
            control.observe(self._redraw, names="value")
        column = widgets.VBox([*controls.values(), *beside], layout={"width": width})
        shown = widgets.VBox([self._image, self._summary], layout={"flex": "1 1 430px", "min_width": "320px"})
        super().__init__([widgets.HBox([column, shown], layout={"flex_flow": "row wrap"}), *below])

    def work_out(self, chosen: dict[str, Any]) -> Any:
        """What follows from the values of the controls, by name."""
        raise NotImplementedError

    def chart(self, outcome: Any) -> Chart:
        """How an outcome looks."""
        raise NotImplementedError

    def summary(self, outcome: Any) -> str:
        """What an outcome means, in a few sentences."""
        raise NotImplementedError

    def _redraw(self, change: Any = None) -> None:
        self.outcome = self.work_out({name: control.value for name, control in self.controls.items()})
        self._image.value = self._live.html(self.chart(self.outcome)).replace("<img ", f'<img onload="{self.named}" ')
        said = f'<p class="{self.kind}-summary" role="status" aria-live="polite" style="line-height: 1.4">'
        self._summary.value = f"{said}{escape(self.summary(self.outcome))}</p>"

    def picture(self) -> Picture:
        """The chart as it stands, as a picture with alt text."""
        return self.chart(self.outcome).picture()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        still, metadata = self.picture()._repr_mimebundle_()
        return {**super()._repr_mimebundle_(**kwargs), **still}, metadata


def slider(name: str, value: int, low: int, high: int, step: int = 1) -> widgets.IntSlider:
    """A slider with its name before it.

    >>> slider("Agents", 5, 1, 9).value
    5
    """
    return widgets.IntSlider(value, low, high, step, description=name, **_wide())


def choice(name: str, options: Sequence[tuple[str, Any]]) -> widgets.Dropdown:
    """A list to choose from, with its name before it; options are pairs of words and value.

    >>> choice("Scoring", [("equal groups", "equal")]).value
    'equal'
    """
    return widgets.Dropdown(options=options, description=name, **_wide())


def _wide() -> dict[str, Any]:
    return {"style": {"description_width": "190px"}, "layout": {"width": "400px"}}
