"""Functions as answers: what they return for probe inputs is compared, never how they are written."""

from __future__ import annotations

import copy
import types
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.text import _
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise
from crm_lab.labs import single, tabular
from crm_lab.labs._by_hand import helper_called
from crm_lab.labs._edges import edge_tables
from crm_lab.labs._rounding import is_rounded
from crm_lab.labs._running import Call, call_each, late
from crm_lab.labs.cells import refusal
from crm_lab.labs.words import Difference, NotAnAnswer, Unanswered, misfit, number, shorten

LIKE = 3  # calls with the result of a known mistake


def read(exercise: Exercise, answer: Any, tables: Tables, right: Sequence[Any] | None = None) -> list[Any]:
    """What the function gives for each probe: a value to compare, or the sentence that says why there is none.

    Every probe is tried twice, the second time in the opposite order: a function that remembers earlier calls or
    counts them gives another result then.

    Raises NotAnAnswer when it is no function, Unanswered when its body is still `...`.
    """
    if is_class(answer) or not callable(answer):
        raise misfit(exercise, refusal(answer))
    if _untouched(answer):
        raise Unanswered
    if right is not None and exercise.by_hand and (helper := helper_called(answer, exercise.by_hand)):
        said = _(
            "Your function leaves the work to {helper}. Write the steps yourself: they are what is practised here."
        )
        raise NotAnAnswer(said.format(helper=helper))
    probes = probes_of(exercise, tables)
    order = twice(len(probes))
    wanted = right if right is not None else [None] * len(probes)

    def keep(turn: int, value: Any) -> Any:
        return value if value is None or value is ... else _outcome(exercise, value, tables, wanted[order[turn]])

    calls = call_each(answer, [probes[turn] for turn in order], keep)
    first = calls[: len(probes)]
    if len(first) == len(probes) and not any(call.failure for call in first):
        if all(call.value is ... for call in first):
            raise Unanswered
        if all(call.value is None for call in first):
            raise NotAnAnswer(_("Your function returns None. Does it end with `return`?"))
    mine = [_given(call) for call in first] + [late(len(first), len(probes))] * (len(probes) - len(first))
    for turn, call in zip(order[len(probes) :], calls[len(probes) :], strict=False):
        if _differs(exercise, _given(call), mine[turn]):
            mine[turn] = Call(
                failure=_(
                    "called again with the same input, it gave something else. Is a list, a count or "
                    "a stored result left over from an earlier call?"
                )
            )
    return mine


def twice(probes: int) -> list[int]:
    """The order in which so many probes are tried: all of them, and all of them backwards.

    >>> twice(3)
    [0, 1, 2, 2, 1, 0]
    """
    return [*range(probes), *reversed(range(probes))]


def is_class(value: object) -> bool:
    """Whether a value is a class, whatever its metaclass says.

    >>> is_class(dict), is_class(len)
    (True, False)
    """
    return any(kind is type for kind in type.__dict__["__mro__"].__get__(type(value)))


def read_key(exercise: Exercise, function: Callable[..., Any], tables: Tables) -> list[Any]:
    """What a declared function gives for each probe."""
    readers: dict[str, Callable[..., Any]] = {
        "number": single.read_number,
        "table": tabular.read,
        "text": single.read_texts,
        "sentence": single.read_sentence,
    }
    read_one = readers[exercise.returns]
    returned = [function(*copy.deepcopy(probe)) for probe in probes_of(exercise, tables)]
    return [read_one(exercise, value, tables) for value in returned]


def compare(exercise: Exercise, mine: Sequence[Any], right: Sequence[Any], tables: Tables) -> Difference | None:
    """The first call whose result is not right, with what was put in and what came out; or None."""
    for turn, (own, expected) in enumerate(zip(mine, right, strict=True)):
        why = _differs(exercise, own, expected)
        if why:
            shown = ", ".join(map(show_input, probes_of(exercise, tables)[turn]))
            call = _("Call {turn} of {all}, {name}({inputs}): {why}")
            return Difference(call.format(turn=turn + 1, all=len(right), name=exercise.name, inputs=shown, why=why))
    return None


def probes_of(exercise: Exercise, tables: Tables) -> list[tuple[Any, ...]]:
    """The argument tuples a function is called with: those on the company, then those on the edge tables."""

    def all_of_them() -> list[tuple[Any, ...]]:
        make = exercise.probes or (lambda tables: ())
        return [probe for company in (tables, *edge_tables(exercise, tables)) for probe in make(company)]

    return tables.once(("probes", exercise.name), all_of_them)


