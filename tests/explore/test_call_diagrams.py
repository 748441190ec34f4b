"""Diagrams say in words all that is drawn, and nothing in them lies on top of something else."""

from itertools import combinations

import pytest
from matplotlib.figure import Figure

from crm_lab.explore import call_diagrams
from crm_lab.explore.call_diagrams import cti_diagram, growth_diagram, hub_diagram
from crm_lab.explore.picture import Picture

DIAGRAMS = (cti_diagram, growth_diagram, hub_diagram)


@pytest.mark.parametrize("draw", DIAGRAMS)
def test_texts_lie_apart_and_inside(draw, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Figure] = []
    monkeypatch.setattr(call_diagrams, "Picture", lambda figure, alt: drawn.append(figure) or Picture(figure, alt))
    draw()
    boxes = [text.get_window_extent() for text in drawn[0].axes[0].texts if text.get_text()]
    frame = drawn[0].bbox
    assert len(boxes) >= 9
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)
    assert not [(a, b) for a, b in combinations(boxes, 2) if a.overlaps(b)]


def test_the_words_name_every_step_and_stage() -> None:
    assert all(f"{step}:" in cti_diagram().alt for step in range(1, 6))
    assert "Stairs of 5 generations" in growth_diagram().alt
    assert "人工热线" in growth_diagram().alt
    assert "4 channels on the left (telephone 电话;" in hub_diagram().alt
