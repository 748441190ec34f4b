"""The clause of the contract that the right answer is never told, neither by a message nor by a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from crm_lab.exercises import Exercise
from crm_lab.labs import tabular
from crm_lab.labs.cells import DURATION, NUMBER, TEXT, TIME, Column
from crm_lab.labs.check import AnswerKey
from crm_lab.labs.panel import Result
from crm_lab.labs.single import Choice
from crm_lab.labs.words import number

Verdict = Callable[[AnswerKey, Any], Result]
Answers = Iterator[Any]


def leaking_messages(key: AnswerKey, verdict: Verdict, wrong: Iterable[tuple[str, Answers]]) -> Iterator[str]:
    """Messages that change when the right answer does, where the wrong one stays as wrong as it is.

    wrong  name of each wrong answer, and the answer again and again
    """
    for name, answers in wrong:
        told = verdict(key, next(answers))
        other = _other_key(key, next(answers)) if told.status == "wrong" else None
        if other is not None and verdict(other, next(answers)).message != told.message:
            yield f"the message for {name} depends on the right answer: {told.message}"


def leaking_sentences(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """Hints and other fixed sentences that contain the right answer."""
    sentences = [*key.exercise.hints, *(mistake.says for mistake in key.exercise.mistakes), verdict(key, ...).message]
    for sentence in sentences:
        for secret in _secrets(key):
            if re.search(rf"(?<![\w.]){re.escape(secret)}(?![\w])", sentence, re.IGNORECASE):
                yield f"a sentence tells the right answer: {sentence}"


def _other_key(key: AnswerKey, answer: Any) -> AnswerKey | None:
    """The same key with another right value wherever the answer differs, so that it still differs there."""
    try:
        mine = key.judge.read(key.exercise, answer, key.tables, key.right)
    except Exception:
        return None
    changed = _changed(key.exercise, mine, key.right)
    if changed is None:
        return None
    other = AnswerKey(key.exercise, key.tables)
    vars(other).update(reference=key.reference, right=changed, mistakes=key.mistakes, edges=key.edges)
    return other


def _changed(exercise: Exercise, mine: Any, right: Any) -> Any:
    if isinstance(right, list):
        pairs = zip(mine, right, strict=True)
        return [_changed(exercise, own, one) if type(own) is type(one) else one for own, one in pairs]
    if isinstance(right, tabular.Table):
        return _changed_table(exercise, mine, right)
    if isinstance(right, Choice):
        return _changed_choice(exercise, mine, right)
    if isinstance(right, float):
        return right if mine == right else right * 1.37 + 11.3 + min(abs(mine), 1e9)
    return right if mine & right else frozenset({"another wording"})


def _changed_choice(exercise: Exercise, mine: Choice, right: Choice) -> Choice | None:
    labels = dict(right.labels)
    for item, label in right.labels.items():
        if mine.labels.get(item, label) != label:
            others = [option for option in exercise.options if option not in (label, mine.labels[item])]
            if not others:
                return None
            labels[item] = others[0]
    return Choice(labels)


def _changed_table(exercise: Exercise, mine: tabular.Table, right: tabular.Table) -> tabular.Table:
    here, there = tabular.aligned(mine, right)
    columns = {}
    for name, column in right.columns.items():
        same = tabular.equal_cells(mine.columns[name].take(here), column.take(there), exercise.tolerance)
        columns[name] = _changed_column(column, np.array(there, int)[~same])
    return tabular.Table(right.key, columns)


def _changed_column(column: Column, rows: np.ndarray) -> Column:
    numbers, objects = column.numbers.copy(), column.objects.copy()
    scale = np.abs(numbers[np.isfinite(numbers)]).max(initial=1.0)
    for row in rows:
        if column.kinds[row] == TEXT:
            objects[row] = "another text"
        elif column.kinds[row] in (NUMBER, TIME, DURATION):
            numbers[row] += scale * 0.0373 if np.isfinite(numbers[row]) else 0.0
    return Column(column.kinds, numbers, objects, column.yes_no)


def _secrets(key: AnswerKey) -> set[str]:
    """How a right number or wording might be written, if it is long enough to be told from chance."""
    if key.exercise.kind == "text":
        return set(key.right)
    if key.exercise.kind != "number":
        return set()
    value = key.right
    written = {number(value), f"{value:.2f}", f"{value:.3g}", f"{value:.4g}", f"{value:,.0f}", f"{100 * value:.1f}"}
    return {text for text in written if len(re.sub(r"\D", "", text).strip("0")) >= 3}
