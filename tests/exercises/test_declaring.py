import json
from dataclasses import replace

import pytest

from crm_lab import exercises
from crm_lab.base.errors import InputError
from crm_lab.base.places import resource
from crm_lab.exercises import Exercise, Mistake, all_exercises
from crm_lab.labs._advice import sections_of

MISTAKES = (Mistake("a", lambda t: 1, "A."), Mistake("b", lambda t: 2, "B."))
ONE = Exercise(
    name="one", lab="97a", title="One", points=1, kind="number", reference=lambda t: 0, mistakes=MISTAKES,
    hints=("Vague.", "Specific."), meaning=lambda t, right: "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "nimber"}, "Unknown kind of exercise 'nimber'"),
        ({"name": "not one"}, "its name must be one a variable can have"),
        ({"mistakes": MISTAKES[:1]}, "at least two known mistakes"),
        ({"mistakes": MISTAKES[:1] * 2}, "at least two known mistakes with different names"),
        ({"hints": ("Vague.",)}, "at least two hints"),
        ({"sections": "dates"}, "its sections must be a tuple of cell ids"),
        ({"kind": "table"}, "a table needs key and columns"),
        ({"kind": "choice", "options": ("a",)}, "at least two options"),
        ({"kind": "function", "returns": "number"}, "a function needs probes"),
        (
            {"kind": "function", "probes": lambda t: [], "returns": "choice"},
            "returns one of number, table, text, sentence",
        ),
    ],
)
def test_declaration_that_lacks_something_is_refused(changes, message):
    with pytest.raises(InputError, match=message):
        replace(ONE, **changes)


def test_unknown_chapter_lists_those_there_are():
    with pytest.raises(InputError, match=r"Unknown chapter '96'\. Use one of:"):
        exercises.of("96")


def test_all_exercises_come_in_the_order_of_the_labs():
    labs = [exercise.lab for exercise in exercises.all_exercises()]
    assert labs == sorted(labs)


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda one: f"{one.lab}-{one.name}")
def test_every_exercise_names_sections_that_its_chapter_has(exercise: Exercise) -> None:
    there = {section.cell for section in sections_of(exercise.lab)}
    assert exercise.sections
    assert set(exercise.sections) <= there


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda one: f"{one.lab}-{one.name}")
def test_the_heading_of_a_task_has_the_declared_title_and_points(exercise: Exercise) -> None:
    path = next(resource("solutions").glob(f"{exercise.lab}_*.ipynb"))
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}
    own = [one.name for one in all_exercises() if one.lab == exercise.lab]
    place = "Stretch" if exercise.stretch else own.index(exercise.name) + 1
    points = f"{exercise.points} point" + "s" * (exercise.points != 1)
    assert (
        cells["task-" + exercise.name.replace("_", "-")].splitlines()[0] == f"### {place} · {exercise.title} · {points}"
    )


CHOICES = [one for one in all_exercises() if one.kind == "choice" and one.supplies]


@pytest.mark.parametrize("exercise", CHOICES, ids=lambda one: one.name)
def test_things_to_sort_are_listed_as_they_are_shown_and_not_by_group(exercise):
    (supply,) = exercise.supplies.values()
    assert list(exercise.reference(None)) == supply(None)["id"].tolist()
