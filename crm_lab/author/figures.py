"""Rules for what is seen: every image says in words what it shows, every widget is tested in a browser."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from crm_lab.author.notebooks import WIDGET_TAG, Cell, Notebook, code_cells

ALT_CHARACTERS = 40
_MARKDOWN_IMAGE = re.compile(r"!\[([^\]]*)\]\(")
_FORBIDDEN_TAGS = {"nbval-skip", "nbval-check-output", "raises-exception", "skip-execution"}
_MARKERS = re.compile(r"#\s*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)")


def figure_faults(notebook: Notebook) -> list[str]:
    """One sentence for each image of the notebook that a reader who cannot see it would miss.

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> figure_faults(new_notebook(cells=[new_markdown_cell("![](map.png)", id="map")]))
    ['map: a markdown image has no alt text']
    """
    found = []
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        faults = [fault for output in outputs for fault in _output_faults(output.get("data", {}), output, cell)]
        if cell.cell_type == "markdown":
            faults += _markup_faults(cell.source)
        found += [f"{cell.id}: {fault}" for fault in faults]
    return found


def _markup_faults(text: str) -> list[str]:
    faults = ["a markdown image has no alt text" for alt in _MARKDOWN_IMAGE.findall(text) if not alt.strip()]
    return faults + ["an <img> has no alt text" for alt in html_alts(text) if not alt.strip()]


def _output_faults(data: Any, output: Any, cell: Cell) -> list[str]:
    faults = [f"an output is {kind}; show a Picture" for kind in ("image/svg+xml", "image/jpeg") if kind in data]
    alts = html_alts(data.get("text/html", ""))
    if "image/png" not in data:
        return faults + ["an <img> has no alt text" for alt in alts if not alt.strip()]
    alt = output["metadata"].get("image/png", {}).get("alt", "")
    if len(alt) < ALT_CHARACTERS:
        faults.append(f"a figure's alt text has {len(alt)} characters, fewer than {ALT_CHARACTERS}")
    if not re.search(r"\d", alt):
        faults.append("a figure's alt text names no number from the data")
    if alt and alt.strip() in cell.source:
        faults.append("a figure's alt text is written in the cell instead of made from the data")
    if data.get("text/plain", "").strip() != alt.strip() or any(other.strip() != alt.strip() for other in alts):
        faults.append("a figure's alt text differs from its text form")
    return faults


def html_alts(markup: str) -> list[str]:
    """The alt text of each image in a piece of HTML, empty where there is none.

    >>> html_alts('<img src="a" alt="A line &amp; a bar"> <img src="b">')
    ['A line & a bar', '']
    """
    parser = _Images()
    parser.feed(markup)
    return parser.alts


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.alts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")


def widget_faults(notebook: Notebook, root: Path) -> list[str]:
    """One sentence for each cell that hides its output from the comparison without a browser test that looks at it.

    root    the folder that crm_lab.browser_test ("tests/browser/test_x.py::test_y") is relative to

    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> widget_faults(new_notebook(cells=[new_code_cell("x  # NBVAL_SKIP", id="x")]), Path())
    ['x: a comment switches the comparison of outputs off']
    """
    found = []
    for cell in code_cells(notebook):
        tags = set(cell.metadata.get("tags", []))
        faults = [f"the tag {tag} is not allowed" for tag in sorted(tags & _FORBIDDEN_TAGS)]
        if _MARKERS.search(cell.source):
            faults.append("a comment switches the comparison of outputs off")
        if WIDGET_TAG in tags:
            faults += _widget_cell_faults(cell, root)
        found += [f"{cell.id}: {fault}" for fault in faults]
    return found


def _widget_cell_faults(cell: Cell, root: Path) -> list[str]:
    test = cell.metadata.get("crm_lab", {}).get("browser_test", "")
    faults = [] if browser_test_exists(test, root) else [f"its browser test {test!r} does not exist in tests/browser/"]
    still = {"image/png", "text/html"}
    if not any(still & output.get("data", {}).keys() for output in cell.outputs):
        faults.append("the widget stores no picture or table that makes sense when nothing is running")
    return faults


def browser_test_exists(test: str, root: Path) -> bool:
    """Whether "tests/browser/test_x.py::test_y" names a test function (or Class::method) that is there.

    >>> browser_test_exists("tests/browser/none.py::test_none", Path())
    False
    """
    path, *names = test.split("::")
    file = root / path
    if not names or not path.startswith("tests/browser/") or not file.is_file():
        return False
    body: list[ast.stmt] = ast.parse(file.read_text(encoding="utf-8")).body
    for name in names:
        named = [n for n in body if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and n.name == name]
        if not named:
            return False
        body = named[0].body
    return names[-1].startswith("test")
