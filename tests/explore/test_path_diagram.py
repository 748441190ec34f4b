"""The path diagram and the importance-performance map say what they show."""

import pandas as pd
import pytest

from crm_lab import load
from crm_lab.explore import importance_map, path_diagram, path_explorer
from crm_lab.satisfaction import pls_path_model

BLOCKS = {"quality": ["quality_1", "quality_2", "quality_3"], "satisfaction": ["satisfaction_1", "satisfaction_2"]}
PATHS = [("quality", "satisfaction")]


@pytest.fixture(scope="module")
def answers():
    table = load("surveys")
    return table[table["answered"] == "online"]


def test_the_coefficient_stands_on_its_arrow(answers):
    model = pls_path_model(answers, BLOCKS, PATHS)
    assert f"quality → satisfaction ({model.paths.loc['quality', 'satisfaction']:.2f})" in path_diagram(model).alt


def test_the_explorer_shows_the_model_of_the_group_chosen(answers):
    explorer = path_explorer(answers, BLOCKS, PATHS)
    explorer.controls["group"].value = "2025Q2"
    explorer.controls["scheme"].value = "path"
    rows = answers[answers["wave"] == "2025Q2"]
    assert explorer.outcome.n == len(rows)
    assert explorer.outcome.paths.equals(pls_path_model(rows, BLOCKS, PATHS, scheme="path").paths)
    assert f"{len(rows):,} answers" in explorer._summary.value


def test_the_map_names_what_is_important_and_weak():
    ratings = pd.DataFrame({"attribute": ["price", "box"], "importance": [9, 3], "satisfaction": [4, 8]})
    assert "1 of 2 attributes are important and weak: price" in importance_map(ratings).alt
