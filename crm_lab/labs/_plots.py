"""Plots as answers: the axes seaborn, pandas or matplotlib have drawn on, read back as the table they show."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from crm_lab.base.text import _
from crm_lab.base.wording import in_a_row
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise
from crm_lab.labs import tabular
from crm_lab.labs._freeze import freeze
from crm_lab.labs.cells import NUMBER, TEXT, TIME, Column, Refused, type_name
from crm_lab.labs.words import Difference, NotAnAnswer, called, drawing, misfit, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DIGITS = 9  # to which two places on an axis are the same


@dataclass(frozen=True)
class Plot(tabular.Table):
    """What a plot shows, what of xlabel, ylabel and title it lacks, and what is wrong about its names."""

    lacking: tuple[str, ...] = ()
    misnamed: str = ""


def read(exercise: Exercise, answer: Any, tables: Tables, right: Plot) -> Plot:
    """What a plot shows. Raises NotAnAnswer when nothing is drawn, or something of another kind."""
    from crm_lab.explore.drawn import shape_of, unnamed

    axes = _axes(exercise, answer)
    shape = shape_of(axes)
    if not shape:
        raise NotAnAnswer(_("Nothing is drawn on these axes that can be read: no bars, lines or points."))
    if shape != exercise.shape and {shape, exercise.shape} != {"bars", "histogram"}:
        said = _("You have drawn {mine}; what is asked for is {wanted}.")
        raise NotAnAnswer(said.format(mine=drawing(shape), wanted=drawing(exercise.shape)))
    frame = _drawn(exercise, axes, right)
    _check_series(exercise, frame)
    plot = _plot(exercise, frame, tables, right)
    lacking = [f"{which}label" for which in unnamed(axes)]
    untitled = exercise.titled and not (axes.get_title() or axes.figure.get_suptitle()).strip()
    return replace(plot, lacking=(*lacking, *(["title"] if untitled else [])), misnamed=_misnamed(exercise, axes))


def read_key(exercise: Exercise, declared: Any, tables: Tables) -> Plot:
    """A declared answer: the Series or table that is to be drawn, by the columns of key and columns."""
    value = next(iter(exercise.columns))
    frame: pd.DataFrame = declared.rename(value).to_frame() if isinstance(declared, pd.Series) else declared
    if value in frame and not {*exercise.key} & {*frame.columns}:
        frame = frame.rename_axis(list(exercise.key)).reset_index()
    if exercise.shape == "points":
        frame = _counted(exercise, frame[list(exercise.key)])
    elif exercise.shape != "line":
        frame = frame[frame[value] != 0]  # a bar of no length is not seen
    return _plot(exercise, frame[[*exercise.key, value]].dropna(), tables)


def compare(exercise: Exercise, mine: Plot, right: Plot) -> Difference | None:
    """What differs, or None: what is shown first, then whether the axes say what it is."""
    if difference := tabular.compare(exercise, mine, right):
        return difference
    if not mine.lacking:
        return Difference(mine.misnamed) if mine.misnamed else None
    call = ", ".join(f'{name}="…"' for name in mine.lacking)
    said = _("What is drawn is right, but it does not say what it shows. Add {names}: axes.set({call})")
    return Difference(said.format(names=in_a_row(mine.lacking), call=call))


def _axes(exercise: Exercise, answer: Any) -> Axes:
    """The axes handed in, or those of the only panel of displot, relplot or catplot."""
    from matplotlib.axes import Axes

    if type(answer) is Axes:
        return answer
    grids = sys.modules.get("seaborn.axisgrid")
    if grids is not None and type(answer) is grids.FacetGrid and answer.axes.size == 1:
        return cast("Axes", answer.ax)
    try:
        what = Refused(called(freeze(answer, most_rows=1)))
    except Refused as refused:
        what = refused
    raise misfit(exercise, Refused(str(what), what.tip or _tip(answer)))


def _tip(answer: Any) -> str:
    """How one comes to hold something near the axes in one's hands."""
    if type(answer) is list:
        return _("Perhaps it is what axes.set(...) gives back: call that in a line of its own.")
    if type_name(answer) == "Picture":
        return _("Leave out explore.as_picture: it makes a picture of the axes.")
    return _("Take the axes out of it: [0] gives the first.") if type_name(answer) == "ndarray" else ""


def _check_series(exercise: Exercise, frame: pd.DataFrame) -> None:
    """Refuse several lines where one is asked for, and series that nobody can tell apart."""
    place, *several = exercise.key
    if exercise.shape == "points" or not len(frame):
        return
    if several and (frame[several[0]] == "").any():
        form = _("Your plot does not say which of the {drawn} are which: give each its label, then axes.legend().")
        if not frame[place].duplicated().any():
            form = _("Your {drawn} are not told apart by {series}. In seaborn: {how}.")
        kind = _("lines") if exercise.shape == "line" else _("bars")
        raise NotAnAnswer(form.format(drawn=kind, series=several[0], how=f'hue="{several[0]}"'))
    if not several and exercise.shape == "line" and frame[place].duplicated().any():
        most = frame[place].value_counts()
        form = _("One line is asked for, with one point for each {key}; at {place} you have {n}.")
        raise NotAnAnswer(form.format(key=place, place=_said(most.index[0]), n=most.iloc[0]))


