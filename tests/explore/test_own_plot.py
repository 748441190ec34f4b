"""A learner's own plot: what it shows in words, what it must have, and that it is shown once."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns

from crm_lab.base.errors import InputError
from crm_lab.explore.own_plot import as_picture, describe

LABELS = {"title": "Orders", "xlabel": "channel", "ylabel": "orders"}


@pytest.fixture(autouse=True)
def _no_open_figures():
    plt.close("all")
    yield
    plt.close("all")


def test_bars_are_named_whichever_way_they_lie():
    names, values = ["web", "app", "phone"], [3, 8, 5]
    upright = sns.barplot(x=names, y=values)
    upright.set(**LABELS)
    assert as_picture(upright).alt == (
        "Orders. 3 bars, channel against orders: the largest is app with 8, the smallest web with 3."
    )
    lying = sns.barplot(x=values, y=names)
    lying.set(title="Orders", ylabel="channel", xlabel="orders")
    assert as_picture(lying).alt == (
        "Orders. 3 bars, channel against orders: the largest is app with 8, the smallest web with 3."
    )


def test_years_under_bars_are_names_not_places():
    sales = pd.Series([3.0, 5.0], index=[2024, 2025])
    for axes in (sales.plot.bar(**LABELS), sns.barplot(x=sales.index, y=sales.to_numpy(), ax=plt.figure().gca())):
        axes.set(**LABELS)
        assert "the largest is 2025 with 5, the smallest 2024 with 3" in as_picture(axes).alt


def test_the_words_follow_the_data():
    for most in (5, 50):
        axes = pd.Series([most, 3], ["a", "b"]).plot.bar(**LABELS)
        assert f"the largest is a with {most}" in as_picture(axes).alt


@pytest.mark.parametrize("drawn_by", ["pandas", "seaborn"])
def test_a_line_over_time_tells_its_ends_and_extremes_as_dates(drawn_by):
    months = pd.date_range("2024-01-01", periods=5, freq="MS")
    sales = pd.Series([4.0, 9, 2, 5, 6], months)
    axes = sales.plot(**LABELS) if drawn_by == "pandas" else sns.lineplot(x=sales.index, y=sales.to_numpy())
    axes.set(**LABELS)
    said = as_picture(axes).alt
    assert "from 4 at 2024-01" in said
    assert "to 6 at 2024-05" in said
    assert "the highest point 9 at 2024-02" in said
    assert "the lowest 2 at 2024-03" in said


def test_points_and_a_histogram_are_counted():
    table = pd.DataFrame({"revenue": [10.0, 20, 40], "margin": [-3.0, 2, 12]})
    points = sns.scatterplot(table, x="revenue", y="margin")
    points.set(title="Orders")
    assert describe(points) == "3 points: revenue from 10 to 40, margin from −3 to 12."
    plt.figure()
    bars = sns.histplot(x=np.repeat([5.0, 15.0, 25.0], [1, 6, 2]), bins=3, binrange=(0, 30))
    bars.set(xlabel="¥", ylabel="orders")
    assert describe(bars) == "3 bars, ¥ against orders: the largest is 15 with 6, the smallest 5 with 1."


def test_series_of_a_legend_are_told_apart():
    table = pd.DataFrame({"channel": ["web", "app"] * 2, "year": [2024, 2024, 2025, 2025], "orders": [3, 4, 9, 1]})
    axes = sns.barplot(table, x="channel", y="orders", hue="year", palette=["C0", "C1"])
    said = describe(axes)
    assert said.startswith("2024: 2 bars, channel against orders: the largest is app with 4")
    assert "2025: 2 bars, channel against orders: the largest is web with 9" in said


def test_a_plot_without_labels_is_told_which():
    axes = pd.Series([1, 2]).plot(xlabel="day")
    with pytest.raises(InputError, match=r'lacks title, ylabel\. Write: axes\.set\(title="…", ylabel="…"\)'):
        as_picture(axes)


def test_something_else_than_axes_is_told():
    with pytest.raises(InputError, match="not Figure"):
        as_picture(plt.figure())  # type: ignore[arg-type]


def test_a_plot_of_another_kind_needs_words_of_its_own():
    axes = sns.heatmap(pd.DataFrame([[1, 2], [3, 4]]), cbar=False)
    axes.set(**LABELS)
    with pytest.raises(InputError, match=r"no bars, lines or points.*alt="):
        as_picture(axes)
    assert as_picture(axes, alt="Four fields; the last holds 4.").alt == "Four fields; the last holds 4."


def test_it_is_closed_so_that_a_notebook_shows_it_once_and_the_same_each_time():
    def drawn() -> bytes:
        return as_picture(pd.Series([1, 2], ["a", "b"]).plot.bar(**LABELS)).png

    first = drawn()
    assert plt.get_fignums() == []
    assert drawn() == first


def test_letters_are_large_and_the_title_stands_above():
    axes = pd.Series([10_000, 20_000], ["a", "b"]).plot.bar(**LABELS)
    picture = as_picture(axes)
    assert picture.title == "Orders"
    assert axes.xaxis.label.get_fontsize() >= 18
    assert [text.get_text() for text in axes.get_yticklabels()][1] == "5,000"
