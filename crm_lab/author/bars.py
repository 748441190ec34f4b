"""The measures of a notebook that reads well, and how far each notebook keeps them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from crm_lab.author.notebooks import Notebook, code_cells, read
from crm_lab.exercises import all_exercises

CODE_LINES = {"median": 5, "90 %": 12, "longest": 25}
MARKDOWN_SHARE = (0.48, 0.58)
CHAPTER_CELLS = (25, 50)
CHAPTER_WORDS = (700, 1_600)
LAB_EXERCISES = (5, 8)
TASK_WORDS = (40, 90)
MANAGER = "task-manager"
START = "00_start"

_PLUMBING = {"os", "sys", "pathlib", "importlib", "warnings", "matplotlib", "IPython", "subprocess"}
_DRAWING = re.compile(r"\bsns\.\w+\(|\.(?:plot|hist|boxplot)\b[.(]")
_WORD = re.compile(r"\S*\w\S*")
_THREE_WORDS = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_SQL = re.compile(r"\s*(select|with|from)\b", re.IGNORECASE)
_RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f-]{27})?")


@dataclass(frozen=True)
class Measures:
    """What is counted in one notebook. Lines of code and words are counts; `markdown` is a share, 0 to 1."""

    name: str
    cells: int
    words: int
    markdown: float
    code_median: float
    code_90: float
    code_longest: int
    task_words: tuple[int, ...]

    @property
    def kind(self) -> str:
        """chapter, lab or solution, from the folder in the name; start for the start page."""
        folder, _slash, file = self.name.rpartition("/")
        if file.startswith(START):
            return "start"
        return {"labs": "lab", "solutions": "solution"}.get(folder, "chapter")


def words(text: str) -> int:
    """How many words a text has; a word holds at least one letter or digit.

    >>> words("## A fifth — of `customers`")
    4
    """
    return len(_WORD.findall(text))


def measure(notebook: Notebook, name: str, stretch: Iterable[str] = ()) -> Measures:
    """The measures of a notebook.

    name     folder and file, such as "labs/04_classify.ipynb"
    stretch  exercises beyond what everybody does, which are not counted

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> measure(new_notebook(cells=[new_markdown_cell("Two words")]), "notebooks/01.ipynb").words
    2
    """
    uncounted = {MANAGER, *("task-" + exercise.replace("_", "-") for exercise in stretch)}
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    tasks = [cell for cell in prose if cell.id.startswith("task-") and cell.id not in uncounted]
    lines = sorted(sum(bool(line.strip()) for line in cell.source.splitlines()) for cell in code_cells(notebook)) or [0]
    return Measures(
        name=name,
        cells=len(notebook.cells),
        words=sum(words(cell.source) for cell in prose),
        markdown=len(prose) / max(len(notebook.cells), 1),
        code_median=median(lines),
        code_90=lines[-(-9 * len(lines) // 10) - 1],
        code_longest=lines[-1],
        task_words=tuple(words(_body(cell.source)) for cell in tasks),
    )


def _body(task: str) -> str:
    return "\n".join(line for line in task.splitlines() if not line.startswith("#"))


def measure_stored(root: Path, name: str) -> Measures:
    """The measures of a notebook of the repository at `root`, its stretch exercises as they are declared."""
    number = Path(name).stem.partition("_")[0]
    stretch = [exercise.name for exercise in all_exercises() if exercise.lab == number and exercise.stretch]
    return measure(read(root / name), name, stretch)


def bar_faults(m: Measures) -> list[str]:
    """One sentence for each bar the notebook misses.

    >>> bar_faults(Measures("labs/01.ipynb", 20, 500, 0.5, 3, 8, 26, (50,) * 5))
    ['longest code cell is 26, above 25']
    """
    checks: list[tuple[str, float, tuple[float, float]]] = [
        ("median lines of code", m.code_median, (0, CODE_LINES["median"])),
        ("lines of 90 % of code cells", m.code_90, (0, CODE_LINES["90 %"])),
        ("longest code cell", m.code_longest, (0, CODE_LINES["longest"])),
    ]
    if m.kind == "chapter":
        checks += [
            ("share of markdown cells", round(m.markdown, 2), MARKDOWN_SHARE),
            ("number of cells", m.cells, CHAPTER_CELLS),
            ("number of words", m.words, CHAPTER_WORDS),
        ]
    if m.kind in ("lab", "solution"):
        checks.append(("number of exercises", len(m.task_words), LAB_EXERCISES))
        checks += [(f"words of task {n}", count, TASK_WORDS) for n, count in enumerate(m.task_words, start=1)]
    return [_sentence(*check) for check in checks if not check[2][0] <= check[1] <= check[2][1]]


def _sentence(what: str, value: float, bar: tuple[float, float]) -> str:
    side, limit = ("above", bar[1]) if value > bar[1] else ("below", bar[0])
    return f"{what} is {value}, {side} {limit}"


def table(measures: Iterable[Measures]) -> str:
    """The measures of all notebooks as a table of plain text, bars in its head.

    >>> print(table([]).splitlines()[1].split()[0])
    bar
    """
    rows = [
        ("notebook", "cells", "words", "markdown", "code median", "90 %", "longest", "exercises", "words per task"),
        ("bar", "25-45", "700-1600", "0.48-0.58", "<= 5", "<= 12", "<= 25", "5-8", "40-90"),
        *(_row(m) for m in measures),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def _row(m: Measures) -> tuple[str, ...]:
    tasks = (str(len(m.task_words)), f"{min(m.task_words)}-{max(m.task_words)}") if m.task_words else ("", "")
    counts = (str(m.cells), str(m.words), f"{m.markdown:.2f}")
    return (m.name, *counts, f"{m.code_median:g}", f"{m.code_90:g}", str(m.code_longest), *tasks)


def code_faults(notebook: Notebook) -> list[str]:
    """One sentence for each piece of prose or plumbing in a code cell, and for each cell without a name of its own.

    Readers draw with seaborn and pandas as they see it done; a cell that draws shows its plot by `explore.as_picture`,
    which names the axes in the reader's language and puts the plot into words. matplotlib stays behind it.

    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> code_faults(new_notebook(cells=[new_code_cell("import os", id="look")]))
    ['look: plumbing in a notebook: os']
    """
    found = [f"{c.id}: a cell id of chance; give it a name" for c in notebook.cells if _RANDOM_ID.fullmatch(c.id)]
    for cell in code_cells(notebook):
        if re.search(r"^\s*[%!]", cell.source, re.MULTILINE):
            found.append(f"{cell.id}: plumbing in a notebook: a magic or shell command")
            continue
        tree = ast.parse(cell.source)
        found += [f"{cell.id}: plumbing in a notebook: {name}" for name in sorted(_imports(tree) & _PLUMBING)]
        if _DRAWING.search(cell.source) and "as_picture(" not in cell.source:
            found.append(f"{cell.id}: a plot is not shown by explore.as_picture")
        found += [f"{cell.id}: prose in code: {text.strip()[:60]!r}" for text in _prose(tree)]
    return found


def _imports(tree: ast.AST) -> set[str]:
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def _prose(tree: ast.AST) -> list[str]:
    """The literals of three words or more that are neither a docstring nor SQL."""
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    docstrings = {id(f.body[0].value) for f in functions if isinstance(f.body[0], ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
    return [text for text in texts if _THREE_WORDS.search(text) and not _SQL.match(text)]
