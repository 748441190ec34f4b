"""A lab as a student lives it: unsolved, wrong, a hint, right, progress, and from the start again."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from crm_lab import exercises, labs
from crm_lab.exercises import Exercise
from crm_lab.labs._advice import sections_of
from crm_lab.labs.lab import solution_code
from crm_lab.labs.progress import FILE

from .lab import REPOSITORY, Lab

LABS = [path.stem for path in sorted((REPOSITORY / "labs").glob("[0-9][0-9]*_*.ipynb"))]


def an_exercise(number: str) -> Exercise:
    """One of the lab: a number if there is one, because that wrong answer looks as a student would type it."""
    own = [one for one in exercises.of(number[:2]) if one.lab == number]
    return min(own, key=lambda one: one.kind != "number")


def a_misconception(exercise: Exercise) -> tuple[str, str]:
    """Code that gives what somebody with the first known misconception hands in, and what the tutor says to it."""
    mistake = exercise.mistakes[0]
    if exercise.kind == "number":
        return f"{exercise.name} = {float(mistake.recipe(labs.open(exercise.lab).tables))!r}", mistake.says
    find = f"next(e for e in exercises.of('{exercise.chapter}') if e.name == '{exercise.name}')"
    return f"from crm_lab import exercises\n{exercise.name} = {find}.mistakes[0].recipe(lab.tables)", mistake.says


def check(lab: Lab, exercise: Exercise, source: str) -> str:
    """Type an answer, run it and the check below it; what the panel says."""
    lab.write_and_run(f"answer-{exercise.name.replace('_', '-')}", source)
    lab.run(f"check-{exercise.name.replace('_', '-')}")
    return lab.output(f"check-{exercise.name.replace('_', '-')}").inner_text()


@pytest.mark.parametrize("name", LABS)
def test_a_lab_from_unsolved_to_right_and_back(lab: Lab, name: str) -> None:
    number = name.split("_")[0]
    exercise = an_exercise(number)
    wrong, sentence = a_misconception(exercise)
    lab.open(f"labs/{name}.ipynb")
    panel = lab.output(f"check-{exercise.name.replace('_', '-')}").locator("[role=status]")
    unsolved = lab.sources()
    lab.run_all()
    assert lab.error_outputs() == []
    expect(panel).to_contain_text("○")

    assert "✗" in check(lab, exercise, wrong)
    expect(panel).to_contain_text(sentence)
    panel.scroll_into_view_if_needed()
    lab.screenshot(f"lab-{number}-wrong-light")
    lab.theme("JupyterLab Dark")
    lab.screenshot(f"lab-{number}-wrong-dark")
    lab.theme("JupyterLab Light")

    lab.add_and_run(f"check-{exercise.name.replace('_', '-')}", f'lab.hint("{exercise.name}")')
    hint = lab.notebook.locator("[role=status]", has_text=f"Hint 1 of {len(exercise.hints)}")
    expect(hint).to_contain_text(exercise.hints[0])
    lab.screenshot(f"lab-{number}-hint")

    assert "✓" in check(lab, exercise, solution_code(exercise))
    panel.scroll_into_view_if_needed()
    lab.screenshot(f"lab-{number}-right")

    lab.run("progress")
    expect(lab.output("progress")).to_contain_text(re.compile(rf"Lab {number}: 1 of \d+ exercises right"))
    expect(lab.output("progress").locator("tr", has_text=exercise.title)).to_contain_text("✓")
    lab.cell("progress").scroll_into_view_if_needed()
    lab.screenshot(f"lab-{number}-progress")

    lab.command("docmanager:save")
    said = reset(lab, number)
    assert "Your file is kept as" in said
    lab.open(f"labs/{name}.ipynb")
    assert lab.sources() == unsolved
    assert len(list((lab.server.root / "labs").glob(f"{name} (set aside *).ipynb"))) == 1


@pytest.fixture
def beginner(lab: Lab) -> Iterator[Lab]:
    """A learner who has not checked anything yet, and whose progress is forgotten afterwards."""
    (lab.server.root / FILE).unlink(missing_ok=True)
    yield lab
    (lab.server.root / FILE).unlink(missing_ok=True)


def test_the_advice_names_the_sections_to_read_and_leads_to_them(beginner: Lab) -> None:
    lab = beginner
    place, own = "labs/00_primer.ipynb", exercises.of("00")
    lab.open(place)
    lab.run_all()
    panel = lab.output("advice").locator("[role=status]")
    expect(panel).to_contain_text("No exercise has been checked yet")
    for turn, exercise in enumerate(own):
        source = a_misconception(exercise)[0] if turn % 2 else solution_code(exercise)
        assert ("✗" if turn % 2 else "✓") in check(lab, exercise, source)
    lab.run("advice")
    asked = {section for exercise in own[1::2] for section in exercise.sections}
    titles = [part.title for part in sections_of("00") if part.cell in asked]
    assert panel.locator("a").all_inner_texts() == titles
    expect(panel).to_contain_text(f"✗ {own[1].title}: not yet right")
    lab.cell("advice").scroll_into_view_if_needed()
    lab.screenshot("lab-00-advice-light")
    lab.theme("JupyterLab Dark")
    panel.scroll_into_view_if_needed()  # another theme lays the page out anew
    lab.screenshot("lab-00-advice-dark")
    lab.theme("JupyterLab Light")

    panel.locator("a", has_text=titles[-1]).click()
    lab.on("notebooks/00_primer.ipynb")
    lab.page.locator(".lm-TabBar-tab", has_text="00_primer").first.click()
    lab.on(place)
    panel.locator("a", has_text=titles[-1]).click()  # now that the chapter is open, it goes to the section
    lab.on("notebooks/00_primer.ipynb")
    expect(lab.notebook.locator("h2", has_text=titles[-1])).to_be_in_viewport()
    lab.screenshot("lab-00-advice-followed")

    lab.open(place)  # as after a restart: what was right before still is
    lab.run("open")
    for exercise in own[1::2]:
        assert "✓" in check(lab, exercise, solution_code(exercise))
    lab.run("advice")
    expect(panel).to_contain_text("Nothing to read again")
    lab.cell("advice").scroll_into_view_if_needed()
    lab.screenshot("lab-00-advice-all-right")
    assert lab.error_outputs() == []


def reset(lab: Lab, number: str) -> str:
    """`crm-lab reset` as a terminal of this learner's JupyterLab would run it; what it says."""
    command = [str(Path(sys.executable).with_name("crm-lab")), "reset", number]
    done = subprocess.run(command, env=lab.server.environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_labs_to_try() -> None:
    assert {name.split("_")[0] for name in LABS} >= {"00", "04a", "04b"}
