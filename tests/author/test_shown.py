"""What counts as shown, and what a solution asks for that was not."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from crm_lab.author.notebooks import dumps
from crm_lab.author.shown import asked_by, shown_by, unseen
from crm_lab.base.places import REPOSITORY


def put(root, name, *cells):
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(dumps(new_notebook(cells=list(cells))), encoding="utf-8")


@pytest.fixture
def root(tmp_path):
    """A primer, two chapters and the lab of the first: it asks for cumsum, which stands in the chapter after it."""
    put(tmp_path, "notebooks/00_primer.ipynb", new_code_cell("orders.groupby('c')['x'].sum()", id="a"))
    put(tmp_path, "notebooks/01_first.ipynb", new_code_cell("orders.nlargest(3)", id="a"))
    put(tmp_path, "notebooks/02_later.ipynb", new_code_cell("orders.cumsum()", id="a"))
    answer = new_code_cell("best = orders.nlargest(2).cumsum().groupby('c').sum()", id="answer-best")
    put(tmp_path, "solutions/01_first.ipynb", answer)
    return tmp_path


def test_what_only_a_later_chapter_shows_is_found(root):
    assert unseen(root) == {"01_first": {"answer-best": ["cumsum"]}}


@pytest.mark.parametrize(
    "cell",
    [
        new_code_cell("four.cumsum() - four", id="by-hand"),
        new_markdown_cell("Add up:\n\n```python\nfour.cumsum()\n```", id="idea"),
    ],
)
def test_a_chapter_shows_in_code_and_in_fenced_blocks(root, cell):
    put(root, "notebooks/01_first.ipynb", new_code_cell("orders.nlargest(3)", id="a"), cell)
    assert unseen(root) == {}


def test_a_word_in_running_prose_is_not_shown(root):
    prose = new_markdown_cell("Use `cumsum()`.", id="idea")
    put(root, "notebooks/01_first.ipynb", new_code_cell("orders.nlargest(3)", id="a"), prose)
    assert unseen(root) == {"01_first": {"answer-best": ["cumsum"]}}


def test_a_chapter_in_parts_serves_its_lab_with_both(tmp_path):
    put(tmp_path, "notebooks/12a_x.ipynb", new_code_cell("a.rank()", id="a"))
    put(tmp_path, "notebooks/12b_x.ipynb", new_code_cell("a.shift()", id="a"))
    put(tmp_path, "solutions/12_x.ipynb", new_code_cell("b = a.rank().shift()", id="answer-b"))
    put(tmp_path, "solutions/12a_x.ipynb", new_code_cell("b = a.rank().shift()", id="answer-b"))
    assert unseen(tmp_path) == {"12a_x": {"answer-b": ["shift"]}}


def test_what_an_answer_defines_itself_is_not_asked():
    answer = new_code_cell("def three(day):\n    return day.floor()\n\nb = three(a)", id="answer-b")
    assert asked_by(answer) == {"floor"}


def test_a_query_shows_its_words_in_text_or_alone():
    shown = shown_by([new_markdown_cell("```sql\nselect max(a) from t qualify true\n```", id="a")])
    assert shown == {"SQL max()", "SQL qualify"}


def test_a_lab_asks_for_nothing_that_no_chapter_has_shown():
    assert unseen(REPOSITORY) == {}
