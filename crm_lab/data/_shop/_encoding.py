"""The encoding of a text file: by its mark, by what its bytes allow, and by which reading makes words."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import cache

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data._shop._texts import plain, words

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DAMAGE = 0.1  # a file in which fewer of the accented letters are broken is UTF-8 with damage, not another encoding
_SAMPLE = 200_000  # bytes looked at
_EAST = ("gb18030", "big5", "cp932", "euc_jp", "euc_kr")
_RARE = ("mac_roman", "iso8859_15", "cp850", "cp866")  # told by known names only
_WEST = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257")
# Letters of running text in each of the single-byte encodings; a wrong one makes signs and capitals inside of words.
_LETTERS = {
    "cp1252": "äöüßéèêëàâáåãæçíìîïñóòôõœúùûÿýøÄÖÜÉÈÀÁÅÇÑÓØÆ€£°–’“”„«»§",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžőűöüäĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰâăîșțşţđ€–’„”",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇ№€–«»",
    "cp1253": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ€–’",
    "cp1254": "çğıöşüÇĞİÖŞÜâîû€–’",
    "cp1257": "āčēģīķļņšūžąęėįųõäöüĀČĒĢĪĶĻŅŠŪŽĄĘĖĮŲ€–„”",
}


def guess_encoding(data: bytes, names: Iterable[str] = ()) -> str:
    """The encoding of a text.

    data   its bytes
    names  column names that must stand in it, if they are known: an encoding that shows them is the right one

    Rule: a byte order mark decides; then zero bytes at every other place (UTF-16); then UTF-8, even with a few broken
    letters; then the encoding in which the known names stand; then, of those that decode, the one that makes words: for
    Chinese, Japanese and Korean the one with most everyday characters, otherwise the one with most letters of a
    language that is written in it. Among equals the more widespread comes first.

    >>> [guess_encoding("café 杯子".encode(code)) for code in ("utf-8", "utf-8-sig", "gb18030")]
    ['utf-8', 'utf-8-sig', 'gb18030']
    >>> [guess_encoding(text.encode(code)) for text, code in (("crème brûlée", "cp1252"), ("Заказ", "cp1251"))]
    ['cp1252', 'cp1251']
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    if wide := _wide(data[:_SAMPLE]):
        return wide
    if data.isascii():
        return "utf-8"
    text = data.decode("utf-8", errors="replace")
    broken, special = text.count("\ufffd"), len(re.findall(r"[^\x00-\x7f]", text))
    if broken <= _DAMAGE * special:
        return "utf-8"
    return _by_names(data, names) or _by_words(data[:_SAMPLE])


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: most of its bytes in one of the two places are zero."""
    if len(data) < 4:
        return ""
    even, odd = (data[place::2].count(0) / len(data[place::2]) for place in (0, 1))
    return "utf-16-le" if odd > 0.4 and even < 0.1 else "utf-16-be" if even > 0.4 and odd < 0.1 else ""


def decoded(data: bytes, encoding: str) -> str | None:
    """The text, or None if it is not written so."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # a sample may end in the middle of a character
        return data[: error.start].decode(encoding) if len(data) - error.start < 4 and error.start else None


def _by_names(data: bytes, names: Iterable[str]) -> str:
    special = [name for name in names if not name.isascii()]
    if not special:
        return ""
    fits = [code for code in (*_EAST, *_WEST) if all(_stands(data, name, code) for name in special)]
    fits = fits or [code for code in _RARE if all(_stands(data, name, code) for name in special)][:1]
    return fits[0] if len(fits) == 1 or (fits and fits[0] in _EAST) else _best(data[:_SAMPLE], fits) if fits else ""


def _stands(data: bytes, name: str, encoding: str) -> bool:
    try:
        return name.encode(encoding) in data
    except UnicodeEncodeError:
        return False


