"""A picture: the same bytes each time, and words that reach every reader."""

from base64 import b64decode

import matplotlib
import pytest
from matplotlib.figure import Figure
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

from crm_lab.base.errors import InputError
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import look, sheet

ALT = 'Bars "a" & <b>: one rises.'


def drawn(height: float = 2.0) -> Picture:
    with look():
        figure, axes = sheet("Two bars")
        axes.bar(["a", "b"], [1, height])
        return Picture(figure, ALT)


def test_the_bytes_are_the_same_each_time_and_change_with_the_data() -> None:
    assert drawn().png == drawn().png
    assert drawn().png != drawn(3.0).png


def test_the_file_names_no_program_and_no_date() -> None:
    content = drawn().png
    assert all(chunk not in content for chunk in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"Matplotlib"))


def test_the_readers_own_settings_neither_change_nor_show() -> None:
    plain = drawn().png
    with matplotlib.rc_context({"font.size": 5, "axes.facecolor": "red", "savefig.dpi": 20}):
        assert drawn().png == plain
        assert matplotlib.rcParams["font.size"] == 5


def test_every_form_of_output_carries_the_words() -> None:
    data, metadata = drawn()._repr_mimebundle_()
    assert data["text/plain"] == ALT
    assert metadata["image/png"] == {"alt": ALT, "width": 800}
    assert b64decode(data["image/png"])[:8] == b"\x89PNG\r\n\x1a\n"
    assert 'alt="Bars &quot;a&quot; &amp; &lt;b&gt;: one rises."' in data["text/html"]


def test_a_page_made_from_a_notebook_keeps_the_alt_text() -> None:
    data, metadata = drawn()._repr_mimebundle_()
    cell = new_code_cell("picture", outputs=[new_output("display_data", data=data, metadata=metadata)])
    page, _resources = HTMLExporter().from_notebook_node(new_notebook(cells=[cell]))
    assert "one rises." in page
    assert "No description has been provided" not in page


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="needs an alt text"):
        Picture(Figure(), "  ")


def test_no_figure_stays_open() -> None:
    from matplotlib import pyplot

    before = pyplot.get_fignums()
    drawn()
    assert pyplot.get_fignums() == before
