"""RFM measures and segments as figures."""

import pandas as pd
import pytest

from crm_lab import classify
from crm_lab.base.errors import InputError
from crm_lab.explore.rfm_plots import rfm_histograms, segment_bars
from crm_lab.explore.style import money, share


def test_histograms_name_the_medians(rfm: pd.DataFrame) -> None:
    alt = rfm_histograms(rfm).alt
    assert f"Days since the last order: median {rfm['recency_days'].median():,.0f}" in alt
    assert f"Money: median {money(rfm['monetary'].median())}" in alt
    assert 80 <= len(alt) <= 400


def test_bars_name_the_richest_segments_first(rfm: pd.DataFrame) -> None:
    table = classify.segment_money(rfm, classify.segments(classify.rfm_scores(rfm)))
    first = table.loc[table["monetary_share"].idxmax()]
    text = f"{share(first['customer_share'])} of the customers and {share(first['monetary_share'])} of the money"
    assert f"Bars for {len(table)} segments: " in segment_bars(table).alt
    assert segment_bars(table).alt.index(text) < 60


def test_tiny_tables_are_drawn() -> None:
    one = pd.DataFrame({"recency_days": [0], "frequency": [1], "monetary": [-3.0]}, index=["C1"])
    assert rfm_histograms(one).alt.startswith("Three histograms of 1 customer.")
    assert segment_bars(pd.DataFrame({"customer_share": [1.0], "monetary_share": [1.0]}, index=["new"])).alt


@pytest.mark.parametrize("draw", [rfm_histograms, segment_bars])
@pytest.mark.parametrize("bad", [None, pd.DataFrame(), pd.DataFrame({"recency_days": [1]})])
def test_what_cannot_be_drawn_is_said(draw, bad) -> None:
    with pytest.raises(InputError):
        draw(bad)
