"""How tests are shared among processes: a file's tests stay together, unless a test says which others it belongs to."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each test that names no group into the group of its file."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path)))
