"""A plot of one's own: what it is called, how it is dressed, and that it is shown once."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.colors import to_hex
from matplotlib.text import Text

from crm_lab.base.errors import InputError
from crm_lab.explore._own_plot import as_picture
from crm_lab.explore._style import CHINESE, PALETTE

SALES = pd.DataFrame({"channel": ["web", "app"] * 2, "year": [2024, 2024, 2025, 2025], "orders": [3, 4, 9, 1]})
pytestmark = pytest.mark.usefixtures("no_open_figures")


def bars():
    return pd.Series([10_000, 20_000], ["a", "b"]).plot.bar(xlabel="channel", ylabel="orders")


def test_axes_are_named_and_written_as_the_data_dictionary_does():
    axes = sns.barplot(x=["web", "app"], y=[35_400.0, 2_000.0])
    axes.set(xlabel="channel", ylabel="margin")
    picture = as_picture(axes)
    assert axes.get_ylabel() == "margin, ¥"
    assert axes.yaxis.get_major_formatter()(20_000) == "¥20K"
    assert picture.title == "Margin: most in “web”, ¥35,400"
    assert [text.get_text() for text in axes.texts] == ["¥35,400", "¥2,000"]


def test_codes_become_words():
    axes = sns.countplot(y=pd.Series(["cant_lose", "new", "cant_lose"], name="segment"))
    assert "can't lose 2, new 1" in as_picture(axes).alt


def test_a_title_of_ones_own_stays():
    axes = bars()
    axes.set_title("Mine")
    assert as_picture(axes).title == "Mine"


def test_the_axis_of_a_scale_needs_a_name():
    with pytest.raises(InputError, match=r'lacks ylabel\. Write: axes\.set\(ylabel="…"\)'):
        as_picture(pd.Series([1, 2]).plot(xlabel="day"))


def test_several_series_of_shares_name_their_axis_themselves():
    axes = pd.DataFrame({"customer_share": [0.3, 0.7], "monetary_share": [0.8, 0.2]}, ["a", "b"]).plot.barh()
    as_picture(axes)
    assert axes.get_xlabel() == "share"
    assert axes.yaxis_inverted()


@pytest.mark.parametrize("given", [plt.figure, list, lambda: None])
def test_something_else_than_axes_is_told(given):
    with pytest.raises(InputError, match="as_picture needs the axes"):
        as_picture(given())


def test_a_plot_of_another_kind_needs_words_of_its_own():
    axes = plt.figure().gca()
    axes.set(xlabel="a", ylabel="b")
    axes.fill([0, 1, 1], [0, 0, 1])
    with pytest.raises(InputError, match=r"no bars, lines or points.*alt="):
        as_picture(axes)
    axes = plt.figure().gca()
    axes.set(xlabel="a", ylabel="b", title="A field")
    axes.fill([0, 1, 1], [0, 0, 1])
    assert as_picture(axes, alt="A triangle of area 0.5.").alt == "A triangle of area 0.5."


def test_it_is_closed_so_that_a_notebook_shows_it_once_and_the_same_each_time():
    first = as_picture(bars()).png
    assert plt.get_fignums() == []
    assert as_picture(bars()).png == first


def test_letters_are_large_and_thousands_separated():
    axes = bars()
    as_picture(axes)
    assert axes.xaxis.label.get_fontsize() >= 18
    assert min(text.get_fontsize() for text in axes.get_yticklabels()) >= 16
    assert "5,000" in [text.get_text() for text in axes.get_yticklabels()]


def test_every_letter_has_the_font_that_knows_chinese():
    axes = bars()
    as_picture(axes)
    assert all(CHINESE in text.get_fontfamily() for text in axes.figure.findobj(Text))


def test_series_of_bars_differ_in_colour_and_in_hatching():
    axes = sns.barplot(SALES, x="channel", y="orders", hue="year")
    as_picture(axes)
    looks = [(to_hex(found[0].get_facecolor()).upper(), found[0].get_hatch()) for found in axes.containers]
    assert looks == [(PALETTE[0], ""), (PALETTE[1], "//")]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["2024", "2025"]


def test_lines_differ_in_colour_and_in_dashes():
    axes = sns.lineplot(SALES, x="year", y="orders", hue="channel")
    as_picture(axes)
    first, second = axes.lines[:2]
    assert first.get_color() != second.get_color()
    assert first.get_linestyle() != second.get_linestyle()


def test_groups_of_points_differ_in_colour_and_in_shape():
    axes = sns.scatterplot(SALES, x="year", y="orders", hue="channel")
    as_picture(axes)
    points = axes.collections[0]
    assert len({tuple(colour) for colour in points.get_facecolors()}) == 2
    assert len({len(path.vertices) for path in points.get_paths()}) == 2


def test_numbers_in_a_table_stand_out_from_their_cells():
    axes = sns.heatmap(pd.DataFrame([[0.0, 1.0], [0.5, 0.2]]), annot=True)
    axes.set(xlabel="before", ylabel="after")
    as_picture(axes)
    assert [text.get_color() for text in axes.texts] == ["#222222", "white", "#222222", "#222222"]


def test_many_names_are_thinned_out_and_long_ones_slanted():
    many = sns.heatmap(pd.DataFrame(np.ones((2, 28))).add_prefix("10:"), xticklabels=True, cbar=False)
    as_picture(many)
    assert len(many.get_xticks()) == 7
    long = pd.Series([1, 2, 3], ["a name that is far too long" + end for end in "abc"]).plot.bar(ylabel="orders")
    as_picture(long)
    assert {text.get_rotation() for text in long.get_xticklabels()} == {35}


def test_several_plots_have_a_title_each():
    table = pd.DataFrame({"customers": [3, 9, 5], "tenure_days": [1.0, 2.0, 4.0]})
    axes = table.plot(subplots=True, xlabel="month")
    picture = as_picture(axes)
    assert axes[0].get_title(loc="left") == "Customers: highest at 1, 9"
    assert axes[1].get_title(loc="left") == "Days since the first order: from 1 at 0 to 4 at 2"
    assert "Customers: highest at 1, 9. Line of customers over month" in picture.alt


def test_a_grid_of_seaborn_is_read_panel_by_panel():
    grid = sns.catplot(SALES, x="channel", y="orders", col="year", kind="bar", errorbar=None)
    assert (
        "year = 2024. Bars of orders: web 3, app 4. year = 2025. Bars of orders: web 9, app 1." in as_picture(grid).alt
    )


def test_a_line_to_measure_by_is_no_data():
    axes = sns.lineplot(x=[1, 2, 3], y=[1.0, 4.0, 2.0])
    axes.set(xlabel="day", ylabel="orders")
    axes.axline((0, 0), (1, 1))
    axes.axhline(3)
    assert as_picture(axes).alt.count("Line of") == 1
