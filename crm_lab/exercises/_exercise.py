"""What an exercise is: what it asks, what answers it, the mistakes people make, and the words around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _

if TYPE_CHECKING:
    from pandas import DataFrame

    from crm_lab.data.tables import Tables

KINDS = ("number", "table", "choice", "text", "sql", "function", "plot")
SHAPES = ("bars", "line", "points", "histogram")
RETURNS = ("number", "table", "text", "sentence")


@dataclass(frozen=True)
class Mistake:
    """A misconception people have: the wrong recipe it leads to, and what a good tutor would say about it.

    recipe  given the tables, the answer somebody with this misconception hands in
    says    the tutor's sentence, already through `_()`; it names the thought, never the right result
    """

    name: str
    recipe: Callable[[Tables], Any]
    says: str


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise: its task in figures, the reference that answers it on any data, and the words around it.

    name       the variable of the answer and the key of `lab.check(name, answer)`
    lab        the notebook it stands in, such as "04a"; its first two characters are the chapter
    kind       one of KINDS
    reference  given the tables, the right answer; for a function, the function itself
    mistakes   at least two known misconceptions
    hints      at least two, from vague to specific
    meaning    given the tables and the right answer, what it means for the business
    unit       the unit of a number, such as "¥" or "days"
    key        table and sql (and functions that return a table): the columns that name a row; plot: what stands along
               the axis of places, and then the name of the series where there are several; of points, both axes
    columns    the same kinds: the columns that are checked, each with what it holds; plot: the one that is measured
    shape      plot: one of SHAPES
    titled     plot: whether it needs a title
    named      plot: the word that the axis of what is measured must carry; nothing: any name will do
    options    choice: the labels to choose from
    probes     function: given the tables, the argument tuples it is called with
    returns    function: the kind of what it returns: "number", "table", "text" or, to the letter, "sentence"
    by_hand    the function of crm_lab that the learner is to rebuild rather than call: a function handed in must not
               call anything of its part of the package
    transfers  whether the answer is worked out, so that it can be graded on other data
    stretch    beyond what everybody does
    sections   ids of the chapter's heading cells that teach what it asks, so that `lab.advice()` can point to them
    supplies   tables that `lab.table` hands out besides the company's, so that no exercise reads an earlier answer
    tolerance  relative difference up to which two numbers count as equal
    near       boundaries moved by one and conditions left out, which are wrong too, without a sentence: by name, a
               piece of the published answer's code and what takes its place, or a recipe
    edges      makes a second, small set of tables with rows on every boundary: SQL and functions are judged there too
    """

    name: str
    lab: str
    title: str
    points: int
    kind: str
    reference: Callable[[Tables], Any]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...]
    meaning: Callable[[Tables, Any], str]
    unit: str = ""
    key: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    probes: Callable[[Tables], Sequence[tuple[Any, ...]]] | None = None
    returns: str = ""
    shape: str = ""
    titled: bool = False
    named: str = ""
    by_hand: str = ""
    transfers: bool = True
    stretch: bool = False
    sections: tuple[str, ...] = ()
    supplies: Mapping[str, Callable[[Tables], DataFrame]] = field(default_factory=dict)
    tolerance: float = 1e-6
    near: Mapping[str, tuple[str, str] | Callable[[Tables], Any]] = field(default_factory=dict)
    edges: Callable[[], Mapping[str, DataFrame]] | None = None

    def __post_init__(self) -> None:
        one_of("kind of exercise", self.kind, KINDS)
        if fault := _fault(self):
            raise InputError(_("Exercise {name}: {fault}.").format(name=self.name, fault=fault))

    @property
    def chapter(self) -> str:
        """The chapter it belongs to, such as "04"."""
        return self.lab[:2]


def _fault(exercise: Exercise) -> str:
    """What a declaration lacks, or nothing."""
    tabular = exercise.kind in ("table", "sql", "plot") or exercise.returns == "table"
    rules = {
        _("its name must be one a variable can have"): exercise.name.isidentifier(),
        _("it needs at least two known mistakes with different names"): len({m.name for m in exercise.mistakes}) >= 2,
        _("it needs at least two hints"): len(exercise.hints) >= 2,
        _("its sections must be a tuple of cell ids"): isinstance(exercise.sections, tuple),
        _("a table needs key and columns"): not tabular or bool(exercise.key and exercise.columns),
        _("a plot needs one column and a shape of {0}").format(", ".join(SHAPES)): exercise.kind != "plot"
        or (exercise.shape in SHAPES and len(exercise.columns) == 1),
        _("a choice needs at least two options"): exercise.kind != "choice" or len(exercise.options) >= 2,
        _("a function needs probes, and returns one of {0}").format(", ".join(RETURNS)): exercise.kind != "function"
        or (exercise.probes is not None and exercise.returns in RETURNS),
    }
    return next((fault for fault, holds in rules.items() if not holds), "")


def supplies(exercises: Iterable[Exercise]) -> dict[str, Callable[[Tables], DataFrame]]:
    """The tables these exercises bring along, for `Tables.with_supplies`."""
    return {name: make for exercise in exercises for name, make in exercise.supplies.items()}
