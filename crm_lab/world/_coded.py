"""Texts by number: most columns of text repeat a few codes or the keys of another table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd


def coded(texts: Sequence[str | None] | pd.Series, number: Any) -> Any:
    """The texts with these numbers as a text column of pandas; -1 is an empty cell.

    pandas would look at every text of an array of objects to see that it is one; here it looks once at each code.

    >>> list(coded(("new", "won"), np.array([1, 0, 1])))
    ['won', 'new', 'won']
    """
    known = texts.array if isinstance(texts, pd.Series) else pd.array(list(texts), dtype="str")
    number = np.asarray(number)
    return known.take(number, allow_fill=bool((number < 0).any()))
