"""The index explorer: what moves, what does not, and what is clear."""

import pandas as pd
import pytest

from crm_lab import load
from crm_lab.base.errors import InputError
from crm_lab.explore import index_explorer
from crm_lab.satisfaction import csat, nps


@pytest.fixture(scope="module")
def answers():
    table = load("surveys")
    return table[table["answered"] == "online"]


def test_without_a_change_nothing_moves(answers):
    explorer = index_explorer(answers)
    explorer.controls["points"].value = 0
    assert (explorer.outcome["change"] == 0).all()
    assert not explorer.outcome["clear"].any()


def test_all_answers_give_the_indices_themselves(answers):
    explorer = index_explorer(answers)
    explorer.controls["answers"].value = explorer.controls["answers"].max
    used = explorer._table.head(explorer.controls["answers"].value)
    assert explorer.outcome.loc["nps", "before"] == nps(used["nps"])
    assert explorer.outcome.loc["csat", "before"] == csat(used["csat"])


@pytest.mark.parametrize("whom", ["unhappy", "happy"])
def test_better_answers_raise_and_worse_lower_every_index(answers, whom):
    explorer = index_explorer(answers)
    explorer.controls["whom"].value = whom
    for points, sign in ((15, 1), (-15, -1)):
        explorer.controls["points"].value = points
        assert (sign * explorer.outcome["change"] >= 0).all()
        assert (sign * explorer.outcome["change"]).max() > 0


def test_few_answers_show_nothing_clearly(answers):
    explorer = index_explorer(answers)
    explorer.controls["answers"].value = 50
    assert "No index" in explorer.chart(explorer.outcome).title


def test_missing_answers_are_refused(answers):
    with pytest.raises(InputError, match="some are missing"):
        index_explorer(pd.concat([answers, answers.head(1).assign(nps=None)]))
