"""The published solutions as code that runs on any world: is it right there, and what does a small edit of it give?"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from crm_lab.base.errors import InputError
from crm_lab.base.places import resource
from crm_lab.base.text import _
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise, of
from crm_lab.labs.check import check
from crm_lab.labs.lab import Lab
from crm_lab.labs.panel import Result

_LAB = "_listening_lab"


class _Listening(Lab):
    """A lab that remembers what each check said, and keeps no progress."""

    def __init__(self, number: str, tables: Tables) -> None:
        super().__init__(number, tuple(one for one in of(number[:2]) if one.lab.startswith(number)), tables)
        self.heard: dict[str, Result] = {}

    def check(self, name: str, answer: Any) -> Result:
        """The verdict, remembered."""
        self.heard[name] = check(self._key(name), answer)
        return self.heard[name]


def notebooks() -> list[Path]:
    """The solved labs of this edition."""
    return sorted(resource("solutions").glob("[0-9]*.ipynb"))


def faults(notebook: Path, tables: Tables) -> list[str]:
    """Exercises that the solved lab leaves open or answers wrongly on this world, each as a sentence."""
    number = notebook.name.split("_")[0]
    lab = _Listening(number, tables)
    _run(notebook, lab, code_of(notebook))
    found = [f"{notebook.name} never checks {one.name}" for one in lab.exercises if one.name not in lab.heard]
    wrong = {name: told for name, told in lab.heard.items() if told.status != "right"}
    return found + [f"{notebook.name}, {name} is {told.status}: {told.message}" for name, told in wrong.items()]


def edited(exercise: Exercise, tables: Tables, old: str, new: str) -> Any:
    """What the published answer gives on these tables after one edit of its code, or of the cells it builds upon.

    old, new  a piece of that code, and what takes its place wherever it stands

    Raises InputError when the code has no such piece: the edit has outlived the solution.
    """
    notebook = next(path for path in notebooks() if path.name.startswith(f"{exercise.lab}_"))
    answer = "answer-" + exercise.name.replace("_", "-")
    cells = code_of(notebook)
    wanted = {
        cell: code for cell, code in cells.items() if cell == answer or not cell.startswith(("answer-", "check-"))
    }
    upto = dict(list(wanted.items())[: list(wanted).index(answer) + 1])
    if not any(old in code for code in upto.values()):
        said = _("{notebook}, {cell}: the code has no {old!r} to change. Mend the near miss of {name}.")
        raise InputError(said.format(notebook=notebook.name, cell=answer, old=old, name=exercise.name))
    lab = _Listening(exercise.lab, tables)
    return _run(notebook, lab, {cell: code.replace(old, new) for cell, code in upto.items()})[exercise.name]


def code_of(notebook: Path) -> dict[str, str]:
    """The source of each code cell by its id."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}


def _run(notebook: Path, lab: Lab, cells: Mapping[str, str]) -> dict[str, Any]:
    """Run cells with `labs.open` giving this lab; what they have defined."""
    space: dict[str, Any] = {"__name__": "__main__", "display": lambda *things: None, _LAB: lab}
    with redirect_stdout(StringIO()):
        for cell, code in cells.items():
            exec(compile(_plain_python(code), f"{notebook.name}#{cell}", "exec"), space)
    return space


def _plain_python(code: str) -> ast.Module:
    plain = "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in code.splitlines())
    return ast.fix_missing_locations(_OpensThis().visit(ast.parse(plain)))


class _OpensThis(ast.NodeTransformer):
    """Each `labs.open(…)` becomes the lab that listens."""

    def visit_Call(self, call: ast.Call) -> ast.expr:
        if ast.unparse(call.func) == "labs.open":
            return ast.copy_location(ast.Name(_LAB, ast.Load()), call)
        self.generic_visit(call)
        return call
