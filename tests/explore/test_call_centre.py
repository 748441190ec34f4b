"""Diagrams say in words all that is drawn, and nothing in them lies on top of something else."""

from itertools import combinations

import pytest
from matplotlib.figure import Figure

from crm_lab.explore import _chart as chart
from crm_lab.explore._call_centre import cti_diagram, growth_diagram, hub_diagram
from crm_lab.explore._picture import Picture

DIAGRAMS = (cti_diagram, growth_diagram, hub_diagram)


@pytest.mark.parametrize("draw", DIAGRAMS)
def test_texts_lie_apart_and_inside(draw, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Figure] = []
    monkeypatch.setattr(chart, "Picture", lambda figure, alt: drawn.append(figure) or Picture(figure, alt))
    draw()
    texts = [text for text in drawn[0].axes[0].texts if text.get_text()]
    boxes = [text.get_window_extent() for text in texts if text.get_fontweight() != "bold"]
    frame = drawn[0].bbox
    assert len(texts) >= 9
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)
    assert not [(a, b) for a, b in combinations(boxes, 2) if a.overlaps(b)]


def test_the_words_name_every_step_and_stage() -> None:
    said = cti_diagram().alt
    assert "caller 来电者 → switch, ACD 自动呼叫分配 (1 call)" in said
    assert "CTI server CTI 服务器 ↔ CRM database 客户数据库 (3 who?)" in said
    assert "1 Hotline 人工热线. People who answer" in growth_diagram().alt
    assert "telephone 电话 ↔ information hub 信息交互平台" in hub_diagram().alt
