"""Settings of their own for checks: what a notebook has changed for itself must not change a verdict."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import numpy as np
import pandas as pd

PANDAS = {"future.infer_string": True, "mode.string_storage": "auto", "mode.performance_warnings": True}
DEEPEST = 1_000  # Python's own limit on calls within calls; a notebook may have lowered it


@contextmanager
def own_settings() -> Iterator[None]:
    """NumPy, pandas, warnings and recursion as they are in a fresh kernel, for as long as the block lasts.

    >>> with np.errstate(all="raise"), own_settings():
    ...     bool(np.isinf(np.float64(1) / 0))
    True
    """
    deepest = sys.getrecursionlimit()
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(np.errstate(divide="ignore", over="ignore", under="ignore", invalid="ignore"))
        for option, value in PANDAS.items():
            if pd.get_option(option) != value:
                stack.enter_context(pd.option_context(option, value))
        stack.callback(sys.setrecursionlimit, deepest)
        sys.setrecursionlimit(max(deepest, DEEPEST))
        yield