def begins_like(exercise: Exercise, mine: Sequence[Any], right: Sequence[Any], wrong: Sequence[Any]) -> bool:
    """Whether results are those of a known mistake up to the first that is not right, and on three calls at least.

    Of several mistakes in one function this finds the one that shows first. Numbers only: few words are to be had.
    """
    if exercise.returns != "number":
        return False
    same = [not _differs(exercise, own, other) for own, other in zip(mine, wrong, strict=True)]
    first = next((turn for turn, own in enumerate(mine) if _differs(exercise, own, right[turn])), len(mine))
    return all(same[: first + 1]) and sum(same) >= LIKE and not isinstance(mine[first], Call)


def _given(call: Call) -> Any:
    """What there is to compare of a call, or the call itself with the reason why there is nothing."""
    if call.failure:
        return call
    if call.value is None or call.value is ...:
        return Call(failure=_("it returned None. Is there a way through it without `return`?"))
    return call.value


def _outcome(exercise: Exercise, value: Any, tables: Tables, right: Any) -> Any:
    try:
        if (type(value) is float or type(value) is np.float64) and np.isnan(value):
            return Call(failure=_no_number())
        if exercise.returns == "table":
            return tabular.read(exercise, value, tables, right)
        readers = {"text": single.read_text, "sentence": single.read_sentence}
        return readers.get(exercise.returns, single.read_number)(exercise, value, tables)
    except NotAnAnswer as refused:
        return Call(failure=_("of what it returned: {sentence}").format(sentence=refused))
    except Unanswered:
        return Call(failure=_("it returned an empty text."))


def _no_number() -> str:
    return _(
        "it returned NaN, which is no number. Was 0 divided by 0, or did a product, a power or np.exp become too "
        "large? Take logarithms, or divide by the largest first."
    )


def _differs(exercise: Exercise, mine: Any, right: Any) -> str:
    if isinstance(mine, Call) or isinstance(right, Call):
        failures = [one.failure if isinstance(one, Call) else "" for one in (mine, right)]
        return "" if failures[0] == failures[1] else failures[0] or failures[1]
    if exercise.returns == "table":
        different = tabular.compare(exercise, mine, right)
        return different.message if different else ""
    if exercise.returns in ("text", "sentence") and mine & right:
        return ""
    if exercise.returns == "text":
        return _('it returned "{value}".').format(value=single.as_said(mine))
    if exercise.returns == "sentence":
        said = _('it returned "{value}". Compare it with the task to the letter: words, commas, brackets, points.')
        return said.format(value=shorten(min(mine), 200))
    if single.compare_number(exercise, mine, right) is None:
        return ""
    rounded = is_rounded(mine, right)
    form = (
        _("it returned {value}: you rounded. Give the full number.")
        if rounded
        else _("it returned {value}. That is not it yet.")
    )
    return form.format(value=number(mine))


def _untouched(function: Any) -> bool:
    """Whether the body is `...` and nothing else, with or without a docstring."""
    if type(function) is not types.FunctionType:
        return False

    def bare() -> Any: ...

    def described() -> Any:
        """Say what it does."""

    said = function.__doc__ if type(function.__doc__) is str else None
    return function.__code__.co_code in (bare.__code__.co_code, described.__code__.co_code) and all(
        constant is None or (type(constant) is str and constant == said) for constant in function.__code__.co_consts
    )


def show_input(value: Any) -> str:
    """A probe input as short as it can be read.

    >>> show_input([1, 2, 3]), show_input(pd.Series(range(1000)))
    ('[1, 2, 3]', 'a Series of 1,000 values')
    """
    if isinstance(value, pd.DataFrame):
        return _("a table of {rows:,} × {columns:,} cells").format(rows=len(value), columns=value.shape[1])
    if isinstance(value, pd.Series | np.ndarray) and len(value) > 8:
        return _("a {shape} of {rows:,} values").format(shape=type(value).__name__, rows=len(value))
    if isinstance(value, pd.Series | np.ndarray):
        return shorten(f"{type(value).__name__}({value.tolist()!r})")
    return shorten(str(value) if isinstance(value, pd.Timestamp) else repr(value))
