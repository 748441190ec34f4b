"""Whether the words of exercises are whole: every language file has the keys and placeholders of the English one."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crm_lab.exercises import _words

FOLDER = Path(_words.__file__).parent
KEYS = {"hints", "right", "mistakes", "columns", "unit", "texts"}


def faults(folder: Path = FOLDER) -> list[str]:
    """One sentence for each fault of the words files below a folder, English first, then every other language.

    >>> faults()
    []
    """
    found: list[str] = []
    for path in sorted(folder.rglob("*.toml")):
        name, _dot, edition = path.stem.rpartition(".")
        if edition == "near":  # code and tables, the same in every language
            continue
        source = path.with_name(f"{name}.{_words.SOURCE}.toml")
        words = tomllib.loads(path.read_text(encoding="utf-8"))
        if edition == _words.SOURCE:
            found += [f"{path.name}, {fault}" for fault in _strange(words, path != folder / f"shared.{edition}.toml")]
        elif not source.is_file():
            found.append(f"{path.name} translates no {source.name}")
        else:
            found += [f"{path.name}, {fault}" for fault in compared(tomllib.loads(source.read_text("utf-8")), words)]
    return found


def _strange(words: Mapping[str, Any], exercises: bool) -> Iterator[str]:
    """Keys that no exercise reads, in an English file."""
    for name, entry in words.items() if exercises else ():
        for key in sorted(set(entry) - KEYS):
            yield f"{name}: unknown key {key}; use {', '.join(sorted(KEYS))}"


def compared(source: Any, other: Any, place: str = "") -> Iterator[str]:
    """What a translation lacks, has too much, or fills with other facts than the source.

    >>> list(compared({"a": "{n} rows", "b": "b"}, {"a": "{m} 行", "c": ""}))
    ['b is missing', 'c is not in English', 'a has other placeholders than the English: m']
    >>> list(compared({"hints": ["one", "two"]}, {"hints": ["一"]}))
    ['hints has 1 sentences, not 2']
    """
    if isinstance(source, Mapping) and isinstance(other, Mapping):
        yield from (f"{place}{key} is missing" for key in source if key not in other)
        yield from (f"{place}{key} is not in English" for key in other if key not in source)
        for key in source:
            if key in other:
                yield from compared(source[key], other[key], f"{place}{key}.")
    elif isinstance(source, list) and isinstance(other, list):
        if len(source) != len(other):
            yield f"{place[:-1]} has {len(other)} sentences, not {len(source)}"
        for number, pair in enumerate(zip(source, other, strict=False), start=1):
            yield from compared(*pair, f"{place}{number}.")
    elif type(source) is not type(other):
        yield f"{place[:-1]} is a {type(other).__name__}, not a {type(source).__name__}"
    elif isinstance(source, str) and (odd := _placeholders(source) ^ _placeholders(other)):
        names = ", ".join(sorted(odd & _placeholders(other) or odd))
        yield f"{place[:-1]} has other placeholders than the English: {names}"


def _placeholders(text: str) -> set[str]:
    """The names of the facts a sentence is filled with; nothing where braces are not placeholders."""
    try:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    except ValueError:
        return set()
