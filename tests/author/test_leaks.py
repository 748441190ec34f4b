"""The leak scan, on a lab into which one fault is planted at a time."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crm_lab.author.derive import derive
from crm_lab.author.leaks import leaked_answers, leaks, numbers

ANSWER = 'share = top_margin["A"] / margins.sum()'
GINI = "def gini(values: Series) -> float:\n    'How unequal they are.'\n    return unequal(values, 2)"
LONG_LINE = "the twenty best buyers bring most of what the shop earns"


def solved() -> nbformat.NotebookNode:
    """A solved lab as it is stored."""
    cells = [
        new_markdown_cell("# Lab · solution", id="title"),
        new_code_cell("orders.head()", id="look", outputs=[shown("O1 1,234.56")]),
        new_markdown_cell("### 1 · Share\n\nWhat share of 12,500 comes from 2025 on?", id="task-share"),
        new_code_cell(f"{ANSWER}\norders.head()", id="answer-share", outputs=[shown("0.80415")]),
        new_code_cell('lab.check("share", share)', id="check-share", outputs=[shown("right: ¥45,678.9 of 12,500")]),
        new_markdown_cell(f"It means that {LONG_LINE}.", id="meaning-share"),
        new_code_cell(
            "def gini(values: Series) -> float:\n    'How unequal they are.'\n    return unequal(values, 2)",
            id="answer-gini",
        ),
        new_markdown_cell("Dear manager, keep the best and let the worst of them go.", id="answer-manager"),
    ]
    return new_notebook(cells=cells)


def shown(text: str) -> nbformat.NotebookNode:
    return new_output("execute_result", data={"text/plain": text}, execution_count=1)


def lab() -> nbformat.NotebookNode:
    """The lab of it, executed."""
    made = derive(solved(), "solutions/01")
    made.cells[1].outputs = [shown("O1 1,234.56")]
    return made


def test_a_lab_as_derived_is_clean() -> None:
    assert leaks(solved(), lab()) == []


@pytest.mark.parametrize(
    "line",
    [
        ANSWER,
        "share=top_margin['A']/margins.sum()",
        "share  =  top_margin[“A”] /\n    margins.sum()",
        "share = top_margin[&quot;A&quot;] / margins.sum()",
        f"Hint: {ANSWER}, they write.",
        "return unequal(values, 2)",
        "Dear manager, keep the best and let the worst of them go.",
        f"It means that {LONG_LINE}.",
    ],
)
@pytest.mark.parametrize("place", ["source", "output", "stream", "cell metadata", "notebook metadata"])
def test_a_line_of_an_answer_is_found_wherever_it_stands(line: str, place: str) -> None:
    planted = lab()
    cell = planted.cells[1]
    if place == "source":
        cell.source += "\n" + line
    elif place == "output":
        cell.outputs = [nbformat.from_dict({**shown("table"), "data": {"text/html": f"<b>{line}</b>"}})]
    elif place == "stream":
        cell.outputs = [new_output("stream", name="stdout", text=line)]
    elif place == "cell metadata":
        cell.metadata["crm_lab"] = {"notes": [line]}
    else:
        planted.metadata["crm_lab"] = {"hint": line}
    where = "notebook metadata" if place == "notebook metadata" else "look"
    assert [found for found in leaks(solved(), planted) if found.startswith(f"{where} holds a line of")]


def test_a_line_that_stands_outside_the_answers_too_is_no_secret() -> None:
    planted = lab()
    planted.cells[2].source += "\n\nLook at `orders.head()` first."
    assert leaks(solved(), planted) == []


def test_a_signature_that_the_blank_supplies_is_no_secret() -> None:
    planted = lab()
    planted.cells[2].source += "\n\nWrite `def gini(values: Series) -> float:`."
    assert leaks(solved(), planted) == []


@pytest.mark.parametrize("text", ["45,678.9", "¥45678.90", "**45678.9**", "0.80415"])
def test_a_result_that_only_answers_show_is_found(text: str) -> None:
    planted = lab()
    planted.cells[2].source += f"\n\nAs you see, {text} it is."
    assert [found for found in leaks(solved(), planted) if found.startswith("task-share holds a result")]


def test_a_number_of_a_reference_table_is_found_unless_it_is_supplied() -> None:
    planted = lab()
    planted.cells[2].metadata["crm_lab"] = {"notes": "C00001 has 7,654.32, O1 has 1,234.56"}
    answers = {"rfm": "customer_id,monetary\nC00001,7654.32\nC00002,1234.56\n"}
    assert leaks(solved(), planted, answers) == ["task-share holds a result of the solution: 7654.32"]


def test_a_number_that_is_supplied_is_no_secret_although_a_check_repeats_it() -> None:
    planted = lab()
    assert "12,500" in planted.cells[2].source
    assert leaks(solved(), planted) == []


def test_a_single_number_answer_may_not_even_stand_in_what_is_supplied() -> None:
    assert leaks(solved(), lab(), {"total": 1234.56}) == ["look shows the answer of total: 1234.56"]


@pytest.mark.parametrize(("text", "leaked"), [("0.8042", True), ("80.42 %", True), ("0.804", False), ("0.8043", False)])
def test_an_answer_is_known_again_when_rounded_or_in_percent(text: str, leaked: bool) -> None:
    made = new_notebook(cells=[new_markdown_cell(text, id="task-share")])
    assert bool(leaked_answers(made, {"share": 0.804153})) == leaked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,631 customers", {"1631"}),
        ("-12.50 and 1000 and 0.001234", {"0.001234"}),
        ("2026-01-01 and C00041 and 3.1415e-05", {"3.1415e-05"}),
        ("O00000001, 20 %, v1.2.3", set()),
    ],
)
def test_numbers_with_four_significant_digits_are_told_from_the_rest(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected
