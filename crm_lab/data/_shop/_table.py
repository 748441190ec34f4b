"""A text file cut into cells: its separator, its line of names, and lines that are too long."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data._shop._account import Problem, shown
from crm_lab.data._shop._header import LOOKED_AT, find_header, fit, names_of
from crm_lab.data._shop._longlines import mend
from crm_lab.data._shop._texts import plain, words

SEPARATORS = (",", ";", "\t", "|")
_DATE = r"\d{1,4}[-/.年]\s?\w+[-/.月]"
_SAMPLE = 200_000  # letters in which the separator and the names are looked for


@dataclass
class Sheet:
    """The cells of one file or sheet under their column names; the index counts the lines below the names from 0."""

    name: str
    cells: pd.DataFrame
    notes: list[Problem] = field(default_factory=list)
    separator: str = ""
    unnamed: bool = False  # no line of names was found, though one was expected


@dataclass
class _Lines:
    """Lines of a text one by one, counting the letters that were given out."""

    text: str
    offset: int = 0

    def __iter__(self) -> Iterator[str]:
        for line in io.StringIO(self.text, newline=""):
            self.offset += len(line)
            yield line


def _first_rows(text: str, separator: str) -> tuple[list[list[str]], list[int], list[int]]:
    """The first lines cut into cells, where in the text each ends, and its number as an editor counts."""
    lines = _Lines(text[:_SAMPLE])
    reader = csv.reader(iter(lines), delimiter=separator)
    rows, ends, numbers = [], [], []
    try:
        for row in reader:
            rows.append(row)
            ends.append(lines.offset)
            numbers.append(reader.line_num)
            if len(rows) > LOOKED_AT:
                break
    except csv.Error:  # a cell too long, such as after a quotation mark that is never closed; told when all is read
        pass
    return rows, ends, numbers


def _separator(text: str, wanted: Collection[str]) -> str:
    """The separator that shows most wanted names in one line, else most known names, else most lines of a kind."""

    def rank(separator: str) -> tuple[int, int, int]:
        rows, __, __ = _first_rows(text, separator)
        best = max((fit(row, wanted) for row in rows), default=(0, 0))
        widths = [len(row) for row in rows if len(row) > 1]
        return *best, max((widths.count(width) * (width - 1) for width in set(widths)), default=0)

    return max(SEPARATORS, key=rank)


def cut(text: str, name: str, wanted: Collection[str], header: int | bool | None) -> Sheet:
    """The table in a text.

    name    the file's name, for sentences
    wanted  the column names that must be in it, if they are known
    header  the number of the line of names, False if there is none, None to look for it

    Raises InputError when it is no table.
    """
    text, separator = _told_separator(text)
    separator = separator or _separator(text, wanted)
    rows, ends, numbers = _first_rows(text, separator)
    if header is False:
        place, names = -1, [str(n) for n in range(1, max(map(len, rows)) + 1)]
    else:
        place = _line(header, numbers, name) if header else find_header(rows, wanted)
        names = names_of(rows[place]) if place >= 0 else [str(n) for n in range(1, max(map(len, rows)) + 1)]
    while len(names) > 1 and names[-1] == f"({len(names)})":
        names.pop()
    body = (text[ends[place] :] if place >= 0 else text).encode()
    widest = max(map(len, rows[place + 1 :]), default=0)
    cells = _parsed(body, separator, max(widest, len(names)), name)
    del body
    sheet = _named(cells, names, name)
    sheet.separator, sheet.unnamed = separator, place < 0 and header is not False
    above = sum(bool("".join(row).strip()) for row in rows[: max(place, 0)])
    if above:
        told = _("passed over; the first is {cell}").format(cell=shown(next(filter(None, map("".join, rows)))))
        sheet.notes.insert(0, Problem(_("Lines above the line of column names"), above, told))
    return sheet


def _told_separator(text: str) -> tuple[str, str]:
    """A text without the spreadsheet's own first line, such as sep=; and the separator that it names."""
    told = re.match(r"\s*\"?sep=(.)\"?\s*?\r?\n", text, re.IGNORECASE)
    return (text[told.end() :], told[1]) if told else (text, "")


def _line(header: int, numbers: list[int], name: str) -> int:
    if header in numbers:
        return numbers.index(header)
    raise InputError(
        _(
            "{name} has no line {line} that could hold the column names. Look at the file and give another header."
        ).format(name=name, line=header)
    )


