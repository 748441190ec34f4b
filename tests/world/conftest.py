"""Twenty companies, made once: what is measured on them is pooled."""

import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world.truth import Truth

from .pooling import SEEDS


class Copies(dict):
    """Frames of which everyone gets a copy. pandas copies on write: it costs nothing, and no test changes another's."""

    def __getitem__(self, name):
        value = super().__getitem__(name)
        return value.copy(deep=False) if isinstance(value, pd.DataFrame) else value


class SharedTruth(Copies, Truth):
    """The truth of a shared company."""


@pytest.fixture(scope="session")
def companies():
    """The worlds of SEEDS, 2,000 customers each."""
    worlds = [World(seed=seed) for seed in SEEDS]
    for world in worlds:
        world.tables, world.truth = Copies(world.tables), SharedTruth(world.truth)
    return worlds


@pytest.fixture(scope="session")
def company(companies):
    """One of them."""
    return companies[0]
