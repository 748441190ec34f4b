"""Cells as tidy texts. Each distinct text is looked at once, so a million lines cost no more than what differs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

MISSING = {"", "nan", "none", "null", "nat", "n/a", "#n/a", "<na>", "-", "--", "#null!", "(null)", "(blank)", "\\n"}
_BLANKS = " \t\r\n\f\v\u00a0\u200b\u200e\u200f\u3000\ufeff"
DIGITS = {chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966, 0xE50) for n in range(10)}  # as Arabs, Thais write
_DIGIT = re.compile(r"[\d@]")
_GUARD = re.compile(r'^=\s*"(.*)"$', re.DOTALL)


@cache
def words(file: str = "words") -> dict[str, Any]:
    """The words of order files, from words.toml; or the known exports, from exports.toml."""
    return tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text("utf-8"))


def plain(name: object) -> str:
    """A name or word with which others are compared: without capitals, doubled blanks, - and _.

    >>> plain(" Order_ID "), plain("order-id"), plain("订单编号：")
    ('order id', 'order id', '订单编号')
    """
    text = clean(name) or ""
    return " ".join(re.sub(r"[\s_\-]+", " ", text.casefold().replace("i\u0307", "i")).strip(" :：*").split())


def clean(value: object) -> str | None:
    """A cell's text without blanks at its ends and without what guards it against a spreadsheet; None if it is empty.

    >>> clean(' A7\\t'), clean('="0012"'), clean("'0012"), clean(12583.0), clean("n/a")
    ('A7', '0012', '0012', '12583', None)
    """
    text = (value if type(value) is str else str(value)).strip(_BLANKS)
    if text[:1] in ("=", "'"):
        if guarded := _GUARD.match(text):
            text = guarded[1].strip(_BLANKS)
        if text.startswith("'") and len(text) > 1:
            text = text[1:].strip(_BLANKS)
    if len(text) < 8 and text.casefold() in MISSING:
        return None
    if text[-2:] in (".0", "00"):  # a spreadsheet makes 12583.0 of customer 12583
        whole, dot, zeros = text.rpartition(".")
        if dot and not zeros.strip("0") and whole.isdigit() and len(zeros) < 3:
            return whole
    return text


def called(names: Iterable[str], known: Container[str], longest: int = 24) -> list[str]:
    """Those of some names that are among known words, in any spelling; long ones and those with digits are none.

    >>> called(["Total:", "A100", "ann@example.com"], {"total"})
    ['Total:']
    """
    plainly = np.asarray(names, dtype=object) if isinstance(names, pd.Index) else names  # several times faster
    short = (name for name in plainly if len(name) <= longest and not _DIGIT.search(name))
    return [name for name in short if plain(name) in known]


def distinct(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """The place of each cell in a list of distinct texts (-1: empty), and that list.

    >>> codes, texts = distinct(pd.Series([12583.0, None, " 12583", "A7"], dtype=object))
    >>> codes.tolist(), texts
    ([0, -1, 0, 1], ['12583', 'A7'])
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        places, values = column.cat.codes.to_numpy(), column.cat.categories
    else:
        try:
            places, values = pd.factorize(column)
        except TypeError:  # lists and other things that have no hash
            places, values = pd.factorize(column.map(str))
    again, texts = pd.factorize(np.array([*map(clean, np.asarray(values, dtype=object)), None], dtype=object))
    return again[places], list(texts)


def category(column: pd.Series) -> pd.Categorical:
    """The cells of a column of names or numbers of things as tidy texts; missing where there is none.

    >>> list(category(pd.Series(["C1 ", "n/a", "C1"])))
    ['C1', nan, 'C1']
    """
    codes, texts = distinct(column)
    return pd.Categorical.from_codes(codes, pd.Index(texts, dtype="str"))
