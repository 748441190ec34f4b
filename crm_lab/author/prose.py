"""The prose of a notebook in pieces a translator can work on: headings, paragraphs, list items, rows of a table."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
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
_KEPT = re.compile(r"`+[^`]+`+|\$[^$]+\$|https?://\S+|(?<=\])\([^)\s]+\)")  # code, formulas, where a link leads
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
    return bool(re.search(r"[^\W\d_]{2}", _NO_WORDS.sub("", _KEPT.sub("", text))))


def translated(markdown: str, words: Mapping[str, str]) -> str:
    """The text with every piece that `words` knows in the other language.

    >>> translated("## Who buys?", {"Who buys?": "谁在买？"})
    '## 谁在买？'
    """
    return "".join(words.get(piece.text, piece.text) if piece.kind else piece.text for piece in pieces(markdown))


def faults(source: str, translation: str) -> Iterator[str]:
    """What a translation breaks: code, formulas or placeholders it changes, cells of a table, bold that would not show.

    >>> list(faults("Open `labs/04a` now.", "现在打开 `labs/04`。"))
    ['it must keep `labs/04a`']
    >>> list(faults("**Why?** Ask.", "**为什么？**问一问。"))
    ['the asterisks before 问一问。 would show: leave punctuation outside them, or put a space after them']
    """
    lost = Counter(_KEPT.findall(source)) - Counter(_KEPT.findall(translation))
    yield from (f"it must keep {text}" for text in lost)
    if source.count("|") != translation.count("|"):
        yield "a row must keep its number of cells"
    yield from bold_faults(translation)


def bold_faults(markdown: str) -> Iterator[str]:
    """Where asterisks for bold or italics would show: CommonMark wants a letter inside, or a gap outside.

    >>> list(bold_faults("**风险：** 无。"))
    []
    >>> [fault[:17] for fault in bold_faults("说**“好”**的人")]
    ['the asterisks bef', 'the asterisks bef']
    """
    text = _KEPT.sub(lambda match: "x" * len(match[0]), markdown)
    marks = list(re.finditer(r"(?<![\\*])\*{1,2}(?!\*)(?! )|(?<=\S)(?<![\\*])\*{1,2}(?!\*)", text))
    for number, mark in enumerate(marks):
        outside, inside = (mark.start() - 1, mark.end()) if number % 2 == 0 else (mark.end(), mark.start() - 1)
        if _is(text, inside, "PS") and _is(text, outside, "LN"):
            place = markdown[mark.end() :][:8]
            yield f"the asterisks before {place} would show: leave punctuation outside them, or put a space after them"


def _is(text: str, place: int, categories: str) -> bool:
    """Whether a character is of one of the Unicode categories: P and S are punctuation, L and N letters and digits."""
    return 0 <= place < len(text) and unicodedata.category(text[place])[0] in categories
