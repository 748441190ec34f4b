"""The agent desk of chapter 13b: a call from greeting to report by Tab and Enter, with a look-up and a search."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from crm_lab import exercises
from crm_lab.labs.lab import solution_code

from .accessibility import faults
from .lab import Lab

LAB = "labs/13b_the_agent_desk.ipynb"
CHAPTER = "notebooks/13b_the_agent_desk.ipynb"


def state(lab: Lab, cell: str = "desk") -> Locator:
    return lab.output(cell).locator("[role=status]").first


def test_a_shift_is_played_by_keyboard(lab: Lab) -> None:
    lab.open(CHAPTER)
    lab.run("load")
    lab.run("desk")
    expect(state(lab)).to_contain_text("Call 1 of 4")
    assert faults(lab) == []
    lab.choose("Look up", "orders")
    lab.idle()
    expect(lab.output("desk")).to_contain_text("order_id")
    words = lab.control("Search").locator("input")
    words.fill("parcel late")
    words.press("Enter")
    lab.idle()
    expect(lab.output("desk")).to_contain_text("articles. Choose one")
    lab.screenshot("desk-call")
    for _line in range(12):
        first = lab.output("desk").locator("button:visible").first
        if "Next call" in first.inner_text():
            break
        lab.tab_to(first)
        lab.page.keyboard.press("Enter")
        lab.idle()
    expect(state(lab)).to_contain_text("Call 1 of 4 is over")
    expect(lab.output("desk")).to_contain_text("handling time")
    lab.screenshot("desk-report")
    lab.output("desk").get_by_role("button", name="Next call").click()
    lab.idle()
    expect(state(lab)).to_contain_text("Call 2 of 4")


def test_a_shift_of_ones_own_is_checked_against_what_was_said(lab: Lab) -> None:
    lab.open(LAB)
    lab.run_all()
    assert lab.error_outputs() == []
    recorded = lab.output("given-own-turns").inner_text()
    over = state(lab, "given-own-shift")
    for _line in range(80):
        if "Call 4 of 4 is over" in over.inner_text():
            break
        lab.output("given-own-shift").locator("button:visible").first.click()
        lab.idle()
    expect(over).to_contain_text("Call 4 of 4 is over")
    lab.run("given-own-turns")
    assert lab.output("given-own-turns").inner_text() != recorded
    exercise = next(one for one in exercises.of("13") if one.name == "own_shift")
    lab.write_and_run("answer-own-shift", solution_code(exercise))
    lab.run("check-own-shift")
    panel = lab.output("check-own-shift").locator("[role=status]")
    expect(panel).to_contain_text("✓")
    expect(panel).to_contain_text("In this shift")
    lab.screenshot("lab-own-shift")
