"""The RFM explorer under a learner's hands: every control at its ends, by keyboard alone, and nobody lost."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .lab import Lab

SCHEME, BINS, READ = "Scoring", "Scores from 1 to", "Read about"
THRESHOLDS = ("Best: last order, days", "Best: orders from", "Best: ¥ from")


def summary(lab: Lab) -> str:
    """The sentence under the map."""
    return lab.notebook.locator(".rfm-summary").inner_text()


def customers(lab: Lab) -> list[int]:
    """The customers of each segment, from the table; their sum must be its last line."""
    texts = lab.notebook.locator(".rfm-table tbody tr td:nth-of-type(1)").all_inner_texts()
    *segments, total = [int(text.replace(",", "")) for text in texts]
    assert sum(segments) == total
    return segments


def try_everything(lab: Lab) -> None:
    """Each control at its minimum, default and maximum; the sentence follows, and the customers always add up."""
    expect(lab.notebook.locator(".rfm-summary")).to_be_visible()
    everyone, start = sum(customers(lab)), summary(lab)
    lab.choose(SCHEME, "fixed thresholds")
    assert "the best from a last order within" in summary(lab)
    for name in (BINS, *THRESHOLDS):
        default = lab.readout(name)
        seen = {}
        for key in ("Home", "End"):
            value = lab.slide_to(name, key)
            seen[value] = summary(lab)
            assert value in re.sub(r"[¥,]", "", summary(lab)), (name, key)
            assert sum(customers(lab)) == everyone, (name, key)
        assert len(set(seen.values())) == 2, name
        lab.slide_back_to(name, default)
        assert sum(customers(lab)) == everyone, name
    meanings = set()
    for place in range(lab.control(READ).locator("option").count()):
        lab.choose(READ, place)
        meanings.add(lab.control(READ).locator("xpath=following-sibling::*[1]").inner_text())
    assert len(meanings) == lab.control(READ).locator("option").count()
    lab.choose(SCHEME, "equal groups")
    assert summary(lab) == start


def test_every_control_at_its_ends(lab: Lab) -> None:
    lab.open("samples/explorer.ipynb")
    lab.run_all()
    assert lab.error_outputs() == []
    try_everything(lab)
    lab.screenshot("explorer")


def test_keyboard_alone(lab: Lab) -> None:
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
