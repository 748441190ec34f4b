"""The RFM explorer: how long the kernel takes from a moved control to the finished picture and tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice

import pandas as pd
import seaborn as sns
from ipywidgets import Dropdown, IntSlider, Widget
from matplotlib.figure import Figure

from benchmarks.timing import Result, milliseconds, quantiles
from crm_lab import classify, load
from crm_lab.data import today
from crm_lab.explore import rfm_explorer

MOVES, REDRAWINGS = 200, 40


def controls(box: Widget) -> Iterator[IntSlider | Dropdown]:
    """All sliders and lists in a widget, however they are laid out."""
    for child in getattr(box, "children", ()):
        if isinstance(child, IntSlider | Dropdown):
            yield child
        yield from controls(child)


def places(control: IntSlider | Dropdown) -> list[object]:
    """Every choice of a list, the last first so that each is a move; ten places along a slider."""
    if isinstance(control, Dropdown):
        return [option[1] if isinstance(option, tuple) else option for option in reversed(control.options)]
    steps = (control.max - control.min) // control.step
    return sorted({control.min + control.step * (steps * part // 9) for part in range(10)})


def moves(found: list[IntSlider | Dropdown]) -> Iterator[Callable[[], None]]:
    """One move after the other: each control through its places, then the next, without end."""
    for control in cycle(found):
        for place in places(control):
            if place != control.value:
                yield partial(setattr, control, "value", place)


def made_anew(rfm: pd.DataFrame) -> None:
    """What a plain widget does at each move: seaborn makes a figure of the same customers from nothing."""
    figure = Figure(figsize=(8, 5))
    sns.scatterplot(rfm, x="recency_days", y="monetary", size="frequency", ax=figure.subplots())
    figure.savefig(io.BytesIO(), format="png")


def run() -> list[Result]:
    """The median and the 95th percentile over moves of every control."""
    orders = load("orders")
    rfm = classify.rfm(orders[orders["status"] == "delivered"], today())
    found = list(controls(rfm_explorer(rfm)))
    made_anew(rfm)
    ours, peer = [], []
    for turn, move in enumerate(islice(moves(found), MOVES)):
        ours.append(milliseconds(move))
        if turn % (MOVES // REDRAWINGS) == 0:
            peer.append(milliseconds(partial(made_anew, rfm)))
    return [
        Result(
            f"RFM explorer, redraw, {name} of {MOVES}",
            f"seaborn figure made anew, {name}",
            mine,
            theirs,
            [mine / theirs],
        )
        for name, mine, theirs in zip(("p50", "p95"), quantiles(ours), quantiles(peer), strict=True)
    ]
