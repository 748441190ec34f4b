"""The coverage gate, on a course of one chapter with one gap planted at a time."""

import re
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crm_lab.author.coverage import gaps, table, topics
from crm_lab.author.notebooks import dumps
from crm_lab.base.errors import InputError

TOPIC = {
    "id": "rfm",
    "chapter": "04a",
    "syllabus": "RFM scoring",
    "explanation": "notebooks/04a_value.ipynb#rfm-idea",
    "data": "notebooks/04a_value.ipynb#rfm-table",
    "exercise": "rfm_scores",
    "solution": "solutions/04a_value.ipynb#answer-rfm-scores",
}
DECLARED = {"04a": ["rfm_scores"]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository in which nothing is missing."""
    output = new_output("stream", name="stdout", text="table")
    chapter = [
        new_markdown_cell("RFM is", id="rfm-idea"),
        new_code_cell("rfm", id="rfm-table", outputs=[output], execution_count=1),
        new_code_cell("x = 1", id="silent", execution_count=2),
    ]
    put(tmp_path, "notebooks/04a_value.ipynb", chapter)
    put(tmp_path, "notebooks/00_start.ipynb", [new_markdown_cell("Start", id="start")])
    put(tmp_path, "solutions/04a_value.ipynb", [new_code_cell("rfm_scores = 1", id="answer-rfm-scores")])
    write(tmp_path, TOPIC)
    return tmp_path


def put(root: Path, name: str, cells: list[object]) -> None:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(dumps(new_notebook(cells=cells)), encoding="utf-8")


def write(root: Path, *found: dict[str, str]) -> None:
    text = "\n".join("[[topic]]\n" + "\n".join(f'{key} = "{value}"' for key, value in t.items()) for t in found)
    (root / "coverage.toml").write_text(text, encoding="utf-8")


def test_a_course_without_gaps_has_none(root: Path) -> None:
    assert gaps(root, DECLARED) == []


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("explanation", "notebooks/04a_value.ipynb#gone", "explanation .*#gone is not a markdown cell"),
        ("explanation", "notebooks/04a_value.ipynb#rfm-table", "explanation .* is not a markdown cell"),
        ("explanation", "notebooks/09_gone.ipynb#rfm-idea", "explanation .* is not a markdown cell"),
        ("data", "notebooks/04a_value.ipynb#silent", "data .*#silent is not a code cell with an output"),
        ("data", "notebooks/04a_value.ipynb#rfm-idea", "data .* is not a code cell with an output"),
        ("data", "notebooks/04a_value.ipynb#gone", "data .* is not a code cell with an output"),
        ("exercise", "abc", "exercise 'abc' is not declared for chapter 04a"),
        ("solution", "solutions/04a_value.ipynb#answer-gone", "solution .* is not a cell"),
        ("solution", "notebooks/04a_value.ipynb#rfm-table", "solution .* is not the cell answer-rfm-scores"),
        ("solution", "notebooks/04a_value.ipynb#answer-rfm-scores", "the solution not in solutions/"),
        ("chapter", "05", "notebooks/04a_value.ipynb has no topic"),
    ],
)
def test_a_reference_that_leads_nowhere_is_a_gap(root: Path, field: str, value: str, sentence: str) -> None:
    write(root, TOPIC | {field: value})
    assert any(re.search(sentence, gap) for gap in gaps(root, DECLARED))


def test_an_exercise_without_a_topic_is_a_gap(root: Path) -> None:
    assert gaps(root, {"04a": ["rfm_scores", "lorenz"]}) == [
        "exercise 'lorenz' of chapter 04a belongs to no topic in coverage.toml"
    ]


def test_two_parts_of_a_chapter_may_share_a_lab(root: Path) -> None:
    assert gaps(root, {"04": ["rfm_scores"]}) == []
    assert gaps(root, {"04": ["rfm_scores", "lorenz"]}) == [
        "exercise 'lorenz' of chapter 04 belongs to no topic in coverage.toml"
    ]
    assert any("is not declared for chapter 04a" in gap for gap in gaps(root, {"05": ["rfm_scores"]}))


def test_a_chapter_without_a_topic_is_a_gap(root: Path) -> None:
    put(root, "notebooks/05_segments.ipynb", [new_markdown_cell("Segments", id="idea")])
    assert gaps(root, DECLARED) == ["notebooks/05_segments.ipynb has no topic in coverage.toml"]


def test_a_topic_listed_twice_is_a_gap(root: Path) -> None:
    write(root, TOPIC, TOPIC)
    assert gaps(root, DECLARED) == ["topic 'rfm' is listed more than once"]


@pytest.mark.parametrize("change", [{"data": ""}, {"extra": "x"}])
def test_a_topic_with_a_field_too_many_or_too_few_is_refused(root: Path, change: dict[str, str]) -> None:
    write(root, TOPIC | change)
    with pytest.raises(InputError, match="topic 'rfm': give exactly id, chapter"):
        topics(root)


def test_a_missing_or_broken_source_is_named(root: Path) -> None:
    (root / "coverage.toml").write_text("[[topic]", encoding="utf-8")
    with pytest.raises(InputError, match=r"coverage.toml is not valid TOML"):
        topics(root)
    (root / "coverage.toml").unlink()
    with pytest.raises(InputError, match=r"coverage.toml cannot be read"):
        topics(root)


def test_the_table_has_a_row_for_each_topic(root: Path) -> None:
    assert table(topics(root)).splitlines()[-1] == (
        "| 04a | RFM scoring | [rfm-idea](notebooks/04a_value.ipynb) | [rfm-table](notebooks/04a_value.ipynb) "
        "| `rfm_scores` | [answer-rfm-scores](solutions/04a_value.ipynb) |"
    )
