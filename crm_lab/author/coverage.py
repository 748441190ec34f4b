"""Each topic of the syllabus: the cell that explains it, the one that shows it on data, the exercise, the solution.

Source: coverage.toml in the repository. Each topic reads

    [[topic]]
    id = "rfm"                                          # unique
    chapter = "04a"                                     # the first part of the notebook's name
    syllabus = "RFM scoring"                            # the words of the syllabus
    explanation = "notebooks/04a_value.ipynb#rfm-idea"  # a markdown cell
    data = "notebooks/04a_value.ipynb#rfm-table"        # a code cell with an output
    exercise = "rfm"                                    # an exercise declared for the chapter
    solution = "solutions/04a_value.ipynb#answer-rfm"   # the cell that answers it

and becomes a row of coverage.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from crm_lab.author.notebooks import Cell, read
from crm_lab.base.errors import InputError

SOURCE, TABLE = "coverage.toml", "coverage.md"
FIELDS = ("id", "chapter", "syllabus", "explanation", "data", "exercise", "solution")
_START = "00_start"  # the start page teaches no topic

Topic = Mapping[str, str]


def topics(root: Path) -> list[Topic]:
    """The topics of coverage.toml; InputError when the file is missing, unreadable or a topic lacks a field."""
    try:
        found = tomllib.loads((root / SOURCE).read_text(encoding="utf-8")).get("topic", [])
    except OSError as error:
        raise InputError(
            f"{root / SOURCE} cannot be read: {error.strerror}. It lists the topics of the course."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{root / SOURCE} is not valid TOML: {error}.") from error
    for topic in found:
        wrong = [field for field in FIELDS if not isinstance(topic.get(field), str) or not topic[field]]
        if wrong or set(topic) - set(FIELDS):
            raise InputError(f"{SOURCE}, topic {topic.get('id')!r}: give exactly {', '.join(FIELDS)}, each a text.")
    return found


def table(found: Iterable[Topic]) -> str:
    """The content of coverage.md.

    >>> print(table([dict.fromkeys(FIELDS, "a.ipynb#b")]).splitlines()[-1])
    | a.ipynb#b | a.ipynb#b | [b](a.ipynb) | [b](a.ipynb) | `a.ipynb#b` | [b](a.ipynb) |
    """
    lines = [
        "# Coverage",
        "",
        f"Made by `crm-lab build` from {SOURCE}. Each topic of the syllabus: where it is explained, where it is shown",
        "on data, the exercise that asks for it and the cell that solves it.",
        "",
        "| chapter | topic | explanation | data | exercise | solution |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *map(_row, found)]) + "\n"


def _row(topic: Topic) -> str:
    explanation, data, solution = (_link(topic[field]) for field in ("explanation", "data", "solution"))
    return f"| {topic['chapter']} | {topic['syllabus']} | {explanation} | {data} | `{topic['exercise']}` | {solution} |"


def _link(reference: str) -> str:
    path, _hash, cell = reference.partition("#")
    return f"[{cell}]({path})"


def gaps(root: Path, declared: Mapping[str, Iterable[str]]) -> list[str]:
    """One sentence for each gap between syllabus, notebooks and exercises; empty when all is covered.

    declared    the names of the exercises by lab, such as {"04a": ["rfm"]}; a lab "12" serves the chapters 12a and 12b
    """
    found = topics(root)
    cells = _Cells(root)
    sentences = [sentence for topic in found for sentence in _topic_gaps(topic, cells, declared)]
    sentences += _repeated(found)
    chapters = {topic["chapter"] for topic in found}
    stems = [path.stem for path in sorted((root / "notebooks").glob("*.ipynb")) if path.stem != _START]
    sentences += [
        f"notebooks/{stem}.ipynb has no topic in {SOURCE}" for stem in stems if _chapter(stem) not in chapters
    ]
    for lab, names in declared.items():
        asked = {topic["exercise"] for topic in found if topic["chapter"].startswith(lab)}
        missing = [name for name in names if name not in asked]
        sentences += [f"exercise {name!r} of chapter {lab} belongs to no topic in {SOURCE}" for name in missing]
    return sentences


def _serving(declared: Mapping[str, Iterable[str]], chapter: str) -> set[str]:
    """The exercises of the lab of a chapter; several parts of a chapter may share one lab."""
    return {name for lab, names in declared.items() if chapter.startswith(lab) for name in names}


def _chapter(stem: str) -> str:
    return stem.partition("_")[0]


def _repeated(found: list[Topic]) -> list[str]:
    ids = [topic["id"] for topic in found]
    return [f"topic {name!r} is listed more than once" for name in sorted({i for i in ids if ids.count(i) > 1})]


def _topic_gaps(topic: Topic, cells: _Cells, declared: Mapping[str, Iterable[str]]) -> list[str]:
    explanation, data, solution = (cells.at(topic[field]) for field in ("explanation", "data", "solution"))
    exercise, chapter = topic["exercise"], topic["chapter"]
    answer = "answer-" + exercise.replace("_", "-")
    reasons = {
        f"explanation {topic['explanation']} is not a markdown cell": not _is(explanation, "markdown"),
        f"data {topic['data']} is not a code cell with an output": not _is(data, "code") or not data["outputs"],
        f"exercise {exercise!r} is not declared for chapter {chapter}": exercise not in _serving(declared, chapter),
        f"solution {topic['solution']} is not a cell": solution is None,
        f"solution {topic['solution']} is not the cell {answer}": not topic["solution"].endswith("#" + answer),
        "explanation and data do not lie in notebooks/, or the solution not in solutions/": not (
            topic["explanation"].startswith("notebooks/")
            and topic["data"].startswith("notebooks/")
            and topic["solution"].startswith("solutions/")
        ),
    }
    return [f"topic {topic['id']!r}: {sentence}" for sentence, applies in reasons.items() if applies]


def _is(cell: Cell | None, kind: str) -> bool:
    return cell is not None and cell["cell_type"] == kind


class _Cells:
    """The cells of the repository's notebooks by reference, each notebook read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, dict[str, Any]] = {}

    def at(self, reference: str) -> Any:
        path, _hash, cell = reference.partition("#")
        if path not in self._read:
            file = self._root / path
            self._read[path] = {c.id: c for c in read(file).cells} if file.is_file() else {}
        return self._read[path].get(cell)
