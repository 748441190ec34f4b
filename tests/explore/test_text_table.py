"""Sentences in a table are shown to their end."""

import pandas as pd

from crm_lab.explore import text_table

LONG = "A sentence that goes on for quite a while, because it has to say what was done and why it was done so."


def test_nothing_is_cut():
    table = text_table(pd.DataFrame({"problem": [LONG], "rows": [3]}))
    assert LONG in table._repr_html_()
    assert LONG in repr(table)


def test_texts_are_escaped():
    assert "<b>" not in text_table(pd.DataFrame({"problem": ["<b>bold</b>"]}))._repr_html_()
