"""The morning workbench by keyboard alone: everything can be reached and used, and notes outlive the kernel."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from .lab import Lab


def status(lab: Lab, place: int = 0) -> Locator:
    """What the workbench reports: the morning in one sentence (0), or what the last step did (1)."""
    return lab.output("bench").locator("[role=status]").nth(place)


def press(lab: Lab, *keys: str) -> None:
    """Press keys one after the other, then wait."""
    for key in keys:
        lab.page.keyboard.press(key)
    lab.page.wait_for_timeout(150)
    lab.idle()


def pick_by_keyboard(lab: Lab, label: str, text: str) -> None:
    """Open a list with Space, type the beginning of an option, take it with Enter."""
    lab.tab_to(lab.control(label).locator("select"))
    press(lab, "Space")
    lab.page.keyboard.type(text)
    press(lab, "Enter")


def type_day(lab: Lab, day: str) -> None:
    """Type a day (year-month-day) into the field for the date, part by part as the browser has them."""
    field = lab.control("Day").locator("input")
    lab.tab_to(field)
    year, month, date = day.split("-")
    lab.page.keyboard.type(f"{month}{date}{year}")
    press(lab)
    expect(field).to_have_value(day)


def test_the_workbench_by_keyboard_alone(lab: Lab) -> None:
    lab.open("samples/workbench.ipynb")
    lab.run_all()
    assert lab.error_outputs() == []
    lab.screenshot("workbench-start")
    pick_by_keyboard(lab, "Account manager", "S06")
    expect(status(lab)).to_contain_text(re.compile(r"^S06 "))
    type_day(lab, "2025-12-17")
    expect(status(lab)).to_contain_text("Wednesday 2025-12-17")
    lab.tab_to(lab.output("bench").get_by_role("button", name="Day after"))
    press(lab, "Enter")
    expect(status(lab)).to_contain_text("Thursday 2025-12-18")

    box = lab.output("bench").get_by_role("checkbox").first
    unfold_and_tick(lab, box)
    own_watch = add_a_watch(lab)
    lab.theme("JupyterLab Dark")
    lab.screenshot("workbench-used-dark")
    lab.theme("JupyterLab Light")

    restart = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    lab.page.evaluate(f"() => {restart}.then(() => null)")
    lab.run_all()
    expect(own_watch).to_be_visible()
    pick_by_keyboard(lab, "Account manager", "S06")
    type_day(lab, "2025-12-18")
    expect(lab.output("bench").get_by_role("checkbox").first).to_be_checked()
    undo = lab.output("bench").get_by_role("button", name="Undo the last step")
    lab.tab_to(undo)
    press(lab, "Enter")
    expect(own_watch).to_have_count(0)
    press(lab, "Enter")
    expect(lab.output("bench").get_by_role("checkbox").first).not_to_be_checked()


def unfold_and_tick(lab: Lab, box: Locator) -> None:
    """Tick the first task; unfold the SQL of its panel."""
    lab.tab_to(box)
    press(lab, "Space")
    expect(box).to_be_checked()
    expect(status(lab, 1)).to_contain_text("is done.")
    sql = lab.output("bench").locator("details").first
    lab.tab_to(sql.locator("summary"))
    press(lab, "Enter")
    expect(sql.locator("pre")).to_contain_text("from reminders")
    lab.screenshot("workbench-sql")
    press(lab, "Enter")
    expect(sql.locator("pre")).to_be_hidden()


def add_a_watch(lab: Lab) -> Locator:
    """Fill the form and send it; where the watch is listed."""
    pick_by_keyboard(lab, "Product", "P040")
    level = lab.control("Up to").locator("input")
    lab.tab_to(level)
    press(lab, "Control+A")
    lab.page.keyboard.type("88.8")
    add = lab.output("bench").get_by_role("button", name="Add the watch")
    lab.tab_to(add)
    press(lab, "Enter")
    expect(status(lab, 1)).to_contain_text("is noted")
    listed = lab.output("bench").get_by_text("waits for P040, ¥88.80 or less")
    expect(listed).to_be_visible()
    return listed
