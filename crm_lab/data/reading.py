"""A shop's export opened: from a file of unknown encoding and separator, or a DataFrame, to columns of raw cells."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import warnings
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data.cells import Problem

NEEDED = ("order_id", "date", "customer_id", "quantity", "price")
OPTIONAL = ("product",)

_SEPARATORS = (",", ";", "\t", "|")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DAMAGE = 0.1  # a file in which fewer of the accented letters are broken is UTF-8 with damage, not another encoding


def read_columns(source: Any, columns: Mapping[str, str]) -> tuple[pd.DataFrame, str, list[Problem]]:
    """The raw cells of `source` (a path or a DataFrame), its name for messages, and what was odd about the file.

    columns  {our name: name in the file}

    The frame keeps all columns of the source under their own names on a plain index.
    Raises InputError where the mapping or the source cannot be used.

    >>> frame, name, problems = read_columns(pd.DataFrame({"a": [1], "b": 2, "c": 3, "d": 4, "e": 5}),
    ...     {"order_id": "a", "date": "b", "customer_id": "c", "quantity": "d", "price": "e"})
    >>> name, list(frame), problems
    ('the DataFrame', ['a', 'b', 'c', 'd', 'e'], [])
    """
    wanted = _mapping(columns)
    problems: list[Problem] = []
    if isinstance(source, pd.DataFrame):
        frame, name = source.reset_index(drop=True), _("the DataFrame")
    elif isinstance(source, str | os.PathLike) and not isinstance(source, bytes):
        path = Path(source)
        name = path.name
        frame, problems = _parsed(_content(path), name, wanted)
    else:
        raise InputError(
            _("read_shop needs the path of a CSV file or a DataFrame, not {type}.").format(type=type(source).__name__)
        )
    _look_for(wanted, list(frame.columns), name)
    if frame.empty:
        raise InputError(_("{name} has column names but no lines. Export it again with its orders.").format(name=name))
    return frame, name, problems


def _mapping(columns: Any) -> list[str]:
    """The names in the file; InputError unless each of ours is mapped to one of its own."""
    example = "{'order_id': 'InvoiceNo', 'date': 'InvoiceDate', ...}"
    if not isinstance(columns, Mapping):
        raise InputError(
            _("columns must say which column of the file is which, as in {example}.").format(example=example)
        )
    unknown = [key for key in columns if key not in NEEDED + OPTIONAL]
    if unknown:
        raise InputError(
            _("columns has the unknown name {key!r}.{hint} Before each colon stands one of: {ours}.").format(
                key=unknown[0], hint=_nearest(unknown[0], NEEDED + OPTIONAL), ours=", ".join(NEEDED + OPTIONAL)
            )
        )
    lacking = [key for key in NEEDED if key not in columns]
    if lacking:
        raise InputError(
            _("columns does not say which column of the file holds {lacking}.").format(lacking=", ".join(lacking))
        )
    theirs = list(columns.values())
    for name in theirs:
        if not isinstance(name, str) or theirs.count(name) > 1:
            raise InputError(
                _("columns maps to {name!r}; each of ours needs one column of its own, by its name.").format(name=name)
            )
    return theirs


def _nearest(name: Any, names: Any) -> str:
    lower = {str(known).lower(): str(known) for known in names}
    close = get_close_matches(str(name).strip().lower(), lower, n=1)
    return " " + _("Did you mean {close!r}?").format(close=lower[close[0]]) if close else ""


def _look_for(wanted: list[str], there: list[Any], name: str) -> None:
    """InputError unless each wanted column stands in the file exactly once."""
    for column in wanted:
        if there.count(column) == 0:
            raise InputError(
                _("{name} has no column {column!r}.{hint} Its columns are: {there}.").format(
                    name=name, column=column, hint=_nearest(column, there), there=", ".join(map(str, there))
                )
            )
        if there.count(column) > 1:
            raise InputError(
                _("{name} has more than one column {column!r}. Give each its own name.").format(
                    name=name, column=column
                )
            )


def _content(path: Path) -> bytes:
    """The bytes of a text file; InputError naming the file and the remedy where there are none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        near = _nearest(path.name, _neighbours(path.parent))
        raise InputError(_("There is no file {path}.{hint}").format(path=path, hint=near)) from error
    except IsADirectoryError as error:
        raise InputError(_("{path} is a folder. Give the path of the CSV file in it.").format(path=path)) from error
    except (OSError, ValueError) as error:
        raise InputError(_("{path} cannot be opened: {error}.").format(path=path, error=error)) from error
    if data.startswith(_WORKBOOKS):
        raise InputError(
            _("{name} is a spreadsheet or an archive. Open it and save the sheet as a CSV file.").format(name=path.name)
        )
    return data


