"""What every explorer has: controls beside a figure and a sentence, and a still picture where no kernel runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets

from crm_lab.explore.picture import Picture


class Explorer(widgets.VBox):
    """Controls that redraw a figure when they move. A subclass fills `_image` and `_summary` in `_redraw`.

    controls  by name
    width     of the column of controls
    beside    widgets that stand under the controls
    below     widgets that stand under all

    What `_redraw` needs must be there before this begins: it draws at once.
    """

    def __init__(
        self,
        controls: dict[str, Any],
        width: str = "410px",
        beside: Sequence[widgets.Widget] = (),
        below: Sequence[widgets.Widget] = (),
    ) -> None:
        self.controls = controls
        self._image, self._summary = widgets.HTML(), widgets.HTML()  # widgets.Image has no alt text
        self._redraw()
        for control in controls.values():
            control.observe(self._redraw, names="value")
        column = widgets.VBox([*controls.values(), *beside], layout={"width": width})
        shown = widgets.VBox([self._image, self._summary], layout={"flex": "1 1 430px", "min_width": "320px"})
        super().__init__([widgets.HBox([column, shown], layout={"flex_flow": "row wrap"}), *below])

    def _redraw(self, change: Any = None) -> None:
        raise NotImplementedError

    def picture(self) -> Picture:
        """The figure as it stands, as a picture with alt text."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        still, metadata = self.picture()._repr_mimebundle_()
        return {**super()._repr_mimebundle_(**kwargs), **still}, metadata
