"""How figures write money, shares and codes."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lab import classify
from crm_lab.explore._style import HATCHES, PALETTE, _labels, label, money, share, sheet


@given(st.floats(-1e9, 1e9))
def test_money_is_short_and_never_shows_minus_zero(value: float) -> None:
    text = money(value)
    assert len(text) <= 9
    assert "-" not in text
    assert (text[0] == "−") == (round(value, 2 if abs(value) < 9.99 else 0) < 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [(9_994, "¥9,994"), (9_996, "¥9,996"), (10_004, "¥10,000"), (999_499, "¥999,000"), (999_999, "¥1M"), (2e9, "¥2B")],
)
def test_money_changes_its_unit_without_a_jump(value: float, text: str) -> None:
    assert money(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(-0.0001, "0 %"), (0.0949, "9.5 %"), (0.0996, "10 %"), (-0.03, "−3.0 %"), (1.2, "120 %")]
)
def test_share(value: float, text: str) -> None:
    assert share(value) == text


def test_what_is_not_known_is_called_unknown() -> None:
    assert money(math.nan) == share(math.nan) == "unknown"


def test_every_segment_has_words() -> None:
    assert set(classify.SEGMENTS) <= set(_labels("en"))
    assert all("_" not in label(code) for code in classify.SEGMENTS)


def test_colours_of_neighbouring_layers_differ_in_grey_too() -> None:
    from matplotlib.colors import to_rgb

    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(to_rgb, PALETTE[:4])]
    layers = list(zip(light, HATCHES[:4], strict=True))
    assert all(abs(a[0] - b[0]) > 0.1 or a[1] != b[1] for a, b in pairwise(layers))
    assert len(set(HATCHES)) == len(HATCHES) == len(PALETTE)


def test_a_long_title_is_broken_and_stays_inside() -> None:
    figure, _axes = sheet("word " * 30)
    assert max(map(len, figure.get_suptitle().split("\n"))) <= 58
