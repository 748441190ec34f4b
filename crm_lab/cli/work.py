"""The learner's own copies: untouched files follow the course, files somebody worked on are never overwritten."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crm_lab.base.errors import one_of
from crm_lab.base.files import write_atomic
from crm_lab.base.places import PACKAGE, resource, work_dir
from crm_lab.base.text import CHOICE, LOCALES, _, edition, language, ngettext

FOLDERS = ("notebooks", "labs", "solutions")
DICTIONARY = "datasets/dictionary.md"  # what every column means; the data themselves are read where they are
RECORD = ".crm-lab/handed_out.json"  # in the work folder: path -> sha256 of the file as it was handed out


@dataclass
class HandedOut:
    """What `hand_out` did, as paths within the work folder."""

    new: list[str] = field(default_factory=list)  # were not there
    refreshed: list[str] = field(default_factory=list)  # were untouched and the course has changed
    kept: list[str] = field(default_factory=list)  # somebody worked on them, and the course has a newer version

    def sentence(self) -> str:
        """What a learner needs to know, empty if that is nothing.

        >>> HandedOut(kept=["labs/04a_value.ipynb"]).sentence()
        'There is a newer version of 1 file you have worked on; yours is kept: labs/04a_value.ipynb.'
        """
        if not self.kept:
            return ""
        return ngettext(
            "There is a newer version of {n} file you have worked on; yours is kept: {names}.",
            "There is a newer version of {n} files you have worked on; yours are kept: {names}.",
            len(self.kept),
        ).format(n=len(self.kept), names=", ".join(self.kept))


def hand_out(work: Path | None = None) -> HandedOut:
    """Copy chapters, labs, solutions and the data dictionary into the work folder, where that loses nobody's work.

    work  the work folder; by default the learner's own

    A file is untouched when its content is what was handed out, by SHA-256. Returns what was done.
    Raises InputError when the folder cannot be written.
    """
    work = work or work_dir()
    before, result = read_record(work), HandedOut()
    after = dict(before)
    for name, source in course_files():
        after[name] = _hand_out_file(name, fresh_copy(name, source), work, before.get(name), result)
    for name in before.keys() - dict(course_files()).keys():
        _take_back(work / name, after.pop(name))
    if after != before or not (work / RECORD).is_file():
        write_atomic(work / RECORD, json.dumps(after, indent=1, sort_keys=True))
    return result


def course_files() -> Iterator[tuple[str, Path]]:
    """Every file a learner gets a copy of: its path within the work folder, and where the course keeps it.

    >>> dict(course_files())["datasets/dictionary.md"].name
    'dictionary.md'
    """
    dictionary = resource("datasets") / Path(DICTIONARY).name
    if dictionary.is_file():
        yield DICTIONARY, dictionary
    for folder in FOLDERS:
        root = resource(folder)
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and not any(part.startswith((".", "__")) for part in inside.parts):
                yield f"{folder}/{inside.as_posix()}", path


def fresh_copy(name: str, source: Path) -> bytes:
    """What a learner gets of a file: a notebook in the language of their edition where there is one, else the file.

    name    its path within the work folder
    source  where the course keeps it
    """
    if language() == "en" or source.suffix != ".ipynb":
        return source.read_bytes()
    from crm_lab.author.editions import has_edition, localise

    stem = name.removesuffix(".ipynb")
    if not has_edition(PACKAGE.parent, language(), stem):
        return source.read_bytes()
    notebook = json.loads(source.read_text("utf-8"))
    made = localise(notebook, PACKAGE.parent, language(), stem)
    return (json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def choose_language(wish: str) -> str:
    """Remember the edition a learner wants, for this process and for all that comes; its name.

    wish    such as "zh_CN", "zh-cn" or "en"

    Raises InputError naming the editions there are.
    """
    chosen = one_of("language", edition(wish) or wish, LOCALES)
    write_atomic(work_dir() / CHOICE, chosen + "\n")
    os.environ["CRM_LAB_LANGUAGE"] = chosen
    return chosen


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content.

    >>> digest(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def read_record(work: Path) -> dict[str, str]:
    """What was handed out. A lost or damaged record is empty: every file then counts as worked on, and is kept."""
    try:
        record = json.loads((work / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def remember(name: str, content: bytes, work: Path) -> None:
    """Record that `content` was handed out as the file `name`."""
    write_atomic(work / RECORD, json.dumps(read_record(work) | {name: digest(content)}, indent=1, sort_keys=True))


def _hand_out_file(name: str, fresh: bytes, work: Path, handed_out: str | None, result: HandedOut) -> str:
    """Bring one file up to date if that is safe; returns the digest to remember for it."""
    target = work / name
    if not target.exists():
        write_atomic(target, fresh)
        result.new.append(name)
        return digest(fresh)
    now = digest(target.read_bytes())
    if now == digest(fresh):
        return now
    if now == handed_out:
        write_atomic(target, fresh)
        result.refreshed.append(name)
        return digest(fresh)
    if handed_out != digest(fresh):
        result.kept.append(name)
    return handed_out or ""


def _take_back(path: Path, handed_out: str) -> None:
    """Remove a file the course no longer has, unless somebody worked on it."""
    if path.is_file() and digest(path.read_bytes()) == handed_out:
        path.unlink()


def main(wish: str | None = None) -> None:
    """`crm-lab work`: hand out and say where; in another language from now on, if there is a wish."""
    if wish:
        choose_language(wish)
    result = hand_out()
    print(_("Your copies are in {folder}.").format(folder=work_dir()))
    if result.kept:
        print(result.sentence())


if __name__ == "__main__":
    main()
