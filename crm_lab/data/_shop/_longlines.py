"""Lines with more cells than there are column names: mended where only one way is possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

import pandas as pd

from crm_lab.data._shop._texts import clean

MOST = 2_000  # lines that are tried to be mended

_HEAD = re.compile(r"[^\d,.]*\d{1,3}")
_TAIL = re.compile(r"\d{3}(?:\.\d+)?[^\d,.]*")
_NUMBER = re.compile(r"[^\dA-Za-z]*\d[\d.,' ]*[^\dA-Za-z]*")


def _shape(cell: object) -> str:
    text = clean(cell)
    if text is None:
        return "empty"
    if _NUMBER.fullmatch(text):
        return "number"
    return "date" if re.match(r"\d{1,4}[-/.]\d", text) else "text"


def mended(row: Sequence[str], width: int, shapes: Sequence[set[str]]) -> list[str] | None:
    """The cells of a line that has too many, with the halves of amounts such as 1,234.50 put together again.

    width   how many cells it should have
    shapes  what each column holds elsewhere: "number", "date", "text" or "empty"; nothing if that is unknown

    Rule: two neighbours belong together if the first ends in one to three digits and the second begins with three. If
    there is just one way to get the right number of cells, each like its column, that is it; else None.

    >>> mended(["1", "2024-05-01", "K1", "1", "1", "234.50", "A100"], 6, [set()] * 6)
    ['1', '2024-05-01', 'K1', '1', '1,234.50', 'A100']
    >>> mended(["1", "Mug", "too", "many"], 2, [set()] * 2) is None
    True
    """
    cells = list(row)
    while len(cells) > width and clean(cells[-1]) is None:
        cells.pop()
    joints = [
        place
        for place in range(len(cells) - 1)
        if _HEAD.fullmatch(cells[place].strip()) and _TAIL.fullmatch(cells[place + 1].strip())
    ]
    found = []
    for chosen in combinations(joints, len(cells) - width):
        if any(right - left == 1 for left, right in pairwise(chosen)):
            continue
        line = [
            f"{cell.strip()},{cells[place + 1].strip()}" if place in chosen else cell
            for place, cell in enumerate(cells)
            if place - 1 not in chosen
        ]
        if all(not seen or _shape(cell) in seen for cell, seen in zip(line, shapes, strict=True)):
            found.append(line)
    return found[0] if len(found) == 1 else None


def mend(frame: pd.DataFrame, width: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """The lines cut to `width` columns; which of them were mended; and which had too many cells and were not.

    A line's superfluous cells stand in the columns beyond `width`.
    """
    extra = pd.Series(False, index=frame.index)
    for column in frame.columns[width:]:
        filled = frame[column].notna() & (frame[column] != "")
        extra |= filled & frame[column].where(filled, "").astype(object).map(clean).notna()
    kept, done = frame.iloc[:, :width], pd.Series(False, index=frame.index)
    if not extra.any() or extra.sum() > MOST:
        return kept, done, extra
    sample = kept[~extra].head(500).astype(str)
    shapes = [{_shape(cell) for cell in sample[column]} if len(sample) else set() for column in kept]
    lines = {
        int(str(place)): line
        for place, row in frame[extra].astype(str).iterrows()
        if (line := mended(row.tolist(), width, shapes)) is not None
    }
    if lines:
        kept = kept.astype(object)
        for place, line in lines.items():
            kept.loc[place] = line
        done[list(lines)] = True
    return kept, done, extra & ~done
