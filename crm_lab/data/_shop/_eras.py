"""Years that are not counted from year 1 of the common era: those of Thailand, of Taiwan and of Japan's emperors."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

_SAMPLE = 1_000  # dates looked at first: an era is that of a whole column
_NAMED = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
_LETTERS = {"R": 2018, "H": 1988, "S": 1925}
_NAME = re.compile(r"^(民國|民国|令和|平成|昭和)\s*(\d{1,3}|元)\s*年?")
_LETTER = re.compile(r"^([RHS])\s?(\d{1,2})(?=[./年]\s?\d{1,2}[./月]\s?\d{1,2})")
_TAIWAN = re.compile(r"^(\d{2,3})(?=[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}(?!\d))")
_THAI = re.compile(r"(?<!\d)(24[5-9]\d|25\d\d|26[0-4]\d)(?=[-/.\s]|$)")
_OURS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def in_our_years(texts: pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Dates with the years of the common era, and which of them were counted from another beginning.

    texts  the distinct dates of a column

    Rule: an era's name or letter says it; a year of three digits in front is one of Taiwan (113 is 2024); years such as
    2567 are those of Thailand (2024) where no date of the column has a year of our own.

    >>> dates, changed = in_our_years(pd.Series(["民國113年5月1日", "令和6年5月2日", "2024-05-03"]))
    >>> dates.tolist(), changed.tolist()
    (['2024年5月1日', '2024年5月2日', '2024-05-03'], [True, True, False])
    >>> in_our_years(pd.Series(["13/05/2567", "01/06/2567"]))[0].tolist()
    ['13/05/2024', '01/06/2024']
    """
    no = np.zeros(len(texts), dtype=bool)
    sample = [str(text) for text in texts.head(_SAMPLE)]
    if any(_THAI.search(text) for text in sample) and not any(_OURS.search(text) for text in texts):
        changed = texts.map(lambda text: _THAI.sub(lambda year: str(int(year[0]) - 543), text))
    elif any(_NAME.match(text) or _LETTER.match(text) or _of_taiwan(text) for text in sample):
        changed = texts.map(_named)
    else:
        return texts, no
    return changed.astype("str"), (changed != texts).to_numpy(bool)


def _of_taiwan(text: str) -> bool:
    year = _TAIWAN.match(text)
    return year is not None and len(year[1]) == 3


def _named(text: str) -> str:
    if found := _NAME.match(text):
        year = _NAMED[found[1]] + (1 if found[2] == "元" else int(found[2]))
        return f"{year}{'年' if found[0].endswith('年') else ''}{text[found.end() :]}"
    if found := _LETTER.match(text):
        return f"{_LETTERS[found[1]] + int(found[2])}{text[found.end() :]}"
    if _of_taiwan(text) and (found := _TAIWAN.match(text)):
        return f"{1911 + int(found[1])}{text[found.end() :]}"
    return text
