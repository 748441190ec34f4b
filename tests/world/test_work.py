"""The tables of work and tastes lean on what is finished, and nothing leans on them."""

import pandas as pd
import pytest

from crm_lab.schema import TABLES
from crm_lab.schema.office import INSIDE
from crm_lab.schema.serving import SERVING
from crm_lab.schema.taste import TASTE
from crm_lab.schema.winning import WINNING
from crm_lab.world import company as model
from crm_lab.world._coded import coded
from crm_lab.world.company import Setting, make_block, make_watches, make_whole

ADDED = {table.name for group in (INSIDE, TASTE, WINNING, SERVING) for table in group}


def all_tables():
    """Every table of a small company, by name."""
    setting = Setting(400, seed=6, locale="en_US")
    block = make_block(setting, 0)
    whole = make_whole(setting, block.sold, [block.callers])
    watches = make_watches(setting, whole["stock"], block.tables["customers"], 0)
    return whole | block.tables | {"watches": watches}


@pytest.fixture(scope="module")
def complete():
    return all_tables()


def test_they_are_all_made(complete):
    assert set(complete) == set(TABLES)


@pytest.mark.parametrize("name", sorted(set(TABLES) - ADDED))
def test_what_stands_is_the_same_without_them(complete, without, name):
    pd.testing.assert_frame_equal(TABLES[name].typed(without[name]), TABLES[name].typed(complete[name]))


@pytest.fixture(scope="module")
def without():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "work_of_company", lambda *arguments: ({}, {}))
        patch.setattr(model, "work_of_block", lambda *arguments: {})
        return all_tables()


def test_texts_by_number_may_be_empty():
    assert coded(("a", None), [0, -1, 1]).isna().tolist() == [False, True, True]
    assert list(coded(pd.Series(["x", "y"], index=[7, 3]), [1, 1])) == ["y", "y"]
    assert len(coded(("a",), [])) == 0
