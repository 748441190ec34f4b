"""The map of the course on the start page: one row a chapter, read off the title cells of chapters and labs.

A chapter's title cell says in bold, first, the question it answers, and last, how long it takes: **60 minutes.** The
title cell of a lab says how long that one takes: "about 75 minutes", or "15 to 40 minutes". A lab that serves several
parts of a chapter stands beside the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from crm_lab.author.coverage import solved_by
from crm_lab.author.notebooks import Notebook
from crm_lab.base.errors import InputError

START, CELL = "notebooks/00_start.ipynb", "map"
_HEAD = "## Map\n\n| chapter | question | read | lab |\n|---|---|---|---|\n"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MINUTES = re.compile(r"(\d+) minutes([^.]*)")
_LAB_MINUTES = re.compile(r"\b((?:\d+ to )?\d+|ten|five) minutes")


def course_map(notebooks: Mapping[str, Notebook]) -> str:
    """The text of the cell `map`.

    notebooks  all chapters and solved labs by folder and name, such as "notebooks/04a_value.ipynb"

    Raises InputError naming a title cell that lacks its question or its time.
    """
    chapters, labs = (_stems(notebooks, folder) for folder in ("notebooks", "solutions"))
    serving = solved_by(chapters, labs)
    last = {serving[stem.partition("_")[0]]: stem for stem in chapters}
    beside = {stem: lab for lab, stem in last.items() if lab}
    return _HEAD + "\n".join(_row(stem, beside.get(stem, ""), notebooks) for stem in chapters)


def _stems(notebooks: Mapping[str, Notebook], folder: str) -> list[str]:
    names = sorted(name for name in notebooks if name.startswith(f"{folder}/") and name != START)
    return [name.partition("/")[2].removesuffix(".ipynb") for name in names]


def _row(stem: str, lab: str, notebooks: Mapping[str, Notebook]) -> str:
    name = f"notebooks/{stem}.ipynb"
    text = notebooks[name].cells[0].source
    bold = _BOLD.findall(text)
    minutes = _MINUTES.match(bold[-1]) if len(bold) > 1 else None
    if not text.startswith("# ") or minutes is None:
        said = "the first cell needs a title, the question in bold, and in bold at its end the time: **60 minutes.**"
        raise InputError(f"{name}: {said}")
    title = text.splitlines()[0].removeprefix("# ").partition(":")[0]
    question = bold[0][:1].upper() + bold[0][1:]
    reading = f"{minutes[1]} min{minutes[2]}"
    return f"| [{title}]({stem}.ipynb) | {question} | {reading} | {_lab(lab, notebooks)} |"


def _lab(stem: str, notebooks: Mapping[str, Notebook]) -> str:
    """The link to a lab with the time it takes, in the words of its title cell."""
    if not stem:
        return ""
    text = notebooks[f"solutions/{stem}.ipynb"].cells[0].source
    minutes = _LAB_MINUTES.search(text)
    if minutes is None:
        raise InputError(f"solutions/{stem}.ipynb: the first cell must say how long it takes: about 75 minutes.")
    return f"[lab {stem.partition('_')[0]}](../labs/{stem}.ipynb), {minutes[1]} min"
