"""Twenty companies, made once: what is measured on them is pooled."""

import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world._truth import Truth

from .pooling import SEEDS


class Copies(dict):
    """Frames of which everyone gets a copy. pandas copies on write: it costs nothing, and no test changes another's."""

    def __getitem__(self, name):
        value = super().__getitem__(name)
        return value.copy(deep=False) if isinstance(value, pd.DataFrame) else value


class SharedTruth(Copies, Truth):
    """The truth of a shared company."""


def shared(world):
    world.tables, world.truth = Copies(world.tables), SharedTruth(world.truth)
    return world


@pytest.fixture(scope="session")
def companies():
    """The worlds of SEEDS, 2,000 customers each."""
    return [shared(World(seed=seed)) for seed in SEEDS]


@pytest.fixture(scope="session")
def company(companies):
    """One of them."""
    return companies[0]


@pytest.fixture(scope="session")
def editions(company):
    """The same company in both languages."""
    return {"en_US": company, "zh_CN": shared(World(seed=SEEDS[0], locale="zh_CN"))}


@pytest.fixture(scope="session")
def one_block_and_more():
    """A company of one block of customers, and one that has fifty more."""
    return World(10_000, seed=4), World(10_050, seed=4)
