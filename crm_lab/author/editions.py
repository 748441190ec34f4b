"""A language edition of the notebooks: made from source and catalogue when it is needed, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from crm_lab.author.catalogues import (
    COMPLETE,
    EDITIONS,
    FOLDER,
    PACKAGE_MESSAGES,
    Message,
    Report,
    complete,
    notebook_messages,
    package_messages,
    refreshed,
    report,
)
from crm_lab.base.errors import InputError
from crm_lab.base.prose import translated
from crm_lab.base.text import translations

if TYPE_CHECKING:
    from crm_lab.author.notebooks import Notebook

_USED = {"notebooks": ("notebooks",), "labs": ("labs",), "solutions": ("labs", "solutions")}


def catalogue(root: Path, language: str, name: str) -> Path:
    """Where a catalogue lies.

    name    "messages", or that of a notebook without its ending, such as "labs/04a_value"

    >>> catalogue(Path(), "zh_CN", "labs/04a_value").as_posix()
    'crm_lab/locale/zh_CN/labs/04a_value.po'
    """
    return root / FOLDER / language / f"{name}.po"


def has_edition(root: Path, language: str, name: str) -> bool:
    """Whether somebody has begun to translate a notebook, named like "labs/04a_value"."""
    return catalogue(root, language, name).is_file()


def localise(notebook: Notebook, root: Path, language: str, name: str) -> Notebook:
    """A notebook in another language: prose and notes from its catalogue, code as it is, no outputs.

    notebook  of nbformat, or as plain JSON: to hand out copies, nbformat would be slow to import
    root      the folder that holds crm_lab/
    name      of the notebook without its ending, such as "labs/04a_value"
    """
    folder, _slash, stem = name.partition("/")
    known: dict[str, str] = {}
    for part in _USED[folder]:
        known |= translations(catalogue(root, language, f"{part}/{stem}"), language)
    result = deepcopy(notebook)
    for cell in result["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = translated("".join(cell["source"]), known)
        else:
            cell["outputs"], cell["execution_count"] = [], None
        if notes := cell["metadata"].get("crm_lab", {}).get("notes"):
            cell["metadata"]["crm_lab"]["notes"] = translated(notes, known)
    return result


def messages_of(name: str, notebooks: Mapping[str, Notebook]) -> list[Message]:
    """What the catalogue of a notebook holds; that of a solution only what its lab does not say.

    name       without its ending, such as "solutions/04a_value"
    notebooks  by name, with ending; the lab must be there with its solution
    """
    found = list(notebook_messages(notebooks[f"{name}.ipynb"], f"{name}.ipynb"))
    if not name.startswith("solutions/"):
        return found
    lab = name.replace("solutions/", "labs/", 1) + ".ipynb"
    said = {message.text for message in notebook_messages(notebooks[lab], lab)}
    return [message for message in found if message.text not in said]


def refresh(root: Path, notebooks: Mapping[str, Notebook], package: bool, begin: bool = False) -> dict[str, str]:
    """The text of each catalogue as it should be, by its name within the repository.

    notebooks  by name, such as "labs/04a_value.ipynb"; those nobody has begun to translate are left out
    package    whether the package's messages belong to it, too
    begin      also make the catalogues that are not there yet
    """
    made = {}
    for language in EDITIONS:
        for name in (file.removesuffix(".ipynb") for file in notebooks):
            path = catalogue(root, language, name)
            if begin or path.is_file():
                made[path.relative_to(root).as_posix()] = refreshed(path, messages_of(name, notebooks), language)
        path = catalogue(root, language, PACKAGE_MESSAGES)
        if package and (path.is_file() or begin):
            made[path.relative_to(root).as_posix()] = refreshed(path, package_messages(root / "crm_lab"), language)
    return made


def reports(root: Path) -> Iterator[Report]:
    """How far each catalogue is, by language and name."""
    for language in EDITIONS:
        folder = root / FOLDER / language
        for path in sorted(folder.rglob("*.po")):
            yield report(path, language, f"{language}/{path.relative_to(folder).with_suffix('').as_posix()}")


def require_complete(root: Path, found: Iterable[Report]) -> None:
    """Raise InputError naming each catalogue that was declared complete and is not, or is not there."""
    known = {one.name: one for one in found}
    wanted = [f"{language}/{name}" for language, names in complete(root).items() for name in names]
    lacking = [f"{name} is missing" for name in wanted if name not in known]
    lacking += [str(known[name]) for name in wanted if name in known and not known[name].done]
    if lacking:
        raise InputError("\n".join([f"{COMPLETE.as_posix()} says these are complete, and they are not:", *lacking]))
