"""`crm-lab slides 04`: the chapters of a number as slide decks that work from a memory stick."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from crm_lab.base.errors import InputError
from crm_lab.base.files import write_atomic
from crm_lab.base.places import PACKAGE, REPOSITORY, in_repository, resource
from crm_lab.base.text import _, language
from crm_lab.cli.start import START_PAGE


def chapters(number: str, folder: Path | None = None) -> list[Path]:
    """The notebooks of a chapter in their order: those of both halves for "04", one half for "04a".

    The start page is a page to click on, no talk, and is left out.

    number  chapter number, "4", "04" or "04a"
    folder  where chapters lie; by default those of this course

    Raises InputError naming the chapters there are.

    >>> chapters("chapter four")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: 'chapter four' is not a chapter's number. Write it like 04 or 04a.
    """
    match = re.fullmatch(r"(\d{1,2})([a-z]?)", str(number).strip().lower())
    if not match:
        raise InputError(_("{number!r} is not a chapter's number. Write it like 04 or 04a.").format(number=str(number)))
    folder = folder or resource("notebooks")
    start = match[1].zfill(2) + (match[2] or "[a-z]?")
    all_of_them = [path for path in sorted(folder.glob("*.ipynb")) if path.name != Path(START_PAGE).name]
    found = [path for path in all_of_them if re.match(start + "_", path.name)]
    if not found:
        there = sorted({path.name.split("_")[0] for path in all_of_them})
        raise InputError(
            _("There is no chapter {number}. There are: {there}.").format(number=number, there=", ".join(there))
        )
    return found


def slides(number: str, out: Path | None = None) -> list[Path]:
    """Write each notebook of a chapter as one HTML slide deck and return the files.

    number  chapter number, "4", "04" or "04a"
    out     folder for the decks; by default `slides/` in the repository, or in the current folder

    Raises InputError for an unknown chapter, an unreadable notebook, a faulty formula or picture.

    >>> slides("")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: '' is not a chapter's number. Write it like 04 or 04a.
    """
    target = out or (REPOSITORY if in_repository() else Path.cwd()) / "slides"
    return [_deck(path, target) for path in chapters(number)]


def _deck(path: Path, target: Path) -> Path:
    from crm_lab.author.notebooks import read
    from crm_lab.cli.deck import render  # slow to import, and the other commands do not need it

    notebook = _in_ones_language(read(path), path)
    try:
        html = render(notebook, path.parent)
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from error
    file = target / f"{path.stem}.html"
    write_atomic(file, html)
    return file


def _in_ones_language(notebook: Any, path: Path) -> Any:
    """The chapter in the language of the edition, where there is one; executed, because a talk shows the pictures."""
    from crm_lab.author.editions import has_edition, localise
    from crm_lab.author.notebooks import execute

    name, root = f"notebooks/{path.stem}", PACKAGE.parent
    if language() == "en" or not has_edition(root, language(), name):
        return notebook
    return execute(localise(notebook, root, language(), name), path.name, path.parent, language())
