"""The rules for images and widgets, each met and each broken once."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crm_lab.author.figures import browser_test_exists, figure_faults, widget_faults

ALT = "Bars of the profit of 5 customer groups; the first bar is as long as the others together."


def figure(alt: str = ALT, plain: str = ALT, html: str | None = None, source: str = "plot(x)", **data: str):
    """A notebook of one cell that shows one figure."""
    if html is None:
        html = f'<img alt="{alt}" src="data:image/png;base64,AAAA">'
    bundle = {"image/png": "AAAA", "text/plain": plain, "text/html": html, **data}
    output = new_output("display_data", data=bundle, metadata={"image/png": {"alt": alt}} if alt else {})
    return new_notebook(cells=[new_code_cell(source, id="plot", outputs=[output])])


def test_a_figure_with_alt_text_has_no_fault() -> None:
    assert figure_faults(figure()) == []


@pytest.mark.parametrize(
    ("notebook", "fault"),
    [
        (figure(alt="", plain=""), "has 0 characters"),
        (figure(alt="5 bars", plain="5 bars"), "has 6 characters"),
        (figure(*["A fifth of the customers bring four fifths of the profit"] * 2), "names no number"),
        (figure(source=f"plot(x, alt='{ALT}')"), "is written in the cell"),
        (figure(plain="<Figure size 640x480 with 1 Axes>"), "differs from its text form"),
        (figure(html='<img src="data:image/png;base64,AAAA">'), "differs from its text form"),
        (figure(**{"image/svg+xml": "<svg/>"}), "an output is image/svg"),
    ],
)
def test_a_figure_that_says_too_little_is_found(notebook: nbformat.NotebookNode, fault: str) -> None:
    assert any(found.startswith("plot: ") and fault in found for found in figure_faults(notebook))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("![A map of Willow Lane](map.png) and <img src='a' alt='The shop'>", 0),
        ("![](map.png)", 1),
        ("<p><img src='map.png'></p>", 1),
        ("<img src='map.png' alt=''>", 1),
    ],
)
def test_an_image_in_markdown_needs_alt_text(text: str, faults: int) -> None:
    assert len(figure_faults(new_notebook(cells=[new_markdown_cell(text, id="t")]))) == faults


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one browser test."""
    folder = tmp_path / "tests" / "browser"
    folder.mkdir(parents=True)
    text = "def test_slider():\n    pass\n\n\nclass TestBox:\n    def test_tick(self):\n        pass\n\n\nhelper = 1\n"
    (folder / "test_explorer.py").write_text(text, encoding="utf-8")
    return tmp_path


TEST = "tests/browser/test_explorer.py::test_slider"


def widget(test: str = TEST, tags: tuple[str, ...] = ("nbval-ignore-output",), html: str = "<table></table>"):
    """A notebook of one widget cell."""
    output = new_output("display_data", data={"text/plain": "x"} | ({"text/html": html} if html else {}))
    metadata = {"tags": list(tags), "crm_lab": {"browser_test": test}}
    return new_notebook(cells=[new_code_cell("explore()", id="widget", outputs=[output], metadata=metadata)])


def test_a_widget_with_a_browser_test_and_a_still_picture_has_no_fault(root: Path) -> None:
    assert widget_faults(widget(), root) == []


@pytest.mark.parametrize(
    ("test", "there"),
    [
        (TEST, True),
        ("tests/browser/test_explorer.py::TestBox::test_tick", True),
        ("tests/browser/test_explorer.py::test_gone", False),
        ("tests/browser/test_explorer.py::helper", False),
        ("tests/browser/test_gone.py::test_slider", False),
        ("tests/browser/test_explorer.py", False),
        ("test_explorer.py::test_slider", False),
        ("", False),
    ],
)
def test_a_browser_test_must_be_there(root: Path, test: str, there: bool) -> None:
    assert browser_test_exists(test, root) == there
    assert bool(widget_faults(widget(test), root)) != there


@pytest.mark.parametrize("tag", ["nbval-skip", "raises-exception", "skip-execution", "nbval-check-output"])
def test_no_other_tag_may_soften_the_comparison(root: Path, tag: str) -> None:
    assert widget_faults(widget(tags=(tag,)), root) == [f"widget: the tag {tag} is not allowed"]


@pytest.mark.parametrize("marker", ["# NBVAL_SKIP", "#NBVAL_IGNORE_OUTPUT", "# PYTEST_VALIDATE_IGNORE_OUTPUT"])
def test_no_comment_may_soften_the_comparison(root: Path, marker: str) -> None:
    notebook = new_notebook(cells=[new_code_cell(f"{marker}\nx", id="x")])
    assert widget_faults(notebook, root) == ["x: a comment switches the comparison of outputs off"]


def test_a_widget_that_stores_nothing_to_look_at_is_found(root: Path) -> None:
    assert widget_faults(widget(html=""), root) == [
        "widget: the widget stores no picture or table that makes sense when nothing is running"
    ]
