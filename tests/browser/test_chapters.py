"""From the start page into each chapter: follow the link, run everything, move everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .accessibility import faults
from .explorers import (
    BINS,
    CHAPTER_CALLS,
    CHAPTER_LIFE,
    CHAPTER_POLICIES,
    CHAPTER_QUEUE,
    CHAPTER_RFM,
    CHAPTER_RULES,
    CHAPTER_SHELF,
    SCHEME,
    summary,
    try_every_slider,
    try_four_sliders,
    try_queue_explorer,
    try_rfm_explorer,
    try_rule_explorer,
    try_shelf_explorer,
    try_staffing_explorer,
)
from .lab import REPOSITORY, Lab

START = "notebooks/00_start.ipynb"
CHAPTERS = [f"notebooks/{path.name}" for path in sorted((REPOSITORY / "notebooks").glob("[0-9]*.ipynb"))]
CHAPTERS.remove(START)


def follow(lab: Lab, path: str) -> None:
    """From JupyterLab's first page, which must have nothing in front of it, to a chapter by its link; run it."""
    lab.page.goto(f"{lab.server.url}/?token={lab.server.token}")
    lab.on(START)
    expect(lab.page.locator(".jp-Dialog, .jp-toast, .Toastify__toast")).to_have_count(0)
    lab.screenshot("start-page")
    folder, _slash, name = path.partition("/")
    elsewhere = "notebooks" if folder == "labs" else "labs"  # the primer and its lab have the same name
    lab.notebook.locator(f"a[href*='{name}']:not([href*='{elsewhere}/'])").first.click()
    lab.on(path)
    lab.run_all()
    assert lab.error_outputs() == []


@pytest.mark.parametrize("path", CHAPTERS)
def test_a_chapter_is_found_runs_and_can_be_read_by_everybody(lab: Lab, path: str) -> None:
    follow(lab, path)
    images = lab.notebook.locator(".jp-Cell-outputArea img").evaluate_all("all => all.map(image => image.alt)")
    assert [alt for alt in images if len(alt) < 40] == []
    assert faults(lab) == []


def test_the_start_page_leads_to_the_diagnostic_and_to_the_primer(lab: Lab) -> None:
    follow(lab, "labs/00_primer.ipynb")
    lab.open(START)
    lab.notebook.locator("a[href*='notebooks/00_primer.ipynb']").first.click()
    lab.on("notebooks/00_primer.ipynb")
    lab.run_all()
    assert lab.error_outputs() == []
    for cell in ("bars", "line", "histogram"):  # drawn by the reader's own seaborn, and shown once
        expect(lab.output(cell).locator("img")).to_have_count(1)
        assert len(lab.output(cell).locator("img").get_attribute("alt") or "") > 40
        lab.output(cell).scroll_into_view_if_needed()
        lab.screenshot(f"chapter-00-{cell}")


def test_the_policy_explorer_follows_every_slider(lab: Lab) -> None:
    follow(lab, CHAPTER_POLICIES)
    lab.screenshot("chapter-04b")
    try_four_sliders(lab, "policy")
    lab.notebook.locator(".policy-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-04b-policy-explorer")


def test_the_lifetime_explorer_follows_every_control(lab: Lab) -> None:
    follow(lab, CHAPTER_LIFE)
    try_four_sliders(lab, "lifetime")
    lab.notebook.locator(".lifetime-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-08b-lifetime-explorer")


def test_the_rfm_explorer_follows_every_control(lab: Lab) -> None:
    follow(lab, CHAPTER_RFM)
    lab.screenshot("chapter-04c")
    try_rfm_explorer(lab)
    lab.notebook.locator(".rfm-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-04c-rfm-explorer")


def test_the_rfm_explorer_by_keyboard_alone(lab: Lab) -> None:
    lab.open("samples/explorer.ipynb")
    lab.run_all()
    lab.tab_to(lab.control(SCHEME).locator("select"))
    for key in ("Space", "ArrowDown", "Enter"):  # on a closed list JupyterLab takes the arrows for itself
        lab.page.keyboard.press(key)
    lab.idle()
    assert "the best from a last order within" in summary(lab)
    lab.tab_to(lab.control(BINS).locator(".noUi-handle"))
    lab.page.keyboard.press("ArrowRight")
    lab.idle()
    assert summary(lab).startswith("Scores 1 to 6;")
    lab.screenshot("explorer-keyboard")


def test_the_staffing_explorer_follows_every_slider(lab: Lab) -> None:
    lab.open(CHAPTER_CALLS)
    lab.run_all()
    assert lab.error_outputs() == []
    try_staffing_explorer(lab)
    lab.notebook.locator(".staffing-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-12b-staffing-explorer")


def test_the_rule_explorer_follows_every_slider(lab: Lab) -> None:
    lab.open(CHAPTER_RULES)
    lab.run_all()
    assert lab.error_outputs() == []
    try_rule_explorer(lab)
    lab.notebook.locator(".rule-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-06a-rule-explorer")


def test_the_shelf_explorer_follows_person_and_half_life(lab: Lab) -> None:
    lab.open(CHAPTER_SHELF)
    lab.run_all()
    assert lab.error_outputs() == []
    try_shelf_explorer(lab)
    lab.notebook.locator(".shelf-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-06b-shelf-explorer")


@pytest.mark.parametrize(
    ("chapter", "which", "sliders"), [("07a_leaving_and_buying", "offer", 3), ("07b_price_and_uplift", "price", 2)]
)
def test_an_explorer_of_prediction_follows_every_slider(lab: Lab, chapter: str, which: str, sliders: int) -> None:
    follow(lab, f"notebooks/{chapter}.ipynb")
    try_every_slider(lab, which, sliders)
    lab.notebook.locator(f".{which}-summary").scroll_into_view_if_needed()
    lab.screenshot(f"chapter-{chapter[:3]}-{which}-explorer")


def test_the_queue_explorer_plays_pauses_and_follows_its_clock(lab: Lab) -> None:
    follow(lab, CHAPTER_QUEUE)
    assert faults(lab) == []
    try_queue_explorer(lab)
    lab.notebook.locator(".queue-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-13a-queue-explorer")


def test_the_lever_explorer_follows_every_slider(lab: Lab) -> None:
    follow(lab, "notebooks/08a_margin_and_lifetime.ipynb")
    try_every_slider(lab, "lever", 5)
    lab.notebook.locator(".lever-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-08a-lever-explorer")
