"""A chapter to begin with: notebook, solved lab, one exercise with its words, and a test, all of which run.

It passes every gate but those of content (words, cells, number of exercises): these ask for the chapter itself.
"""

from __future__ import annotations

import re
from pathlib import Path

from crm_lab.base.errors import InputError
from crm_lab.base.files import write_together
from crm_lab.base.text import _

ASSETS = Path(__file__).with_name("assets") / "chapter"
PLACES = {
    "chapter.ipynb": "notebooks/{name}.ipynb",
    "solution.ipynb": "solutions/{name}.ipynb",
    "exercises.py.txt": "crm_lab/exercises/ch{chapter}/{module}.py",
    "exercises.en.toml.txt": "crm_lab/exercises/ch{chapter}/{module}.en.toml",
    "exercises.near.toml.txt": "crm_lab/exercises/ch{chapter}/{module}.near.toml",
    "test.py.txt": "tests/exercises/test_ch{number}.py",
}


def new_chapter(number: str, slug: str, root: Path) -> list[Path]:
    """Write a chapter and its lab below the repository `root`; the files that were written.

    number  two digits, and a letter for one part of a chapter: "05", "07a"
    slug    the title in lower case, words joined by _: "segmenting"

    Raises InputError when number or slug cannot be, or a file is there already; then nothing is written.
    """
    if not re.fullmatch(r"\d\d[a-z]?", number):
        raise InputError(_("The number must be two digits, as in 05, or 07a for one part; not {n!r}.").format(n=number))
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", slug):
        raise InputError(
            _("The slug must be lower-case words joined by _, such as segmenting; not {s!r}.").format(s=slug)
        )
    title = slug.replace("_", " ").capitalize()
    names = {"name": f"{number}_{slug}", "number": number, "chapter": number[:2], "module": f"first{number[2:]}"}
    words = {"NN_SLUG": names["name"], "NN": number, "CHAPTER": number[:2], "TITLE": title}
    files = {root / place.format(**names): _filled(ASSETS / asset, words) for asset, place in PLACES.items()}
    package = root / f"crm_lab/exercises/ch{number[:2]}/__init__.py"
    if not package.exists():
        files[package] = f'"""Chapter {number[:2]}: the exercises of its labs."""\n'
    taken = [path for path in files if path.exists()] + sorted((root / "notebooks").glob(f"{number}_*.ipynb"))
    if taken:
        raise InputError(_("{path} is there already. Choose another number.").format(path=taken[0]))
    write_together(files)
    return list(files)


def _filled(asset: Path, words: dict[str, str]) -> str:
    text = asset.read_text(encoding="utf-8")
    return re.sub("|".join(map(re.escape, words)), lambda found: words[found[0]], text)
