"""Static decks as an audience and a presenter meet them: opened from a file, with no network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from crm_lab.cli.deck import render
from crm_lab.cli.slides import slides

from .lab import REPOSITORY, SHOTS
from .samples import talk_notebook

SMALLEST = 24  # px on a slide of 1280 x 720, which is 18 pt
FIGURE = 940  # px: our figures have letters of 18 pt on 10 inches, which are 24 px at 960 px and 23.5 px at this width

CHAPTERS = sorted((REPOSITORY / "notebooks").glob("[0-9][0-9]*_*.ipynb"))
TALKS = [path for path in CHAPTERS if not path.name.startswith("00_start")]

LOOK = """() => {
    const page = Reveal.getCurrentSlide().querySelector('.page');
    const frame = page.getBoundingClientRect();
    const texts = [...page.querySelectorAll('*')].filter(element =>
        [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()) &&
        element.closest('details:not([open]) > :not(summary)') === null && element.getClientRects().length &&
        element.closest('math, svg, style, sub, sup') === null);
    const sizes = texts.map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim().slice(0, 40)]);
    const drawn = [...page.querySelectorAll('*')].filter(e => e.getClientRects().length && !e.closest('svg') &&
        e.closest('details:not([open]) > :not(summary)') === null);
    const out = drawn.filter(e => {
        const box = e.getBoundingClientRect();
        return box.bottom > frame.bottom + 1 || box.right > frame.right + 1;
    });
    return {
        title: (page.querySelector('h1, h2, h3, h4') || page).innerText.slice(0, 60),
        over: Math.max(0, Math.round(page.scrollHeight - page.clientHeight)),
        wide: Math.max(0, Math.round(page.scrollWidth - page.clientWidth)),
        out: out.slice(0, 3).map(e => e.tagName + ': ' + e.textContent.trim().slice(0, 30)),
        small: sizes.filter(([size]) => size < SMALLEST).map(([size, text]) => `${size} px: ${text}`).slice(0, 3),
        tiny: [...page.querySelectorAll(':scope > .figure img')].map(i => {
            const width = Math.min(i.clientWidth, i.clientHeight * i.naturalWidth / i.naturalHeight);
            return Math.round(width);
        }).filter(width => width < FIGURE),
        unnamed: [...page.querySelectorAll('img')].filter(i => !i.alt.trim() || !i.naturalWidth).length,
        empty: !page.innerText.trim() && !page.querySelector('img, svg'),
    };
}""".replace("SMALLEST", str(SMALLEST)).replace("FIGURE", str(FIGURE))


def show(page: Page, deck: Path, query: str = "") -> list[str]:
    """Open a deck from its file; returns the list that gathers every address the page asks."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(deck.as_uri() + query)
    page.wait_for_function("() => window.Reveal?.isReady()")
    return asked


def faults_of(page: Page) -> list[str]:
    """What is wrong with the deck on `page`, slide by slide: too tall, too wide, too small, unnamed, empty."""
    found = []
    for place in page.evaluate("() => Reveal.getSlides().map(s => Reveal.getIndices(s)).map(({h, v}) => [h, v || 0])"):
        page.evaluate("([h, v]) => Reveal.slide(h, v, Infinity)", place)
        seen = page.evaluate(LOOK)
        found += [f"{seen['title']!r} {place}: {what} {seen[what]}" for what in list(seen)[1:] if seen[what]]
    return found


def elsewhere(asked: list[str], deck: Path) -> list[str]:
    """The addresses that are neither the deck itself nor data inside it."""
    return [url for url in asked if not url.startswith((deck.as_uri(), "data:", "blob:", "about:"))]


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    deck = tmp_path_factory.mktemp("stick") / "talk.html"
    deck.write_text(render(talk_notebook(), deck.parent), encoding="utf-8")
    return deck


def test_a_deck_shows_every_type_of_slide(page: Page, talk: Path) -> None:
    asked = show(page, talk)
    assert faults_of(page) == []
    assert elsewhere(asked, talk) == []
    assert page.evaluate("() => Reveal.getTotalSlides()") == 4
    page.evaluate("() => Reveal.slide(1, 0, -1)")
    expect(page.locator(".present math[display=block]").last).to_be_visible()
    step = page.locator(".present .fragment", has_text="It is 0").last
    expect(step).to_have_css("opacity", "0")
    page.keyboard.press("Space")
    expect(step).to_have_css("opacity", "1")
    page.screenshot(path=SHOTS / "slides-sample.png")


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<div style='height:900px'>tall</div>", "over"),
        ("<span style='font-size:12px'>tiny</span>", "small"),
        ("&nbsp;", "empty"),
    ],
)
def test_a_faulty_slide_is_found(page: Page, talk: Path, body: str, word: str) -> None:
    notebook = talk_notebook()
    notebook.cells[0].source = body
    deck = talk.with_name("faulty.html")
    deck.write_text(render(notebook, deck.parent), encoding="utf-8")
    show(page, deck)
    assert any(f"[0, 0]: {word}" in fault for fault in faults_of(page)), faults_of(page)


def test_the_speaker_view_works_from_a_file(page: Page, talk: Path) -> None:
    asked = show(page, talk)
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = opened.value
    expect(notes.locator(".speaker-controls-notes .value")).to_contain_text("Ask first.", timeout=15_000)
    expect(notes.locator(".speaker-controls-notes .value")).to_contain_text("2 min · 2 of 8 min")
    page.bring_to_front()
    page.keyboard.press("ArrowRight")
    expect(notes.locator(".speaker-controls-notes .value")).to_contain_text("2.5 min · 4 of 8 min", timeout=15_000)
    notes.screenshot(path=SHOTS / "slides-speaker-view.png")
    assert elsewhere(asked, talk) == []


@pytest.mark.parametrize("chapter", TALKS, ids=lambda path: path.stem)
def test_a_chapter_is_a_good_deck(page: Page, chapter: Path, tmp_path: Path) -> None:
    deck = next(path for path in slides(chapter.name.split("_")[0], tmp_path) if path.stem == chapter.stem)
    asked = show(page, deck)
    assert page.locator(".page > .figure").count() >= 3  # a notebook stored without its outputs is no talk
    assert faults_of(page) == []
    assert elsewhere(asked, deck) == []
    for name, selector in {"title": "h1", "figure": ".page > .figure", "meaning": ".beside"}.items():
        place = page.locator(selector).first.evaluate("e => Reveal.getIndices(e.closest('section'))")
        page.evaluate("({h, v}) => Reveal.slide(h, v, Infinity)", place)
        page.screenshot(path=SHOTS / f"slides-{chapter.stem[:3]}-{name}.png")