def _neighbours(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []


def guess_encoding(data: bytes) -> str:
    """The encoding of a text: UTF-8 or UTF-16, else GB18030 (Chinese) or Windows-1252 (western European).

    Chinese letters are pairs of high bytes; accented ones stand alone between plain letters.

    >>> [guess_encoding("café 杯子".encode(code)) for code in ("utf-8", "utf-8-sig", "gb18030")]
    ['utf-8', 'utf-8-sig', 'gb18030']
    >>> guess_encoding("crème brûlée".encode("cp1252"))
    'cp1252'
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    if data.isascii():
        return "utf-8"
    text = data.decode("utf-8", errors="replace")
    broken, special = text.count("\ufffd"), len(re.findall(r"[^\x00-\x7f]", text))
    if broken <= _DAMAGE * special:
        return "utf-8"
    runs = re.findall(rb"[\x81-\xfe]+", data)
    paired = sum(len(run) % 2 == 0 for run in runs)
    return "gb18030" if paired > 0.7 * len(runs) and _decodes(data, "gb18030") else "cp1252"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _header(line: str, separator: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]


def _separator(line: str, wanted: list[str]) -> str:
    """The separator with which the first line holds most of the wanted names, or else most names."""

    def fit(separator: str) -> tuple[int, int]:
        names = _header(line, separator)
        return len(set(names) & set(wanted)), len(names)

    return max(_SEPARATORS, key=fit)


def _parsed(data: bytes, name: str, wanted: list[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """The cells of a CSV file as texts, and what was odd: its encoding, or lines with too many cells."""
    encoding = guess_encoding(data)
    text = data.decode(encoding, errors="replace").lstrip()
    if not text:
        raise InputError(_("{name} is empty. Export it again.").format(name=name))
    if "\0" in text:
        raise InputError(_("{name} is not a text file. Save your orders as a CSV file.").format(name=name))
    text = re.sub(r"\Asep=.\s+", "", text)  # a spreadsheet's own first line
    separator = _separator(text.partition("\n")[0].rstrip("\r"), wanted)
    frame, skipped = _table(text, separator, name)
    frame.columns = [str(column).strip() for column in frame.columns]
    broken = text.count("\ufffd")
    found = [
        (
            encoding not in ("utf-8", "utf-8-sig"),
            _("The file is not UTF-8"),
            len(frame),
            _("read as {encoding}").format(encoding=encoding),
        ),
        (broken, _("Letters that cannot be read"), broken, _("shown as \ufffd")),
        (skipped, _("Lines with more cells than column names"), skipped, _("left out, in no table")),
    ]
    return frame, [Problem(what, rows, action) for is_so, what, rows, action in found if is_so]


def _table(text: str, separator: str, name: str) -> tuple[pd.DataFrame, int]:
    """The cells as texts, and how many lines had too many of them."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            frame = pd.read_csv(
                io.BytesIO(text.encode()),
                sep=separator,
                dtype=str,
                na_filter=False,
                index_col=False,
                on_bad_lines="warn",
            )
        except (ValueError, pd.errors.ParserError) as error:  # such as a quotation mark that is never closed
            reason = str(error).rpartition("C error: ")[2].strip().rstrip(".")
            raise InputError(
                _("{name} cannot be read as a table: {reason}. Open it and mend that place.").format(
                    name=name, reason=reason
                )
            ) from error
    return frame, sum(str(warning.message).count("Skipping line") for warning in caught)
