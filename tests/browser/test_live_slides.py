"""Live slides: the notebook itself as slides, with widgets that move."""

from __future__ import annotations

from playwright.sync_api import expect

from .explorers import BINS, CHAPTER_RFM, SCHEME
from .lab import Lab


def test_a_slider_moves_its_text_on_a_live_slide(lab: Lab) -> None:
    lab.open("samples/slider.ipynb")
    lab.run_all()
    lab.start_slides()
    expect(lab.cell("title")).to_be_visible()
    expect(lab.cell("slider")).not_to_be_visible()
    lab.screenshot("live-slides-title")
    lab.page.keyboard.press("ArrowRight")
    expect(lab.cell("slider")).to_be_visible()
    summary = lab.output("slider").locator(".summary")
    expect(summary).to_have_text("After 90 days, equal groups.")
    lab.drag("Lapsed after", 1.0)
    expect(summary).to_have_text("After 365 days, equal groups.")
    lab.choose("Scoring", "thresholds")
    expect(summary).to_have_text("After 365 days, thresholds.")
    lab.screenshot("live-slides-slider")
    lab.stop_slides()
    expect(lab.cell("figure")).to_be_visible()


def test_the_explorer_of_a_chapter_moves_on_a_live_slide(lab: Lab) -> None:
    lab.open(CHAPTER_RFM)
    lab.run_all()
    lab.start_slides()
    lab.screenshot("live-slides-chapter-04c")
    lab.show_slide("explorer")
    summary = lab.notebook.locator(".rfm-summary")
    expect(summary).to_contain_text("Scores 1 to 5,")
    lab.drag(BINS, 0.0)
    expect(summary).to_contain_text("Scores 1 to 2,")
    lab.choose(SCHEME, "fixed thresholds")
    expect(summary).to_contain_text("Scores 1 to 2; the best from")
    lab.screenshot("live-slides-explorer")
