"""What a right answer means can be said on every company a lab may be opened on, also on a small one."""

import re
from functools import cache

import pytest

from crm_lab import World, exercises
from crm_lab.data.tables import Tables

SIZES = {400: 2, 2_000: 3}  # customers: seed


@cache
def company(size: int) -> Tables:
    made = World(customers=size, seed=SIZES[size])
    return Tables(made.tables, made.today)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("exercise", exercises.all_exercises(), ids=lambda one: f"{one.lab}-{one.name}")
def test_meaning_can_be_said(exercise, size):
    tables = company(size).with_supplies(exercise.supplies)
    said = exercise.meaning(tables, exercise.reference(tables))
    assert said.endswith("."), said
    assert not re.search(r"\b(nan|NaN|inf|None|NaT)\b|[{}]|(?<![\w-])-\s?¥?\d", said), said
