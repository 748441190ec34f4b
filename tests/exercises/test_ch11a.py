"""Lab 11a on surveys small enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies

EXERCISES = {exercise.name: exercise for exercise in of("11") if exercise.lab == "11a"}
ITEMS = ["quality_1", "quality_2", "quality_3"]

ANSWERS = [  # respondent, panel customer, wave, answered, csat, nps, ces, three items
    ("E1", None, "2025Q3", "online", 5, 10, 7, 1, 2, 1),
    ("E2", None, "2025Q3", "online", 3, 7, 5, 2, 1, 2),
    ("E3", None, "2025Q4", "online", 4, 9, 6, 3, 4, 3),
    ("E4", None, "2025Q4", "phone", 1, 2, 1, 1, 1, 1),
    ("E5", None, "2025Q4", "phone", 2, 8, 2, 1, 1, 1),
    ("E6", None, "2025Q4", "no", None, None, None, None, None, None),
    ("E7", None, "2025Q4", "online", 4, 10, 6, 4, 3, 4),
    ("S1", "C1", "2025Q4", "online", 1, 0, 1, 4, 3, 4),
]
DEALERS = [
    ("D1", "before", "margin", 9, 5),
    ("D2", "before", "margin", 8, 6),
    ("D1", "before", "range", 3, 9),
    ("D1", "after", "range", 5, 1),
]
FACTORS = [f"factor_{n}" for n in range(10)]
COLUMNS = ["respondent_id", "customer_id", "wave", "answered", "csat", "nps", "ces", *ITEMS]


@pytest.fixture
def company():
    surveys = pd.DataFrame(ANSWERS, columns=COLUMNS)
    servqual = pd.DataFrame(
        {
            "respondent_id": ["Q1", "Q1", "Q2", "Q2"],
            "dimension": "empathy",
            "question_id": ["empathy_1", "empathy_2"] * 2,
            "expectation": [7, 6, 5, 5],
            "perception": [5, 6, 6, 5],
        }
    )
    kano = pd.DataFrame({"feature": "wrap", "functional": [1, 1, 2, 3, 5], "dysfunctional": [3, 5, 5, 3, 1]})
    dealers = pd.DataFrame(DEALERS, columns=["dealer_id", "wave", "attribute", "importance", "satisfaction"])
    frames = {"surveys": surveys, "servqual": servqual, "kano": kano, "dealer_survey": dealers}
    return Tables(frames, pd.Timestamp("2026-01-01")).with_supplies(supplies(EXERCISES.values()))


def reference(name, company):
    return EXERCISES[name].reference(company)


def test_only_answers_online_count_in_a_wave(company):
    table = reference("scores_by_wave", company)
    assert table["csat"].to_dict() == pytest.approx({"2025Q3": 50, "2025Q4": 200 / 3})
    assert table["ces"].to_dict() == pytest.approx({"2025Q3": 6, "2025Q4": 13 / 3})
    assert reference("nps_by_wave", company).to_dict() == pytest.approx({"2025Q3": 50, "2025Q4": 100 / 3})


def test_a_change_and_its_interval(company):
    # points 100, 0 (variance 2,500 of 2) and 100, 100, −100 (variance 80,000/9 of 3)
    change = reference("nps_change", company)
    reach = 1.96 * (2500 / 2 + 80000 / 9 / 3) ** 0.5
    assert change.to_dict() == pytest.approx({"change": -50 / 3, "low": -50 / 3 - reach, "high": -50 / 3 + reach})


def test_calls_speak_for_the_silent_outside_the_panel(company):
    assert reference("everyone", company) == pytest.approx(2 / 5 * 100 + 3 / 5 * -50)


def test_factors_are_held_against_satisfaction():
    people = [f"E{person}" for person in range(4)]
    asked = pd.DataFrame({"respondent_id": people, **{name: [1, 2, 3, 5] for name in FACTORS}})
    answers = {f"expectation_{n}": [4, 3, 2, 1] for n in (1, 2, 3)} | {
        f"satisfaction_{n}": [2, 4, 6, 10] for n in (1, 2, 3)
    }
    surveys = pd.DataFrame({"respondent_id": people, **answers})
    tables = Tables({"surveys": surveys, "expectation_factors": asked}, pd.Timestamp("2026-01-01"))
    tables = tables.with_supplies(EXERCISES["factors"].supplies)
    assert reference("factors", tables).to_dict() == pytest.approx(dict.fromkeys(FACTORS, 1.0))


def test_gaps_and_what_features_do(company):
    assert reference("gaps", company).to_dict() == {"empathy_1": -0.5, "empathy_2": 0}
    table = reference("kano", company)  # letters A, O, M, I and R
    assert table.loc["wrap"].to_dict() == {"better": 0.5, "worse": -0.5}


def test_the_map_has_a_point_for_each_attribute_before(company):
    points = reference("priorities", company)[["satisfaction", "importance"]]
    assert sorted(points.itertuples(index=False, name=None)) == [(5.5, 8.5), (9, 3)]


def test_alpha_of_the_online_answers(company):
    items = pd.DataFrame(ANSWERS, columns=COLUMNS).query("answered == 'online'")[ITEMS]
    raw = 1.5 * (1 - items.var().sum() / items.sum(axis=1).var())
    assert reference("alpha", company) == pytest.approx(raw)
