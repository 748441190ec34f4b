"""Plots are read as the table they show: the same by any hand, other data and other marks told apart."""

import runpy
from dataclasses import replace
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns

from crm_lab.data.tables import Tables
from crm_lab.explore import as_picture
from crm_lab.labs.check import AnswerKey, check

matplotlib.use("Agg")
DECLARED = runpy.run_path(str(Path(__file__).parent / "fixture_exercises.py"))
BARS, LINE, SEVERAL, POINTS, _SPREAD = DECLARED["PLOTS"]

ORDERS = pd.DataFrame(
    {
        "channel": ["app", "web", "app", "app"],
        "ordered_at": pd.to_datetime(["2025-01-03", "2025-01-30", "2025-02-02", "2025-03-09"]),
        "payment": ["card", "card", "card", "cash"],
        "status": ["delivered", "delivered", "cancelled", "delivered"],
        "revenue": [10.0, 20.0, 30.0, 40.0],
        "margin": [1.0, 2.0, 3.0, 4.0],
    }
)
BY_MONTH = pd.DataFrame({"month": ORDERS["ordered_at"].dt.to_period("M").dt.start_time, "channel": ORDERS["channel"]})


@pytest.fixture(autouse=True)
def no_figure_left():
    yield
    plt.close("all")


@pytest.fixture
def tables():
    return Tables({"orders": ORDERS}, pd.Timestamp("2026-01-01"))


def told(exercise, tables, axes):
    return check(AnswerKey(exercise, tables), axes)


COUNTS = ORDERS["channel"].value_counts()
MONTHS = BY_MONTH.groupby("month").size().rename("orders")
WIDE = BY_MONTH.value_counts().unstack("channel")
LONG = BY_MONTH.value_counts().reset_index()
DELIVERED = ORDERS[ORDERS["status"] != "cancelled"]
NAMED = replace(LINE, named="orders")
AT_TIMES = pd.Series(range(1, 29), [f"{8 + half // 2:02}:{half % 2 * 30:02}" for half in range(28)], name="orders")
AT_TIMES = AT_TIMES.rename_axis("channel")
TIMES = replace(LINE, key=("channel",), reference=lambda t: AT_TIMES, meaning=LINE.meaning)


def month_texts():
    return sns.barplot(x=MONTHS.index.strftime("%Y-%m"), y=MONTHS.to_numpy())


@pytest.mark.parametrize(
    ("exercise", "draw"),
    [
        (BARS, lambda: COUNTS.plot.bar(ylabel="orders")),
        (BARS, lambda: COUNTS.plot.barh(xlabel="orders")),
        (BARS, lambda: sns.countplot(ORDERS, x="channel")),
        (BARS, lambda: sns.countplot(ORDERS, y="channel", hue="channel")),
        (BARS, lambda: sns.barplot(COUNTS)),
        (BARS, lambda: sns.catplot(ORDERS, x="channel", kind="count")),
        (LINE, lambda: MONTHS.plot(ylabel="orders")),
        (LINE, lambda: MONTHS.asfreq("MS").plot(ylabel="orders")),
        (LINE, lambda: MONTHS.plot(style="o-", ylabel="orders")),
        (LINE, lambda: sns.lineplot(MONTHS)),
        (LINE, lambda: sns.relplot(MONTHS.reset_index(), x="month", y="orders", kind="line")),
        (SEVERAL, lambda: WIDE.plot(ylabel="orders")),
        (SEVERAL, lambda: sns.relplot(LONG, x="month", y="count", hue="channel", kind="line")),
        (NAMED, lambda: MONTHS.plot(ylabel="number of Orders")),
        (TIMES, lambda: AT_TIMES.plot(ylabel="orders")),
        (TIMES, lambda: AT_TIMES.reset_index().plot(x="channel", y="orders", ylabel="orders")),
        (TIMES, lambda: sns.lineplot(AT_TIMES)),
        (SEVERAL, lambda: sns.lineplot(BY_MONTH.value_counts().reset_index(), x="month", y="count", hue="channel")),
        (POINTS, lambda: ORDERS[ORDERS["status"] != "cancelled"].plot.scatter(x="revenue", y="margin")),
    ],
)
def test_whoever_drew_it_is_right(exercise, draw, tables):
    assert told(exercise, tables, draw()).message == exercise.meaning(tables, None)


