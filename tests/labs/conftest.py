import runpy
from pathlib import Path

import pytest

from crm_lab import World
from crm_lab.data.tables import Tables
from crm_lab.labs.check import AnswerKey, check
from crm_lab.labs.lab import Lab

FIXTURES = runpy.run_path(str(Path(__file__).parent / "fixture_exercises.py"))["EXERCISES"]


@pytest.fixture(scope="session")
def tables():
    world = World(customers=300, seed=3)
    return Tables(world.tables, world.today)


@pytest.fixture(scope="session")
def keys(tables):
    return {exercise.name: AnswerKey(exercise, tables) for exercise in FIXTURES}


@pytest.fixture
def said(keys):
    """The message a wrong answer is met with."""

    def say(name, answer):
        told = check(keys[name], answer)
        assert told.status == "wrong"
        return told.message

    return say


@pytest.fixture
def lab(tables, tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path))
    return Lab("98", FIXTURES, tables)
