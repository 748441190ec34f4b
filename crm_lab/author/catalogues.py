"""Catalogues: what there is to translate, what is translated, and what a change of the English has left behind.

    crm_lab/locale/zh_CN/messages.po            what the package says
    crm_lab/locale/zh_CN/notebooks/NN_slug.po   the prose of a chapter, its speaker notes too
    crm_lab/locale/zh_CN/labs/NN_slug.po        the prose of a lab
    crm_lab/locale/zh_CN/solutions/NN_slug.po   what only the solved lab says

Their English is taken from the sources at each build; where it has changed, the translation is kept and marked fuzzy.
Nobody reads a fuzzy translation: until somebody has looked at it, the English stands in its place.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

from crm_lab.author.proofreading import faults
from crm_lab.base.errors import InputError
from crm_lab.base.prose import pieces
from crm_lab.base.text import LOCALES

if TYPE_CHECKING:
    from crm_lab.author.notebooks import Notebook

FOLDER = Path("crm_lab", "locale")
PACKAGE_MESSAGES = "messages"
COMPLETE = FOLDER / "complete.toml"
EDITIONS = [language for language in LOCALES if language != "en"]

_KEYWORDS = {"_": None, "later": None, "ngettext": (1, 2)}
_IDLE = b"POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Project-Id|Report-Msgid"
_IDLE_LINE = re.compile(rb'^"(%s)[^\n]*\n' % _IDLE, re.M)  # differs from day to day, or says nothing


@dataclass(frozen=True)
class Message:
    """One piece of English: what it says (and its plural), where it stands, and what it is to a translator."""

    text: str | tuple[str, ...]
    place: str
    kind: str = ""


@dataclass
class Report:
    """How far a catalogue is: all its messages, those without a translation, those to look at again, what is broken."""

    name: str
    messages: int = 0
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether every message has a translation that was looked at and breaks nothing."""
        return not (self.missing or self.stale or self.broken)

    def __str__(self) -> str:
        parts = [f"{self.name}: {self.messages} messages"]
        parts += [f"{len(self.missing)} untranslated, first {self.missing[0]!r}"] if self.missing else []
        parts += [f"{len(self.stale)} to look at again, first {self.stale[0]!r}"] if self.stale else []
        return "; ".join([*parts, *self.broken])


def package_messages(package: Path) -> Iterator[Message]:
    """What the package says through `_`, `ngettext` and `later`. Exercises have files of words; authors read English.

    package     the folder crm_lab
    """
    python = [("author/**", "ignore"), ("**.py", "python")]
    found = extract_from_dir(package, python, keywords=_KEYWORDS, directory_filter=_any_folder)
    for name, _line, text, _comments, _context in found:
        yield Message(text, f"{package.name}/{Path(name).as_posix()}")


def _any_folder(folder: str) -> bool:
    """Babel would pass by folders such as `_shop`."""
    return True


def notebook_messages(notebook: Notebook, name: str) -> Iterator[Message]:
    """The prose of a notebook cell by cell, and its speaker notes.

    name    of the notebook, such as "notebooks/04a_value.ipynb"
    """
    for cell in notebook.cells:
        texts = {"": cell.source} if cell.cell_type == "markdown" else {}
        texts["speaker note, "] = cell.metadata.get("crm_lab", {}).get("notes", "")
        for of, text in texts.items():
            for piece in pieces(text):
                if piece.kind:
                    yield Message(piece.text, f"{name}:{cell.id}", of + piece.kind)


def template(messages: Iterable[Message], language: str) -> Catalog:
    """A catalogue of these messages, none translated; each once, with every place it stands in."""
    catalogue = Catalog(locale=language, project="CRM Lab", header_comment=f"# CRM Lab in {language}.", fuzzy=False)
    for message in messages:
        comment = [message.kind] if message.kind not in ("", "paragraph") else []
        catalogue.add(message.text, locations=[(message.place, None)], auto_comments=comment)  # type: ignore[list-item]
    return catalogue


def read(path: Path, language: str) -> Catalog:
    """The catalogue in a file, an empty one where there is no file; InputError where it is damaged."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except FileNotFoundError:
        return Catalog(locale=language)
    except (OSError, ValueError, PoFileError) as error:
        raise InputError(f"{path} cannot be read as a catalogue: {error}") from error


def refreshed(path: Path, messages: Iterable[Message], language: str) -> str:
    """The text of a catalogue brought up to date: new messages come in, changed ones become fuzzy, others go.

    path    the catalogue as it is
    """
    fresh = template(messages, language)
    known = read(path, language)
    catalogue = Catalog(locale=language, project="CRM Lab", header_comment=fresh.header_comment, fuzzy=False)
    for message in known:
        if message.id:
            catalogue[message.id] = message
    catalogue.update(fresh, no_fuzzy_matching=not len(known))
    written = BytesIO()
    write_po(written, catalogue, width=100, ignore_obsolete=True, include_lineno=False, include_previous=True)
    return _IDLE_LINE.sub(b"", written.getvalue()).decode("utf-8").rstrip("\n") + "\n"


def report(path: Path, language: str, name: str) -> Report:
    """What a catalogue lacks.

    name    how the report calls it
    """
    result = Report(name)
    for message in read(path, language):
        if not message.id:
            continue
        result.messages += 1
        source, said = _forms(message.id), _forms(message.string)
        if not all(said):
            result.missing.append(source[0])
        elif message.fuzzy:
            result.stale.append(source[0])
        else:
            result.broken += [f"{source[0]!r}: {fault}" for form in said for fault in _broken(source[-1], form)]
    return result


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _broken(source: str, translation: str) -> Iterator[str]:
    yield from faults(source, translation)
    wanted, found = _placeholders(source), _placeholders(translation)
    if wanted != found:
        yield f"placeholders are {_listed(found)}, they must be {_listed(wanted)}"


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _before, name, _form, _conversion in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()  # prose with a brace of its own


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def complete(root: Path) -> Mapping[str, list[str]]:
    """The catalogues declared complete, by language, such as {"zh_CN": ["messages", "labs/04a_value"]}."""
    path = root / COMPLETE
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
