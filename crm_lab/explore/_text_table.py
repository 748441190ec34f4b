"""A table of sentences, shown whole: pandas cuts long cells, and sentences read badly when set to the right."""

import pandas as pd

from crm_lab.base.notebook import without_empty_headings


class TextTable:
    """A frame whose texts are shown to their end, set to the left.

    frame  a DataFrame with texts; numbers may stand between them

    >>> TextTable(pd.DataFrame({"action": ["Call them; find out what went wrong, and say when it will be mended"]}))
                                                                    action
    0  Call them; find out what went wrong, and say when it will be mended
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def __repr__(self) -> str:
        with pd.option_context("display.max_colwidth", None, "display.width", 200):
            return repr(self.frame)

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            page = self.frame.to_html(border=0, justify="left", classes="dataframe text-table")
        return (
            without_empty_headings(page)
            .replace("<td>", '<td style="text-align: left">')
            .replace("<th>", '<th style="text-align: left">')
        )


def text_table(frame: pd.DataFrame) -> TextTable:
    """Show a table of sentences whole.

    frame  a DataFrame with texts

    >>> "Suggest what goes with" in text_table(pd.DataFrame({"action": ["Suggest what goes with it"]}))._repr_html_()
    True
    """
    return TextTable(frame)
