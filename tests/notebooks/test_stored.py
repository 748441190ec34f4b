"""The rules for every stored notebook: its style, figures, widgets, what labs may not hold, what topics it covers.

What running them gives is compared by tests/guards/run_nbval.py, which also prints the style bars as a table.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from crm_lab.author.bars import bar_faults, code_faults, measure_stored
from crm_lab.author.build import FOLDERS, reference_answers
from crm_lab.author.coverage import TABLE, coverage, gaps
from crm_lab.author.figures import figure_faults, widget_faults
from crm_lab.author.leaks import leaks
from crm_lab.author.notebooks import code_cells, dumps, normalise, read
from crm_lab.base.places import REPOSITORY
from crm_lab.exercises import all_exercises

NAMES = [f"{folder}/{path.name}" for folder in FOLDERS for path in sorted((REPOSITORY / folder).glob("*.ipynb"))]
LABS = [name for name in NAMES if name.startswith("labs/")]

read_once = cache(lambda name: read(REPOSITORY / name))


def number(name: str) -> str:
    """The number of a notebook: "04a" of "labs/04a_value.ipynb"."""
    return Path(name).stem.partition("_")[0]


def test_there_are_chapters_labs_and_solutions_and_each_solution_has_its_lab() -> None:
    found = {folder: {Path(name).stem for name in NAMES if name.startswith(f"{folder}/")} for folder in FOLDERS}
    assert all(found.values())
    assert found["labs"] == found["solutions"]
    chapters = {number(f"{stem}.ipynb") for stem in found["notebooks"]}
    assert [lab for lab in found["labs"] if not any(chapter.startswith(number(lab)) for chapter in chapters)] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_the_bars_of_style(name: str) -> None:
    assert bar_faults(measure_stored(REPOSITORY, name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_its_code_holds_neither_prose_nor_plumbing(name: str) -> None:
    assert code_faults(read_once(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_its_images_say_in_words_what_they_show(name: str) -> None:
    assert figure_faults(read_once(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_its_links_lead_somewhere(name: str) -> None:
    prose = "\n".join(cell.source for cell in read_once(name).cells if cell.cell_type == "markdown")
    linked = re.findall(r"\]\(([^)#\s]+\.(?:ipynb|md))\)", prose)
    named = re.findall(r"`((?:labs|notebooks|datasets)/[\w./]+\.(?:ipynb|md|csv))`", prose)
    places = [*((REPOSITORY / name).parent / link for link in linked), *(REPOSITORY / file for file in named)]
    assert [place.name for place in places if not place.exists()] == []


@pytest.mark.parametrize("name", NAMES)
def test_its_widgets_are_tested_in_a_browser(name: str) -> None:
    assert widget_faults(read_once(name), REPOSITORY) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_stored_executed_and_in_normal_form(name: str) -> None:
    text = (REPOSITORY / name).read_bytes().decode("utf-8")
    assert [cell.id for cell in code_cells(read_once(name)) if cell.execution_count is None] == []
    assert text == dumps(normalise(read(REPOSITORY / name)))


@pytest.mark.parametrize("name", LABS)
def test_a_lab_gives_nothing_of_its_solution_away(name: str) -> None:
    solution = read_once(name.replace("labs/", "solutions/", 1))
    assert leaks(solution, read_once(name), reference_answers(number(name))) == []


@pytest.mark.parametrize("name", LABS)
def test_a_lab_has_a_task_an_answer_and_a_check_for_each_exercise(name: str) -> None:
    ids = [cell.id for cell in read_once(name).cells]
    names = [exercise.name.replace("_", "-") for exercise in all_exercises() if exercise.lab == number(name)]
    assert [i.removeprefix("check-") for i in ids if i.startswith("check-")] == names
    for exercise in names:
        assert ids.index(f"task-{exercise}") < ids.index(f"answer-{exercise}") < ids.index(f"check-{exercise}")
    assert {"task-manager", "answer-manager", "rubric-manager"} <= set(ids)


def test_every_topic_is_explained_shown_asked_and_solved() -> None:
    declared: dict[str, list[str]] = {}
    for exercise in all_exercises():
        declared.setdefault(exercise.lab, []).append(exercise.name)
    assert gaps(REPOSITORY, declared) == []


def test_the_coverage_table_is_fresh() -> None:
    assert (REPOSITORY / TABLE).read_text(encoding="utf-8") == coverage(REPOSITORY)
