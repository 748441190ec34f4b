"""Streams are the same everywhere and independent of each other."""

import numpy as np

from crm_lab.base.streams import personal_seed, stream


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
