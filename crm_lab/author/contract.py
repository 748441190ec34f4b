"""What every exercise must keep, on any world: whoever declares one can see its `faults` before a learner does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from crm_lab.author import bad_functions, junk, plots, published, variants
from crm_lab.author.silence import leaking_messages, leaking_sentences
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise
from crm_lab.labs import functions, query
from crm_lab.labs.check import AnswerKey, check
from crm_lab.labs.panel import Result

SECONDS = 1.0  # within which every answer is met
ENOUGH = 0.8  # share of the worlds on which a known mistake must be a mistake, and be told from the others

Verdict = Callable[[AnswerKey, Any], Result]


def faults(exercise: Exercise, worlds: Sequence[Tables], verdict: Verdict = check) -> list[str]:
    """Every clause of the contract that an exercise breaks, each as a sentence; nothing when all is well.

    worlds   the companies to try it on, five or more; the first is the course's own, which most learners have
    verdict  what judges an answer
    """
    keys = [AnswerKey(exercise, tables.with_supplies(exercise.supplies)) for tables in worlds]
    found = [f"{exercise.name}, {fault}" for clause in (known_mistakes, near_misses) for fault in clause(keys, verdict)]
    turn = crc32(exercise.name.encode()) % len(keys)  # what does not depend on the company is tried on one of them
    for clause in (stub, prompt, equivalents, mutants, rounding, examples, silence, junk_refused):
        found += [f"{exercise.name}, world {turn}: {fault}" for fault in clause(keys[turn], verdict)]
    return found


def submitted(key: AnswerKey, value: Any, beside: Sequence[Any] = ()) -> Any:
    """A value in the form the exercise asks for: a table as a query that gives it, or drawn, where that is asked for.

    beside  what it is on the exercise's edge tables, where it is another
    """
    if key.exercise.kind == "plot" and isinstance(value, pd.Series | pd.DataFrame):
        return plots.drawn(key.exercise, value)
    if key.exercise.kind != "sql" or isinstance(value, str | list):
        return value
    for one, given in zip((key, *key.edges), (value, *(beside or [value] * len(key.edges))), strict=True):
        query.database(one.tables).lend("handed_in", _flat(one.exercise, given))
    return "select * from handed_in"


def _flat(exercise: Exercise, frame: Any) -> pd.DataFrame:
    frame = variants.as_frame(exercise, frame) if isinstance(frame, dict) else frame
    frame = frame.to_frame(next(iter(exercise.columns))) if frame.ndim == 1 else frame
    levels = [name for name in frame.index.names if name is not None]
    flat = frame.reset_index() if levels else frame.reset_index(drop=True)
    dense = {name: cells.to_numpy() for name, cells in flat.items() if isinstance(cells.dtype, pd.SparseDtype)}
    return flat.assign(**dense).drop(columns="zzz", errors="ignore")


def _answer(key: AnswerKey, recipe: Callable[[Tables], Any]) -> Any:
    """What somebody who thinks as the recipe does hands in."""
    value = recipe(key.tables)
    return submitted(key, value, [recipe(edge.tables) for edge in key.edges] if key.exercise.kind == "sql" else ())


def _in_turn(results: Iterable[Any]) -> Callable[..., Any]:
    given = list(results)
    left = iter([given[turn] for turn in functions.twice(len(given))])
    return lambda *probe: next(left)


def _returned(key: AnswerKey) -> list[Any]:
    values = [key.reference(*probe) for probe in functions.probes_of(key.exercise, key.tables)]
    if key.exercise.returns == "text":
        return [value if isinstance(value, str) else next(iter(value)) for value in values]
    return values


def stub(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """The blank of the lab is not answered yet."""
    if verdict(key, ...).status != "todo":
        yield "the blank ... is not todo"


def prompt(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """The first check of all is answered within a second of computing, right or wrong."""
    if key.exercise.kind == "function":
        forms = [("right answer", key.reference), ("wrong answer", lambda *probe: -1.5)]
    else:
        forms = [*islice(_forms(key, variants.equivalents), 1), *islice(_forms(key, variants.mutants), 1)]
    for name, form in forms:
        took = min(_seconds(key, verdict, form) for _again in range(2))  # imports are paid for once
        if took > SECONDS:
            yield f"the first check ({name}) takes {took:.1f} s"


def _seconds(key: AnswerKey, verdict: Verdict, form: Any) -> float:
    """Computing time of a check that finds nothing prepared but the tables of SQL."""
    fresh = AnswerKey(key.exercise, key.tables.with_frames({}))
    if key.exercise.kind == "sql":
        submitted(fresh, _declared(fresh) if form == "select * from handed_in" else form)
    start = time.process_time()
    verdict(fresh, form)
    return time.process_time() - start


def rounding(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """Who has rounded and done nothing else wrong is told so, or right where money is rounded to the fen."""
    for name, form in _forms(key, variants.rounded) if key.exercise.kind != "plot" else ():
        told = verdict(key, form)
        known = any(mistake.says in told.message for mistake in key.exercise.mistakes)
        if told.status == "wrong" and "ou rounded" not in told.message and not known:
            yield f"answer ({name}) is not told that it is rounded: {told.message}"


def examples(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """Of the rows that are missing, messages name one at most, however often somebody asks."""
    if key.exercise.kind not in ("table", "sql"):
        return
    frame = variants.as_frame(key.exercise, _declared(key))
    named = set()
    for row in range(0, len(frame), max(1, len(frame) // 12)):
        rest = frame.drop(index=frame.index[: row + 1])
        message = verdict(key, submitted(key, rest)).message
        message = re.sub(_alone(f"{row + 1:,}"), "", message, count=1)  # how many are missing is no row, such as hour 3
        named |= {name for name in map(key.right.name, range(len(frame))) if re.search(_alone(name), message)}
    if len(named) > 1:
        yield f"messages name {len(named)} rows that are missing, such as {' and '.join(sorted(named)[:2])}"


def _alone(said: str) -> str:
    """A pattern that finds a word or number where it stands by itself."""
    return rf"(?<!\w){re.escape(said)}(?!\w)"


def equivalents(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """Every form of the right answer is right."""
    for name, form in _forms(key, variants.equivalents):
        told = verdict(key, form)
        if told.status != "right":
            yield f"right answer ({name}) is called {told.status}: {told.message}"


def mutants(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """Whatever is wrong in one place is wrong."""
    for name, form in _forms(key, variants.mutants):
        told = verdict(key, form)
        if told.status == "right":
            yield f"wrong answer ({name}) passes"


def _forms(key: AnswerKey, make: Callable[[Exercise, Any], variants.Named]) -> Iterator[tuple[str, Any]]:
    if key.exercise.kind == "plot":
        yield from (plots.equivalents if make is variants.equivalents else plots.mutants)(key.exercise, key.reference)
        return
    if key.exercise.kind != "function":
        beside = [{"itself": _declared(edge)} | dict(make(key.exercise, _declared(edge))) for edge in key.edges]
        unnamed = ("index without name",) if key.exercise.kind == "sql" else ()  # a query gives names to all
        for name, form in make(key.exercise, _declared(key)):
            if name not in unnamed:
                yield name, submitted(key, form, [forms.get(name, forms["itself"]) for forms in beside])
        return
    values = _returned(key)
    for turn, value in enumerate(values[:2]):
        for name, form in make(key.exercise, value):
            yield f"call {turn + 1}: {name}", _in_turn([*values[:turn], form, *values[turn + 1 :]])


def _declared(key: AnswerKey) -> Any:
    """The right answer as a value, where it is declared as a query."""
    is_query = key.exercise.kind == "sql" and isinstance(key.reference, str)
    return query.run(key.reference, key.tables) if is_query else key.reference


def known_mistakes(keys: Sequence[AnswerKey], verdict: Verdict) -> Iterator[str]:
    """Each known mistake differs from the right answer, and is met with its own sentence: on most, and at home."""
    for mistake in keys[0].exercise.mistakes:
        met = []
        for key in keys:
            told = verdict(key, _answer(key, mistake.recipe))
            met.append(told.status == "wrong" and mistake.says in told.message)
        if np.mean(met) < ENOUGH:
            yield f"mistake {mistake.name} is told by its own sentence on {sum(met)} of {len(met)} worlds"
        elif not met[0]:
            yield f"mistake {mistake.name} is not told by its own sentence on the course's own company"


def near_misses(keys: Sequence[AnswerKey], verdict: Verdict) -> Iterator[str]:
    """Each near miss is wrong: on every world where there are edge tables, else on most."""
    least = 1.0 if keys[0].exercise.edges else ENOUGH
    for name, near in keys[0].exercise.near.items():
        recipe = _edit(keys[0].exercise, *near) if isinstance(near, tuple) else near
        met = [verdict(key, _answer(key, recipe)).status == "wrong" for key in keys]
        if np.mean(met) < least:
            yield f"near miss {name} is wrong on {sum(met)} of {len(met)} worlds only"


def _edit(exercise: Exercise, old: str, new: str) -> Callable[[Tables], Any]:
    return lambda tables: published.edited(exercise, tables, old, new)


def junk_refused(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """Junk never passes, never raises, and never takes longer than a second."""
    key.right, key.mistakes  # worked out beforehand, as a learner's second check finds them
    things = [(name, make()) for name, make in junk.junk().items()]
    if key.exercise.kind == "function":
        things += [(f"function that returns {name}", _constant(thing)) for name, thing in things]
        things += list(bad_functions.bad_functions().items())
    for name, thing in things:
        found = list(_met_badly(key, verdict, thing))
        again = list(_met_badly(key, verdict, thing)) if found else []  # a busy machine is slow once, a hang twice
        yield from (f"junk ({name}) {fault}" for fault in again)


def _constant(thing: Any) -> Callable[..., Any]:
    return lambda *probe: thing


def _met_badly(key: AnswerKey, verdict: Verdict, thing: Any) -> Iterator[str]:
    start = time.perf_counter()
    try:
        told = verdict(key, thing)
        repr(told).encode()
    except BaseException as error:
        yield f"makes the check raise {type(error).__name__}"
        return
    took = time.perf_counter() - start
    if told.status == "right":
        yield "passes"
    if took > SECONDS:
        yield f"takes {took:.1f} s"


def silence(key: AnswerKey, verdict: Verdict) -> Iterator[str]:
    """No message depends on the right value, and no fixed sentence contains it."""
    wrong: list[tuple[str, Any, list[Any]]] = [(name, form, []) for name, form in _forms(key, variants.mutants)]
    wrong += [
        (mistake.name, mistake.recipe(key.tables), [mistake.recipe(edge.tables) for edge in key.edges])
        for mistake in key.exercise.mistakes
    ]
    chosen = [(name, _twice(key, answer, beside)) for name, answer, beside in wrong[:: max(1, len(wrong) // 25)]]
    yield from leaking_messages(key, verdict, chosen)
    yield from leaking_sentences(key, verdict)


def _twice(key: AnswerKey, answer: Any, beside: Sequence[Any] = ()) -> Iterator[Any]:
    """The answer again and again; of a function that counts its calls, one that returns the same in turn.

    beside  what it is on the exercise's edge tables, where it is another
    """
    if key.exercise.kind == "function":
        results = [answer(*probe) for probe in functions.probes_of(key.exercise, key.tables)]
        while True:
            yield _in_turn(results)
    while True:
        yield submitted(key, answer, beside)
