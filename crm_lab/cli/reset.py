"""`crm-lab reset 04`: set the learner's file aside and give a fresh one."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.files import write_atomic
from crm_lab.base.places import work_dir
from crm_lab.base.text import _
from crm_lab.cli.work import FOLDERS, course_files, digest, fresh_copy, read_record, remember


def reset(number: str, folder: str = "labs", work: Path | None = None) -> list[Path]:
    """Give fresh copies of a lab; a copy somebody worked on stays beside it, renamed.

    number  of the lab: "04" for all its parts, "04a" for one
    folder  "labs", or "notebooks" or "solutions" for the copies of a chapter or of a solved lab
    work    the work folder; by default the learner's own

    Returns the files that were set aside. Raises InputError for an unknown number or folder.
    """
    one_of("folder", folder, FOLDERS)
    work = work or work_dir()
    set_aside = []
    for name, source in _files_of(number, folder):
        target, fresh = work / name, fresh_copy(name, source)
        if target.exists() and digest(target.read_bytes()) not in (digest(fresh), read_record(work).get(name)):
            set_aside.append(target.rename(_free_name(target)))
        write_atomic(target, fresh)
        remember(name, fresh, work)
    return set_aside


def _files_of(number: str, folder: str) -> list[tuple[str, Path]]:
    """The files of one number in one folder of the course."""
    files = {name: source for name, source in course_files() if re.match(rf"{folder}/\d\d[a-z]?_", name)}
    wanted = re.fullmatch(r"(\d{1,2})([a-z]?)", number.strip().lower())
    start = f"{folder}/{wanted[1].zfill(2)}{wanted[2] or '[a-z]?'}_" if wanted else "$"
    found = [(name, source) for name, source in files.items() if re.match(start, name)]
    if not found:
        numbers = sorted({name.split("/")[1].split("_")[0] for name in files})
        raise InputError(
            _("There is no {number!r} in {folder}. Use one of: {numbers}.").format(
                number=number, folder=folder, numbers=", ".join(numbers)
            )
        )
    return found


def _free_name(path: Path) -> Path:
    """A name beside `path` that says since when it lies there, and that nobody uses."""
    stem = f"{path.stem} (set aside {datetime.now():%Y-%m-%d %H.%M.%S})"
    names = [path.with_name(f"{stem}{extra}{path.suffix}") for extra in ("", *(f" {n}" for n in range(2, 100)))]
    return next(name for name in names if not name.exists())


def main(number: str, folder: str = "labs") -> None:
    """`crm-lab reset`: say what happened."""
    for path in reset(number, folder):
        print(_("Your file is kept as {path}.").format(path=path))
    print(
        _("There is a fresh copy in {folder}. If it is open in JupyterLab: File, Reload Notebook from Disk.").format(
            folder=work_dir() / folder
        )
    )
