"""The explorers of the satisfaction chapters, moved by hand."""

from __future__ import annotations

from playwright.sync_api import expect

from .explorers import summary
from .lab import Lab

INDICES = "notebooks/11a_satisfaction_indices.ipynb"
MODEL = "notebooks/11b_satisfaction_model.ipynb"


def test_the_index_explorer_follows_its_controls(lab: Lab) -> None:
    lab.open(INDICES)
    lab.run_all()
    assert lab.error_outputs() == []
    expect(lab.notebook.locator(".index-summary")).to_be_visible()
    start = summary(lab, "index")
    for name in lab.controls("slider"):
        default, seen = lab.readout(name), {start}
        for key in ("Home", "End"):
            lab.slide_to(name, key)
            seen.add(summary(lab, "index"))
        assert len(seen) >= 2, name
        lab.slide_back_to(name, default)
        assert summary(lab, "index") == start, name
    lab.choose("Who are they?", "the most satisfied")
    assert summary(lab, "index") != start
    lab.notebook.locator(".index-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-11a-index-explorer")


def test_the_path_explorer_follows_its_controls(lab: Lab) -> None:
    lab.open(MODEL)
    lab.run_all()
    assert lab.error_outputs() == []
    expect(lab.notebook.locator(".path-summary")).to_be_visible()
    start = summary(lab, "path")
    lab.choose("Answers", "2025Q2")
    assert summary(lab, "path") != start
    lab.choose("Inner weights", "path")
    lab.choose("Answers", "all")
    lab.choose("Inner weights", "centroid")
    assert summary(lab, "path") == start
    lab.notebook.locator(".path-summary").scroll_into_view_if_needed()
    lab.screenshot("chapter-11b-path-explorer")
