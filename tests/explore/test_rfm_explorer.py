"""The explorer: at every setting the sums are right and the words say what is shown."""

import re

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.explore._rfm_explorer import RfmExplorer, cuts, rfm_explorer
from crm_lab.explore._segment_map import map_chart, rfm_map

SLIDERS = ("bins", "recency_days", "frequency", "monetary")


@pytest.fixture(scope="module")
def explorer(rfm: pd.DataFrame) -> RfmExplorer:
    return rfm_explorer(rfm)


def summary(explorer: RfmExplorer) -> str:
    return re.sub("<[^>]*>", "", explorer._summary.value)


@pytest.mark.parametrize("scheme", ["equal", "fixed"])
@pytest.mark.parametrize("name", SLIDERS)
def test_sums_are_right_at_both_ends_of_every_slider(
    explorer: RfmExplorer, rfm: pd.DataFrame, name: str, scheme: str
) -> None:
    explorer.controls["scheme"].value = scheme
    slider = explorer.controls[name]
    start = slider.value
    for value in (slider.min, slider.max, start):
        slider.value = value
        assert explorer.outcome["customers"].sum() == len(rfm)
        assert explorer.outcome["monetary"].sum() == pytest.approx(rfm["monetary"].sum())
        assert f"All {len(rfm):,} customers" in summary(explorer)


def test_thresholds_matter_only_under_fixed_scoring(explorer: RfmExplorer) -> None:
    for scheme, off in (("equal", True), ("fixed", False)):
        explorer.controls["scheme"].value = scheme
        assert [explorer.controls[name].disabled for name in SLIDERS] == [False, off, off, off]


def test_the_sentence_names_what_is_set(explorer: RfmExplorer) -> None:
    explorer.controls["scheme"].value = "fixed"
    explorer.controls["recency_days"].value = 120
    assert "a last order within 120 days" in summary(explorer)
    explorer.controls["scheme"].value = "equal"
    explorer.controls["bins"].value = 4
    assert summary(explorer).startswith("Scores 1 to 4, as many customers in each.")
    explorer.controls["bins"].value = 5


def test_reading_about_a_segment_frames_it_and_tells_what_to_do(explorer: RfmExplorer) -> None:
    before = explorer._image.value
    explorer.controls["segment"].value = "cant_lose"
    assert "Call them" in explorer._meaning.value
    assert explorer._image.value != before
    explorer.controls["segment"].value = "champions"
    assert explorer._image.value == before


def test_a_map_redrawn_field_by_field_is_the_map_drawn_at_once(rfm: pd.DataFrame) -> None:
    moved, fresh = rfm_explorer(rfm), rfm_explorer(rfm)
    for bins in (2, 6, 5):
        moved.controls["bins"].value = bins
    moved.controls["segment"].value = "new"
    moved.controls["segment"].value = "champions"
    assert moved._image.value == fresh._image.value


def test_the_image_and_the_stored_output_carry_words(explorer: RfmExplorer, rfm: pd.DataFrame) -> None:
    data, metadata = explorer._repr_mimebundle_()
    words = map_chart(explorer.outcome).alt
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == metadata["image/png"]["alt"] == words
    assert data["text/html"].startswith("<img alt=")
    assert words.split("%")[0] in explorer._image.value
    assert 'aria-live="polite"' in explorer._summary.value


def test_the_table_lists_every_segment(explorer: RfmExplorer) -> None:
    assert explorer._list.value.count('scope="row"') == 11


def test_cuts_double_and_halve() -> None:
    assert cuts(10, 8, 100, bins=2) == {"recency_days": [10], "frequency": [8.0], "monetary": [100.0]}
    assert cuts(10, 8, 100, bins=3)["recency_days"] == [10, 20]


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"recency_days": [0], "frequency": [1], "monetary": [0.5]}),
        pd.DataFrame({"recency_days": [7] * 4, "frequency": [2] * 4, "monetary": [9.0] * 4}),
        pd.DataFrame({"recency_days": [1, 900], "frequency": [1, 4000], "monetary": [-50.0, 9e6]}),
    ],
)
def test_small_and_wild_tables_work_at_every_setting(table: pd.DataFrame) -> None:
    explorer = rfm_explorer(table)
    explorer.controls["scheme"].value = "fixed"
    for name in SLIDERS:
        for value in (explorer.controls[name].min, explorer.controls[name].max):
            explorer.controls[name].value = value
            assert explorer.outcome["customers"].sum() == len(table)


@pytest.mark.parametrize(
    "bad",
    [
        pd.DataFrame({"recency_days": [1], "frequency": [1]}),
        pd.DataFrame({"recency_days": [1], "frequency": [1], "monetary": [-1.0]}),
        pd.DataFrame({"recency_days": [1], "frequency": [None], "monetary": [1.0]}),
        None,
    ],
)
def test_bad_tables_get_one_sentence(bad) -> None:
    with pytest.raises(InputError):
        rfm_explorer(bad)


def test_the_pure_function_gives_what_is_shown(explorer: RfmExplorer, rfm: pd.DataFrame) -> None:
    explorer.controls["scheme"].value = "equal"
    explorer.controls["bins"].value = 5
    pd.testing.assert_frame_equal(explorer.outcome, rfm_map(rfm))
