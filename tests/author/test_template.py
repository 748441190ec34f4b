"""A new chapter, written into an empty course."""

import ast
import tomllib

import pytest

from crm_lab.author.coverage import topics
from crm_lab.author.derive import derive
from crm_lab.author.notebooks import read
from crm_lab.author.template import new_chapter
from crm_lab.base.errors import InputError


@pytest.fixture
def written(tmp_path):
    return {str(path.relative_to(tmp_path)): path for path in new_chapter("05", "segmenting", tmp_path)}


def test_a_new_chapter_has_all_its_parts(written):
    assert sorted(written) == [
        "crm_lab/exercises/ch05/__init__.py",
        "crm_lab/exercises/ch05/first.en.toml",
        "crm_lab/exercises/ch05/first.near.toml",
        "crm_lab/exercises/ch05/first.py",
        "notebooks/05_segmenting.ipynb",
        "solutions/05_segmenting.ipynb",
        "tests/exercises/test_ch05.py",
    ]
    text = "".join(path.read_text("utf-8") for path in written.values())
    assert not {"NN", "SLUG", "TITLE", "CHAPTER"} & set(text.replace("_", " ").split())
    for name, path in written.items():
        if name.endswith(".py"):
            ast.parse(path.read_text("utf-8"))


def test_its_exercise_has_words_a_topic_and_a_blank(written, tmp_path):
    assert set(tomllib.loads(written["crm_lab/exercises/ch05/first.en.toml"].read_text("utf-8"))) == {"bought"}
    assert [topic.exercise for topic in topics(tmp_path)] == ["bought"]
    lab = derive(read(written["solutions/05_segmenting.ipynb"]), "solutions/05")
    assert "bought = ..." in [cell.source for cell in lab.cells]


def test_a_part_of_a_chapter_joins_the_others(written, tmp_path):
    more = {str(path.relative_to(tmp_path)) for path in new_chapter("05b", "using_segments", tmp_path)}
    assert "crm_lab/exercises/ch05/firstb.py" in more
    assert "crm_lab/exercises/ch05/__init__.py" not in more


@pytest.mark.parametrize(
    ("number", "slug", "said"),
    [
        ("5", "segmenting", "two digits"),
        ("05", "Segmenting!", "lower-case words joined by _"),
        ("05", "segmenting", "05_segmenting.ipynb is there already"),
        ("05", "other", "is there already. Choose another number"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(written, tmp_path, number, slug, said):
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    with pytest.raises(InputError, match=said):
        new_chapter(number, slug, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before
