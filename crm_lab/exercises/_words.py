"""The words of exercises: one TOML file a language beside each module of declarations, read when they are needed.

`concentration.en.toml` beside `concentration.py` has a table for each exercise:

    [abc]
    hints = ["From vague …", "… to specific."]
    right = "Class A is {a:,} of {all:,} buyers …"         # its placeholders come from `facts`
    columns = {abc = "A, B or C"}                           # tables, SQL: what each column holds
    [abc.mistakes]
    "all orders" = "@not_delivered"                         # a sentence of shared.en.toml
    ascending = "You began with the smallest customers. …"

Also `unit` of a number, and `texts`: sentences that stand in a table the exercise supplies. Where facts choose between
sentences, `right` is a table of them, and the fact `form` names one. A language that lacks a file is spoken in English.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crm_lab.base.errors import InputError
from crm_lab.base.money import money
from crm_lab.base.text import _, language

SOURCE = "en"
SHARED = Path(__file__).with_name("shared")


@cache
def read(stem: Path, edition: str) -> Mapping[str, Any]:
    """The words of one file in one language; those of the source language where there is no such file.

    stem  the module's path without `.py`
    """
    path = stem.with_name(f"{stem.name}.{edition}.toml")
    if not path.is_file() and edition != SOURCE:
        return read(stem, SOURCE)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            _("The words of {stem} are missing: write {path}.").format(stem=stem.name, path=path)
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(_("{path} is not valid TOML: {why}.").format(path=path, why=error)) from None


def words_of(stem: Path, name: str) -> dict[str, Any]:
    """The words of one exercise in the edition's language; a key that is not translated is spoken in English."""
    source, here = read(stem, SOURCE), read(stem, language())
    if name not in source:
        said = _("{file} has no words for {name}. Add a table [{name}].")
        raise InputError(said.format(file=f"{stem.name}.{SOURCE}.toml", name=name))
    return {key: _own(value, here.get(name, {}).get(key)) for key, value in source[name].items()}


def _own(source: Any, here: Any) -> Any:
    if isinstance(source, dict):
        return {key: _own(value, here.get(key) if isinstance(here, dict) else None) for key, value in source.items()}
    if isinstance(source, list):
        return [_shared(text) for text in (here if isinstance(here, list) and len(here) == len(source) else source)]
    return _shared(here if isinstance(here, str) else source)


def _shared(text: str) -> str:
    """The sentence itself, or the shared one that `@name` stands for."""
    if not text.startswith("@"):
        return text
    for edition in (language(), SOURCE):
        if text[1:] in (shared := read(SHARED, edition)):
            return str(shared[text[1:]])
    raise InputError(_("shared.{edition}.toml has no sentence {name}.").format(edition=SOURCE, name=text[1:]))


class _Sentences(string.Formatter):
    """Fills placeholders; `{x:money}` and the like follow the customs of the language, a minus is one."""

    def format_field(self, value: Any, spec: str) -> str:
        if spec == "money":
            return money(value)
        said = str(super().format_field(value, spec))
        return said if isinstance(value, str) else said.replace("-", "−")


def fill(sentence: str | Mapping[str, str], facts: Mapping[str, Any]) -> str:
    """A sentence with its facts; of several sentences, the one that the fact `form` names.

    >>> fill("{n:,} buyers bring {sum:money}.", {"n": 1200, "sum": 35400.2})
    '1,200 buyers bring ¥35,400.'
    >>> fill("The index is {index:.1f}.", {"index": -3.25})
    'The index is −3.2.'
    >>> fill({"more": "It rose.", "less": "It fell."}, {"form": "less"})
    'It fell.'
    """
    text = sentence if isinstance(sentence, str) else sentence[facts["form"]]
    return _Sentences().vformat(text, (), facts)
