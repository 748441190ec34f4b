"""Tell a figure that has changed from one that another processor drew with slightly other bytes."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from typing import Any

from crm_lab.author.notebooks import Notebook, code_cells

NOISE = 1 / 5_000  # share of pixels that may differ before a build stores the new drawing
STALE = 1 / 50  # share of pixels that may differ before a stored drawing counts as stale: another machine may draw it
VISIBLE = 32  # levels of 255 by which a pixel must differ to count

DATA_URI = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]+")


def keep_pictures(new: Notebook, stored: Notebook, tolerance: float = NOISE) -> Notebook:
    """`new` with each stored output that differs only in how its image was drawn put back. Changes `new` in place.

    tolerance   share of pixels, 0 to 1, that may visibly differ

    >>> import nbformat
    >>> empty = nbformat.v4.new_notebook()
    >>> keep_pictures(empty, empty).cells
    []
    """
    old = {cell.id: cell.outputs for cell in code_cells(stored)}
    for cell in code_cells(new):
        before = old.get(cell.id, [])
        if len(before) == len(cell.outputs):
            pairs = zip(cell.outputs, before, strict=True)
            cell.outputs = [
                _with_drawing_of(was, now) if same_but_drawing(now, was, tolerance) else now for now, was in pairs
            ]
    return new


def _with_drawing_of(was: Any, now: Any) -> Any:
    """The stored output as it is now: cells may have come or gone before it, so its count is the new one."""
    if "execution_count" in now:
        was.execution_count = now.execution_count
    return was


def same_but_drawing(now: Any, was: Any, tolerance: float = NOISE) -> bool:
    """Whether two outputs hold an image each, say the same, and look the same but for a few pixels.

    >>> same_but_drawing({"output_type": "stream"}, {"output_type": "stream"})
    False
    """
    if "image/png" not in now.get("data", {}) or "image/png" not in was.get("data", {}):
        return False
    if _without_drawing(now) != _without_drawing(was):
        return False
    return visible_difference(now["data"]["image/png"], was["data"]["image/png"]) <= tolerance


def _without_drawing(output: Any) -> dict[str, Any]:
    data = {key: value for key, value in output["data"].items() if key != "image/png"}
    data["text/html"] = DATA_URI.sub("", data.get("text/html", ""))
    return {**output, "data": data, "execution_count": None}


def visible_difference(one: str, other: str) -> float:
    """The share of pixels, 0 to 1, in which two base64 PNG images visibly differ; 1 when their sizes do.

    >>> visible_difference("", "")
    0.0
    """
    if one == other:
        return 0.0
    from PIL import Image, ImageChops

    first, second = (Image.open(io.BytesIO(b64decode(text))).convert("RGB") for text in (one, other))
    if first.size != second.size:
        return 1.0
    red, green, blue = ImageChops.difference(first, second).split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(strongest.histogram()[VISIBLE:]) / (first.width * first.height)
