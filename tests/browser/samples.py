"""Small notebooks that show one behaviour each: a slider whose text follows it, and slides of every type."""

from __future__ import annotations

from base64 import b64encode
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

TABLE = """\
<table border="1" class="dataframe"><thead><tr><th></th><th>customers</th><th>margin, ¥</th></tr></thead>
<tbody><tr><th>champions</th><td>120</td><td>81,000</td></tr><tr><th>lost</th><td>300</td><td>900</td></tr></tbody></table>"""


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


def picture_bytes(width: int = 800, height: int = 400) -> bytes:
    """A PNG of one colour."""
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (width, height), "#7fb2d1").save(file, "png")
    return file.getvalue()


def talk_notebook() -> NotebookNode:
    """A talk with every type of slide, mathematics, code, a table, a figure, notes and minutes."""
    image = f'<img alt="Two bars" width="800" src="data:image/png;base64,{b64encode(picture_bytes()).decode()}">'
    table = v4.new_output("execute_result", {"text/html": TABLE, "text/plain": "a table"}, execution_count=1)
    figure = v4.new_output("execute_result", {"text/html": image, "text/plain": "Two bars"}, execution_count=2)
    cells = [
        _cell("markdown", "# Who brings the profit?\n\n中文 too.", "slide", minutes=2, notes="Ask **first**."),
        _cell("markdown", "Never shown.", "skip", minutes=30),
        _cell(
            "markdown",
            "## The Gini index\n\n$$G = 1 - \\frac{2}{n} \\sum_i L_i$$\n\nfor $n$ buyers.",
            "slide",
            minutes=5,
        ),
        _cell("markdown", "It is 0 when all are equal.", "fragment"),
        _cell("markdown", "### In code", "subslide"),
        _cell("code", "segments = rfm.groupby('segment').agg(customers=('margin', 'size'))\nsegments"),
        _cell("code", "explore.bars(segments)", "slide", minutes=1),
        _cell("markdown", "Only *spoken*.", "notes"),
    ]
    cells[5].outputs, cells[6].outputs = [table], [figure]
    return v4.new_notebook(cells=cells, metadata=KERNEL)


EXPLORER = """\
import numpy as np, pandas as pd
from crm_lab.explore._rfm_explorer import rfm_explorer
draw = np.random.default_rng(0)
rfm = pd.DataFrame({"recency_days": draw.integers(1, 700, 400), "frequency": draw.geometric(0.2, 400),
                    "monetary": draw.exponential(800, 400).round(2)},
                   index=pd.Index([f"C{n:05d}" for n in range(1, 401)], name="customer_id"))
rfm_explorer(rfm)"""


def explorer_notebook() -> NotebookNode:
    """The RFM explorer on 400 invented customers."""
    cells = [_cell("markdown", "# An explorer", "slide"), _cell("code", EXPLORER, "slide")]
    for cell, name in zip(cells, ("title", "explorer"), strict=True):
        cell.id = name
    return v4.new_notebook(cells=cells, metadata=KERNEL)


def workbench_notebook() -> NotebookNode:
    """The morning workbench."""
    source = "from crm_lab import workbench\nbench = workbench.open()\nbench"
    cells = [_cell("markdown", "# Good morning", "slide"), _cell("code", source, "slide")]
    for cell, name in zip(cells, ("title", "bench"), strict=True):
        cell.id = name
    return v4.new_notebook(cells=cells, metadata=KERNEL)


def write_samples(folder: Path) -> None:
    """Write the notebooks that the tests open in JupyterLab into `folder`."""
    folder.mkdir()
    nbformat.write(slider_notebook(), folder / "slider.ipynb")
    nbformat.write(explorer_notebook(), folder / "explorer.ipynb")
    nbformat.write(workbench_notebook(), folder / "workbench.ipynb")
