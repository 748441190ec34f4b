"""Measuring the truth anew: every number is measured, found in the source, and written there as it was."""

import ast

import pandas as pd
import pytest

from crm_lab.world._truth import ESTIMANDS

from . import measure_truth, stored
from .calls import calls_measures
from .choice import choice_measures
from .pooling import flat
from .voice import voice_measures

SOURCE = """A = 1.0
TRUTH: dict = {  # ¥
    "a": {"é": -0.3413, "b": 12.0}, "c": (1.25, 2.5),  # 0.5
    "word": "keep_up",
}
"""


def test_every_number_of_the_truth_stands_where_it_is_looked_for():
    numbers = {name: value for name, value in flat(ESTIMANDS).items() if not isinstance(value, str)}
    assert {name: float(place.text) for name, place in stored.places().items()} == pytest.approx(numbers)


def test_every_figure_of_the_truth_is_measured(company):
    names = {
        name
        for measures in (measure_truth.LARGE, measure_truth.PANEL)
        for group, measure in measures.items()
        for name in flat({group: measure(company)})
    }
    names |= set(flat({"choice": choice_measures.measure(company), "voice": voice_measures.model(20_000)}))
    names.add("calls.week_service_level_erlang_a")
    assert names == set(flat(ESTIMANDS))
    assert 0.6 < calls_measures.week_by_erlang_a(100) < 0.95


def test_a_new_number_takes_the_place_and_the_digits_of_the_old_one(tmp_path):
    file = tmp_path / "truth.py"
    file.write_text(SOURCE, encoding="utf-8")
    found = stored.numbers(file, "TRUTH")
    assert {name: place.text for name, place in found.items()} == {
        "a.é": "-0.3413",
        "a.b": "12.0",
        "c.0": "1.25",
        "c.1": "2.5",
    }
    new = {"a.é": 0.51239, "a.b": -7.12, "c.1": 3.0}
    stored.rewrite(pd.DataFrame({"place": pd.Series(found)[list(new)], "measured": pd.Series(new)}))
    text = file.read_text(encoding="utf-8")
    assert text == SOURCE.replace("-0.3413", "0.5124").replace("12.0", "-7.1").replace("2.5)", "3.0)")
    assert ast.literal_eval(text.split("TRUTH: dict = ")[1])["c"] == (1.25, 3.0)


@pytest.mark.parametrize(
    ("measured", "error", "expected"),
    [(0.3412, 0, False), (0.34126, 0, True), (0.35, 0.0034, False), (0.35, 0.0029, True), (float("nan"), 0, True)],
)
def test_a_figure_has_changed_beyond_its_last_digit_and_three_standard_errors(measured, error, expected):
    place = stored.Place(None, 1, 0, 6, "0.3412")
    assert measure_truth.changed(0.3412, measured, error, place) is expected


def test_the_companies_measured_are_none_of_the_tests():
    from .pooling import SEEDS

    todo = measure_truth.tasks(set(ESTIMANDS), 200_000, 200)
    assert len(todo) == 1 + 1 + 100 + 200
    assert not {task.seed for task in todo if task.kind != "model"} & set(SEEDS)
    assert [task.kind for task in measure_truth.tasks({"choice"}, 10, 4)] == ["choice", "choice"]
