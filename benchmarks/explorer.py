"""Every explorer of the chapters, as its chapter makes it: from a moved control to the finished picture and words."""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from ipywidgets import Dropdown, FloatSlider, IntSlider, Widget
from matplotlib.figure import Figure

from benchmarks.timing import Result, milliseconds, quantiles

MOVES, REDRAWINGS = 200, 40
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
MAKES_ONE = re.compile(r"explore\.(\w+)_explorer\(")

Control = IntSlider | FloatSlider | Dropdown


def explorers() -> Iterator[tuple[str, Widget]]:
    """Each explorer by name, made by the code of its chapter up to the cell that shows it."""
    matplotlib.use("Agg")
    for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        for turn, source in enumerate(sources):
            if shown := MAKES_ONE.search(source):
                yield shown[1], last_value(sources[: turn + 1])


def last_value(sources: list[str]) -> Any:
    """What the last line of the last cell shows, after all that stands before it."""
    *before, last = ast.parse("\n".join(sources)).body
    known: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()):
        exec(compile(ast.Module(before, []), "cells", "exec"), known)
        return eval(ast.unparse(last), known)


def controls(box: Widget) -> Iterator[Control]:
    """All sliders and lists in a widget, however they are laid out."""
    for child in getattr(box, "children", ()):
        if isinstance(child, Control):
            yield child
        yield from controls(child)


def places(control: Control) -> list[object]:
    """Every choice of a list, the last first so that each is a move; ten places along a slider."""
    if isinstance(control, Dropdown):
        return [option[1] if isinstance(option, tuple) else option for option in reversed(control.options)]
    steps = round((control.max - control.min) / control.step)
    return sorted({control.min + control.step * (steps * part // 9) for part in range(10)})


def moves(found: list[Control]) -> Iterator[Callable[[], None]]:
    """One move after the other: each control through its places, then the next, without end."""
    for control in cycle(found):
        for place in places(control):
            if place != control.value:
                yield partial(setattr, control, "value", place)


def made_anew() -> None:
    """What a plain widget does at each move: a new figure, with one line of 200 points."""
    figure = Figure(figsize=(8, 5))
    figure.subplots().plot(np.linspace(0, 1, 200))
    figure.savefig(io.BytesIO(), format="png")


def redraws(name: str, explorer: Widget) -> list[Result]:
    """The median and the 95th percentile over moves of every control."""
    made_anew()
    ours, theirs = [], []
    for turn, move in enumerate(islice(moves(list(controls(explorer))), MOVES)):
        ours.append(milliseconds(move))
        if turn % (MOVES // REDRAWINGS) == 0:
            theirs.append(milliseconds(made_anew))
    return [
        Result(
            f"{name} explorer, redraw, {part} of {MOVES}",
            f"a line on a new figure, {part}",
            mine,
            other,
            [mine / other],
        )
        for part, mine, other in zip(("p50", "p95"), quantiles(ours), quantiles(theirs), strict=True)
    ]


def run() -> Iterator[Result]:
    """All of them, chapter by chapter."""
    for name, explorer in explorers():
        yield from redraws(name, explorer)
