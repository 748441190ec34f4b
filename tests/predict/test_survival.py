"""Kaplan–Meier against a published table and against lives that were all watched to the end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.predict import kaplan_meier

# Freireich et al. (1963), weeks in remission under 6-MP, as in Cox & Oakes (1984), Analysis of Survival Data
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_the_textbook_table():
    table = kaplan_meier(WEEKS, np.array(ENDED, dtype=bool)).iloc[1:]
    assert table["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert table["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert table["survival"].round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert table["standard_error"].round(4).tolist() == [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_without_censoring_it_is_the_share_still_there(durations):
    table = kaplan_meier(durations, np.ones(len(durations), dtype=bool))
    still = [np.mean(np.array(durations) > time) for time in table["time"].iloc[1:]]
    assert table["survival"].iloc[1:].tolist() == pytest.approx(still)


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=40))
def test_it_never_rises_and_stays_in_its_interval(watched):
    table = kaplan_meier(*zip(*watched, strict=True))
    assert (table["survival"].diff().iloc[1:] <= 0).all()
    assert ((table["low"] <= table["survival"]) & (table["survival"] <= table["high"])).all()


def test_bad_input():
    with pytest.raises(InputError, match="negative"):
        kaplan_meier([-1], [True])
    with pytest.raises(InputError, match="True or False"):
        kaplan_meier([1], [1])
