"""How a notebook shows a table: as pandas does, but with no heading where a heading would be empty."""

from __future__ import annotations

import sys
from typing import Any


def dress_tables() -> None:
    """Let the notebook this runs in, if it does, show its DataFrames through `without_empty_headings`.

    The shell is asked by name, so that neither IPython nor pandas is imported for it.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        formatter = shell.display_formatter.formatters["text/html"]
        for module in ("pandas", "pandas.core.frame"):  # how pandas 3, and older ones, name the home of the class
            formatter.for_type_by_name(module, "DataFrame", table_html)


def table_html(frame: Any) -> str | None:
    """The HTML of a DataFrame, None where pandas has been told to give none.

    >>> import pandas as pd
    >>> "<th></th>" in table_html(pd.DataFrame({"a": [1]}))
    False
    """
    html = frame._repr_html_()
    return None if html is None else without_empty_headings(html)


def without_empty_headings(html: str) -> str:
    """HTML in which an empty heading cell is a plain cell.

    >>> without_empty_headings("<tr><th></th><th>a</th></tr>")
    '<tr><td></td><th>a</th></tr>'
    """
    return html.replace("<th></th>", "<td></td>")
