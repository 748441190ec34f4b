"""Lab 11b on dealers few enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies

EXERCISES = {exercise.name: exercise for exercise in of("11") if exercise.lab == "11b"}
QUARTERS = pd.to_datetime(["2025-01-01", "2025-04-01", "2025-07-01"])
SCORES = {  # dealer: who takes part, and the score of each quarter
    "D1": ("programme", 60, 66, 70),
    "D2": ("programme", 70, 72, 76),
    "D3": ("control", 60, 64, 63),
    "D4": ("control", 72, 70, 71),
}


@pytest.fixture
def company():
    rows = [
        (dealer, group, quarter, float(score), 1000.0 + score)
        for dealer, (group, *scores) in SCORES.items()
        for quarter, score in zip(QUARTERS, scores, strict=True)
    ]
    program = pd.DataFrame(rows, columns=["dealer_id", "assignment", "quarter", "score", "sales"])
    survey = pd.DataFrame(
        {
            "dealer_id": "D1",
            "wave": ["before", "before", "after", "after"],
            "attribute": ["margin", "range"] * 2,
            "importance": [9, 3, 9, 3],
            "satisfaction": [9, 9, 5, 9],
        }
    )
    frames = {"dealer_program": program, "dealer_survey": survey}
    return Tables(frames, pd.Timestamp("2026-01-01")).with_supplies(supplies(EXERCISES.values()))


def reference(name, company):
    return EXERCISES[name].reference(company)


def test_the_programme_is_a_difference_of_changes(company):
    assert reference("programme", company) == 8 - 1


def test_the_trend_is_a_mean_of_each_quarter_and_group(company):
    assert reference("trend", company)[QUARTERS[0], "control"] == 1066


def test_rebound_looks_at_the_control_group_alone(company):
    assert reference("rebound", company) == 1  # with two dealers, both are chosen


def test_the_dealers_index_and_issues_are_those_asked_again(company):
    assert reference("dealer_csi", company) == pytest.approx(100 * (6 - 1) / 9)
    assert reference("issues", company)["quadrant"].to_dict() == {"margin": "concentrate", "range": "overkill"}


def test_the_report_keeps_order_and_decimal(company):
    said = reference("report", company)(57.83, ["margin", "box"], "call")
    assert said == "CSI 57.8 of 100. Improve first: margin, box. Project: call."