def test_guiding_lines_and_labels_do_not_matter(tables):
    axes = sns.lineplot(MONTHS)
    axes.axhline(1.5)
    axes.plot([MONTHS.index[0], MONTHS.index[-1]], [1, 1], "--")
    axes.text(MONTHS.index[0], 1, "here")
    assert told(LINE, tables, axes).status == "right"


@pytest.mark.parametrize(
    ("exercise", "draw", "says"),
    [
        (BARS, lambda: COUNTS.plot.bar(), 'Add ylabel: axes.set(ylabel="…")'),
        (BARS, lambda: sns.lineplot(x=COUNTS.index, y=COUNTS.to_numpy()), "You have drawn a line"),
        (BARS, lambda: COUNTS.add([0, 1]).plot.bar(ylabel="orders"), "1 of 2 bars differs, first web"),
        (BARS, lambda: COUNTS.head(1).plot.bar(ylabel="orders"), "Missing bars: 1"),
        (BARS, lambda: plt.subplots()[1], "Nothing is drawn"),
        (BARS, plt.figure, "an object of type Figure"),
        (BARS, lambda: COUNTS, "a Series of 2 values"),
        (SEVERAL, lambda: WIDE.T.plot(ylabel="orders"), 'In seaborn: x="month", hue="channel".'),
        (LINE, month_texts, "You have drawn bars"),
        (LINE, lambda: plt.plot(MONTHS.index, MONTHS), "a list"),
        (LINE, lambda: sns.scatterplot(MONTHS), "You have drawn points"),
        (LINE, lambda: [MONTHS.plot(), MONTHS.add(1).plot(ylabel="orders")][1], "at 2025-01-01 you have 2"),
        (LINE, lambda: sns.lineplot(MONTHS).set(ylabel="orders"), "axes.set(...) gives back"),
        (LINE, lambda: MONTHS.to_frame().plot(subplots=True), "[0] gives the first"),
        (LINE, lambda: as_picture(sns.lineplot(MONTHS)), "Leave out explore.as_picture"),
        (LINE, lambda: MONTHS.plot(ylabel="month", xlabel="orders"), "exchanged"),
        (BARS, lambda: COUNTS.plot.barh(ylabel="orders", xlabel="channel"), "exchanged"),
        (
            POINTS,
            lambda: (
                sns.scatterplot(DELIVERED, x="revenue", y="margin").set(xlabel="margin", ylabel="revenue") and plt.gca()
            ),
            "exchanged",
        ),
        (SEVERAL, lambda: WIDE.plot(ylabel="orders", legend=False), "which of the lines are which"),
        (
            SEVERAL,
            lambda: WIDE.sum(axis=1).plot(ylabel="orders"),
            'not told apart by channel. In seaborn: hue="channel"',
        ),
        (NAMED, lambda: MONTHS.plot(ylabel="things"), "the name the task asks for: orders"),
    ],
)
def test_what_is_wrong_is_said(exercise, draw, says, tables):
    verdict = told(exercise, tables, draw())
    assert verdict.status == "wrong"
    assert says in verdict.message


def test_a_mistake_that_is_drawn_is_recognised(tables):
    delivered = ORDERS[ORDERS["status"] == "delivered"]
    assert "Another thought 0." in told(BARS, tables, sns.countplot(delivered, x="channel")).message


def test_bars_named_by_months_stand_for_their_first_days(tables):
    bars = replace(LINE, shape="bars")
    assert told(bars, tables, month_texts().set(ylabel="orders") and plt.gca()).status == "right"


def test_a_title_is_wanted_only_where_it_is_asked_for(tables):
    titled = replace(BARS, titled=True)
    axes = sns.countplot(ORDERS, x="channel")
    assert "Add title" in told(titled, tables, axes).message
    axes.set_title("Three of four orders come by the app")
    assert told(titled, tables, axes).status == "right"


def test_a_plot_that_as_picture_has_dressed_shows_the_same(tables):
    renamed = ORDERS.assign(channel=ORDERS["channel"].map({"app": "call_centre", "web": "web"}))
    axes = sns.countplot(renamed, x="channel")
    as_picture(axes)
    assert axes.get_xticklabels()[0].get_text() == "call centre"
    words = Tables({"orders": renamed}, pd.Timestamp("2026-01-01"))
    assert told(BARS, words, axes).status == "right"


def test_places_that_pandas_leaves_unnamed_must_be_those_of_the_right_order(tables):
    turned = AT_TIMES.iloc[::-1]
    assert told(TIMES, tables, turned.plot(ylabel="orders")).status == "wrong"
