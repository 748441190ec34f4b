"""The bars of style, each met and each missed once."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from crm_lab.author.bars import Measures, bar_faults, code_faults, measure, table

GOOD = {"words": 1_000, "markdown": 0.5, "code_median": 4, "code_90": 10, "code_longest": 20}


def measured(
    name: str = "notebooks/04_x.ipynb", cells: int = 30, tasks: tuple[int, ...] = (), **other: float
) -> Measures:
    return Measures(name=name, cells=cells, task_words=tasks, **(GOOD | other))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "good",
    [
        measured(),
        measured("labs/04_x.ipynb", cells=12, tasks=(40, 90, 60, 60, 60), markdown=0.7, words=100),
        measured("solutions/04_x.ipynb", tasks=(50,) * 8),
        measured("notebooks/00_start.ipynb", cells=5, words=50, markdown=0.9),
    ],
)
def test_a_notebook_that_keeps_the_bars_has_no_fault(good: Measures) -> None:
    assert bar_faults(good) == []


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (measured(code_median=5.5), "median lines of code is 5.5, above 5"),
        (measured(code_90=13), "lines of 90 % of code cells is 13, above 12"),
        (measured("notebooks/00_start.ipynb", code_longest=26), "longest code cell is 26, above 25"),
        (measured(markdown=0.47), "share of markdown cells is 0.47, below 0.48"),
        (measured(markdown=0.59), "share of markdown cells is 0.59, above 0.58"),
        (measured(cells=24), "number of cells is 24, below 25"),
        (measured(cells=51), "number of cells is 51, above 50"),
        (measured(words=699), "number of words is 699, below 700"),
        (measured(words=1601), "number of words is 1601, above 1600"),
        (measured("labs/04_x.ipynb", tasks=(50,) * 4), "number of exercises is 4, below 5"),
        (measured("labs/04_x.ipynb", tasks=(50,) * 9), "number of exercises is 9, above 8"),
        (measured("labs/04_x.ipynb", tasks=(50, 50, 39, 50, 50)), "words of task 3 is 39, below 40"),
        (measured("solutions/04_x.ipynb", tasks=(50, 50, 91, 50, 50)), "words of task 3 is 91, above 90"),
    ],
)
def test_a_missed_bar_is_named(bad: Measures, sentence: str) -> None:
    assert bar_faults(bad) == [sentence]


def test_what_is_counted() -> None:
    cells = [
        new_markdown_cell("# Lab\n\nOne two — three.", id="title"),
        new_code_cell("a = 1\n\nb = 2", id="setup"),
        new_markdown_cell("### 1 · Share\n\nFour words stand here.", id="task-share"),
        new_markdown_cell("### Stretch\n\nMore.", id="task-the-more"),
        new_markdown_cell("### Manager\n\nWrite.", id="task-manager"),
        new_code_cell("x = 1\n" * 9, id="long"),
    ]
    m = measure(new_notebook(cells=cells), "labs/01_x.ipynb", stretch=["the_more"])
    assert (m.cells, m.words, m.task_words) == (6, 14, (4,))
    assert (m.code_median, m.code_90, m.code_longest) == (5.5, 9, 9)
    assert m.markdown == pytest.approx(4 / 6)


def test_nine_in_ten_code_cells_make_the_ninety_per_cent() -> None:
    cells = [new_code_cell("x\n" * (13 if n == 0 else 2), id=f"c{n}") for n in range(10)]
    assert measure(new_notebook(cells=cells), "notebooks/01.ipynb").code_90 == 2


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("import os", "plumbing in a notebook: os"),
        ("from matplotlib import pyplot as plt", "plumbing in a notebook: matplotlib"),
        ("%matplotlib inline", "a magic or shell command"),
        ("!pip install x", "a magic or shell command"),
        ("print('You have won it')", "prose in code: 'You have won it'"),
        ("print(f'There are many customers: {n}')", "prose in code"),
    ],
)
def test_plumbing_and_prose_in_code_are_found(source: str, fault: str) -> None:
    assert any(fault in found for found in code_faults(new_notebook(cells=[new_code_cell(source, id="x")])))


@pytest.mark.parametrize(
    "source",
    [
        "orders['recency_days']",
        "label = 'two words'",
        "total = 'SELECT sum(margin) AS total FROM orders'",
        "def share(x):\n    'Share of the largest values.'\n    return x",
        "import pandas as pd\nfrom crm_lab import classify",
        "x = 3 % 2  # why this is so",
    ],
)
def test_code_and_names_are_no_prose(source: str) -> None:
    assert code_faults(new_notebook(cells=[new_code_cell(source, id="x")])) == []


UNSHOWN = ["x: a plot is not shown by explore.as_picture"]


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("import seaborn as sns\nexplore.as_picture(sns.histplot(x))", []),
        ("axes = table.plot.barh()\nexplore.as_picture(axes)", []),
        ("import seaborn as sns\nsns.histplot(x)", UNSHOWN),
        ("table.plot.barh()", UNSHOWN),
        ("table.hist(bins=3)", UNSHOWN),
        ("import seaborn as sns", []),
        ("import matplotlib.pyplot as plt", ["x: plumbing in a notebook: matplotlib"]),
        ("explore.as_picture(x.set(title='Nobody buys tea'))", ["x: prose in code: 'Nobody buys tea'"]),
    ],
)
def test_a_plot_is_drawn_in_the_open_and_put_into_words(source: str, faults: list[str]) -> None:
    assert code_faults(new_notebook(cells=[new_code_cell(source, id="x")])) == faults


def test_a_cell_id_of_chance_is_found() -> None:
    cells = [new_markdown_cell("x"), new_markdown_cell("y", id="rfm-idea")]
    assert code_faults(new_notebook(cells=cells)) == [f"{cells[0].id}: a cell id of chance; give it a name"]


def test_the_table_has_a_row_for_each_notebook() -> None:
    lines = table([measured(), measured("labs/04_x.ipynb", tasks=(50, 40))]).splitlines()
    assert lines[2].split() == ["notebooks/04_x.ipynb", "30", "1000", "0.50", "4", "10", "20"]
    assert lines[3].split()[-2:] == ["2", "40-50"]
