"""Each topic of the syllabus: the cell that explains it, the one that shows it on data, the exercise, the solution.

A topic is declared where it is explained, in the metadata of that markdown cell of a chapter:

    "crm_lab": {"topics": [{"topic": "RFM scoring", "data": "rfm-table", "exercise": "rfm"}]}

    topic     the words of the syllabus
    data      the code cell of the same chapter that shows it on data
    exercise  the exercise that asks for it, declared for the chapter's lab

and becomes a row of coverage.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crm_lab.author.notebooks import Cell, Notebook, read
from crm_lab.base.errors import InputError

TABLE = "coverage.md"
FIELDS = ("topic", "data", "exercise")
_START = "00_start"  # the start page teaches no topic


@dataclass(frozen=True)
class Topic:
    """One topic: notebook (without its ending), the cell that explains it, and the three fields of its declaration."""

    chapter: str
    explanation: str
    topic: str
    data: str
    exercise: str

    @property
    def number(self) -> str:
        """The number of its chapter, such as "04a"."""
        return self.chapter.partition("_")[0]

    @property
    def answer(self) -> str:
        """The id of the cell that solves it."""
        return "answer-" + self.exercise.replace("_", "-")


def topics(root: Path) -> list[Topic]:
    """The topics of all chapters in their order; InputError naming a declaration with other fields than these."""
    return [topic for path in _chapters(root) for topic in topics_of(path.stem, read(path))]


def topics_of(chapter: str, notebook: Notebook) -> list[Topic]:
    """The topics that a chapter declares.

    chapter  its file name without the ending

    Raises InputError as `topics` does.
    """
    found = []
    for cell in notebook.cells:
        for entry in cell.metadata.get("crm_lab", {}).get("topics", ()):
            if set(entry) != set(FIELDS) or not all(isinstance(value, str) and value for value in entry.values()):
                raise InputError(
                    f"notebooks/{chapter}.ipynb, cell {cell.id!r}: give a topic exactly {', '.join(FIELDS)}."
                )
            found.append(Topic(chapter, cell.id, **entry))
    return found


def _chapters(root: Path) -> list[Path]:
    return [path for path in sorted((root / "notebooks").glob("[0-9]*.ipynb")) if path.stem != _START]


def table(found: Iterable[Topic], solved: Mapping[str, str]) -> str:
    """The content of coverage.md.

    solved  the solution notebook of each chapter's number, such as {"04a": "04a_value"}

    >>> print(table([Topic("04a_value", "rfm-idea", "RFM", "rfm-table", "rfm")], {"04a": "04a_value"}).splitlines()[-1])
    | 04a | RFM | [rfm-idea](notebooks/04a_value.ipynb) | [rfm-table](notebooks/04a_value.ipynb) | `rfm` | ...
    """
    lines = [
        "# Coverage",
        "",
        "Made by `crm-lab build` from the topics that the chapters declare. Each topic of the syllabus: where it is",
        "explained, where it is shown on data, the exercise that asks for it and the cell that solves it.",
        "",
        "| chapter | topic | explanation | data | exercise | solution |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_row(topic, solved[topic.number]) for topic in found)]) + "\n"


def _row(topic: Topic, solution: str) -> str:
    chapter = f"notebooks/{topic.chapter}.ipynb"
    explanation, data = (f"[{cell}]({chapter})" for cell in (topic.explanation, topic.data))
    solved = f"[{topic.answer}](solutions/{solution}.ipynb)"
    return f"| {topic.number} | {topic.topic} | {explanation} | {data} | `{topic.exercise}` | {solved} |"


def solved_by(chapters: Iterable[str], solutions: Iterable[str]) -> dict[str, str]:
    """The solution notebook that serves each chapter's number; the parts of a chapter may share one.

    >>> solved_by(["12a_calls", "12b_rota"], ["12_call_centre"])
    {'12a': '12_call_centre', '12b': '12_call_centre'}
    """
    by_number = {stem.partition("_")[0]: stem for stem in solutions}
    numbers = [stem.partition("_")[0] for stem in chapters]
    return {number: by_number.get(number) or by_number.get(number[:2], "") for number in numbers}


def gaps(root: Path, declared: Mapping[str, Iterable[str]]) -> list[str]:
    """One sentence for each gap between chapters, exercises and solutions; empty when all is covered.

    declared    the names of the exercises by lab, such as {"04a": ["rfm"]}; a lab "12" serves the chapters 12a and 12b
    """
    found, chapters = topics(root), _chapters(root)
    solved = _solved(root)
    cells = {path.stem: {cell.id: cell for cell in read(path).cells} for path in chapters}
    answers = {
        stem: {cell.id for cell in read(root / f"solutions/{stem}.ipynb").cells} for stem in set(solved.values()) - {""}
    }
    sentences = []
    for one in found:
        serving = {name for lab, names in declared.items() if one.number.startswith(lab) for name in names}
        faults = _faults(one, cells[one.chapter], serving, answers.get(solved[one.number], set()))
        sentences += [f"notebooks/{one.chapter}.ipynb, topic {one.topic!r}: {fault}" for fault in faults]
    names = [one.topic for one in found]
    sentences += [f"topic {name!r} is declared twice" for name in sorted({n for n in names if names.count(n) > 1})]
    teaching = {one.chapter for one in found}
    sentences += [f"notebooks/{stem}.ipynb declares no topic" for stem in cells if stem not in teaching]
    for lab, exercises in declared.items():
        asked = {one.exercise for one in found if one.number.startswith(lab)}
        sentences += [f"exercise {name!r} of lab {lab} belongs to no topic" for name in exercises if name not in asked]
    return sentences


def _faults(one: Topic, cells: Mapping[str, Cell], serving: set[str], answers: set[str]) -> Iterator[str]:
    shown = cells.get(one.data)
    if cells[one.explanation].cell_type != "markdown":
        yield f"the cell {one.explanation} that explains it is not prose"
    if shown is None or shown.cell_type != "code" or not shown.outputs:
        yield f"data {one.data} is not a code cell with an output"
    if one.exercise not in serving:
        yield f"exercise {one.exercise!r} is not declared for chapter {one.number}"
    elif one.answer not in answers:
        yield f"no solution has a cell {one.answer}"


def _solved(root: Path) -> dict[str, str]:
    return solved_by(
        (path.stem for path in _chapters(root)), (path.stem for path in (root / "solutions").glob("*.ipynb"))
    )


def coverage(root: Path) -> str:
    """The content of coverage.md for the repository at `root`."""
    return table(topics(root), _solved(root))
