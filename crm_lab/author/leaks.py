"""Prove that an unsolved lab gives nothing of its solution away: no line of an answer, and no result."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crm_lab.author.derive import derive, is_answer
from crm_lab.author.notebooks import Cell, Notebook
from crm_lab.author.pictures import DATA_URI

LINE = 12  # characters, white space not counted, from which a line of an answer is one's own
DIGITS = 4  # significant digits from which a result is telling

_NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w])")
_QUOTES = str.maketrans(dict.fromkeys("“”„‘’'`´", '"'))


Answers = Mapping[str, float | str]  # reference answers by exercise: a single number, or a table as text


def leaks(solution: Notebook, lab: Notebook, answers: Answers | None = None) -> list[str]:
    """One sentence for each line or result of the solution that the lab holds; empty when it is clean.

    solution    the solved, executed notebook
    lab         the unsolved, executed notebook
    answers     the reference answers: a single number may stand nowhere in a lab

    A line that the solution shows outside its answers, too, is no secret; nor is a number, unless it is the answer.

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> leaks(new_notebook(), new_notebook(cells=[new_markdown_cell("It is 1,631.", id="task-n")]), {"n": 1631})
    ['task-n shows the answer of n: 1631']
    """
    answers = answers or {}
    tables = [answer for answer in answers.values() if isinstance(answer, str)]
    singles = {name: answer for name, answer in answers.items() if not isinstance(answer, str)}
    return [*leaked_lines(solution, lab), *leaked_results(solution, lab, tables), *leaked_answers(lab, singles)]


def squeezed(text: str) -> str:
    """The text as the scan compares it: no white space, no HTML escapes, one kind of quote.

    >>> squeezed("rfm = orders[ 'x' ] &gt; 1")
    'rfm=orders["x"]>1'
    """
    return re.sub(r"\s+", "", html.unescape(text)).translate(_QUOTES)


def leaked_lines(solution: Notebook, lab: Notebook) -> list[str]:
    """A sentence for each line of an answer that stands anywhere in the lab: source, output or metadata.

    >>> from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
    >>> solution = new_notebook(cells=[new_code_cell("best = margin.nlargest(20)", id="answer-best")])
    >>> lab = new_notebook(cells=[new_markdown_cell("Write `best=margin.nlargest(20)`.", id="task-best")])
    >>> leaked_lines(solution, lab)
    ['task-best holds a line of answer-best: best = margin.nlargest(20)']
    """
    blanks = {cell.id: cell.source for cell in derive(solution, "solution").cells}
    public = squeezed("\n".join(blanks.get(cell.id, "") if is_answer(cell) else cell.source for cell in solution.cells))
    held = [(cell.id, squeezed("\n".join(strings(cell)))) for cell in lab.cells]
    held.append(("notebook metadata", squeezed("\n".join(strings(lab.metadata)))))
    found = []
    for cell in filter(is_answer, solution.cells):
        for line in cell.source.splitlines():
            secret = squeezed(line)
            if len(secret) >= LINE and secret not in public:
                found += [
                    f"{where} holds a line of {cell.id}: {line.strip()}" for where, text in held if secret in text
                ]
    return found


def strings(value: Any) -> Iterator[str]:
    """Every piece of text within nested dicts and lists, keys included, but for drawn images.

    >>> list(strings({"a": ["b", 1]}))
    ['a', 'b', '1']
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            if not str(key).startswith("image/"):
                yield str(key)
                yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)
    else:
        yield DATA_URI.sub("", str(value))


def numbers(text: str) -> set[str]:
    """The numbers of a text with enough significant digits to tell something, as plain decimals without a sign.

    >>> sorted(numbers("1,631 customers bring 80.0 % of ¥45,210.50 by 2026-01-01"))
    ['1631', '45210.5']
    """
    found = set()
    for token in _NUMBER.findall(re.sub(r"\d{4}-\d\d-\d\d", " ", text)):
        mantissa, _e, exponent = token.lower().strip("-−").replace(",", "").partition("e")
        if "." in mantissa:
            mantissa = mantissa.rstrip("0").rstrip(".")
        digits = mantissa.replace(".", "").lstrip("0")
        if len(digits if "." in mantissa else digits.rstrip("0")) >= DIGITS:
            found.add(mantissa + (f"e{exponent}" if exponent else ""))
    return found


def _shown(cells: Iterable[Cell]) -> set[str]:
    """The numbers in the sources and outputs of cells."""
    return {number for cell in cells for text in (cell.source, *_outputs(cell)) for number in numbers(text)}


def _outputs(cell: Cell) -> list[str]:
    return list(strings(cell.get("outputs", [])))


def leaked_results(solution: Notebook, lab: Notebook, tables: Iterable[str] = ()) -> list[str]:
    """A sentence for each number that only the solution's answers and checks show, and the lab shows as well.

    tables  reference answers as text: their numbers count as shown by the solution's answers

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> lab = new_notebook(cells=[new_markdown_cell("C00001 has 1,234.56", id="task-rfm")])
    >>> leaked_results(new_notebook(), lab, ["C00001,1234.56"])
    ['task-rfm holds a result of the solution: 1234.56']
    """
    solved = [cell for cell in solution.cells if is_answer(cell) or cell.id.startswith("check-")]
    supplied = [cell for cell in solution.cells if cell not in solved]
    secret = _shown(solved).union(*map(numbers, tables)) - _shown(supplied)
    found = []
    for cell in lab.cells:
        held = {number for text in strings(cell) for number in numbers(text)}
        found += [f"{cell.id} holds a result of the solution: {number}" for number in sorted(held & secret)]
    return found


def leaked_answers(lab: Notebook, answers: Mapping[str, float]) -> list[str]:
    """A sentence for each place of the lab that shows a reference answer, rounded or in percent.

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> leaked_answers(new_notebook(cells=[new_markdown_cell("It is 80.42 %.", id="task-share")]), {"share": 0.804153})
    ['task-share shows the answer of share: 80.42']
    """
    found = []
    for cell in lab.cells:
        held = {number for text in strings(cell) for number in numbers(text)}
        for name, answer in answers.items():
            found += [f"{cell.id} shows the answer of {name}: {n}" for n in sorted(held) if _rounds_to(answer, n)]
    return found


def _rounds_to(answer: float, number: str) -> bool:
    """Whether `number` is the answer, or a hundred times it, rounded to the digits that `number` has."""
    decimals = len(number.partition("e")[0].partition(".")[2])
    scales = (1, 100) if abs(answer) <= 1 else (1,)
    return any(abs(abs(answer) * scale - float(number)) <= 0.501 * 10**-decimals for scale in scales)
