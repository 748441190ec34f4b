"""Chinese words are drawn on any machine, with nothing said about missing glyphs or weights."""

import logging
import warnings

import pytest
from matplotlib.font_manager import FontProperties, findfont

from crm_lab.explore._picture import png
from crm_lab.explore._style import CHINESE, look, sheet


def test_chinese_is_drawn_from_the_font_of_the_package(caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings(), caplog.at_level(logging.INFO, "matplotlib"), look():
        warnings.simplefilter("error")  # a missing glyph is a warning
        figure, axes = sheet("Customer 客户")
        axes.text(0.1, 0.5, "消费者", weight="bold")
        png(figure)
    assert "findfont" not in caplog.text


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_font_is_the_one_that_comes_with_the_package(weight: str) -> None:
    with look():
        assert findfont(FontProperties(family=CHINESE, weight=weight)).endswith("sans_sc.otf")
