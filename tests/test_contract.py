"""The contract, for every exercise ever declared and for fixtures of every kind, on five worlds."""

import runpy
from functools import cache
from pathlib import Path

import pytest

from crm_lab import World, exercises
from crm_lab.labs import contract
from crm_lab.labs.tables import Tables

FIXTURES = runpy.run_path(str(Path(__file__).parent / "labs" / "fixture_exercises.py"))["EXERCISES"]
EVERY = [*FIXTURES, *exercises.all_exercises()]


@cache
def worlds() -> list[Tables]:
    made = [World(seed=seed) for seed in (0, 1, 2, 3, 4)]
    return [Tables(world.tables, world.today) for world in made]


@pytest.mark.parametrize("exercise", EVERY, ids=[f"{exercise.lab}-{exercise.name}" for exercise in EVERY])
def test_contract(exercise):
    assert contract.faults(exercise, worlds()) == []