def _by_words(data: bytes) -> str:
    """The encoding that makes words, compared by how many of the special characters are at home in it."""
    fits = {code: text for code in (*_EAST, *_WEST) if (text := decoded(data, code)) is not None or code in _WEST}
    known = {code: _column_words(text or "") for code, text in fits.items()}
    if max(known.values()):
        fits = {code: fits[code] for code in fits if known[code] == max(known.values())}
    east = {code: _eastern(text or "") for code, text in fits.items() if code in _EAST}
    west = {code: _western(data, code) for code in fits if code in _WEST}
    best_east, best_west = (max(scores, key=lambda code: scores[code], default="") for scores in (east, west))
    high = re.findall(rb"[\x80-\xff]+", data)
    pairs = sum(len(run) % 2 == 0 for run in high) > 0.7 * len(high)
    if best_east and (not west or east[best_east] > (0.6 if pairs else 1.2) or west[best_west] < 0.6):
        return best_east
    return best_west


def _column_words(text: str) -> int:
    """How many cells of the first lines are known names of columns that are not plain ASCII."""
    cells = re.split(r'[,;\t|\n"]+', text[:3_000])
    return sum(not cell.isascii() and plain(cell) in _names() for cell in cells)


@cache
def _names() -> frozenset[str]:
    return frozenset(word for names in words()["columns"].values() for word in names)


def _best(data: bytes, codes: list[str]) -> str:
    return max(codes, key=lambda code: _western(data, code) if code in _LETTERS else 1.0)


def _western(data: bytes, encoding: str) -> float:
    """The share of special characters that are letters of running text in a language written so, inside of words.

    Accented letters stand alone between plain ones, Greek and Cyrillic ones among their like.
    """
    text = data.decode(encoding, errors="replace")
    special = re.findall(r"[^\x00-\x7f]", text)
    good = sum(char in _LETTERS[encoding] for char in special)
    odd = len(re.findall(r"[a-zà-ÿа-яα-ω][A-ZÀ-ÞА-ЯΑ-Ω]", text))  # a capital inside of a word
    beside = len(re.findall(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]", text))
    strange = beside if encoding in ("cp1251", "cp1253") else 0
    if encoding not in ("cp1251", "cp1253") and beside < 0.05 * len(special):
        strange = sum(len(run) for run in re.findall(r"[^\W\d_a-zA-Z]{3,}", text))
    return (good - 0.5 * odd - strange) / max(len(special), 1)


@cache
def _everyday() -> frozenset[str]:
    """The characters of the words that order files use."""
    known: set[str] = set()
    for table in words().values():
        for entry in table.values():
            known.update("".join(entry))
    for export in words("exports")["export"]:
        known.update(str(export["columns"].values()))
    return frozenset(char for char in known if ord(char) > 0x7F)


def _eastern(text: str) -> float:
    """The share of special characters that are common in Chinese, Japanese or Korean writing, known words twice."""
    special = [char for char in text if ord(char) > 0x7F]
    if not special:
        return 0.0
    common = sum(_common(char) for char in special)
    known = sum(char in _everyday() for char in special)
    return (common + known) / len(special)


def _common(char: str) -> float:
    """1 for kana, hangul, full-width forms and the hanzi of everyday use, a half for rarer hanzi, less for the rest."""
    if "\u3041" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3" or "\u3001" <= char <= "\u3011":
        return 1.0
    if "\uff61" <= char <= "\uff9f":  # half-width kana: what other encodings look like when read as Japanese
        return -0.5
    if "\uff01" <= char <= "\uff60":
        return 0.8
    if not "\u4e00" <= char <= "\u9fff":
        return -0.5
    return 1.0 if _first_level(char) else 0.3


@cache
def _first_level(char: str) -> bool:
    """Whether a hanzi is among the everyday ones of the Chinese or the Japanese standard or of Big5."""
    for code, low, high in (("gb2312", 0xB0A1, 0xD7F9), ("big5", 0xA440, 0xC67E), ("cp932", 0x889F, 0x9872)):
        try:
            if low <= int.from_bytes(char.encode(code), "big") <= high:
                return True
        except UnicodeEncodeError:
            continue
    return False


def read_text(data: bytes, name: str, encoding: str | None, names: Iterable[str]) -> tuple[str, str]:
    """The text of a file and its encoding: the one asked for, or the guessed one.

    Raises InputError for an encoding that Python does not know.
    """
    code = encoding or guess_encoding(data, names)
    try:
        return data.decode(code, errors="replace"), code
    except (LookupError, TypeError) as error:
        raise InputError(
            _(
                "encoding is {encoding!r}, which {name} cannot be read with. Use one such as 'utf-8' or 'gb18030'."
            ).format(encoding=encoding, name=name)
        ) from error
