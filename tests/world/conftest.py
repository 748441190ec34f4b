"""Twenty companies, made once: what is measured on them is pooled."""

import pytest

from crm_lab.world import World


@pytest.fixture(scope="session")
def companies():
    """The worlds of seeds 100 to 119. Read them, do not change them."""
    return [World(seed=seed) for seed in range(100, 120)]
