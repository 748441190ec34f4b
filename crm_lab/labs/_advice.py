"""What to read: the sections of a chapter behind the exercises that are not right yet, with links to them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from crm_lab.base.places import resource
from crm_lab.base.text import _, ngettext, prose
from crm_lab.exercises import Exercise
from crm_lab.labs.panel import SYMBOLS, Panel, boxed, result

START = "00_start"  # the start page leads to the chapters and is none


@dataclass(frozen=True)
class Section:
    """A part of a chapter that begins with a heading.

    file   name of the notebook
    cell   id of the cell the heading stands in; empty for the notebook as a whole
    title  the heading
    """

    file: str
    cell: str
    title: str

    @property
    def link(self) -> str:
        """Where it stands, seen from a notebook in labs/ or notebooks/. JupyterLab scrolls to the cell.

        A notebook that the click has to open first is still being laid out when it scrolls, so it may miss the cell.

        >>> Section("00_primer.ipynb", "dates", "4 · Dates").link
        '../notebooks/00_primer.ipynb#cell-id=dates'
        """
        return f"../notebooks/{self.file}" + (f"#cell-id={self.cell}" if self.cell else "")

    def html(self) -> str:
        """The title as a link; as plain words where this edition lacks the notebook.

        >>> Section("", "", "Dates & times").html()
        'Dates &amp; times'
        """
        return f'<a href="{escape(self.link)}">{escape(self.title)}</a>' if self.file else escape(self.title)


@dataclass(frozen=True)
class Reading:
    """A section to read, and for each exercise that asks for it one line that says how it stands."""

    section: Section
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Advice(Panel):
    """A headline, a sentence, and the sections to read."""

    readings: tuple[Reading, ...] = ()
    status: str = ""

    @property
    def mood(self) -> str:
        """ "right" when nothing is left to read."""
        return self.status

    def __repr__(self) -> str:
        lines = [super().__repr__()]
        for reading in self.readings:
            lines += [f"→ {reading.section.title}", *(f"    {reason}" for reason in reading.reasons)]
        return "\n".join(lines)

    def _html(self) -> str:
        body = f'<strong>{escape(self.headline)}</strong><p style="margin: 0.35em 0">{escape(self.message)}</p>'
        return boxed(body + _list(self.readings), self.mood)


def _list(readings: Sequence[Reading]) -> str:
    rows = [
        f'<li style="margin: 0.2em 0">{reading.section.html()}'
        + "".join(f"<br><small>{escape(reason)}</small>" for reason in reading.reasons)
        + "</li>"
        for reading in readings
    ]
    return f'<ul style="margin: 0; padding-left: 1.4em">{"".join(rows)}</ul>' if rows else ""


def advise(exercises: Sequence[Exercise], states: Mapping[tuple[str, str], str]) -> Advice:
    """What to read for the exercises that are not right yet.

    exercises  those of one lab, or of all labs of a chapter
    states     the best status of each (lab, exercise) tried so far; see `progress.Store.states`

    Returns the sections in the order of the chapter, each once. An exercise that names none asks for its whole chapter.
    """
    status = {one: states.get((one.lab, one.name), "todo") for one in exercises}
    waiting = [one for one in exercises if status[one] != "right"]
    if not waiting:
        return _all_right(exercises)
    if set(status.values()) == {"todo"}:
        return _not_begun(exercises)
    readings = _readings(waiting, status)
    headline = ngettext("{n} section to read", "{n} sections to read", len(readings)).format(n=len(readings))
    message = _(
        "{done} of {all} exercises are right. These sections help with the others. The first click opens the chapter; "
        "if it stands at another place, click again."
    ).format(done=len(exercises) - len(waiting), all=len(exercises))
    return Advice(headline, message, readings=readings)


def _readings(waiting: Sequence[Exercise], status: Mapping[Exercise, str]) -> tuple[Reading, ...]:
    """Each section that an exercise waits for, in the order of the notebooks."""
    parts = {lab: sections_of(lab) for lab in sorted({one.lab for one in waiting})}
    asking: dict[Section, list[str]] = {part: [] for found in parts.values() for part in found}
    for one in waiting:
        for section in _asked(one, parts[one.lab]):
            asking.setdefault(section, []).append(result(status[one], "", one.title).headline)
    return tuple(Reading(section, tuple(why)) for section, why in asking.items() if why)


def _asked(one: Exercise, parts: Sequence[Section]) -> list[Section]:
    """The sections an exercise names, of all notebooks of its chapter; the whole chapter where it names none."""
    wanted = one.sections or ("",)
    there = [part for part in parts if part.cell in wanted]
    return there + [_absent(one.lab, cell) for cell in wanted if cell not in {part.cell for part in there}]


def _absent(lab: str, cell: str = "") -> Section:
    """A section of a chapter that this edition lacks."""
    return Section("", cell, cell or _("chapter {number}").format(number=lab))


def _all_right(exercises: Sequence[Exercise]) -> Advice:
    following = _following(max(one.lab for one in exercises))
    message = _("All exercises are right. You can start with:") if following else _("All exercises are right.")
    readings = (Reading(following),) if following else ()
    return Advice(SYMBOLS["right"] + " " + _("Nothing to read again"), message, readings=readings, status="right")


def _not_begun(exercises: Sequence[Exercise]) -> Advice:
    labs = sorted({one.lab for one in exercises})
    message = _(
        "Answer and check what you can, then run this cell again: it names the sections you need. "
        "To learn it all, read:"
    )
    readings = tuple(Reading(section) for lab in labs for section in _whole(lab))
    return Advice(SYMBOLS["todo"] + " " + _("No exercise has been checked yet"), message, readings=readings)


# ---- what stands in the chapters


def _notebooks(start: str = "[0-9]") -> list[Path]:
    paths = sorted(resource("notebooks").glob(f"{start}*_*.ipynb"))
    return [path for path in paths if path.stem != START]


def sections_of(lab: str) -> list[Section]:
    """The sections of the chapter that a lab belongs to, in their order; each notebook is itself the first.

    lab  its number, such as "04a"
    """
    return [section for path in _notebooks(lab) for section in _sections_in(path)]


def _sections_in(path: Path) -> Iterator[Section]:
    cells, words = json.loads(path.read_text(encoding="utf-8"))["cells"], prose(f"notebooks/{path.stem}")
    headings = [(cell["id"], "".join(cell["source"])) for cell in cells if cell["cell_type"] == "markdown"]
    for turn, (cell, source) in enumerate(headings):
        if source.startswith("#"):
            title = source.splitlines()[0].lstrip("# ").strip()
            yield Section(path.name, cell if turn else "", words.get(title, title))


def _whole(lab: str) -> list[Section]:
    """The chapter of a lab: one section for each notebook it has."""
    return [section for section in sections_of(lab) if not section.cell] or [_absent(lab)]


def _following(lab: str) -> Section | None:
    """The chapter that comes after the one of this lab."""
    numbers = {path: path.stem.split("_")[0] for path in _notebooks()}
    later = [path for path, number in numbers.items() if number > lab and not number.startswith(lab)]
    return next(_sections_in(later[0]), None) if later else None
