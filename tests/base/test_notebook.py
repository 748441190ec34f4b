"""What a notebook shows of a table, in a shell as a kernel has one."""

import subprocess
import sys

from crm_lab.base.notebook import without_empty_headings

SHOWN = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import crm_lab, sys
assert "pandas" not in sys.modules
import pandas as pd
frame = pd.DataFrame({"a": [1]}, index=pd.Index(["x"], name="key"))
html = shell.display_formatter.format(frame)[0]["text/html"]
print(html.count("<th></th>"), html.count("<td></td>"), "<th>key</th>" in html)
"""


def test_a_table_in_a_notebook_has_no_empty_heading():
    done = subprocess.run([sys.executable, "-c", SHOWN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "2", "True"]


def test_a_heading_with_words_stays():
    assert without_empty_headings("<th>a</th><th> </th>") == "<th>a</th><th> </th>"
