"""Whether a published solution is right on any world: its code cells are run there, and its checks listened to."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from crm_lab.base.places import resource
from crm_lab.data.tables import Tables
from crm_lab.exercises import of
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
    space: dict[str, Any] = {"__name__": "__main__", "display": lambda *things: None, _LAB: lab}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile(_plain_python(cell["source"]), f"{notebook.name}#{cell.get('id')}", "exec"), space)
    found = [f"{notebook.name} never checks {one.name}" for one in lab.exercises if one.name not in lab.heard]
    wrong = {name: told for name, told in lab.heard.items() if told.status != "right"}
    return found + [f"{notebook.name}, {name} is {told.status}: {told.message}" for name, told in wrong.items()]


def _plain_python(source: str | list[str]) -> ast.Module:
    lines = "".join(source).splitlines()
    plain = "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in lines)
    return ast.fix_missing_locations(_OpensThis().visit(ast.parse(plain)))


class _OpensThis(ast.NodeTransformer):
    """Each `labs.open(…)` becomes the lab that listens."""

    def visit_Call(self, call: ast.Call) -> ast.expr:
        if ast.unparse(call.func) == "labs.open":
            return ast.copy_location(ast.Name(_LAB, ast.Load()), call)
        self.generic_visit(call)
        return call
