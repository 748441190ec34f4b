"""The prose of a notebook in pieces a translator can work on: headings, paragraphs, list items, rows of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_FENCE = re.compile(r"\s*(```|~~~)")
_RULE = re.compile(r"\s*\|?[\s|:-]*-[\s|:-]*$")
_FORMS = (
    ("heading", re.compile(r"(\s*#{1,6} +)(.*?)(\s*)$")),
    ("table row", re.compile(r"(\s*\| *)(.*?)( *\|\s*)$")),
    ("list item", re.compile(r"(\s*(?:[-*+]|\d+[.)]) +)(.*?)(\s*)$")),
    ("quotation", re.compile(r"(\s*> ?)(.*?)(\s*)$")),
    ("paragraph", re.compile(r"(\s*(?:<[^>]+>\s*)*)(.*?)((?:\s*</[a-z]+>)*\s*)$")),
)
_CONTINUED = ("paragraph", "list item", "quotation")
KEPT = re.compile(r"`+[^`]+`+|\$[^$]+\$|https?://\S+|(?<=\])\([^)\s]+\)")  # code, formulas, where a link leads
_NO_WORDS = re.compile(r"<[^>]+>|&\w+;")


@dataclass(frozen=True)
class Piece:
    """A part of a text; `kind` says what it is to a translator, and is empty for what stays as it is."""

    text: str
    kind: str = ""


def pieces(markdown: str) -> list[Piece]:
    """A text cut into pieces, which joined give the same text again.

    >>> [piece.text for piece in pieces("## Who buys?\\n\\n- few\\n- `all`\\n") if piece.kind]
    ['Who buys?', 'few']
    """
    found: list[Piece] = []
    fence = ""
    for line in markdown.splitlines(keepends=True):
        mark = _fence_of(line, fence)
        if mark or fence or not line.strip() or _RULE.match(line):
            found.append(Piece(line))
            fence = "" if mark and (fence or _closes(line, mark)) else fence or mark
            continue
        kind, (before, text, after) = _cut(line)
        if kind == "paragraph" and text and not before.strip() and _goes_on(found):
            last, end = found[-2], found[-1]
            found[-2:] = [Piece(last.text + end.text + before + text, last.kind), Piece(after)]
        else:
            found += [Piece(before), Piece(text, kind if speaks(text) else ""), Piece(after)]
    return [piece for piece in found if piece.text]


def _fence_of(line: str, fence: str) -> str:
    """What opens or closes a block of code or a formula in this line, if it does."""
    if match := _FENCE.match(line):
        return match[1] if fence in ("", match[1]) else ""
    formula = line.strip().startswith("$$") if not fence else line.strip().endswith("$$")
    return "$$" if formula and fence in ("", "$$") else ""


def _closes(line: str, mark: str) -> bool:
    """Whether a line that opens a formula ends it, too."""
    return mark == "$$" and len(line.strip()) > 2 and line.strip().endswith("$$")


def _cut(line: str) -> tuple[str, tuple[str, str, str]]:
    for kind, form in _FORMS:
        if match := form.match(line):
            return kind, (match[1], match[2], match[3])
    raise AssertionError(line)  # the last form fits every line


def _goes_on(found: list[Piece]) -> bool:
    """Whether a further line belongs to the piece before: the line before ended in the middle of it."""
    return len(found) > 1 and found[-1].text == "\n" and found[-2].kind in _CONTINUED


def speaks(text: str) -> bool:
    """Whether there are words to translate, once code, formulas and addresses are left out.

    >>> speaks("`rfm` | $x^2$"), speaks("Who buys?")
    (False, True)
    """
    return bool(re.search(r"[^\W\d_]{2}", _NO_WORDS.sub("", KEPT.sub("", text))))


def translated(markdown: str, words: Mapping[str, str]) -> str:
    """The text with every piece that `words` knows in the other language.

    >>> translated("## Who buys?", {"Who buys?": "谁在买？"})
    '## 谁在买？'
    """
    return "".join(words.get(piece.text, piece.text) if piece.kind else piece.text for piece in pieces(markdown))
