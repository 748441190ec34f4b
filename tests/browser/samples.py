"""Small notebooks that show one behaviour each: a slider whose text follows it, and slides of every type."""

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, v4

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}

SLIDER = """\
import ipywidgets as widgets
days = widgets.IntSlider(90, 30, 365, 5, description="Lapsed after", continuous_update=False)
scheme = widgets.Dropdown(options=["equal groups", "thresholds"], description="Scoring")
text = widgets.HTML()
def show(change=None):
    text.value = f"<p class='summary'>After {days.value} days, {scheme.value}.</p>"
days.observe(show, "value"); scheme.observe(show, "value"); show()
widgets.VBox([days, scheme, text])"""

FIGURE = """\
import matplotlib.pyplot as plt
plt.bar(["a", "b"], [1, 2])
plt.show()"""


def _cell(kind: str, source: str, slide: str | None = None, **own: Any) -> NotebookNode:
    metadata: dict[str, Any] = {"slideshow": {"slide_type": slide}} if slide else {}
    if own:
        metadata["crm_lab"] = own
    return getattr(v4, f"new_{kind}_cell")(source, metadata=metadata)


def slider_notebook() -> NotebookNode:
    """A slide with text, one with a slider and a dropdown whose text follows them, one with a figure."""
    cells = [
        _cell("markdown", "# A slider\n\nIts text follows it.", "slide", minutes=2, notes="Say **why** it moves."),
        _cell("code", SLIDER, "slide", minutes=3),
        _cell("code", FIGURE, "slide"),
        _cell("markdown", "The last words.", "fragment"),
    ]
    for cell, name in zip(cells, ("title", "slider", "figure", "end"), strict=True):
        cell.id = name
    return v4.new_notebook(cells=cells, metadata=KERNEL)


def write_samples(folder: Path) -> None:
    """Write every sample notebook into `folder`."""
    folder.mkdir()
    nbformat.write(slider_notebook(), folder / "slider.ipynb")
