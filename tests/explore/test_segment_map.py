"""The map of segments: everybody is on it once, and its fields cover the whole grid."""

import pandas as pd
import pytest

from crm_lab import classify
from crm_lab.base.errors import InputError
from crm_lab.explore._segment_map import fields, map_chart, rfm_map, segment_map, sentence
from crm_lab.explore._style import money

CUTS = {"recency_days": (30, 90), "frequency": (2, 5), "monetary": (100, 500)}


@pytest.mark.parametrize("arguments", [{"bins": n} for n in range(2, 7)] + [{"scheme": "fixed", "thresholds": CUTS}])
def test_everybody_and_all_the_money_are_on_the_map(rfm: pd.DataFrame, arguments: dict) -> None:
    table = rfm_map(rfm, **arguments)
    assert list(table.index) == list(classify.SEGMENTS)
    assert table["customers"].sum() == len(rfm)
    assert table["monetary"].sum() == pytest.approx(rfm["monetary"].sum())
    assert table["monetary_share"].sum() == pytest.approx(1)


def test_fixed_thresholds_are_used(rfm: pd.DataFrame) -> None:
    strict = {**CUTS, "recency_days": (1, 2)}
    late = ["cant_lose", "at_risk", "hibernating"]
    lost = [rfm_map(rfm, "fixed", thresholds=cuts).loc[late, "customers"].sum() for cuts in (CUTS, strict)]
    assert lost[0] < lost[1]


def test_the_fields_are_rectangles_that_fill_the_grid() -> None:
    cells = [(x + i, y + j) for x, y, width, height in fields().values() for i in range(width) for j in range(height)]
    assert sorted(cells) == [(x, y) for x in range(1, 6) for y in range(1, 6)]


def test_every_field_is_the_segment_classify_gives_it() -> None:
    for code, (x, y, width, height) in fields().items():
        cells = [(y + j, x + i, x + i) for i in range(width) for j in range(height)]
        scores = pd.DataFrame(cells, columns=["recency", "frequency", "monetary"])
        assert set(classify.segments(scores)) == {code}


def test_words_follow_the_data(rfm: pd.DataFrame) -> None:
    table = rfm_map(rfm)
    alt = map_chart(table).alt
    assert all(f"{money(row.monetary)}, {row.customers} customer" in alt for row in table.itertuples())
    assert alt != map_chart(rfm_map(rfm, bins=3)).alt
    assert sentence(table).lower().startswith(table["monetary"].idxmax()[:4])


def test_the_same_map_is_drawn_from_codes(rfm: pd.DataFrame) -> None:
    assert segment_map(rfm, classify.segments(classify.rfm_scores(rfm))).png == map_chart(rfm_map(rfm)).picture().png


@pytest.mark.parametrize("monetary", [[5.0], [7.0, 7.0]])
def test_tiny_tables_are_drawn(monetary: list[float]) -> None:
    table = pd.DataFrame({"recency_days": 3, "frequency": 1, "monetary": monetary})
    assert "¥0, 0 customers" in map_chart(rfm_map(table)).picture().alt


@pytest.mark.parametrize("arguments", [{"scheme": "other"}, {"scheme": "fixed"}, {"bins": 1}])
def test_unknown_ways_of_scoring_are_refused(rfm: pd.DataFrame, arguments: dict) -> None:
    with pytest.raises(InputError):
        rfm_map(rfm, **arguments)


def test_codes_of_ones_own_have_no_place_on_the_map(rfm: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="segment"):
        segment_map(rfm, pd.Series("mine", index=rfm.index))
