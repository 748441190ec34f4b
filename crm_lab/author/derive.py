"""Make the lab students open out of its solved form: answers become blanks, all else stays."""

from __future__ import annotations

import ast

import nbformat

from crm_lab.author.notebooks import Cell, Notebook
from crm_lab.base.errors import InputError

BLANK_TEXT = '*Write your answer here. `lab.solution("manager")` then shows one to compare it with.*'
TITLE_MARK = " · solution"


def is_answer(cell: Cell) -> bool:
    """Whether only the solution holds this cell's content: an answer, or the interpretation that follows one.

    >>> is_answer(nbformat.v4.new_code_cell("rfm = 1", id="answer-rfm"))
    True
    """
    return cell.id.startswith(("answer-", "meaning-"))


def derive(solution: Notebook, name: str) -> Notebook:
    """The unsolved lab of a solved one, not yet executed.

    name    how messages call the solution, such as "solutions/04_classify.ipynb"

    Raises InputError when an answer cell does not define what its id names.

    >>> cells = [nbformat.v4.new_code_cell("rfm = 2 + 2", id="answer-rfm")]
    >>> derive(nbformat.v4.new_notebook(cells=cells), "s").cells[0].source
    'rfm = ...'
    """
    lab = nbformat.from_dict(solution)
    lab.cells = [_blanked(cell, name) for cell in lab.cells if not cell.id.startswith("meaning-")]
    return lab


def _blanked(cell: Cell, name: str) -> Cell:
    if cell.cell_type == "markdown":
        if cell.id.startswith("answer-"):
            cell.source = BLANK_TEXT
        elif cell.source.startswith("# "):
            cell.source = cell.source.replace(TITLE_MARK, "", 1)
        return cell
    cell.outputs, cell.execution_count = [], None
    if cell.id.startswith("answer-"):
        try:
            cell.source = stub(cell.source, cell.id.removeprefix("answer-").replace("-", "_"))
        except (InputError, SyntaxError) as error:
            raise InputError(f"{name}, cell {cell.id!r}: {error}") from error
    return cell


def stub(source: str, variable: str) -> str:
    """The blank that takes the place of an answer: `variable = ...`, or a function that returns `...`.

    >>> stub("rfm = orders.groupby('customer_id').size()", "rfm")
    'rfm = ...'
    >>> print(stub("def gini(x: list) -> float:\\n    'Inequality.'\\n    return sum(x)", "gini"))
    def gini(x: list) -> float:
        \"""Inequality.\"""
        return ...
    """
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == variable:
            return _function_stub(source, node)
    assigned = {name.id for name in ast.walk(tree) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}
    if variable not in assigned:
        raise InputError(f"the answer does not define {variable!r}, which the cell id names.")
    return f"{variable} = ..."


def _function_stub(source: str, node: ast.FunctionDef) -> str:
    first = node.body[0]
    head = source.splitlines()[node.lineno - 1 : first.lineno - 1] or [f"def {node.name}({ast.unparse(node.args)}):"]
    docstring = ast.get_docstring(node)
    says = [f'    """{docstring.splitlines()[0]}"""'] if docstring else []
    return "\n".join([*(line for line in head if not line.lstrip().startswith("#")), *says, "    return ..."])
