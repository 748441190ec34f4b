"""The evaluation table of Kano's model and what is made of it."""

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.satisfaction import kano_category, kano_table


def test_the_published_table():
    # Berger et al. (1993): the table most often reprinted
    rows = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]
    for functional in range(1, 6):
        for dysfunctional in range(1, 6):
            assert kano_category(functional, dysfunctional) == rows[functional - 1][dysfunctional - 1]


def test_better_worse_and_clarity():
    pairs = [(1, 5)] * 50 + [(1, 3)] * 20 + [(2, 5)] * 20 + [(3, 3)] * 10
    people = pd.DataFrame(pairs, columns=["functional", "dysfunctional"]).assign(feature="delivery")
    row = kano_table(people).loc["delivery"]
    assert row["category"] == "O"
    assert (row["better"], row["worse"]) == pytest.approx((0.7, -0.7))
    assert row["strength"] == pytest.approx(0.3)
    assert row["low"] == pytest.approx(0.3 - 1.96 * (0.7 - 0.09) ** 0.5 / 10, abs=1e-4)


def test_a_tie_goes_to_what_must_be_there():
    people = pd.DataFrame({"feature": "x", "functional": [1, 2], "dysfunctional": [3, 5]})
    assert kano_table(people)["category"].tolist() == ["M"]


def test_answers_off_the_scale():
    with pytest.raises(InputError, match="functional, row 0: 6"):
        kano_category(6, 1)
