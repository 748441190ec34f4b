"""Streams are the same everywhere and independent of each other."""

import numpy as np
import pytest

from crm_lab.base.errors import InputError
from crm_lab.base.streams import personal_seed, stream, student_number


def test_a_stream_is_the_same_each_time():
    assert np.array_equal(stream(3, "orders", 1, 2).random(5), stream(3, "orders", 1, 2).random(5))


def test_each_part_of_the_key_makes_another_stream():
    first = [stream(*key).random() for key in [(0, "a"), (1, "a"), (0, "b"), (0, "a", 1), (0, "a", 0, 1)]]
    assert len(set(first)) == 5


def test_every_student_has_their_own_seed():
    seeds = {personal_seed(f"2026-{n:03d}") for n in range(1000)}
    assert len(seeds) == 1000
    assert personal_seed("2026-001") == personal_seed(" 2026-001 ")
    assert personal_seed("2026-001", course="other") != personal_seed("2026-001")


SAME = [
    "2026-017",
    " 2026-017\n",
    "2026\u2010017",
    "2026\u2011017",
    "2026\u2012017",
    "2026\u2013017",
    "2026\u2014017",
    "2026\u2212017",
    "2026\ufe63017",
    "2026\uff0d017",
    "\uff12\uff10\uff12\uff16-\uff10\uff11\uff17",
    "2026-017\u200b",
    "\ufeff2026-017",
    "2026\u00ad-017",
    "2026-0\u206017",
    "2026-017\ufe0f",
    "\u00a02026-017\u3000",
    "2026-\u3164017",
]


@pytest.mark.parametrize("typed", SAME)
def test_what_looks_the_same_is_the_same_students_number(typed):
    assert student_number(typed) == "2026-017"
    assert personal_seed(typed) == personal_seed("2026-017")


@pytest.mark.parametrize(
    "typed", ["", "  ", "\u200b", "2026\ud800", "2026\x00017", "\ue000", None, 2026, b"2026", ["2026"]]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(InputError, match="such as '2026-017'"):
        student_number(typed)


def test_different_numbers_stay_different():
    typed = ["2026-017", "2026-018", "2026017", "a-1", "A-1", "\u674e-1"]
    assert len({personal_seed(number) for number in typed}) == len(typed)
