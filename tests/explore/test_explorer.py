"""What the explorers share: moving a control redraws, and without a kernel a picture stands there."""

import ipywidgets as widgets
import pytest

from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, Live
from crm_lab.explore._marks import Bars


class Counter(Explorer):
    def __init__(self):
        self.drawn = []
        super().__init__({"n": widgets.IntSlider(1)}, beside=[widgets.HTML("beside")], below=[widgets.HTML("below")])

    def work_out(self, chosen):
        self.drawn.append(chosen["n"])
        return chosen["n"]

    def chart(self, n):
        return Chart(
            f"The count is {n}", (Bars([n]),), x=Scale("count", limits=(0, 9)), y=Scale(ticks={0: "it"}, limits=(-1, 1))
        )

    def summary(self, n):
        return f"{n} < 10"


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
    assert "1 &lt; 10</p>" in shown.children[1].value
    assert 'class="explorer-summary" role="status"' in shown.children[1].value
    assert below.value == "below"


def test_where_no_kernel_runs_its_picture_stands(counter):
    counter.controls["n"].value = 7
    data, _ = counter._repr_mimebundle_()
    assert "The count is 7." in data["text/html"]
    assert {"image/png", "application/vnd.jupyter.widget-view+json"} <= set(data)


def test_a_chart_redrawn_is_the_chart_drawn_anew(counter):
    moved, fresh = Live(), Live()
    for n in (2, 9, 5):
        last = moved.html(counter.chart(n))
    assert last == fresh.html(counter.chart(5))


def test_other_scales_are_drawn_anew(counter):
    live = Live()
    live.html(counter.chart(3))
    other = Chart("Far", (Bars([3]),), x=Scale("count", limits=(0, 90)), y=Scale(ticks={0: "it"}, limits=(-1, 1)))
    assert live.html(other) == Live().html(other)
