"""Where an exercise stands: title and points are written once, in the heading of its task in the notebook.

    ### 3 · The best fifth · 2 points

The solved lab is the source; an edition that lacks it has the same headings in the lab. In another language it is the
translation of the heading that counts.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crm_lab.base.errors import InputError
from crm_lab.base.places import resource
from crm_lab.base.text import _, language, prose

_HEADING = re.compile(r"(?P<place>[^·]+) · (?P<title>.+) · (?P<points>\d+)\D*")


@dataclass(frozen=True)
class Heading:
    """The heading of a task: the lab it stands in, its place there from 0, title, points, and whether it is extra."""

    lab: str
    place: int
    title: str
    points: int
    stretch: bool


@cache
def headings(chapter: str, language: str) -> dict[str, Heading]:
    """The headings of a chapter's tasks by the name of the exercise, in the order of its labs."""
    found: dict[str, Heading] = {}
    for path in _notebooks(chapter):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tasks = {cell["id"]: "".join(cell["source"]) for cell in cells if cell["id"].startswith("task-")}
        lab, words = path.name.partition("_")[0], prose(f"labs/{path.stem}")
        for place, (cell, text) in enumerate(tasks.items()):
            heading = text.partition("\n")[0].removeprefix("### ").strip()
            match = _HEADING.fullmatch(words.get(heading, heading))
            if match:
                name = cell.removeprefix("task-").replace("-", "_")
                stretch = not match["place"].strip().isdigit()
                found[name] = Heading(lab, place, match["title"], int(match["points"]), stretch)
    return found


def _notebooks(chapter: str) -> list[Path]:
    """Labs first, so that the heading of the solved one counts where both are there."""
    return [path for folder in ("labs", "solutions") for path in sorted(resource(folder).glob(f"{chapter}*_*.ipynb"))]


def heading_of(chapter: str, name: str) -> Heading:
    """The heading of one exercise. Raises InputError saying what to write where it is missing."""
    here = headings(chapter, language())
    if name not in here:
        cell = "task-" + name.replace("_", "-")
        said = _("No solved lab of chapter {chapter} has a cell {cell!r} that begins: ### 1 · Title · 2 points.")
        raise InputError(said.format(chapter=chapter, cell=cell))
    return here[name]
