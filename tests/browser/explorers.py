"""What a learner can do with the explorers, and what must hold whatever they do."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .lab import Lab

CHAPTER_POLICIES = "notebooks/04b_policies_and_potential.ipynb"
CHAPTER_RFM = "notebooks/04c_rfm.ipynb"
CHAPTER_CALLS = "notebooks/12b_how_many_agents.ipynb"
CHAPTER_RULES = "notebooks/06a_what_goes_together.ipynb"
CHAPTER_SHELF = "notebooks/06b_what_to_show_next.ipynb"
CHAPTER_QUEUE = "notebooks/13a_simulating_a_call_centre.ipynb"
CHAPTER_LIFE = "notebooks/08b_still_a_customer.ipynb"
SCHEME, BINS, READ = "Scoring", "Scores from 1 to", "Read about"
THRESHOLDS = ("Best: last order, days", "Best: orders from", "Best: ¥ from")


def summary(lab: Lab, which: str = "rfm") -> str:
    """The sentence under the figure of an explorer."""
    return lab.notebook.locator(f".{which}-summary").inner_text()


def customers(lab: Lab) -> list[int]:
    """The customers of each segment, from the RFM explorer's table; their sum must be its last line."""
    texts = lab.notebook.locator(".rfm-table tbody tr td:nth-of-type(1)").all_inner_texts()
    *segments, total = [int(text.replace(",", "")) for text in texts]
    assert sum(segments) == total
    return segments


def try_rfm_explorer(lab: Lab) -> None:
    """Each control at its minimum, default and maximum; the sentence follows, and the customers always add up."""
    expect(lab.notebook.locator(".rfm-summary")).to_be_visible()
    everyone, start = sum(customers(lab)), summary(lab)
    lab.choose(SCHEME, "fixed thresholds")
    assert "the best from a last order within" in summary(lab)
    for name in (BINS, *THRESHOLDS):
        default, seen = lab.readout(name), set()
        for key in ("Home", "End"):
            value = lab.slide_to(name, key)
            seen.add(summary(lab))
            assert value in re.sub(r"[¥,]", "", summary(lab)), (name, key)
            assert sum(customers(lab)) == everyone, (name, key)
        assert len(seen) == 2, name
        lab.slide_back_to(name, default)
        assert sum(customers(lab)) == everyone, name
    options = lab.control(READ).locator("option").count()
    meanings = {_read_about(lab, place) for place in range(options)}
    assert len(meanings) == options
    lab.choose(SCHEME, "equal groups")
    assert summary(lab) == start


def _read_about(lab: Lab, place: int) -> str:
    """What the RFM explorer says of a segment."""
    lab.choose(READ, place)
    return lab.control(READ).locator("xpath=following-sibling::*[1]").inner_text()


def try_four_sliders(lab: Lab, which: str) -> None:
    """Each slider at its minimum, default and maximum: the sentence follows it there and comes back."""
    expect(lab.notebook.locator(f".{which}-summary")).to_be_visible()
    start = summary(lab, which)
    names = lab.controls("slider")
    assert len(names) == 4
    for name in names:
        default = lab.readout(name)
        seen = {start}
        for key in ("Home", "End"):
            if lab.slide_to(name, key) != default:
                seen.add(summary(lab, which))
                assert summary(lab, which) != start, (name, key)
        assert len(seen) >= 2, name
        lab.slide_back_to(name, default)
        assert summary(lab, which) == start, name


def try_staffing_explorer(lab: Lab) -> None:
    """Each slider at its minimum, default and maximum: the sentence and the picture's words follow it and come back."""
    shown = lab.notebook.locator(".staffing-summary")
    expect(shown).to_be_visible()
    start = summary(lab, "staffing")
    names = lab.controls("slider")
    assert len(names) == 3
    for name in names:
        default, seen = lab.readout(name), {start}
        for key in ("Home", "End"):
            assert lab.slide_to(name, key) != default, (name, key)
            seen.add(summary(lab, "staffing"))
            assert abs(_share_answered(lab, "img") - _share_answered(lab, "p")) <= 0.5, (name, key)
        assert len(seen) == 3, name
        lab.slide_back_to(name, default)
        assert summary(lab, "staffing") == start, name


