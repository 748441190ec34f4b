"""A lab: the data it works on, and check, hint, solution, progress and advice for its exercises."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd

from crm_lab import exercises as declared
from crm_lab.base.columns import columns
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.places import resource
from crm_lab.base.prose import translated
from crm_lab.base.text import _, prose
from crm_lab.data.tables import Tables, open_tables
from crm_lab.exercises import Exercise
from crm_lab.labs import query
from crm_lab.labs._advice import Advice, advise
from crm_lab.labs._running import complaint
from crm_lab.labs.check import AnswerKey, check
from crm_lab.labs.panel import Panel, ProgressTable, Result, Row, result
from crm_lab.labs.progress import Store

OWN = "own_"  # how the names of tables begin that a learner may bring
MANAGER = "manager"  # who asks the last question of each lab; its answer is opened like that of an exercise


class Lab:
    """A lab on one company's data. Made by `labs.open`.

    `.table(name)` gives a fresh copy of a table, `.today` the day on which the analysis stands, `.exercises` what there
    is to do.
    """

    def __init__(self, number: str, exercises: tuple[Exercise, ...], tables: Tables, data: str = "default") -> None:
        self.number = number
        self.exercises = exercises
        self.tables = tables.with_supplies(declared.supplies(exercises))
        self._keys = {exercise.name: AnswerKey(exercise, self.tables) for exercise in exercises}
        self._hints = dict.fromkeys(self._keys, 0)
        self._store = Store(data)
        if any(exercise.kind == "sql" for exercise in exercises):
            query.database(self.tables)  # opened here, so that no check has to wait for it

    @property
    def today(self) -> pd.Timestamp:
        """Midnight after the last day of business."""
        return self.tables.today

    def table(self, name: str) -> pd.DataFrame:
        """A fresh copy of a table. Raises InputError naming the tables there are."""
        return self.tables.table(name)

    def bring(self, name: str, frame: pd.DataFrame) -> pd.DataFrame:
        """Work on a table of your own, such as the calls you took, in place of the one the lab would supply.

        name   of a table that the lab lets you bring; its name begins with own_
        frame  with the columns of the lab's; while it is empty, the lab's stays

        Returns a fresh copy of the table that is now checked against. Raises InputError where a column is missing.
        """
        one_of("table of your own", name, [one for one in self.tables.names if one.startswith(OWN)])
        brought = columns(frame, self.table(name).columns, name, empty_ok=True)
        if len(brought):
            self.tables = self.tables.with_frames({name: brought})
            resting = [one for one in self.exercises if name in one.supplies]
            self._keys |= {one.name: AnswerKey(one, self.tables) for one in resting}
        return self.table(name)

    def check(self, name: str, answer: Any) -> Result:
        """Whether an answer is right; if not, what differs and where. Never raises because of the answer."""
        key = self._key(name)
        try:
            verdict = check(key, answer)
        except Exception as error:  # ours, not the learner's: the reference fails on these data
            why = _("This exercise cannot be checked on these data ({why}) Your answer was not judged.")
            return result("todo", why.format(why=complaint(error)), key.exercise.title)
        if verdict.status != "todo":
            self._store.attempt(key.exercise.lab, name, verdict.status)
        return verdict

    def hint(self, name: str) -> Panel:
        """The next hint, from vague to specific; the last one stays."""
        exercise = self._key(name).exercise
        turn = min(self._hints[name] + 1, len(exercise.hints))
        self._hints[name] = turn
        self._store.hint(exercise.lab, name)
        headline = _("Hint {turn} of {all}: {title}").format(turn=turn, all=len(exercise.hints), title=exercise.title)
        last = "\n" + _("This is the last hint.") if turn == len(exercise.hints) else ""
        return Panel(headline, exercise.hints[turn - 1] + last)

    def solution(self, name: str) -> Panel:
        """The code of the published solution, where this edition of the course includes it.

        name  of an exercise, or "manager": one good answer to the manager's question
        """
        if name == MANAGER:
            said = manager_answers(self.number)
            if said and self._store.data != "default":
                said = [_("Its figures are those of the Willow Lane that all share: put in your own."), *said]
            return Panel(_("One good answer to the manager"), "\n".join(said) or _without())
        exercise = self._key(name).exercise
        headline = _("Solution: {title}").format(title=exercise.title)
        code = solution_code(exercise)
        if not code:
            return Panel(headline, _without())
        return Panel(headline, _("One way to do it:"), code)

    def progress(self) -> ProgressTable:
        """Which exercises are right, and how many points that makes."""
        states = self._store.states()
        rows = [
            Row(one.title, states.get((one.lab, one.name), "todo"), one.points, one.stretch) for one in self.exercises
        ]
        return ProgressTable(self.number, rows)

    def advice(self) -> Advice:
        """Which sections of the chapter to read for what is not right yet; when all is right, what comes next."""
        return advise(self.exercises, self._store.states())

    def _key(self, name: str) -> AnswerKey:
        if type(name) is not str:
            raise InputError(
                _('The exercise comes first, in quotes: lab.check("{name}", {name}).').format(
                    name=self.exercises[0].name
                )
            )
        return self._keys[one_of("exercise", name, self._keys)]

    def __repr__(self) -> str:
        lines = [_("Lab {number}: {n} exercises").format(number=self.number, n=len(self.exercises))]
        lines += [f'  lab.check("{one.name}", {one.name})  {one.title}' for one in self.exercises]
        also = _('Also: lab.table("orders"), lab.hint(…), lab.solution(…), lab.progress(), lab.advice()')
        return "\n".join([*lines, also])


def solution_code(exercise: Exercise) -> str:
    """The source of the cell `answer-<name>` in the solved notebook, or nothing where there is none."""
    wanted = "answer-" + exercise.name.replace("_", "-")
    for path in sorted(resource("solutions").glob(f"{exercise.lab}_*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell.get("id") == wanted:
                return "".join(cell["source"]).strip()
    return ""


def manager_answers(number: str) -> list[str]:
    """The answers to the manager in the solved notebooks of a lab, in the edition's language."""
    found = []
    for path in sorted(resource("solutions").glob(f"{number}*_*.ipynb")):
        words = {**prose(f"labs/{path.stem}"), **prose(f"solutions/{path.stem}")}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell.get("id") == f"answer-{MANAGER}":
                found.append(translated("".join(cell["source"]).strip(), words))
    return found


def _without() -> str:
    return _("This edition of the course comes without solutions. Ask for a hint instead.")


def open(number: str | int, student: str | None = None) -> Lab:
    """The lab of a chapter ("04" or 4), or of one of its notebooks ("04a").

    student  a student's number: the lab then works on their own Willow Lane

    Raises InputError naming the labs there are.
    """
    match = re.fullmatch(r"(\d{1,2})([a-z]?)", str(number).strip().lower()) if type(number) in (int, str) else None
    if match is None:
        raise InputError(
            _("There is no lab {number!r}. Use one of: {labs}.").format(
                number=number, labs=", ".join(declared.chapters())
            )
        )
    chapter, letter = match[1].zfill(2), match[2]
    every = declared.of(chapter)
    wanted = one_of("lab", chapter + letter, sorted({chapter, *(exercise.lab for exercise in every)}))
    tables, data = open_tables(student)
    return Lab(wanted, tuple(one for one in every if one.lab.startswith(wanted)), tables, data)
