"""Marks draw what they are given and say it, whole or by its ends."""

from typing import Any

import pytest

from crm_lab.explore._boxes import Arrow, Box
from crm_lab.explore._chart import Chart, Scale, figure, fold
from crm_lab.explore._marks import Area, Bars, Intervals, Line, Points, Rule, Words
from crm_lab.explore._style import look, money, share

X, Y = Scale("load"), Scale("cost", money)
GROUPS = Scale(ticks={0: "A", 1: "B"})


def drawn(*marks: Any, **options: Any) -> Any:
    with look():
        return Chart("A title", marks, **options).drawn()[1]


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (Bars([3, 1], standing=True), "Bars of cost: A ¥3, B ¥1."),
        (Bars([3, 1], ["three", "one\nonly"], "now", standing=True), "now: Bars of cost: A three, B one only."),
        (Line([1, 2, 3], [5, 4, 1]), "Line of cost over load: it falls from ¥5 at 1 to ¥1 at 3."),
        (Line([1, 2], [5, 5], "flat"), "flat: Line of cost over load: from ¥5 at 1 to ¥5 at 2, the highest point ¥5"),
        (Line([1, 2], [5, 4], quiet=True), ""),
        (Points([1], [5], ["here\nit is"]), "Marked: here it is."),
        (Points([1], [5]), "1 point: load 1, cost ¥5."),
        (Area([1, 2], [1, 1], [2, 9], "interval"), "interval: a band, at its widest from ¥1 to ¥9 at 2."),
        (Area([1, 2], [1, 1], [2, 9]), ""),
        (Rule(3, words="the goal"), "Line at ¥3: the goal."),
        (Rule(3), ""),
        (Words(1, 1, "all\nequal."), "All equal."),
        (Box(1, 1, 1, 1, "head", ("one\nonly", "two")), "head: one only, two"),
        (Box(1, 1, 1, 1, words="hidden", broken=True), "hidden (dashed)"),
    ],
)
def test_what_a_mark_says(mark: Any, said: str) -> None:
    x = GROUPS if isinstance(mark, Bars) else X
    assert mark.say(x, Y).startswith(said)
    assert bool(mark.say(x, Y)) == bool(said)


def test_many_bars_are_said_by_their_ends() -> None:
    names = Scale(ticks={place: f"n{place}" for place in range(20)})
    said = Bars(range(20)).say(X, names)
    assert said == "20 bars of load: the largest is n19 with 19, the smallest n0 with 0."


def test_intervals_say_both_ends() -> None:
    said = Intervals([2.0, 5.0], [1, 4], [3, 6]).say(Y, GROUPS)
    assert said == "Points with intervals of cost: A ¥2 (¥1 to ¥3), B ¥5 (¥4 to ¥6)."


def test_boxes_and_arrows_are_listed_once_for_all() -> None:
    start, end = Box(1, 1, 1, 1, words="caller"), Box(4, 1, 1, 1, "desk")
    picture = figure(
        "Two", start, end, Arrow(start, end, "rings", both=True), x=Scale(limits=(0, 5)), y=Scale(limits=(0, 2))
    )
    assert picture.alt == "Two. Boxes: caller; desk. 1 arrow: caller ↔ desk (rings)."


@pytest.mark.parametrize(("x", "y", "level"), [(5, 0.2, True), (0.2, 5, True), (5, 5, False)])
def test_an_arrow_leaves_and_meets_the_edges(x: float, y: float, level: bool) -> None:
    begin, finish = Arrow(Box(0, 0, 2, 2), Box(x, y, 2, 2))._ends()
    assert (begin[0] == finish[0] or begin[1] == finish[1]) == level or x == 0.2
    assert max(map(abs, begin)) == 1
    assert min(abs(finish[0] - x), 1) == 1 or abs(finish[1] - y) <= 1


def test_a_bar_below_zero_has_its_words_at_zero() -> None:
    axes = drawn(Bars([3.0, -1.0], ["three", "minus one"]), x=X, y=GROUPS)
    assert [text.xy[0] for text in axes.texts] == [3.0, 0.0]


def test_scales_write_their_values() -> None:
    axes = drawn(Line([1, 10], [0.1, 0.5]), x=Scale("load"), y=Scale("part", share, (0, 1)), grid="y")
    assert axes.yaxis.get_major_formatter()(0.5) == "50 %"
    assert axes.get_ylim() == (0, 1)


def test_an_open_end_follows_the_data() -> None:
    axes = drawn(Line([1, 2], [3, 800]), x=X, y=Scale("cost", money, (0, None)))
    assert axes.get_ylim()[0] == 0
    assert axes.get_ylim()[1] >= 800


def test_several_named_series_have_a_legend_and_one_has_none() -> None:
    two = (Line([1, 2], [3, 4], "own"), Line([1, 2], [4, 3], "other"))
    assert drawn(*two, x=X, y=Y).get_legend() is not None
    assert drawn(two[0], x=X, y=Y).get_legend() is None
    assert drawn(Line([1, 2], [3, 4], "own", end="own"), two[1], x=X, y=Y).get_legend() is None


def test_the_alt_text_begins_with_the_message_and_ends_with_the_note() -> None:
    picture = figure("Half of it.", Bars([1, 2], standing=True), x=GROUPS, y=Y, note="Others left out")
    assert picture.alt == "Half of it. Bars of cost: A ¥1, B ¥2. Others left out."
    assert picture.title == "Half of it."


def test_lines_that_are_there_stay_apart() -> None:
    assert fold("one two\nthree", 5) == "one\ntwo\nthree"


def test_notes_are_said_in_one_sentence() -> None:
    marks = Points([1], [5], ["here"]), Points([2], [3], ["there"])
    assert Chart("A title", marks, X, Y).alt == "A title. Marked: here; there."
    assert (
        Chart("A title", (*marks, Points([3], [2])), X, Y).alt
        == "A title. 1 point: load 3, cost ¥2. Marked: here; there."
    )