def _share_answered(lab: Lab, where: str) -> float:
    """The service level as the sentence ("p") or the alt text of the picture ("img") gives it."""
    if where == "p":
        return float(re.search(r"([\d.]+) % of the calls answered", summary(lab, "staffing"))[1])  # type: ignore[index]
    alt = lab.notebook.locator("img[alt*='agents answer']").last.get_attribute("alt") or ""
    return float(re.search(r"agents answer ([\d.]+) %", alt)[1])  # type: ignore[index]


def try_rule_explorer(lab: Lab) -> None:
    """Each slider at its ends: the count of the rules follows, and comes back."""
    expect(lab.notebook.locator(".rule-summary")).to_be_visible()
    start = summary(lab, "rule")
    names = lab.controls("slider")
    assert len(names) == 3
    for name in names:
        default, counts = lab.readout(name), []
        for key in ("Home", "End"):
            lab.slide_to(name, key)
            counts.append(int(re.match(r"[\d,]+", summary(lab, "rule"))[0].replace(",", "")))  # type: ignore[index]
        assert counts[0] > counts[1], name
        lab.slide_back_to(name, default)
        assert summary(lab, "rule") == start, name


def try_shelf_explorer(lab: Lab) -> None:
    """Another person has another shelf, and a short memory changes it."""
    expect(lab.notebook.locator(".shelf-summary")).to_be_visible()
    start = summary(lab, "shelf")
    (name,) = lab.controls("slider")
    lab.slide_to(name, "Home")
    assert summary(lab, "shelf") != start
    for person in ("F0005", "F0001"):
        lab.choose("Person", person)
        assert summary(lab, "shelf").startswith(person)
    lab.choose("Person", "F0004")
    lab.slide_to(name, "End")
    assert summary(lab, "shelf") == start


def try_queue_explorer(lab: Lab) -> None:
    """The clock by its slider; then play moves it, faster at another speed, and pause holds it."""
    expect(lab.notebook.locator(".queue-summary")).to_be_visible()
    start = _said(lab, "queue")
    (name,) = lab.controls("slider")
    default = lab.readout(name)
    lab.slide_to(name, "Home")
    assert summary(lab, "queue").startswith("At 0:00:00 ")
    lab.slide_back_to(name, default)
    assert _said(lab, "queue") == start
    lab.slide_to(name, "Home")
    lab.choose("Speed", "5 minutes a second")
    play_or_pause = lab.notebook.locator(".widget-play button").first
    play_or_pause.click()
    expect(lab.notebook.locator(".queue-summary")).to_contain_text(re.compile("At 0:[1-5]"), timeout=20_000)
    play_or_pause.click()
    lab.idle()
    held = _said(lab, "queue")
    lab.page.wait_for_timeout(700)
    assert _said(lab, "queue") == held != start


def try_every_slider(lab: Lab, which: str, sliders: int) -> None:
    """Each slider at its minimum, default and maximum: the sentence or the picture's words follow and come back."""
    expect(lab.notebook.locator(f".{which}-summary")).to_be_visible()
    names = lab.controls("slider")
    assert len(names) == sliders
    start = _said(lab, which)
    for name in names:
        default, seen = lab.readout(name), {start}
        for key in ("Home", "End"):
            lab.slide_to(name, key)
            seen.add(_said(lab, which))
        assert len(seen) >= 2, name
        lab.slide_back_to(name, default)
        assert _said(lab, which) == start, name


def _said(lab: Lab, which: str) -> tuple[str, str]:
    """The sentence of an explorer and the alt text of the picture beside it."""
    image = lab.notebook.locator(f".{which}-summary").locator("xpath=preceding::img[1]")
    return summary(lab, which), image.get_attribute("alt") or ""
