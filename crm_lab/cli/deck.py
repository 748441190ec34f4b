"""A notebook becomes one self-contained HTML slide deck: reveal.js inside, mathematics as MathML, pictures as data.

Cells are laid on slides by `slideshow.slide_type`, as nbconvert and JupyterLab know it: `slide` starts a slide,
`subslide` one below it, `fragment` a step on the same slide, `notes` speaks only to the presenter, `skip` is left out,
and anything else goes on where the last cell stopped. A figure fills what is left of its slide, so that its letters
can be read from the last row: what is said of it comes next, beside the same figure made smaller. `crm_lab.notes` and
`crm_lab.minutes` of a cell's metadata become speaker notes and planned time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from latex2mathml.converter import convert as to_mathml
from nbconvert.filters import Highlight2HTML, ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.formatters import HtmlFormatter

from crm_lab.author.notebooks import WIDGET_TAG
from crm_lab.author.notebooks import WIDGET_VIEW as WIDGET
from crm_lab.base.errors import InputError
from crm_lab.base.text import _, language

ASSETS = Path(__file__).parent / "assets"
# Belt and braces: even a stray address in a notebook's HTML cannot make a deck ask the network.
POLICY = "default-src 'self' 'unsafe-inline' data: blob: file:; connect-src 'none'"
FIGURE = re.compile(r'<div class="(?:fragment )?figure"')
ROOM, FIGURE_LINES = 15.0, 13.0  # lines a slide holds in letters of 24 px, and those a figure needs to be read
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")


@dataclass
class Slide:
    """What one slide shows and what its presenter reads: HTML parts, HTML notes, planned minutes.

    `beside` is the figure of the slide before, shown again beside the words about it; `lines` is how much is on it.
    """

    beside: str = ""
    lines: float = 0
    parts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    minutes: float = 0
    seconds: int = 0
    clock: str = ""

    @property
    def figure(self) -> str:
        """The figure that ends this slide, if one does."""
        return self.parts[-1] if self.parts and FIGURE.match(self.parts[-1]) else ""


@dataclass
class Deck:
    """A title and columns of slides: the first of a column is a slide, those below it its subslides."""

    title: str
    columns: list[list[Slide]]

    @property
    def slides(self) -> list[Slide]:
        """All slides in the order of the talk."""
        return [slide for column in self.columns for slide in column]


class _Renderer(IPythonRenderer):
    """Markdown to HTML with MathML in place of TeX, pictures inside, and no link that is dead on a memory stick."""

    def __init__(self, folder: Path, attachments: dict[str, Any]):
        super().__init__(
            escape=False, embed_images=True, exclude_anchor_links=True, path=str(folder), attachments=attachments
        )

    def inline_math(self, body: str) -> str:
        return _mathml(body, "inline")

    def block_math(self, body: str) -> str:
        return _mathml(body, "block")

    def latex_environment(self, name: str, body: str) -> str:
        return _mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def inline_html(self, html: str) -> str:
        return super().inline_html(html) if "<img" in html else html  # the base class closes a lone tag

    def block_html(self, html: str) -> str:
        return super().block_html(html) if "<img" in html else html  # and a block that goes on after an empty line

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, url, title) if re.match(r"https?:|mailto:", url) else text


def _mathml(tex: str, display: str) -> str:
    try:
        return str(to_mathml(tex.strip(), display=display))
    except Exception as error:  # the converter has many exceptions of its own
        raise InputError(_("The formula {tex} cannot be read as LaTeX. Correct it.").format(tex=tex.strip())) from error


def _markdown(source: str, folder: Path, attachments: dict[str, Any] | None = None) -> str:
    return MarkdownWithMath(_Renderer(folder, attachments or {})).render(source)


def _picture(kind: str, data: str, alt: str) -> str:
    if kind == "image/svg+xml":
        return f'<div class="figure" role="img" aria-label="{escape(alt)}">{data}</div>'
    return f'<div class="figure"><img alt="{escape(alt)}" src="data:{kind};base64,{data.strip()}"></div>'


def _bundle(data: dict[str, Any], metadata: dict[str, Any], cell: Any, folder: Path) -> str:
    """The richest form of an output that stands still: HTML, a picture, Markdown, a formula, text."""
    if "text/html" in data:
        kind = "figure" if data["text/html"].lstrip().startswith("<img") else "html"
        return f'<div class="{kind}">{data["text/html"]}</div>'
    for kind in PICTURES:
        if kind in data:
            alt = metadata.get(kind, {}).get("alt") or metadata.get("alt") or cell.metadata.get("alt") or ""
            return _picture(kind, data[kind], alt)
    if WIDGET in data or WIDGET_TAG in cell.metadata.get("tags", []):  # its plain text is for programmers
        return f'<p class="live">{_("This part moves: open the notebook in JupyterLab and start its live slides.")}</p>'
    if "text/markdown" in data or "text/latex" in data:
        return _markdown(data.get("text/markdown") or data["text/latex"], folder)
    return f'<div class="text"><pre>{ansi2html(data.get("text/plain", ""))}</pre></div>'


def _output(output: Any, cell: Any, folder: Path) -> str:
    if output.output_type == "stream":
        text = output.text.rstrip()
        return f'<div class="text"><pre>{ansi2html(text)}</pre></div>' if output.name == "stdout" and text else ""
    if output.output_type == "error":
        return f'<div class="text"><pre>{escape(output.ename)}: {escape(output.evalue)}</pre></div>'
    return _bundle(output.data, output.metadata, cell, folder)


def _parts(cell: Any, folder: Path) -> Iterator[str]:
    """The HTML of a cell: its text, or its code and what that shows. The tag `remove-input` leaves the code out."""
    if cell.cell_type == "markdown":
        for block in _blocks(cell.source):
            yield _markdown(block, folder, cell.get("attachments"))
    elif cell.cell_type == "code":
        if cell.source.strip() and "remove-input" not in cell.metadata.get("tags", []):
            yield f'<div class="code">{Highlight2HTML(pygments_lexer="ipython3")(cell.source)}</div>'
        for output in cell.outputs:
            yield _output(output, cell, folder)


def _blocks(source: str) -> list[str]:
    """A text in pieces that may stand on slides of their own; a heading stays with what follows, a fold stays whole."""
    found: list[str] = []
    for piece in re.split(r"\n\s*\n", source):
        whole = found and (
            found[-1].lstrip().startswith("#") or found[-1].count("<details") > found[-1].count("</details")
        )
        if whole:
            found[-1] += f"\n\n{piece}"
        else:
            found.append(piece)
    return found


def _as_fragment(html: str) -> str:
    """The part as a step of its slide; a figure keeps its class, which lets it take the room that is left."""
    if html.startswith('<div class="'):
        return html.replace('<div class="', '<div class="fragment ', 1)
    return f'<div class="fragment">{html}</div>'


def _columns(notebook: Any, folder: Path) -> list[list[Slide]]:
    columns: list[list[Slide]] = []
    steps = False
    for cell in notebook.cells:
        kind, own = cell.metadata.get("slideshow", {}).get("slide_type"), cell.metadata.get("crm_lab", {})
        if kind == "skip":
            continue
        slide = _place(columns, kind, cell.cell_type)
        steps = kind == "fragment" or (steps and kind not in ("slide", "subslide"))
        parts = [part for part in _parts(cell, folder) if part.strip()]
        if kind == "notes":
            slide.notes.extend(parts)
        for part in parts if kind != "notes" else ():
            if slide.parts and slide.lines + _lines(part, slide.beside) > ROOM:
                columns[-1].append(Slide(beside=slide.beside))
                slide = columns[-1][-1]
            slide.lines += _lines(part, slide.beside)
            slide.parts.append(_as_fragment(part) if steps else part)
        if own.get("notes"):
            slide.notes.append(_markdown(own["notes"], folder))
        slide.minutes += own.get("minutes", 0)
    return columns


def _lines(part: str, beside: str) -> float:
    """About how many lines of a slide a part takes; a figure wants nearly all of it."""
    if FIGURE.match(part):
        return FIGURE_LINES
    rows = part.count("<tr")
    text = re.sub(r"<[^>]+>", "", part)
    if part.startswith(('<div class="code', '<div class="text')):
        return text.strip().count("\n") + 2
    if rows:
        return 1.25 * rows + 1
    letters = 34 if beside else 78
    return sum(-(-len(line) // letters) for line in text.split("\n") if line.strip()) + (2 if "<h" in part else 0.6)


def _place(columns: list[list[Slide]], kind: str | None, cell_type: str) -> Slide:
    """The slide a cell goes on, made if need be."""
    if kind == "slide" or not columns:
        columns.append([Slide()])
    elif kind == "subslide":
        columns[-1].append(Slide())
    elif kind != "notes":
        last = columns[-1][-1]
        if last.figure or (last.beside and cell_type == "code"):
            columns[-1].append(Slide(beside=last.figure if cell_type == "markdown" else ""))
    return columns[-1][-1]


def _plan(slides: list[Slide]) -> None:
    """Write the clock of each slide; minutes hold until the next slide that names its own, so they are spread."""
    total, gone = sum(slide.minutes for slide in slides), 0.0
    starts = [i for i, slide in enumerate(slides) if slide.minutes or i == 0]
    for start, end in zip(starts, [*starts[1:], len(slides)], strict=True):
        share = slides[start].minutes / (end - start)
        for slide in slides[start:end]:
            gone += share
            slide.seconds = round(share * 60)
            slide.clock = _("{own:.2g} min · {gone:.0f} of {total:.0f} min").format(own=share, gone=gone, total=total)


def lay_out(notebook: Any, folder: Path) -> Deck:
    """The deck of a notebook.

    notebook  as nbformat reads it, with its outputs
    folder    where pictures named in its text lie

    Raises InputError for a formula that is not LaTeX.

    >>> from nbformat import v4
    >>> first = v4.new_markdown_cell("# Who buys?", metadata={"crm_lab": {"minutes": 3}})
    >>> second = v4.new_markdown_cell("$x^2$", metadata={"slideshow": {"slide_type": "slide"}})
    >>> deck = lay_out(v4.new_notebook(cells=[first, second]), Path("."))
    >>> deck.title, len(deck.slides), deck.slides[1].clock
    ('Who buys?', 2, '1.5 min · 3 of 3 min')
    """
    columns = _columns(notebook, folder)
    deck = Deck(_title(notebook), columns)
    _plan(deck.slides)
    return deck


def _title(notebook: Any) -> str:
    headings = (re.search(r"^#+ +(.+)$", cell.source, re.M) for cell in notebook.cells if cell.cell_type == "markdown")
    return next((found[1].strip() for found in headings if found), "CRM Lab")


def _asset(name: str) -> str:
    text = (ASSETS / name).read_text(encoding="utf-8")
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.M)


def render(notebook: Any, folder: Path) -> str:
    """The HTML of a notebook's deck; the file needs nothing beside it.

    notebook, folder  as in `lay_out`

    Raises InputError for a formula that is not LaTeX and for a picture that cannot be put inside the file.

    >>> from nbformat import v4
    >>> page = render(v4.new_notebook(cells=[v4.new_markdown_cell("# Who buys?")]), Path("."))
    >>> "<title>Who buys?</title>" in page
    True
    """
    deck = lay_out(notebook, folder)
    _refuse_outside_pictures(deck)
    template = jinja2.Template((ASSETS / "deck.html.j2").read_text(encoding="utf-8"), trim_blocks=True)
    colours = HtmlFormatter(style="default").get_style_defs(".highlight")
    sheets = [_asset("reveal/reset.css"), _asset("reveal/reveal.css"), colours, _asset("deck.css")]
    scripts = [_asset("reveal/reveal.js"), _asset("reveal/notes.js")]
    return template.render(
        deck=deck, language=language().replace("_", "-"), policy=POLICY, sheets=sheets, scripts=scripts
    )


def _refuse_outside_pictures(deck: Deck) -> None:
    for slide in deck.slides:
        for source in re.findall(r"<img\b[^>]*?\ssrc=[\"']([^\"']+)", "\n".join(slide.parts + slide.notes)):
            if not source.startswith("data:"):
                raise InputError(
                    _("The picture {source} cannot be put into the slides. Keep it in the notebook's folder.").format(
                        source=source[:80]
                    )
                )
