"""The importance-performance map and the report."""

import pandas as pd
import pytest

from crm_lab.satisfaction import csi_report, importance_performance

RATINGS = pd.DataFrame(
    {
        "attribute": ["price", "speed", "box", "app"] * 2,
        "importance": [9, 8, 3, 4] * 2,
        "satisfaction": [6, 9, 8, 7] * 2,
    }
)


def test_where_the_lines_cross_decides():
    by_data = importance_performance(RATINGS)
    assert by_data["quadrant"].to_dict() == {
        "price": "concentrate",
        "speed": "keep_up",
        "box": "overkill",
        "app": "low_priority",
    }
    assert by_data.attrs["centre"] == {"importance": 6, "satisfaction": 7.5}
    by_scale = importance_performance(RATINGS, centre="scale")
    assert by_scale.loc["price", "quadrant"] == "keep_up"
    with pytest.raises(ValueError, match="Unknown centre"):
        importance_performance(RATINGS, centre="median")


def test_the_report_says_index_and_project_and_escapes_words():
    page = csi_report(RATINGS, project="<b>answer complaints</b>")
    assert "price" in page.split("Improve first")[1].split("</p>")[0]
    assert "&lt;b&gt;" in page
    assert "<b>answer" not in page
