"""Plots drawn in every usual way from a declared answer, and plots that are wrong in one respect. For the contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from crm_lab.author import variants
from crm_lab.exercises import Exercise

Way = Callable[[Exercise, pd.DataFrame], Axes]


def drawn(exercise: Exercise, declared: Any) -> Axes:
    """The axes somebody hands in who has drawn this Series or table."""
    return _WAYS[exercise.shape]["seaborn"](exercise, frame_of(exercise, declared))


def frame_of(exercise: Exercise, declared: Any) -> pd.DataFrame:
    """What is to be drawn, with the places and the value as columns."""
    if exercise.shape != "points":
        return variants.as_frame(exercise, declared)
    return pd.DataFrame(declared).reset_index()[list(exercise.key)]


def equivalents(exercise: Exercise, declared: Any) -> variants.Named:
    """(name, axes) of plots that show the same, by whatever hand and in whatever order."""
    frame = frame_of(exercise, declared)
    for name, way in _WAYS[exercise.shape].items():
        if len(exercise.key) == 1 or exercise.shape == "points" or name == "seaborn":
            yield name, way(exercise, frame)
    shuffled = frame.sample(frac=1, random_state=1)
    yield "in another order", drawn(exercise, shuffled.set_index(list(exercise.key)) if _keyed(exercise) else shuffled)


def mutants(exercise: Exercise, declared: Any) -> variants.Named:
    """(name, answer) of plots that show something else, do not say what they show, or are none."""
    frame = frame_of(exercise, declared)
    value = frame.columns[-1]
    for row in sorted({0, len(frame) // 2, len(frame) - 1}):
        cells = frame[value].astype(float).copy()
        cells.iloc[row] += max(abs(cells.iloc[row]) * 1e-3, cells.abs().max() * 1e-4)
        yield f"row {row} changed", _seaborn(exercise, frame.assign(**{value: cells}))
        yield f"row {row} dropped", _seaborn(exercise, frame.drop(index=frame.index[row]))
    yield "without names", _unnamed(_seaborn(exercise, frame))
    for shape, ways in _WAYS.items():
        if {shape, exercise.shape} not in ({"bars", "histogram"}, {exercise.shape}) and _keyed(exercise):
            yield f"as {shape}", ways["Matplotlib"](exercise, frame)
    yield from (("nothing drawn", Figure().subplots()), ("a figure", Figure()))


def _keyed(exercise: Exercise) -> bool:
    return exercise.shape != "points"


def _seaborn(exercise: Exercise, frame: pd.DataFrame) -> Axes:
    return _WAYS[exercise.shape]["seaborn"](exercise, frame)


def _unnamed(axes: Axes) -> Axes:
    axes.set(xlabel="", ylabel="")
    return axes


def _by_seaborn(plot: str, lying: bool = False) -> Way:
    def draw(exercise: Exercise, frame: pd.DataFrame) -> Axes:
        import seaborn as sns

        x, y, hue = frame.columns[0], frame.columns[-1], frame.columns[1] if len(frame.columns) > 2 else None
        x, y = (y, x) if lying else (x, y)
        more = {"orient": "h"} if lying else {}
        axes: Axes = getattr(sns, plot)(frame, x=x, y=y, hue=hue, ax=Figure().subplots(), errorbar=None, **more)
        return axes

    return draw


def _scatter(exercise: Exercise, frame: pd.DataFrame) -> Axes:
    import seaborn as sns

    axes: Axes = sns.scatterplot(frame, x=frame.columns[0], y=frame.columns[1], ax=Figure().subplots())
    return axes


def _by_pandas(kind: Any) -> Way:
    def draw(exercise: Exercise, frame: pd.DataFrame) -> Axes:
        axes = Figure().subplots()
        frame.plot(kind=kind, x=frame.columns[0], y=frame.columns[-1], ax=axes, legend=False)
        axes.set(xlabel=frame.columns[0], ylabel=frame.columns[-1])
        return axes

    return draw


def _by_matplotlib(draw: Callable[[Axes, Any, Any], Any], as_text: bool = False, lying: bool = False) -> Way:
    def plot(exercise: Exercise, frame: pd.DataFrame) -> Axes:
        axes = Figure().subplots()
        places = frame[frame.columns[0]]
        draw(axes, places.astype(str) if as_text else places, frame[frame.columns[-1]])
        along, measured = ("y", "x") if lying else ("x", "y")
        axes.set(**{f"{along}label": frame.columns[0], f"{measured}label": frame.columns[-1]})
        return axes

    return plot


def _histogram(axes: Axes, edges: pd.Series, counts: pd.Series) -> None:
    apart = len(edges) > 1 and pd.api.types.is_numeric_dtype(edges)  # names stand at a distance of one
    axes.bar(edges, counts, width=np.diff(edges).min() if apart else 1.0, align="edge")


_WAYS: dict[str, dict[str, Way]] = {
    "bars": {
        "seaborn": _by_seaborn("barplot"),
        "lying": _by_matplotlib(lambda axes, x, y: axes.barh(x, y), as_text=True, lying=True),
        "pandas": _by_pandas("bar"),
        "Matplotlib": _by_matplotlib(lambda axes, x, y: axes.bar(x, y), as_text=True),
    },
    "line": {
        "seaborn": _by_seaborn("lineplot"),
        "Matplotlib": _by_matplotlib(lambda axes, x, y: axes.plot(x, y)),
    },
    "points": {
        "seaborn": _scatter,
        "pandas": _by_pandas("scatter"),
        "Matplotlib": _by_matplotlib(lambda axes, x, y: axes.scatter(x, y)),
        "dots": _by_matplotlib(lambda axes, x, y: axes.plot(x, y, "o")),
    },
    "histogram": {
        "seaborn": _by_matplotlib(_histogram),
        "Matplotlib": _by_matplotlib(_histogram),
    },
}
