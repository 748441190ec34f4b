"""What the explorers share: moving a control redraws, and without a kernel a picture stands there."""

import ipywidgets as widgets
import pytest

from crm_lab.explore import Picture
from crm_lab.explore.explorer import Explorer
from crm_lab.explore.style import look, sheet


class Counter(Explorer):
    def __init__(self):
        self.drawn = []
        super().__init__({"n": widgets.IntSlider(1)}, beside=[widgets.HTML("beside")], below=[widgets.HTML("below")])

    def _redraw(self, change=None):
        self.drawn.append(self.controls["n"].value)
        self._summary.value = f"<p>{self.drawn[-1]}</p>"

    def picture(self):
        with look():
            return Picture(sheet("A count")[0], f"The count is {self.drawn[-1]}.")


@pytest.fixture
def counter():
    return Counter()


def test_it_draws_at_once_and_again_whenever_a_control_moves(counter):
    counter.controls["n"].value = 5
    assert counter.drawn == [1, 5]


def test_controls_stand_beside_what_is_shown_and_the_rest_below(counter):
    top, below = counter.children
    column, shown = top.children
    assert [part.value for part in column.children] == [1, "beside"]
    assert shown.children[1].value == "<p>1</p>"
    assert below.value == "below"


def test_where_no_kernel_runs_its_picture_stands(counter):
    counter.controls["n"].value = 7
    data, _ = counter._repr_mimebundle_()
    assert "The count is 7." in data["text/html"]
    assert {"image/png", "application/vnd.jupyter.widget-view+json"} <= set(data)
