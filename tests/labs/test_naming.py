import pandas as pd
import pytest

from crm_lab.exercises import Exercise, Mistake
from crm_lab.labs._freeze import freeze
from crm_lab.labs._naming import key_columns, value_columns
from crm_lab.labs.words import NotAnAnswer

PAIRS = Exercise(
    name="moves",
    lab="99",
    title="Moves",
    points=1,
    kind="table",
    key=("before", "after"),
    columns={"customers": "number"},
    reference=lambda t: RIGHT,
    mistakes=(Mistake("one", lambda t: RIGHT, "One."), Mistake("two", lambda t: RIGHT, "Two.")),
    hints=("Count.", "Count them."),
    meaning=lambda t, answer: "",
)
RIGHT = pd.DataFrame({"before": ["main", "small"], "after": ["small", "absent"], "customers": [3, 4]})
KEY = key_columns(PAIRS, freeze(RIGHT), None)
LONG = RIGHT.set_index(["before", "after"])


@pytest.mark.parametrize(
    "form", [RIGHT, LONG, LONG.rename_axis([None, None]), LONG.rename_axis(["before", None]), RIGHT.set_index("after")]
)
def test_key_is_found_in_columns_and_index(form):
    found = key_columns(PAIRS, freeze(form), KEY)
    assert [column.objects.tolist() for column in found] == [["main", "small"], ["small", "absent"]]


def test_two_names_that_could_be_either_are_asked_for():
    with pytest.raises(NotAnAnswer, match=r"called before \+ after\. Your index is called class_q3 \+ class_q4"):
        key_columns(PAIRS, freeze(LONG.rename_axis(["class_q3", "class_q4"])), KEY)


def test_wide_table_lacks_the_column_of_values():
    wide = RIGHT.pivot(index="before", columns="after", values="customers")
    with pytest.raises(
        NotAnAnswer, match=r"It has: absent, small\. .* A wide table becomes one row for each before \+ after"
    ):
        value_columns(PAIRS, freeze(wide))
