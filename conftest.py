"""What holds for every test: it speaks English, whatever edition its runner has chosen; no figure is open."""

import os
import sys
from collections.abc import Iterator

import pytest

os.environ["CRM_LAB_LANGUAGE"] = "en"


@pytest.fixture(autouse=True)
def _no_figure_open() -> Iterator[None]:
    """Close what a test has drawn: pandas draws on the figure used last, and the next test would draw there."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
