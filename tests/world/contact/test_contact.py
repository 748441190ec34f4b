"""Contact adds tables and changes none of commerce."""

import pandas as pd
import pytest

from crm_lab import schema
from crm_lab.base.files import resource
from crm_lab.schema.contact import CONTACT
from crm_lab.world import World

NAMES = [table.name for table in CONTACT]
PANEL = ["consents", "visits", "failures", "tickets"]


def test_the_files_keep_within_their_budget():
    size = sum((resource("datasets") / table.file).stat().st_size for table in CONTACT)
    assert size <= 550_000


@pytest.mark.parametrize("name", NAMES)
def test_a_second_world_has_the_same_contacts(name):
    pd.testing.assert_frame_equal(World(300, seed=5).tables[name], World(300, seed=5).tables[name])
    assert not World(300, seed=6).tables[name].equals(World(300, seed=5).tables[name]) or name == "campaigns"


@pytest.mark.parametrize("name", NAMES)
def test_the_chinese_edition_has_the_same_contacts(name):
    pd.testing.assert_frame_equal(World(300).tables[name], World(300, locale="zh_CN").tables[name])


def test_a_block_does_not_depend_on_the_blocks_after_it():
    small, large = World(10_000, seed=4), World(10_050, seed=4)
    for name in PANEL:
        key = "order_id" if name == "failures" else "customer_id"
        known = small.orders["order_id"] if name == "failures" else small.customers["customer_id"]
        own = large.tables[name][large.tables[name][key].isin(known)]
        pd.testing.assert_frame_equal(small.tables[name], own.reset_index(drop=True))
        assert schema.TABLES[name].key[0] in own


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_the_smallest_worlds_are_whole(seed):
    schema.check(World(1, seed=seed).tables)
    schema.check(World(20, seed=seed).tables)