def _said(place: Any) -> str:
    return shorten(str(place).removesuffix(" 00:00:00"))


def _misnamed(exercise: Exercise, axes: Axes) -> str:
    """What is wrong about the names of the axes: exchanged, or not the one the task gives."""
    from crm_lab.explore.drawn import lies

    names = [_bare(axes.get_xlabel()), _bare(axes.get_ylabel())]
    along, measured = reversed(names) if lies(axes) else names
    wanted = exercise.key if exercise.shape == "points" else (exercise.key[0], *exercise.columns)
    if [measured, along] == [_bare(name) for name in wanted]:
        return _("The names of the axes are exchanged: each stands at the axis of the other.")
    if _bare(exercise.named) in measured:
        return ""
    form = _("What is drawn is right. Give the axis of the numbers the name the task asks for: {name}.")
    return form.format(name=exercise.named)


def _bare(label: str) -> str:
    return " ".join(label.casefold().replace("_", " ").split())


def _drawn(exercise: Exercise, axes: Axes, right: Plot) -> pd.DataFrame:
    """The rows that are drawn, with the names and kinds of the columns asked for."""
    from crm_lab.explore.drawn import codes_behind, data_of

    value = next(iter(exercise.columns))
    frame = data_of(axes, exercise.shape)
    if exercise.shape == "points":
        frame = _counted(exercise, frame[["x", "y"]].set_axis([*exercise.key], axis=1))
    else:
        frame = frame.set_axis([exercise.key[0], *(exercise.key[1:] or ["series"]), value], axis=1)
        frame[exercise.key[0]] = _all_named(frame[exercise.key[0]], frame.iloc[:, 1], right.key[0])
        _refuse_swapped(exercise, frame, right)
    for name, column in zip(exercise.key, right.key, strict=True):
        if not pd.api.types.is_numeric_dtype(frame[name]):
            frame[name] = codes_behind(frame[name], name, _plain(column))
        frame[name] = _as(frame[name], column.found())
    return frame


def _all_named(places: pd.Series, lines: pd.Series, right: Column) -> pd.Series:
    """Places of a line all by name, where pandas names some and counts the others: those named must be in order."""
    counted = places.map(lambda place: isinstance(place, float))
    if right.found() != {TEXT} or not counted.any():
        return places
    order = list(dict.fromkeys(right.objects.tolist()))
    turn = places.groupby(lines).cumcount()
    names = turn.map(dict(enumerate(order)))
    fits = (places[counted] == turn[counted]).all() and (places[~counted] == names[~counted]).all()
    return names if fits and names.notna().all() else places.map(lambda place: place if isinstance(place, str) else "")


def _refuse_swapped(exercise: Exercise, frame: pd.DataFrame, right: Plot) -> None:
    """NotAnAnswer where the names of the series stand along the axis of places."""
    from crm_lab.explore.drawn import codes_behind

    if len(exercise.key) < 2:
        return
    place, series = exercise.key
    places, names = map(_plain, right.key)
    drawn = set(codes_behind(frame[place], series, names))
    if drawn and drawn <= names and not drawn <= places:
        said = _(
            "Swapped: {place} belongs along the axis, and there is one series for each {series}. In seaborn: {how}."
        )
        raise NotAnAnswer(said.format(place=place, series=series, how=f'x="{place}", hue="{series}"'))


def _plain(column: Column) -> set[Any]:
    """The texts and whole numbers of a column."""
    cells = {column.cell(row) for row in range(len(column))}
    return {int(value) if kind == NUMBER and value.is_integer() else value for kind, value in cells}


def _counted(exercise: Exercise, points: pd.DataFrame) -> pd.DataFrame:
    """How many points lie at each place."""
    return points.value_counts(sort=False).rename(next(iter(exercise.columns))).reset_index()


def _as(places: pd.Series, kinds: set[int]) -> pd.Series:
    """Names under bars as the numbers or days they write."""
    if kinds == {NUMBER} and not pd.api.types.is_numeric_dtype(places):
        read = pd.to_numeric(places, errors="coerce")
        return places if read.isna().any() else read
    if kinds == {TIME} and not pd.api.types.is_datetime64_any_dtype(places):
        read = pd.to_datetime(places.astype(str), errors="coerce", format="mixed")
        return places if read.isna().any() else read
    if kinds == {TEXT} and not pd.api.types.is_string_dtype(places):
        return places.map(lambda place: place if isinstance(place, str) else f"{place:g}")
    return places


def _plot(exercise: Exercise, frame: pd.DataFrame, tables: Tables, right: Plot | None = None) -> Plot:
    """A table of what is drawn, its places to so many digits."""
    numbers = [name for name in exercise.key if pd.api.types.is_float_dtype(frame[name])]
    frame = frame.assign(**{name: frame[name].map(f"{{:.{DIGITS}g}}".format).astype(float) for name in numbers})
    table = tabular.read(exercise, frame, tables, right)
    return Plot(table.key, table.columns)
