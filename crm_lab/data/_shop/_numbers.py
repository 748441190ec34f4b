"""Numbers as shops write them: the decimal mark decided from the whole file, currencies and units set apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lab.base.errors import one_of
from crm_lab.data._shop._currency import meant
from crm_lab.data._shop._texts import DIGITS, distinct, words

_LARGEST = 1e12
_SIDE = re.compile(r"^([^\d.,+\-(]*[^\W\d_]\.|[^\d.,+\-(]*)(.*?)([^\d.,)\-]*[^\W\d_]\.|[^\d.,)\-]*)$", re.DOTALL)
_BARE = re.compile(r"[+-]?\d*[.,]?\d+", re.ASCII)

# Texts that prove which mark is the decimal one. A group of three digits after a single mark proves nothing, unless
# more than three digits stand before it, or a lone 0.
_COMMA = r",(?:\d{1,2}|\d{4,})$|\.\d{3},|^[+-]?(?:0|\d{4,}),\d+$|^[+-]?\d{1,3}(?:\.\d{3}){2,}$|^[+-]?,\d+$"
_POINT = r"\.(?:\d{1,2}|\d{4,})$|,\d{3}\.|^[+-]?(?:0|\d{4,})\.\d+$|^[+-]?\d{1,3}(?:,\d{3}){2,}$|^[+-]?\.\d+$"
_EITHER = r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$"


@dataclass
class Numbers:
    """A column of numbers: its values (NaN where there is none), the sign of each cell's currency or its unit, and
    how it was read: with which mark, whether that was proved in the column, and where the other mark stood."""

    values: np.ndarray
    signs: np.ndarray
    mark: str
    proved: bool
    general: bool  # whether other columns of the file prove the mark
    marked: np.ndarray  # cells with a point or comma
    unsure: np.ndarray  # cells that have another value with the other mark
    contrary: np.ndarray  # cells that can only be read with the other mark
    percent: np.ndarray


@dataclass
class _Texts:
    codes: np.ndarray
    bare: pd.Series
    signs: list[str]
    comma: np.ndarray
    point: np.ndarray
    either: np.ndarray
    percent: np.ndarray


def read_numbers(
    columns: Mapping[str, pd.Series], decimal: str | None = None, semicolons: bool = False
) -> dict[str, Numbers]:
    """Columns of quantities and money as numbers.

    columns     {our name: its cells}; only in "quantity" may a unit stand, such as kg
    decimal     the decimal mark, "." or ",", if it is known
    semicolons  whether semicolons separate the cells of the file, as where a comma is the decimal mark

    Rule: cells such as 12,50 or 1.234,50 prove a decimal comma, 12.50 or 1,234.50 a point. A column with a proof is
    read by it, a column without one as most proofs of the file say; without any, semicolons speak for the comma, and
    else the point is taken. So 2.000 is two thousand where 12,50 stands beside it.

    >>> numbers = read_numbers({"quantity": pd.Series(["2,000"]), "price": pd.Series(["1.250,00", "€ 0,35"])})
    >>> numbers["quantity"].values.tolist(), numbers["price"].values.tolist()
    ([2.0], [1250.0, 0.35])
    """
    if decimal is not None:
        one_of("decimal", decimal, [".", ","])
    typed = {role: _typed_cells(column) for role, column in columns.items() if column.dtype == object}
    texts = {
        role: _texts(column.where(~typed[role]) if role in typed else column, role == "quantity")
        for role, column in columns.items()
        if not _typed(column)
    }
    comma, point = (sum(int(getattr(text, kind).sum()) for text in texts.values()) for kind in ("comma", "point"))
    general = decimal or ("," if comma > point or (comma == point == 0 and semicolons) else ".")
    read = {role: _numbers(text, general, decimal, comma != point) for role, text in texts.items()}
    for role, mask in typed.items():  # a number of a workbook is what it is, whatever mark other cells have
        read[role].values[mask.to_numpy()] = _possible(columns[role][mask].to_numpy(float))
    return {role: read[role] if role in read else _plain_numbers(columns[role]) for role in columns}


def _typed(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _typed_cells(column: pd.Series) -> pd.Series:
    """Which cells are numbers rather than texts."""
    return column.map(lambda cell: isinstance(cell, int | float | np.number) and not isinstance(cell, bool)).astype(
        bool
    )


def _plain_numbers(column: pd.Series) -> Numbers:
    values = column.to_numpy(float, na_value=np.nan)
    no = np.zeros(len(values), dtype=bool)
    signs = np.full(len(values), "", dtype=object)
    return Numbers(_possible(values), signs, ".", True, True, no, no, no, no)


def _possible(values: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(values) < _LARGEST, values, np.nan)  # also drops infinity


def _texts(column: pd.Series, units: bool) -> _Texts:
    codes, texts = distinct(column)
    pairs = [(text, "") if _BARE.fullmatch(text) else _bare(text, units) for text in [*texts, ""]]
    plain, signs = pd.Series([text for text, __ in pairs], dtype="str"), [sign for __, sign in pairs]
    percent = np.array([sign == "%" for sign in signs])
    comma, point, either = (plain.str.contains(shape).to_numpy(bool) for shape in (_COMMA, _POINT, _EITHER))
    return _Texts(codes, plain, signs, comma, point, either, percent)


def _bare(text: str, units: bool) -> tuple[str, str]:
    """A number without what stands around it, its minus in front; and the currency's sign or the unit.

    >>> _bare("AU $3,000.00", False), _bare("(1 234,50 €)", False), _bare("0,750 kg", True), _bare("free", False)
    (('3,000.00', 'AU $'), ('-1234,50', '€'), ('0,750', 'kg'), ('', ''))
    """
    text = re.sub(r"(?<=\d)[.,]-+(?=\D*$)", "", text.translate(_FORMS))  # 5,- is a price without cents
    minus = bool(re.match(r"^\(.*\)$", text)) or text.endswith("-")
    text = text.strip("() ").rstrip("- ")
    if re.match(r"^[^\d]*-", text):
        minus, text = True, text.replace("-", "", 1)
    match = _SIDE.match(text.lstrip("+"))
    if match is None:
        return "", ""
    before, number, after = (part.strip() for part in match.groups())
    number = re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", number)
    if number.endswith((".", ",")) and not after:
        number = number[:-1]
    for sign in (before, after):
        if sign and not (sign == "%" or meant(sign) or (units and sign.casefold() in words()["units"]["words"])):
            return "", ""
    if (before and after and meant(before)[:1] != meant(after)[:1]) or not re.search(r"\d", number):
        return "", ""
    return ("-" if minus else "") + number, before or after


_FORMS = str.maketrans(
    {
        **{chr(0xFF01 + n): chr(0x21 + n) for n in range(94)},  # full-width forms
        **dict.fromkeys("\u2212\u2013\u2012\u2010\ufe63", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000\t", " "),
        **DIGITS,
        "٫": ".",
        "٬": ",",
        "￥": "¥",
        "￡": "£",
    }
)


def _numbers(text: _Texts, general: str, decimal: str | None, known: bool) -> Numbers:
    comma, point = int(text.comma.sum()), int(text.point.sum())
    proved = comma != point
    mark = decimal or (("," if comma > point else ".") if proved else general)
    other = "," if mark == "." else "."
    values, odd = _with_mark(text.bare, mark), _with_mark(text.bare, other)
    contrary = np.isnan(values) & ~np.isnan(odd)
    read = _possible(np.where(contrary, odd, values))
    unsure = text.either & ~contrary & (read != odd)
    return Numbers(
        read[text.codes],
        np.array(text.signs, dtype=object)[text.codes],
        mark,
        proved or decimal is not None,
        known,
        text.bare.str.contains("[.,]").to_numpy(bool)[text.codes],
        unsure[text.codes],
        contrary[text.codes],
        text.percent[text.codes],
    )


def _with_mark(texts: pd.Series, mark: str) -> np.ndarray:
    """Numbers whose decimal mark is `mark`; NaN for every text that is not one."""
    group = "," if mark == "." else "."
    shape = rf"[+-]?(?:\d+|\d{{1,3}}(?:\{group}\d{{2,3}})*\{group}\d{{3}})?(?:\{mark}\d*)?(?:[eE][+-]?\d+)?"
    fits = texts.str.fullmatch(shape)
    bare = texts.where(fits).str.replace(group, "", regex=False).str.replace(mark, ".", regex=False)
    return pd.to_numeric(bare, errors="coerce").to_numpy(float)
