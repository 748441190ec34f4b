"""What `read_shop` is given, opened: text files, workbooks and DataFrames, one or several of them."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data._shop._account import Problem, shown
from crm_lab.data._shop._encoding import read_text
from crm_lab.data._shop._header import check_header, find_header, fit, names_of
from crm_lab.data._shop._table import Sheet, cut

MOST_BYTES = 1_000_000_000

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OTHER = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"RIFF": "WebP",
    b"{\\rtf": "RTF",
    b"PAR1": "Parquet",
    b"SQLite format": "SQLite",
}


def opened(source: Any, wanted: Collection[str], header: int | bool | None, encoding: str | None) -> list[Sheet]:
    """The tables in one source or in several, which must be of one kind.

    wanted  the names of columns that must be in them, if they are known
    Raises InputError, naming the file and the remedy, for what holds no table.
    """
    check_header(header)
    several = list(source) if isinstance(source, list | tuple) and source else [source]
    sheets = [sheet for one in several for sheet in _one(one, wanted, header, encoding)]
    for sheet in sheets:
        if sheet.cells.empty:
            raise InputError(
                _("{name} has column names but no lines. Export it again with its orders.").format(name=sheet.name)
            )
    return sheets


def _one(source: Any, wanted: Collection[str], header: int | bool | None, encoding: str | None) -> list[Sheet]:
    if isinstance(source, pd.DataFrame):
        return [Sheet(_("the DataFrame"), source.reset_index(drop=True))]
    if not isinstance(source, str | os.PathLike) or isinstance(source, bytes):
        raise InputError(
            _("read_shop needs the path of a CSV file or a DataFrame, or a list of them, not {type}.").format(
                type=type(source).__name__
            )
        )
    path = Path(source)
    if _content(path, 4) in _WORKBOOKS:
        return _workbook(_content(path), path.name, wanted, header)
    return [_text(path, wanted, header, encoding)]


def _content(path: Path, most: int = -1) -> bytes:
    """The bytes of a file, or the first of them; InputError naming the file and the remedy where there are none."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                _(
                    "{name} has {size:,.1f} GB, more than fits into memory here. Export one year at "
                    "a time, or only the "
                    "columns of orders, and give the files as a list."
                ).format(name=path.name, size=size / 1e9)
            )
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError as error:
        near = nearest(path.name, os.listdir(path.parent) if path.parent.is_dir() else [])
        raise InputError(_("There is no file {path}.{hint}").format(path=path, hint=near)) from error
    except IsADirectoryError as error:
        raise InputError(_("{path} is a folder. Give the path of the CSV file in it.").format(path=path)) from error
    except InputError:
        raise
    except (OSError, ValueError) as error:
        raise InputError(_("{path} cannot be opened: {error}.").format(path=path, error=error)) from error


def nearest(name: Any, names: Any) -> str:
    """The sentence that asks whether another name was meant; empty if none is near."""
    lower = {str(known).lower(): str(known) for known in names}
    close = get_close_matches(str(name).strip().lower(), lower, n=1)
    return " " + _("Did you mean {close!r}?").format(close=lower[close[0]]) if close else ""


def _text(path: Path, wanted: Collection[str], header: int | bool | None, encoding: str | None) -> Sheet:
    name, start = path.name, _content(path, 16)
    kind = next((what for mark, what in _OTHER.items() if start.startswith(mark)), "")
    if kind:
        raise InputError(
            _("{name} is not a text file but {kind}. Export your orders as a CSV file.").format(name=name, kind=kind)
        )
    text, code = read_text(_content(path), name, encoding, wanted)  # nothing else keeps the bytes
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise InputError(_("{name} is empty. Export it again.").format(name=name))
    if "\0" in text:
        raise InputError(_("{name} is not a text file. Save your orders as a CSV file.").format(name=name))
    if re.match(r"\s*(<!doctype|<html|<table|<\?xml|<meta)", text[:200], re.IGNORECASE):
        raise InputError(
            _("{name} is a web page, not a table. Open it in a spreadsheet and save it as .xlsx.").format(name=name)
        )
    if re.match(r"\s*[\[{]\s*[{\"]", text[:200]):
        raise InputError(
            _("{name} is JSON, not a table. Export it as CSV, or give pandas.read_json of it.").format(name=name)
        )
    broken = text.count("\ufffd")
    sheet = cut(text, name, wanted, header)
    found = [
        (code not in ("utf-8", "utf-8-sig"), _("The file is not UTF-8"), len(sheet.cells), _("read as {encoding}")),
        (broken, _("Letters that cannot be read"), broken, _("shown as \ufffd")),
    ]
    sheet.notes[:0] = [
        Problem(what, rows, action.format(encoding=code)) for is_so, what, rows, action in found if is_so
    ]
    return sheet


def _workbook(data: bytes, name: str, wanted: Collection[str], header: int | bool | None) -> list[Sheet]:
    """The sheets of a workbook that hold orders: the one that fits the wanted names best, and all like it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data:
        raise _protected(name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names}
    except PasswordError as error:
        raise _protected(name) from error
    except (CalamineError, ValueError, OSError) as error:
        raise InputError(
            _(
                "{name} is an archive, or a spreadsheet that cannot be read. Open it and save the sheet as a CSV file."
            ).format(name=name)
        ) from error
    sheets = {title: _sheet(cells, f"{name} [{title}]", wanted, header) for title, cells in rows.items() if cells}
    if not sheets:
        raise InputError(_("{name} is empty. Export it again.").format(name=name))
    best = max(sheets, key=lambda title: fit(list(sheets[title].cells), wanted))
    same = [title for title in sheets if list(sheets[title].cells) == list(sheets[best].cells)]
    if len(sheets) == 1:
        sheets[best].name = name
    others = [title for title in sheets if title not in same]
    if others:
        told = _("not read, for they hold other columns: {sheets}").format(sheets=", ".join(map(shown, others)))
        sheets[best].notes.append(Problem(_("Other sheets in the workbook"), len(others), told))
    return [sheets[title] for title in same]


def _protected(name: str) -> InputError:
    return InputError(
        _("{name} is protected by a password. Open it, save it without the password, and read that file.").format(
            name=name
        )
    )


def _sheet(rows: Sequence[Sequence[Any]], name: str, wanted: Collection[str], header: int | bool | None) -> Sheet:
    width = max(map(len, rows))
    place = -1 if header is False else header - 1 if header else find_header(rows, wanted)
    if place >= len(rows):
        raise InputError(
            _(
                "{name} has no line {line} that could hold the column names. Look at the file and give another header."
            ).format(name=name, line=header)
        )
    names = names_of(rows[place]) if place >= 0 else [str(n) for n in range(1, width + 1)]
    cells = pd.DataFrame([list(row) for row in rows[place + 1 :]], columns=range(width), dtype=object)
    cells = cells.set_axis(names, axis=1)
    filled = (cells != "").any()
    keep = [bool(filled.iloc[n]) or not names[n].startswith("(") for n in range(width)]
    cells = cells.loc[(cells != "").any(axis=1), keep]
    return Sheet(name, cells, unnamed=place < 0 and header is not False)
