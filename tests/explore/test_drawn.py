"""The data of a plot are read back as they were drawn."""

import pandas as pd
import pytest
import seaborn as sns
from matplotlib.figure import Figure

from crm_lab.explore import as_picture
from crm_lab.explore.drawn import data_of, shape_of, unnamed


def axes():
    return Figure().subplots()


def test_series_are_told_apart_by_the_legend():
    wide = pd.DataFrame({"app": [1, 2], "web": [3, 4]}, ["mon", "tue"])
    drawn = data_of(wide.plot.bar(ax=axes(), stacked=True), "bars")
    assert drawn.set_index(["x", "series"])["y"].to_dict() == {
        ("mon", "app"): 1,
        ("tue", "app"): 2,
        ("mon", "web"): 3,
        ("tue", "web"): 4,
    }


@pytest.mark.parametrize("draw", [lambda ax: ax.bar([10, 20], [1, 2]), lambda ax: ax.barh([10, 20], [1, 2])])
def test_bars_on_a_scale_stand_at_their_middle_or_begin_at_their_edge(draw):
    on = axes()
    draw(on)
    assert shape_of(on) == "histogram"
    assert data_of(on, "bars")["x"].tolist() == [10, 20]
    assert data_of(on, "histogram")["x"].tolist() == [9.6, 19.6]


def test_dates_come_back_as_days_from_pandas_and_matplotlib():
    sold = pd.Series([1, 2], pd.to_datetime(["2025-01-01", "2025-02-01"]))
    plain = axes()
    plain.plot(sold.index, sold)
    for on in (sold.asfreq("MS").plot(ax=axes()), sold.plot(ax=axes(), x_compat=True), plain):
        assert data_of(on, "line")["x"].tolist() == list(sold.index)
    assert pd.to_datetime(data_of(sold.plot.bar(ax=axes()), "bars")["x"]).tolist() == list(sold.index)


def test_a_straight_line_beside_a_curve_is_a_guide_and_alone_is_a_line():
    on = axes()
    on.plot([0, 1], [0, 1])
    assert len(data_of(on, "line")) == 2
    on.plot([0, 0.5, 1], [0, 0.2, 1])
    assert data_of(on, "line")["y"].tolist() == [0, 0.2, 1]


def test_points_are_points_however_they_are_drawn():
    scattered, dotted = axes(), axes()
    scattered.scatter([1, 2], [3, 4])
    dotted.plot([1, 2], [3, 4], "o")
    for on in (scattered, dotted):
        assert shape_of(on) == "points"
        assert data_of(on, "points")[["x", "y"]].to_numpy().tolist() == [[1, 3], [2, 4]]


def test_an_axis_of_numbers_needs_a_name_and_one_of_names_does_not():
    assert unnamed(pd.Series([1], ["a"]).plot.bar(ax=axes(), ylabel="orders")) == []
    assert unnamed(axes()) == ["x", "y"]
    assert shape_of(axes()) == ""


def test_names_between_the_ticks_of_a_dressed_plot_are_read():
    starts = [f"{hour:02d}:{minute}" for hour in range(8, 22) for minute in ("00", "30")]
    drawn = sns.lineplot(pd.DataFrame({"start": starts, "load": range(28)}), x="start", y="load", ax=axes())
    as_picture(drawn)
    assert data_of(drawn, "line")["x"].tolist() == starts
