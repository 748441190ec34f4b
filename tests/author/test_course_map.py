"""The map on the start page, of a course written here."""

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from crm_lab.author.course_map import course_map
from crm_lab.base.errors import InputError


def page(text):
    return new_notebook(cells=[new_markdown_cell(text, id="title")])


@pytest.fixture
def course():
    """A primer with a lab, and a chapter in two parts with one lab."""
    return {
        "notebooks/00_start.ipynb": page("# Start"),
        "notebooks/00_primer.ipynb": page("# 00 · Primer: tools\n\n**How?**\n\n**60 minutes, or none.** Try it."),
        "notebooks/12a_calls.ipynb": page(
            "# 12a · Calls\n\nIt rings. **Who answers?**\n\n**75 minutes.** Bring a pen."
        ),
        "notebooks/12b_rota.ipynb": page("# 12b · Rota\n\nThen, **how many?** Say *so*.\n\n**65 minutes.**"),
        "solutions/00_primer.ipynb": page("# 00 · Lab · solution\n\nTasks: 10 to 30 minutes, or more."),
        "solutions/12_calls.ipynb": page("# 12 · Lab · solution\n\nYou plan; the lab takes about 90 minutes."),
    }


def test_the_map_has_a_row_for_each_chapter_and_a_lab_beside_the_last_part_it_serves(course):
    assert course_map(course).splitlines()[4:] == [
        "| [00 · Primer](00_primer.ipynb) | How? | 60 min, or none | [lab 00](../labs/00_primer.ipynb), 10 to 30 min |",
        "| [12a · Calls](12a_calls.ipynb) | Who answers? | 75 min |  |",
        "| [12b · Rota](12b_rota.ipynb) | How many? | 65 min | [lab 12](../labs/12_calls.ipynb), 90 min |",
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("notebooks/12a_calls.ipynb", "# 12a · Calls\n\n**75 minutes.**", "notebooks/12a_calls.ipynb: the first cell"),
        ("notebooks/12a_calls.ipynb", "# 12a · Calls\n\n**Who?**\n\n**Soon.**", "notebooks/12a_calls.ipynb: the first"),
        ("solutions/12_calls.ipynb", "# 12 · Lab", "solutions/12_calls.ipynb: the first cell must say how long"),
    ],
)
def test_a_title_that_lacks_its_question_or_time_is_named(course, name, text, said):
    with pytest.raises(InputError, match=said):
        course_map(course | {name: page(text)})
