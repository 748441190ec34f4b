"""Judging an answer: what it is, whether it is right, and if not, which thought has led there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crm_lab.base.text import _
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise, Mistake
from crm_lab.labs import _plots, _slips, functions, query, single, tabular
from crm_lab.labs._edges import edge_tables
from crm_lab.labs._rounding import is_rounded
from crm_lab.labs._running import Call, complaint
from crm_lab.labs._settings import own_settings
from crm_lab.labs.panel import Result, result
from crm_lab.labs.words import Difference, NotAnAnswer, Unanswered, wanted


@dataclass(frozen=True)
class Judge:
    """How answers of one kind are read and compared.

    read      (exercise, answer, tables, right) -> plain answer; raises NotAnAnswer or Unanswered
    read_key  (exercise, declared answer, tables) -> plain answer
    compare   (exercise, mine, right) -> Difference or None; for functions also the tables
    """

    read: Callable[..., Any]
    read_key: Callable[..., Any]
    compare: Callable[..., Difference | None]


JUDGES: Mapping[str, Judge] = {
    "number": Judge(single.read_number, single.read_number, single.compare_number),
    "text": Judge(single.read_text, single.read_texts, single.compare_text),
    "choice": Judge(single.read_choice, single.read_choice, single.compare_choice),
    "table": Judge(tabular.read, tabular.read, tabular.compare),
    "sql": Judge(query.read, query.read_key, tabular.compare),
    "plot": Judge(_plots.read, _plots.read_key, _plots.compare),
    "function": Judge(functions.read, functions.read_key, functions.compare),
}


class AnswerKey:
    """The right answer and the known mistakes on one learner's data, each worked out when first needed."""

    def __init__(self, exercise: Exercise, tables: Tables) -> None:
        self.exercise, self.tables = exercise, tables
        self.judge = JUDGES[exercise.kind]

    @cached_property
    def reference(self) -> Any:
        """The right answer as declared."""
        return self.exercise.reference(self.tables)

    @cached_property
    def right(self) -> Any:
        """The right answer as plain data."""
        return self.plain(self.reference)

    @cached_property
    def mistakes(self) -> list[tuple[Mistake, Any]]:
        """Each known mistake with the answer it leads to on these data."""
        known = []
        for mistake in self.exercise.mistakes:
            with suppress(Exception):  # a recipe that fails on these data is a mistake nobody can have made on them
                known.append((mistake, self.plain(mistake.recipe(self.tables))))
        return known

    @cached_property
    def slipped_from(self) -> Any:
        """What a slip starts from: the right answer, like that of a known mistake."""
        return self.right

    @cached_property
    def edges(self) -> list[AnswerKey]:
        """The same exercise on its edge tables; a function meets them among its probes."""
        if self.exercise.kind == "function":
            return []
        return [AnswerKey(self.exercise, tables) for tables in edge_tables(self.exercise, self.tables)]

    def plain(self, declared: Any) -> Any:
        """A declared answer as plain data."""
        return self.judge.read_key(self.exercise, declared, self.tables)

    def compare(self, mine: Any, other: Any) -> Difference | None:
        """How two plain answers differ."""
        more = (self.tables,) if self.exercise.kind == "function" else ()
        return self.judge.compare(self.exercise, mine, other, *more)


def check(key: AnswerKey, answer: Any) -> Result:
    """The verdict on an answer. Never raises because of the answer, and never tells what would be right."""
    with own_settings():
        return _verdict(key, answer)


def _verdict(key: AnswerKey, answer: Any) -> Result:
    title = key.exercise.title
    if answer is ...:
        return result("todo", _todo(key), title)
    right = key.right
    try:
        mine = key.judge.read(key.exercise, answer, key.tables, right)
        difference = key.compare(mine, right)
    except Unanswered:
        return result("todo", _todo(key), title)
    except NotAnAnswer as refused:
        return result("wrong", str(refused), title)
    except Exception as error:
        return result("wrong", _("Your answer cannot be read: {why}").format(why=complaint(error)), title)
    if difference is not None:
        return result("wrong", "\n".join([difference.message, *recognise(key, mine)]), title)
    if fault := _at_the_edges(key, answer):
        return result("wrong", fault, title)
    return result("right", _meaning(key), title)