def _parsed(body: bytes, separator: str, width: int, name: str) -> pd.DataFrame:
    """All cells of the lines below the names, as texts; as many columns as the longest line has."""
    for __ in range(3):
        frame, longest = _read(body, separator, width, name)
        if longest <= width:
            break
        width = longest
    if body.count(b"\n") > len(frame) + 1:
        _refuse_swallowed(frame, separator, name)
    return frame


def _refuse_swallowed(frame: pd.DataFrame, separator: str, name: str) -> None:
    """InputError where a quotation mark that is never closed takes in the lines up to the next one."""
    least = max(frame.shape[1] - 2, 2)
    for column in frame:
        broken = frame[column][frame[column].str.contains("\n", regex=False)]
        swallowed = broken[broken.str.count(re.escape(separator)) >= least]
        if len(swallowed):
            raise InputError(
                _(
                    "{name} cannot be read as a table: in row {row} a quotation mark is not closed and takes in the "
                    "lines after it: {cell}. Open the file and mend that place."
                ).format(name=name, row=swallowed.index[0] + 1, cell=shown(swallowed.iloc[0]))
            )


def _read(data: bytes, separator: str, width: int, name: str) -> tuple[pd.DataFrame, int]:
    """The cells of all lines of up to `width`, and how many cells the longest line has."""
    if not data.strip():
        return pd.DataFrame(columns=range(width), dtype="str"), 0
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            frame = pd.read_csv(
                io.BytesIO(data),
                sep=separator,
                header=None,
                names=range(width),
                dtype=str,
                na_filter=False,
                index_col=False,
                skip_blank_lines=False,
                on_bad_lines="warn",
                encoding_errors="replace",
            )
        except (ValueError, pd.errors.ParserError) as error:  # such as a quotation mark that is never closed
            reason = str(error).rpartition("C error: ")[2].strip().rstrip(".")
            raise InputError(
                _("{name} cannot be read as a table: {reason}. Open it and mend that place.").format(
                    name=name, reason=reason
                )
            ) from error
    seen = [int(n) for warning in caught for n in re.findall(r"saw (\d+)", str(warning.message))]
    return frame, max(seen, default=0)


def _named(cells: pd.DataFrame, names: list[str], name: str) -> Sheet:
    """The cells under their names; lines that were too long are mended or emptied, and told."""
    cells = _without_row_numbers(cells, names)
    frame, done, beyond = mend(cells, len(names))
    if beyond.sum() > 0.5 * len(cells):
        row = int(beyond.to_numpy().argmax()) + 1
        raise InputError(
            _(
                "{name} has more cells in most of its lines than column names, as in row {row}: {cell}. If a comma "
                "stands within its amounts, export it with semicolons or with quotation marks."
            ).format(name=name, row=row, cell=shown(" | ".join(map(str, cells.iloc[row - 1]))))
        )
    notes = [
        _long(cells, done, _("put together again where an amount had been cut in two; the first is row {row}: {cell}")),
        _long(cells, beyond, _("left out, in no table; the first is row {row}: {cell}")),
    ]
    frame = frame[~beyond].set_axis(names, axis=1)
    blank = pd.Series(True, index=frame.index)
    for place in range(frame.shape[1]):
        blank = blank & frame.iloc[:, place].eq("")
        if not blank.any():
            break
    return Sheet(name, frame[~blank], [note for note in notes if note])


def _long(cells: pd.DataFrame, where: pd.Series, action: str) -> Problem | None:
    if not where.any():
        return None
    place = int(where.to_numpy().argmax())
    told = action.format(row=place + 1, cell=shown(" | ".join(map(str, cells.iloc[place]))))
    return Problem(_("Lines with more cells than column names"), int(where.sum()), told)


def _without_row_numbers(cells: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The cells without a first column of running numbers for which the line of names has no name.

    Rule: all lines have one cell more than there are names, the first counts them, and only without it does a column
    that is called a date hold dates.
    """
    if cells.shape[1] != len(names) + 1 or len(cells) < 2 or cells.iloc[:, -1].eq("").any():
        return cells
    numbers = pd.to_numeric(cells.iloc[:, 0], errors="coerce")
    if not ((numbers.diff().iloc[1:] == 1).all() and numbers.iloc[0] in (0, 1)):
        return cells
    known = set(map(plain, words()["columns"]["date"]))
    dated = [place for place, name in enumerate(names) if plain(name) in known]
    looks = [cells.iloc[:, place : place + 2].apply(lambda column: column.str.contains(_DATE).all()) for place in dated]
    return cells.iloc[:, 1:] if any(list(look) == [False, True] for look in looks) else cells
