"""Blocks share no random number: made in any order, in any process, they add up to the same company."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest

from crm_lab import schema
from crm_lab.base.streams import BLOCK
from crm_lab.data.files import table_bytes
from crm_lab.world import World
from crm_lab.world.company import Setting, make_block, make_watches, make_whole

SIZE = 25_000


@pytest.fixture(scope="module")
def world():
    return World(SIZE, seed=4)


@pytest.fixture(scope="module")
def setting():
    return Setting(SIZE, seed=4, locale="en_US")


@pytest.fixture(scope="module")
def blocks(setting):
    """Blocks made last to first, each in a process that has made no other; in the order of their numbers."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        return list(pool.map(make_block, [setting] * 3, [2, 1, 0]))[::-1]


@pytest.fixture(scope="module")
def tables(setting, blocks):
    """All tables of the company these blocks make up."""
    whole = make_whole(setting, np.sum([block.sold for block in blocks], axis=0), [block.callers for block in blocks])
    watches = [make_watches(setting, whole["stock"], block.tables["customers"], block.number) for block in blocks]
    names = blocks[0].tables
    return whole | {"watches": pd.concat(watches)} | {n: pd.concat([b.tables[n] for b in blocks]) for n in names}


def test_every_table_is_of_the_whole_or_of_blocks(tables):
    assert set(tables) == set(schema.TABLES)


@pytest.mark.slow
@pytest.mark.parametrize("name", schema.TABLES)
def test_blocks_backwards_in_their_own_processes_give_the_same_bytes(world, tables, name):
    table = schema.TABLES[name]
    assert table_bytes(table, table.typed(tables[name])) == table_bytes(table, world.tables[name])


@pytest.mark.slow
def test_a_company_of_three_blocks_is_what_the_schema_says(world):
    schema.check(world.tables)


@pytest.mark.parametrize("name", ["reminders", "watches", "dealer_program", "surveys"])
def test_every_block_has_its_share(world, name):
    table = world.tables[name]
    dealers = world.dealers.set_index("dealer_id")["customer_id"]
    customers = table["dealer_id"].map(dealers) if name == "dealer_program" else table["customer_id"]
    block = (customers.dropna().str[1:].astype(int) - 1) // BLOCK
    rows = block.value_counts().sort_index()
    assert list(rows.index) == [0, 1, 2]
    assert rows[1] == pytest.approx(rows[0], rel=0.25)
    assert rows[2] == pytest.approx(rows[0] / 2, rel=0.25)


def test_half_of_the_dealers_of_every_block_take_part(world):
    arm = world.dealer_program.drop_duplicates("dealer_id")
    block = arm["dealer_id"].str[1:].where(~arm["dealer_id"].str.startswith("DX")).astype(float) // 1000
    share = (arm["assignment"] == "programme").groupby(block.fillna(0)).agg(["sum", "size"])
    assert ((2 * share["sum"] - share["size"]).abs() <= 1).all()


def test_calls_come_from_every_block_and_fit_its_customers(world):
    calls = world.calls.dropna(subset="customer_id").merge(world.customers, on="customer_id")
    rows = ((calls["customer_id"].str[1:].astype(int) - 1) // BLOCK).value_counts()
    assert rows[1] == pytest.approx(rows[0], rel=0.25)
    assert rows[2] == pytest.approx(rows[0] / 2, rel=0.25)
    assert (calls["priority"] == calls["kind"].isin(["dealer", "business"])).all()
    assert (calls["registered_at"] < calls["arrived_at"]).all()


def test_the_stock_falls_by_what_all_blocks_bought(world):
    lines = world.order_lines.merge(world.orders, on="order_id")
    day = lines["ordered_at"].dt.normalize()
    recent = (lines["status"] != "cancelled") & day.between(world.stock["day"].min(), world.stock["day"].max())
    assert world.stock["sold"].sum() == lines.loc[recent, "quantity"].sum()


def test_a_panel_as_large_as_the_company_or_larger_makes_all_calls():
    for size, block in ((100_000, 9), (105_000, 10)):
        setting = Setting(size, seed=4, locale="en_US")
        expected = len(setting.tables["calls"]) * min(BLOCK, size - block * BLOCK) / size
        assert len(make_block(setting, block).callers) == pytest.approx(expected, rel=0.1)


def test_every_call_has_its_place_in_one_block(blocks):
    rows = [block.callers.index for block in blocks]
    assert sum(map(len, rows)) == len(set().union(*rows))
