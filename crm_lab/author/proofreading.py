"""What a translation would break: code and formulas it changes, cells of a table, bold that would show as asterisks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from crm_lab.base.prose import KEPT


def faults(source: str, translation: str) -> Iterator[str]:
    """What a translation breaks: code, formulas or placeholders it changes, cells of a table, bold that would not show.

    >>> list(faults("Open `labs/04a` now.", "现在打开 `labs/04`。"))
    ['it must keep `labs/04a`']
    >>> list(faults("**Why?** Ask.", "**为什么？**问一问。"))
    ['the asterisks before 问一问。 would show: leave punctuation outside them, or put a space after them']
    """
    lost = Counter(KEPT.findall(source)) - Counter(KEPT.findall(translation))
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
    text = KEPT.sub(lambda match: "x" * len(match[0]), markdown)
    marks = list(re.finditer(r"(?<![\\*])\*{1,2}(?!\*)(?! )|(?<=\S)(?<![\\*])\*{1,2}(?!\*)", text))
    for number, mark in enumerate(marks):
        outside, inside = (mark.start() - 1, mark.end()) if number % 2 == 0 else (mark.end(), mark.start() - 1)
        if _is(text, inside, "PS") and _is(text, outside, "LN"):
            place = markdown[mark.end() :][:8]
            yield f"the asterisks before {place} would show: leave punctuation outside them, or put a space after them"


def _is(text: str, place: int, categories: str) -> bool:
    """Whether a character is of one of the Unicode categories: P and S are punctuation, L and N letters and digits."""
    return 0 <= place < len(text) and unicodedata.category(text[place])[0] in categories