def _at_the_edges(key: AnswerKey, answer: Any) -> str:
    """What is wrong on the exercise's edge tables with an answer that is right on the company's; or nothing."""
    intro = _("On the company's tables this is right. On a few rows made to try every rule of the task it is not yet:")
    for edge in key.edges:
        try:
            mine = edge.judge.read(edge.exercise, answer, edge.tables, edge.right)
            difference = edge.compare(mine, edge.right)
        except NotAnAnswer as refused:
            return f"{intro}\n{refused}"
        if difference is not None:
            return "\n".join([intro, difference.message, *recognise(edge, mine)])
    return ""


def _todo(key: AnswerKey) -> str:
    kind = "label" if key.exercise.kind == "choice" and type(key.reference) is str else ""
    said = _('Replace the ... by your answer: {wanted}. lab.hint("{name}") helps you to begin.')
    return said.format(wanted=wanted(key.exercise, kind), name=key.exercise.name)


def _meaning(key: AnswerKey) -> str:
    try:
        return key.exercise.meaning(key.tables, key.reference)
    except Exception:  # right stays right, whatever the closing words do
        return ""


def recognise(key: AnswerKey, mine: Any) -> list[str]:
    """What a tutor says about the known mistakes an answer shows: as a whole, or column by column."""
    if isinstance(mine, list) and any(isinstance(own, Call) for own in mine):
        return []  # no recipe fails, so none is looked for
    for mistake, wrong in key.mistakes:
        if key.compare(mine, wrong) is None:
            return [mistake.says]
    if isinstance(mine, float):
        return _by_rounding(key, mine) or _slips.of_number(mine, key.slipped_from, key.exercise.tolerance)
    if not isinstance(mine, tabular.Table):
        return []
    return (
        _by_columns(key, mine) or _rounded_columns(key, mine) or _slips.of_table(key.exercise, mine, key.slipped_from)
    )


def _by_rounding(key: AnswerKey, mine: float) -> list[str]:
    """A number may be a rounded right one, or a rounded mistake."""
    if is_rounded(mine, key.right):
        return [_("You rounded: give the full number, as it comes out.")]
    return [mistake.says for mistake, wrong in key.mistakes if is_rounded(mine, wrong)][:1]


def _rounded_columns(key: AnswerKey, mine: tabular.Table) -> list[str]:
    names = tabular.rounded(key.exercise, mine, key.right)
    return [_("You rounded {names}: give the full numbers.").format(names=", ".join(names))] if names else []


def _by_columns(key: AnswerKey, mine: tabular.Table) -> list[str]:
    """What is said about mistakes whose rows these are, and which agree with the answer in all columns they change.

    Where the rows are right, every column that is wrong must be explained by one of them.
    """
    columns, rows = set(key.exercise.columns), key.right.place.keys()
    known = []
    for mistake, wrong in key.mistakes:
        changed = columns - tabular.agreeing(key.exercise, wrong, key.right)
        agreeing = tabular.agreeing(key.exercise, mine, wrong, rows)
        if mine.place.keys() == wrong.place.keys() and agreeing and changed <= agreeing:
            known.append((mistake, changed))
    if mine.place.keys() != rows:
        return [mistake.says for mistake, _changed in known[:1]]
    differing = columns - tabular.agreeing(key.exercise, mine, key.right)
    said: dict[str, set[str]] = {}
    for mistake, changed in known:
        if changed <= differing and not changed <= set().union(*said.values()):
            said[mistake.says] = changed
    return list(said) if differing <= set().union(*said.values()) else []
