"""The coverage gate, on a course of one chapter with one gap planted at a time."""

import re
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crm_lab.author.coverage import coverage, gaps, topics
from crm_lab.author.notebooks import dumps
from crm_lab.base.errors import InputError

TOPIC = {"topic": "RFM scoring", "data": "rfm-table", "exercise": "rfm_scores"}
DECLARED = {"04a": ["rfm_scores"]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository in which nothing is missing."""
    put(tmp_path, "notebooks/00_start.ipynb", [new_markdown_cell("Start", id="start")])
    put(tmp_path, "solutions/04a_value.ipynb", [new_code_cell("rfm_scores = 1", id="answer-rfm-scores")])
    teach(tmp_path, TOPIC)
    return tmp_path


def put(root: Path, name: str, cells: list[object]) -> None:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(dumps(new_notebook(cells=cells)), encoding="utf-8")


def teach(root: Path, *declared: dict[str, str], kind: object = new_markdown_cell) -> None:
    """Write the chapter, its topics declared in the cell rfm-idea."""
    output = new_output("stream", name="stdout", text="table")
    idea = kind("RFM", id="rfm-idea", metadata={"crm_lab": {"topics": list(declared)}})
    table = new_code_cell("rfm", id="rfm-table", outputs=[output], execution_count=1)
    put(root, "notebooks/04a_value.ipynb", [idea, table, new_code_cell("x = 1", id="silent", execution_count=2)])


def test_a_course_without_gaps_has_none(root: Path) -> None:
    assert gaps(root, DECLARED) == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("data", "silent", "data silent is not a code cell with an output"),
        ("data", "rfm-idea", "data rfm-idea is not a code cell with an output"),
        ("data", "gone", "data gone is not a code cell with an output"),
        ("exercise", "abc", "exercise 'abc' is not declared for chapter 04a"),
    ],
)
def test_a_reference_that_leads_nowhere_is_a_gap(root: Path, field: str, value: str, sentence: str) -> None:
    teach(root, TOPIC | {field: value})
    assert f"notebooks/04a_value.ipynb, topic 'RFM scoring': {sentence}" in gaps(root, DECLARED)


def test_a_topic_explained_in_code_is_a_gap(root: Path) -> None:
    teach(root, TOPIC, kind=new_code_cell)
    assert any("rfm-idea that explains it is not prose" in gap for gap in gaps(root, DECLARED))


def test_an_exercise_that_no_solution_answers_is_a_gap(root: Path) -> None:
    put(root, "solutions/04a_value.ipynb", [new_code_cell("abc = 1", id="answer-abc")])
    assert any("no solution has a cell answer-rfm-scores" in gap for gap in gaps(root, DECLARED))


def test_an_exercise_without_a_topic_is_a_gap(root: Path) -> None:
    assert gaps(root, {"04a": ["rfm_scores", "lorenz"]}) == ["exercise 'lorenz' of lab 04a belongs to no topic"]


def test_two_parts_of_a_chapter_may_share_a_lab(root: Path) -> None:
    (root / "solutions/04a_value.ipynb").rename(root / "solutions/04_value.ipynb")
    assert gaps(root, {"04": ["rfm_scores"]}) == []
    assert gaps(root, {"04": ["rfm_scores", "lorenz"]}) == ["exercise 'lorenz' of lab 04 belongs to no topic"]
    assert any("is not declared for chapter 04a" in gap for gap in gaps(root, {"05": ["rfm_scores"]}))


def test_a_chapter_without_a_topic_is_a_gap(root: Path) -> None:
    put(root, "notebooks/05_segments.ipynb", [new_markdown_cell("Segments", id="idea")])
    assert gaps(root, DECLARED) == ["notebooks/05_segments.ipynb declares no topic"]


def test_a_topic_declared_twice_is_a_gap(root: Path) -> None:
    teach(root, TOPIC, TOPIC)
    assert gaps(root, DECLARED) == ["topic 'RFM scoring' is declared twice"]


@pytest.mark.parametrize("change", [{"data": ""}, {"extra": "x"}])
def test_a_topic_with_a_field_too_many_or_too_few_is_refused(root: Path, change: dict[str, str]) -> None:
    teach(root, TOPIC | change)
    with pytest.raises(InputError, match=re.escape("cell 'rfm-idea': give a topic exactly topic, data, exercise.")):
        topics(root)


def test_the_table_has_a_row_for_each_topic(root: Path) -> None:
    assert coverage(root).splitlines()[-1] == (
        "| 04a | RFM scoring | [rfm-idea](notebooks/04a_value.ipynb) | [rfm-table](notebooks/04a_value.ipynb) "
        "| `rfm_scores` | [answer-rfm-scores](solutions/04a_value.ipynb) |"
    )
