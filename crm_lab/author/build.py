"""`crm-lab build`: execute what people write, derive the rest, store it so that the same sources give the same bytes.

0. datasets/ is brought up to date.
1. The map on the start page is drawn anew; notebooks/ and solutions/ are executed in place.
2. labs/ are derived from solutions/ (answers blanked) and executed.
3. All are normalised; a figure that only another processor drew differently is kept as it was.
4. The leak scan must find no answer in a lab, every figure must have its alt text; else nothing is written.
5. coverage.md is made from the topics that the chapters declare.
6. The catalogues of other languages are brought up to date; those declared complete must be.

With --check nothing is written: a stored file that differs from what would be made is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crm_lab.base.errors import InputError
from crm_lab.base.files import write_atomic
from crm_lab.base.places import REPOSITORY

if TYPE_CHECKING:
    from crm_lab.author.leaks import Answers
    from crm_lab.author.notebooks import Notebook

PROCESSES = 2  # kernels at a time
FOLDERS = ("notebooks", "solutions", "labs")


def build(names: Iterable[str] | None = None, check: bool = False, ran: Path | None = None) -> None:
    """Execute notebooks/ and solutions/, derive labs/ and coverage.md, and store all in one normal form.

    names   only notebooks whose name begins with one of these, such as "04"; none means everything, the data too
    check   write nothing; raise InputError naming each file that is out of date
    ran     folder of notebooks that have just been executed, which are taken from there

    Raises InputError, too, when a notebook fails or breaks a rule; then nothing is written.
    """
    from crm_lab.author.pictures import NOISE, STALE

    data = [] if names else _data(check)
    made = make(REPOSITORY, names or [], STALE if check else NOISE, reference_answers, ran)
    changed = made.changed()
    if check:
        made.require_fresh()
    made.write()
    for name in [*data, *changed]:
        print(f"written: {name}")
    print(f"{len(made.texts)} files {'are fresh' if check else 'built'}, {len(changed)} changed.")
    from crm_lab.author.translating import say_how_far

    say_how_far(REPOSITORY)


def _data(check: bool) -> list[str]:
    """Bring datasets/ up to date, or raise InputError if it is not; the files that were written."""
    from crm_lab import data

    if not check:
        return [str(path.relative_to(REPOSITORY)) for path in data.make()]
    if problems := data.verify():
        raise InputError("\n".join(problems))
    return []


@dataclass
class Made:
    """What a build makes of the repository at `root`: the text of each file by its relative name, and files to drop."""

    root: Path
    texts: dict[str, str] = field(default_factory=dict)
    orphans: list[str] = field(default_factory=list)

    def changed(self) -> list[str]:
        """The files whose stored content differs from what was made, orphans included."""
        stale = [name for name, text in self.texts.items() if stored_text(self.root / name) != text]
        return sorted(stale + self.orphans)

    def write(self) -> None:
        """Store what has changed; files that are the same are not touched."""
        for name in self.changed():
            if name in self.orphans:
                (self.root / name).unlink()
            else:
                write_atomic(self.root / name, self.texts[name])

    def require_fresh(self) -> None:
        """Raise InputError naming each stale file."""
        if changed := self.changed():
            stale = "\n".join(f"{name} is stale: run `crm-lab build` and commit the result" for name in changed)
            raise InputError(stale)


def stored_text(path: Path) -> str | None:
    """The content of a file, None where there is none. Bytes that are no UTF-8 never equal what is made.

    >>> stored_text(Path("no such file")) is None
    True
    """
    return path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else None


def make(
    root: Path,
    names: Iterable[str],
    tolerance: float,
    answers: Callable[[str], Answers] = lambda lab: {},
    ran: Path | None = None,
) -> Made:
    """Make every derived file of the repository at `root` in memory.

    names      only notebooks whose name begins with one of these; none means all, with coverage.md and orphans
    tolerance  share of an image's pixels, 0 to 1, that may differ before the new drawing replaces the stored one
    answers    the reference answers of a lab, given its number such as "04a"
    ran        folder of notebooks that have just been executed; None executes all

    Raises InputError with a sentence for each notebook that fails.
    """
    from crm_lab.author.coverage import TABLE, coverage, topics
    from crm_lab.author.editions import refresh
    from crm_lab.author.notebooks import dumps, read
    from crm_lab.author.pictures import keep_pictures

    wanted = tuple(names)
    sources = sources_of(root, wanted)
    _draw_map(sources, sources_of(root, ()))
    notebooks = with_labs(sources)
    catalogues = refresh(root, notebooks, package=not wanted)
    results = execute_all(notebooks, root, ran)
    require_sound(results, answers)
    made = Made(root, catalogues)
    for name, notebook in results.items():
        if (root / name).is_file():
            keep_pictures(notebook, read(root / name), tolerance)
        made.texts[name] = dumps(notebook)
    if not wanted:
        made.orphans = [f"labs/{p.name}" for p in _files(root, "labs") if f"solutions/{p.name}" not in sources]
        made.texts |= {TABLE: coverage(root)} if topics(root) else {}
    return made


def _files(root: Path, folder: str) -> list[Path]:
    return sorted((root / folder).glob("*.ipynb"))


def sources_of(root: Path, wanted: tuple[str, ...]) -> dict[str, Notebook]:
    """The notebooks people write, by relative name; none wanted means all."""
    from crm_lab.author.notebooks import read

    paths = [path for folder in ("notebooks", "solutions") for path in _files(root, folder)]
    chosen = [path for path in paths if not wanted or path.name.startswith(wanted)]
    stems = sorted({path.stem for path in paths})
    for name in wanted:
        if not any(stem.startswith(name) for stem in stems):
            raise InputError(f"No notebook begins with {name!r}. There are: {', '.join(stems)}.")
    return {f"{path.parent.name}/{path.name}": read(path) for path in chosen}


def _draw_map(sources: Mapping[str, Notebook], all_sources: Mapping[str, Notebook]) -> None:
    """Bring the map on the start page up to date, where that page is built; it shows all chapters in any case."""
    from crm_lab.author.course_map import CELL, START, course_map

    for cell in sources[START].cells if START in sources else ():
        if cell.id == CELL:
            cell.source = course_map(all_sources)


def with_labs(sources: Mapping[str, Notebook]) -> dict[str, Notebook]:
    """The same, and the lab of each solution, not yet executed."""
    from crm_lab.author.derive import derive

    solutions = {name: notebook for name, notebook in sources.items() if name.startswith("solutions/")}
    labs = {name.replace("solutions/", "labs/", 1): derive(notebook, name) for name, notebook in solutions.items()}
    return {**sources, **labs}


def execute_all(
    notebooks: Mapping[str, Notebook], root: Path, ran: Path | None, language: str = "en"
) -> dict[str, Notebook]:
    from crm_lab.author.notebooks import execute, executed_before

    def outcome(notebook: Notebook, name: str) -> Notebook:
        return (executed_before(notebook, name, ran) if ran else None) or execute(notebook, name, root, language)

    with ThreadPoolExecutor(PROCESSES) as pool:
        running = {name: pool.submit(outcome, notebook, name) for name, notebook in notebooks.items()}
    errors = [error for future in running.values() if (error := future.exception())]
    for error in errors:
        if not isinstance(error, InputError):
            raise error
    if errors:
        raise InputError("\n".join(map(str, errors)))
    return {name: future.result() for name, future in running.items()}


def require_sound(results: Mapping[str, Notebook], answers: Callable[[str], Answers]) -> None:
    """Raise InputError if a lab gives an answer away, or a figure lacks the words for what it shows."""
    from crm_lab.author.figures import figure_faults
    from crm_lab.author.leaks import leaks

    found = []
    for name, notebook in results.items():
        faults = figure_faults(notebook)
        if name.startswith("labs/"):
            solution = results[name.replace("labs/", "solutions/", 1)]
            faults += leaks(solution, notebook, answers(name.removeprefix("labs/").partition("_")[0]))
        found += [f"{name}, {fault}" for fault in faults]
    if found:
        raise InputError("\n".join(found))


def reference_answers(lab: str) -> Answers:
    """The right answers of a lab on the default data, by exercise: a number, or a table as text.

    lab     its number, such as "04a"
    """
    import pandas as pd

    from crm_lab import labs
    from crm_lab.exercises import all_exercises

    asked = [exercise for exercise in all_exercises() if exercise.lab == lab and exercise.kind in ("number", "table")]
    if not asked:
        return {}
    tables = labs.open(lab).tables
    right = {exercise.name: exercise.reference(tables) for exercise in asked}
    texts = {e.name: pd.DataFrame(right[e.name]).round(2).to_csv() for e in asked if e.kind == "table"}
    return {e.name: float(right[e.name]) for e in asked if e.kind == "number"} | texts
