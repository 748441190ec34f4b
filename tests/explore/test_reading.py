"""What seaborn, pandas and matplotlib have drawn is read back as it was: bars, lines, points, cells, boxes."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.axes import Axes

from crm_lab.explore._reading import read
from crm_lab.explore._seen import headline

TABLE = pd.DataFrame({"g": list("aabbcc"), "h": list("xyxyxy"), "v": [1.0, 2, 3, 4, 5, 9], "w": [2.0, 3, 1, 5, 4, 6]})
LETTERS, PAIRS = list("abc"), [[1, 2], [3, 4], [5, 9]]
MEANS = TABLE.groupby("g")["v"].mean()
pytestmark = pytest.mark.usefixtures("no_open_figures")


def said(axes: Axes) -> str:
    marks, x, y = read(axes)
    return " ".join(mark.say(x, y) for mark in marks)


def title(axes: Axes) -> str:
    return headline(*read(axes))


BARS: dict[str, Callable[[], Axes]] = {
    "seaborn": lambda: sns.barplot(TABLE, x="g", y="v", errorbar=None),
    "seaborn, lying": lambda: sns.barplot(TABLE, y="g", x="v", errorbar=None),
    "seaborn, a series": lambda: sns.barplot(MEANS, orient="h"),
    "seaborn, coloured one by one": lambda: sns.barplot(TABLE, x="g", y="v", hue="g", errorbar=None),
    "pandas": lambda: MEANS.plot.bar(ylabel="v"),
    "pandas, lying": lambda: MEANS.plot.barh(xlabel="v"),
    "matplotlib": lambda: named(plt.figure().gca(), lambda axes: axes.bar(MEANS.index, MEANS), "g", "v"),
}


def named(axes: Axes, draw: Callable[[Axes], object], x: str, y: str) -> Axes:
    draw(axes)
    axes.set(xlabel=x, ylabel=y)
    return axes


@pytest.mark.parametrize("drawn_by", BARS)
def test_bars_are_the_same_whoever_draws_them(drawn_by: str) -> None:
    axes = BARS[drawn_by]()
    assert said(axes) == "Bars of v: a 1.5, b 3.5, c 7."
    assert title(axes) == "V: most in “c”, 7"


def test_intervals_on_bars_are_said() -> None:
    table = pd.DataFrame({"g": ["a"] * 4, "margin": [1_000.0, 2_000.0, 2_000.0, 3_000.0]})
    text = said(sns.barplot(table, x="g", y="margin", errorbar=("pi", 100)))
    assert text == "Bars of margin, ¥: a ¥2,000 (¥1,000 to ¥3,000)."


def test_counts_have_their_share() -> None:
    axes = sns.countplot(y=pd.Series(["lost", "current", "lost", "lost"]))
    assert title(axes) == "Number: most in “lost”, 3 (75 %)"


def test_years_under_bars_are_names_not_places() -> None:
    sales = pd.Series([3.0, 5.0], index=[2024, 2025])
    assert "2024 3, 2025 5" in said(sales.plot.bar(ylabel="orders"))
    assert "2024 3, 2025 5" in said(sns.barplot(x=sales.index, y=sales.to_numpy(), ax=plt.figure().gca()))


@pytest.mark.parametrize("stacked", [True, False])
def test_series_are_told_apart(stacked: bool) -> None:
    wide = TABLE.pivot_table(index="g", columns="h", values="v")
    axes = wide.plot.barh(stacked=stacked, xlabel="v")
    assert said(axes) == "x: Bars of v: a 1, b 3, c 5. y: Bars of v: a 2, b 4, c 9."
    assert title(axes) == "V: most in “c”, 9 (y)"
    assert said(sns.barplot(TABLE, x="g", y="v", hue="h", ax=plt.figure().gca())) == said(axes)


@pytest.mark.parametrize("draw", [
    lambda values: sns.histplot(values, bins=3, binrange=(0, 30)),
    lambda values: values.plot.hist(bins=3, range=(0, 30), xlabel="revenue"),
    lambda values: values.to_frame().hist(bins=3, range=(0, 30))[0, 0],
])  # fmt: skip
def test_a_histogram_has_edges_and_a_middle(draw: Callable[[pd.Series], Axes]) -> None:
    axes = draw(pd.Series(np.repeat([5.0, 15.0, 25.0], [1, 6, 1]), name="revenue"))
    assert said(axes) == "Histogram of revenue, ¥ in 3 bars: the highest from ¥10 to ¥20, half below about ¥15."
    assert title(axes) == "Revenue: half lie below about ¥15"
    assert read(axes)[2].name == "number"


@pytest.mark.parametrize("drawn_by", ["pandas", "seaborn"])
def test_a_line_over_months(drawn_by: str) -> None:
    months = pd.date_range("2024-01-01", periods=5, freq="MS")
    sales = pd.Series([4.0, 9, 2, 5, 6], months, name="orders")
    axes = sales.plot(xlabel="month", ylabel="orders") if drawn_by == "pandas" else sns.lineplot(sales)
    axes.set(xlabel="month")
    assert said(axes) == (
        "Line of orders over month: from 4 at 2024-01 to 6 at 2024-05, the highest point 9 at 2024-02, "
        "the lowest 2 at 2024-03."
    )
    assert title(axes) == "Orders: highest at 2024-02, 9"


def test_days_are_days() -> None:
    sales = pd.Series([4.0, 9, 2], pd.date_range("2024-01-05", periods=3), name="orders")
    assert "from 4 at 2024-01-05 to 2 at 2024-01-07" in said(sns.lineplot(sales))


def test_a_line_that_only_rises() -> None:
    axes = pd.Series([1.0, 2, 4], [10, 20, 30]).plot(xlabel="load", ylabel="occupancy")
    assert said(axes) == "Line of occupancy over load, erlangs: it rises from 100 % at 10 to 400 % at 30."
    assert title(axes) == "Occupancy: from 100 % at 10 to 400 % at 30"


@pytest.mark.parametrize("draw", [
    lambda: sns.lineplot(TABLE, x="w", y="v", hue="h"),
    lambda: TABLE.pivot(index="w", columns="h", values="v").interpolate(limit_area="inside").plot(ylabel="v"),
])  # fmt: skip
def test_lines_are_compared_at_their_ends(draw: Callable[[], Axes]) -> None:
    axes = draw()
    assert "x: Line of v over w" in said(axes)
    assert title(axes) == "V: at the end most in “y”, 9"


def test_lines_that_end_alike_are_told_where_they_are_furthest_apart() -> None:
    table = pd.DataFrame({"people": [0, 1, 2, 0, 2], "gain": [0.0, 0.75, 1, 0, 1], "list": [*"aaabb"]})
    axes = sns.lineplot(table, x="people", y="gain", hue="list")
    assert title(axes) == "Gain at 1: most in “a”, 0.75; least in “b”, 0.5"


@pytest.mark.parametrize("draw", [
    lambda: sns.scatterplot(TABLE, x="v", y="w"),
    lambda: TABLE.plot.scatter("v", "w"),
    lambda: named(plt.figure().gca(), lambda axes: axes.plot(TABLE["v"], TABLE["w"], "o"), "v", "w"),
    lambda: named(plt.figure().gca(), lambda axes: axes.errorbar(TABLE["v"], TABLE["w"], 0.5, fmt="o"), "v", "w"),
])  # fmt: skip
def test_points_are_counted(draw: Callable[[], Axes]) -> None:
    axes = draw()
    assert said(axes) == "6 points: v from 1 to 9, w from 1 to 6."
    assert title(axes) == "6 points: w against v"


def test_groups_of_points_are_counted() -> None:
    axes = sns.scatterplot(TABLE.iloc[:5], x="v", y="w", hue="h")
    assert "x: 3 points: v from 1 to 5" in said(axes)
    assert title(axes) == "5 points; most are “x”: 3"


def test_a_table_names_its_largest_cell() -> None:
    wide = TABLE.pivot_table(index="g", columns="h", values="v")
    axes = sns.heatmap(wide)
    assert said(axes) == "Table of g (rows) by h (columns): the largest is c, y with 9."
    assert title(axes) == "Most in row “c”, column “y”: 9"
    assert title(sns.heatmap(wide / 10, ax=plt.figure().gca())).endswith("90 %")


def test_where_seaborn_left_names_out_a_cell_is_near_one() -> None:
    wide = pd.DataFrame(np.arange(60.0).reshape(1, 60), ["r"], [f"c{n:02}" for n in range(60)])
    assert "near c" in said(sns.heatmap(wide))


@pytest.mark.parametrize("draw", [
    lambda: sns.boxplot(TABLE, x="g", y="v"),
    lambda: sns.boxplot(TABLE, y="g", x="v"),
    lambda: TABLE.pivot(columns="g", values="v").plot.box(ylabel="v"),
    lambda: named(plt.figure().gca(), lambda axes: axes.boxplot(PAIRS, tick_labels=LETTERS), "g", "v"),
])  # fmt: skip
def test_boxes_have_medians(draw: Callable[[], Axes]) -> None:
    axes = draw()
    assert said(axes) == "Boxes of v, the medians: a 1.5, b 3.5, c 7."
    assert title(axes) == "V: the median is highest in “c”, 7"


def test_means_with_intervals_are_a_line_of_points() -> None:
    axes = sns.pointplot(TABLE, x="g", y="v", seed=0)
    assert said(axes) == "Line of v over g: it rises from 1.5 at a to 7 at c."
