"""A notebook as a deck: which cell lands where, what is said of time, and that nothing lies outside the file."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode, v4

from crm_lab.base.errors import InputError
from crm_lab.cli.deck import ASSETS, Deck, lay_out, render

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def text(source: str, slide: str | None = None, **own: Any) -> NotebookNode:
    metadata = {"slideshow": {"slide_type": slide}} if slide else {}
    return v4.new_markdown_cell(source, metadata=metadata | ({"crm_lab": own} if own else {}))


def code(source: str, *data: dict[str, str], tags: tuple[str, ...] = (), **metadata: Any) -> NotebookNode:
    outputs = [v4.new_output("display_data", bundle, metadata=metadata) for bundle in data]
    return v4.new_code_cell(source, outputs=outputs, metadata={"tags": list(tags)})


def deck_of(*cells: NotebookNode, folder: Path = Path(".")) -> Deck:
    return lay_out(v4.new_notebook(cells=list(cells)), folder)


def shown(*cells: NotebookNode, folder: Path = Path(".")) -> str:
    return "\n".join(part for slide in deck_of(*cells, folder=folder).slides for part in slide.parts)


def test_cells_land_where_their_type_says() -> None:
    deck = deck_of(
        text("first"),
        text("goes on", "-"),
        text("new", "slide"),
        text("below", "subslide"),
        text("step", "fragment"),
        text("with it"),
        text("gone", "skip"),
        text("spoken", "notes"),
        text("last", "slide"),
    )
    assert [[len(slide.parts) for slide in column] for column in deck.columns] == [[2], [1, 3], [1]]
    below = deck.columns[1][1]
    assert ["fragment" in part for part in below.parts] == [False, True, True]
    assert below.notes == ["<p>spoken</p>\n"]
    assert "fragment" not in deck.columns[2][0].parts[0]
    assert not any("gone" in part for slide in deck.slides for part in slide.parts)


def test_minutes_hold_until_the_next_slide_that_names_its_own() -> None:
    deck = deck_of(
        text("a", "slide", minutes=4, notes="*slowly*"),
        text("b", "subslide"),
        text("left out", "skip", minutes=50),
        text("c", "slide", minutes=1),
    )
    assert [slide.seconds for slide in deck.slides] == [120, 120, 60]
    assert [slide.clock for slide in deck.slides] == [
        "2 min · 2 of 5 min",
        "2 min · 4 of 5 min",
        "1 min · 5 of 5 min",
    ]
    assert deck.slides[0].notes == ["<p><em>slowly</em></p>\n"]


def test_formulas_become_mathml() -> None:
    html = shown(text(r"A share $\frac{a}{b}$ and $$G = 1 - 2L$$ and" + "\n\n" + r"\begin{align} x &= 1 \end{align}"))
    assert html.count("<math") == 3
    assert html.count('display="block"') == 2
    assert "$" not in html


def test_a_faulty_formula_is_named() -> None:
    with pytest.raises(InputError, match=r"The formula x\^ cannot be read"):
        deck_of(text("$x^$"))


def test_links_that_would_be_dead_on_a_stick_are_plain_text() -> None:
    html = shown(text("[the lab](../labs/04a.ipynb) and [the book](https://example.org/book)"))
    assert "the lab" in html
    assert re.findall(r'href="([^"]+)"', html) == ["https://example.org/book"]


def test_html_inside_a_sentence_stays_whole() -> None:
    assert "<span class='x'>word</span>" in shown(text("a <span class='x'>word</span>"))


def test_code_is_shown_unless_tagged() -> None:
    assert "rfm" in shown(code("rfm.head()"))
    assert shown(code("rfm.head()", tags=("remove-input",))) == ""


def test_the_richest_still_form_of_an_output_is_shown() -> None:
    widget = {"application/vnd.jupyter.widget-view+json": "{}", "text/plain": "VBox(children=...)"}
    picture = {"image/png": PIXEL, "text/plain": "<Figure>"}
    assert "<table>" in shown(code("", {"text/html": "<table></table>", "text/plain": "plain"}))
    assert 'class="figure"' in shown(code("", {"text/html": f'<img alt="a map" src="data:image/png;base64,{PIXEL}">'}))
    assert 'alt="bars &amp; lines"' in shown(code("", picture, **{"image/png": {"alt": "bars & lines"}}))
    assert "JupyterLab" in shown(code("", widget))
    assert "VBox" not in shown(code("", widget), code("", {"text/plain": "VBox()"}, tags=("nbval-ignore-output",)))
    assert "0.72" in shown(code("", {"text/plain": "0.72"}))


def test_a_figure_fills_its_slide_and_comes_again_beside_its_words() -> None:
    figure = {"text/html": f'<img alt="a map" src="data:image/png;base64,{PIXEL}">'}
    deck = deck_of(code("explore.map()", figure), text("What it means", minutes=4), code("1 + 1"))
    first, words, after = deck.slides
    assert first.figure == first.parts[-1] == words.beside
    assert words.parts == ["<p>What it means</p>\n"]
    assert (after.beside, len(after.parts)) == ("", 1)
    assert [slide.seconds for slide in deck.slides] == [0, 120, 120]


def test_what_does_not_fit_goes_on_a_slide_of_its_own() -> None:
    figure = {"text/html": f'<img alt="a map" src="data:image/png;base64,{PIXEL}">'}
    under_title = deck_of(text("# A"), code("explore.map()", figure))
    assert [bool(slide.figure) for slide in under_title.slides] == [False, True]
    long = deck_of(text("\n\n".join(["Many words are said here, line by line and one after the other."] * 30)))
    assert len(long.slides) > 2
    assert sum(len(slide.parts) for slide in long.slides) == 30
    headed = deck_of(text("word\n\n" * 9 + "## Next\n\nwhat follows"))
    assert headed.slides[-1].parts[-1].startswith("<h2")
    assert "what follows" in headed.slides[-1].parts[-1]


def test_a_folded_answer_stays_folded() -> None:
    html = shown(text("<details><summary>Why?</summary>\n\nBecause of **ties**.\n\n</details>"))
    assert "</details>" not in html.split("Because")[0]
    assert "<strong>ties</strong>" in html.split("</details>")[0]


def test_warnings_stay_off_the_slides_and_prints_do_not() -> None:
    cell = v4.new_code_cell(outputs=[v4.new_output("stream", name=name, text=name) for name in ("stdout", "stderr")])
    assert "stdout" in shown(cell)
    assert "stderr" not in shown(cell)


def test_pictures_are_put_inside(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b64decode(PIXEL))
    assert f"data:image/png;base64,{PIXEL}" in shown(text("![a map](map.png)"), folder=tmp_path)


@pytest.mark.parametrize("source", ["![a](https://example.org/a.png)", '<img src="away.png">'])
def test_a_picture_elsewhere_is_refused(source: str) -> None:
    with pytest.raises(InputError, match="cannot be put into the slides"):
        render(v4.new_notebook(cells=[text(source)]), Path("."))


def test_a_deck_is_one_file_that_names_no_other() -> None:
    page = render(v4.new_notebook(cells=[text("# Who buys?\n\n中文")]), Path("."))
    assert "中文" in page
    assert not re.findall(r"<(?:link|script|iframe|img)\b[^>]*\b(?:src|href)=", page.split("<body>")[0])
    assert "sourceMappingURL" not in page
    assert "@import" not in page


def test_what_is_shipped_is_small_and_licensed() -> None:
    sizes = [path.stat().st_size for path in ASSETS.rglob("*") if path.is_file()]
    assert sum(sizes) < 700_000
    assert "Permission is hereby granted" in (ASSETS / "reveal" / "LICENSE").read_text(encoding="utf-8")
    assert "reveal.js 4" in (ASSETS / "reveal" / "reveal.js").read_text(encoding="utf-8")[:300]
