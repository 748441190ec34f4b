import functools
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_lab import classify
from crm_lab.labs import _running as running
from crm_lab.labs import functions
from crm_lab.labs.check import AnswerKey, check


def test_stub_is_not_answered(keys):
    def share(values, top): ...

    def described(values, top):
        """Share of the best."""
        ...

    def returning(values, top):
        return ...

    assert {check(keys["share"], stub).status for stub in (share, described, returning)} == {"todo"}


def test_function_without_return_is_told_so(said):
    def share(values, top):
        values.sum() * top

    assert said("share", share) == "Your function returns None. Does it end with `return`?"


def test_every_kind_of_callable_that_is_plain_is_called(keys):
    assert check(keys["share"], classify.pareto_share).status == "right"
    assert check(keys["share"], functools.partial(classify.pareto_share)).status == "right"


def test_first_call_that_differs_is_shown_with_its_input(said):
    def share(values, top):
        return classify.pareto_share(values, top) if len(values) > 4 else 0.5

    assert said("share", share) == (
        "Call 1 of 3, share(Series([1.0, 2.0, 3.0, 10.0]), 0.25): it returned 0.5. That is not it yet."
    )


def test_error_is_reported_with_the_call(said):
    def named(n):
        return "small" if n < 3 else undefined  # noqa: F821

    assert said("named", named) == "Call 4 of 6, named(3): it raised NameError: name 'undefined' is not defined."


def test_wrong_return_type_is_named(said):
    assert "Call 1 of 3" in (told := said("share", lambda values, top: [0.5]))
    assert "of what it returned: You have a list; what is asked for is one number." in told


@pytest.mark.parametrize(
    "greedy",
    [
        lambda orders: orders.insert(0, "seen", 1),
        lambda orders: orders.drop(columns="revenue", inplace=True),
        lambda orders: orders.__setitem__("revenue", 0),
        lambda orders: orders.__setitem__("revenue", [object()] * len(orders)),
    ],
)
def test_changing_its_input_is_told_and_harms_nothing(keys, said, greedy):
    def totals(orders):
        total = orders.groupby("customer_id")["revenue"].sum().to_frame("total")
        greedy(orders)
        return total

    assert "it changed what it was given. Work on a copy" in said("totals", totals)
    assert check(keys["totals"], keys["totals"].reference).status == "right"


def _counting(sizes=[]):  # noqa: B006
    """Right for as many calls as there are probes."""

    def named(n):
        sizes.append(n)
        return "small" if n < 3 and len(sizes) <= 6 else "large"

    return named


def _remembering():
    """Right the first time; later calls meet what earlier ones have left."""
    seen = set()

    def named(n):
        seen.add(n)
        return "small" if n < 3 and max(seen) < 4 else "large"

    return named


@pytest.mark.parametrize("make", [_counting, _remembering])
def test_what_is_left_over_from_earlier_calls_is_found(said, make):
    assert "called again with the same input, it gave something else" in said("named", make())


def test_memory_that_looks_at_half_of_the_inputs_is_found(keys):
    known = {}

    def share(values, top):
        return known.setdefault(len(values), classify.pareto_share(values, top))

    assert check(keys["share"], share).status == "wrong"


class _Share:
    def __call__(self, values, top):
        return classify.pareto_share(values, top)

    def method(self, values, top):
        return classify.pareto_share(values, top)


def test_everything_that_can_be_called_is_a_function_but_a_class(keys, said):
    tidy = functools.lru_cache(lambda n: "small" if n < 3 else "large")
    assert check(keys["named"], tidy).status == "right"
    for answer in (_Share(), _Share().method, functools.partial(_Share(), top=0.25)):
        assert check(keys["share"], answer).status == ("wrong" if isinstance(answer, functools.partial) else "right")
    assert "what is asked for is one number" in said("share", np.greater)
    assert said("share", _Share).startswith("You have a class; what is asked for is a function.")


def test_value_that_changes_after_it_was_returned_is_read_in_time(keys):
    kept = pd.DataFrame({"total": []})

    def totals(orders):
        nonlocal kept
        fresh = orders.groupby("customer_id")["revenue"].sum().to_frame("total")
        kept.drop(kept.index, inplace=True)
        kept = fresh
        return kept

    assert check(keys["totals"], totals).status == "right"


def test_many_slow_calls_are_not_called_a_loop_without_end(said):
    def named(n):
        time.sleep(0.12)
        return "small" if n < 3 else "large"

    told = said("named", named)
    assert "it came too late: a check makes 6 calls" in told
    assert "loop" not in told


def test_calling_itself_too_often_is_explained(said):
    def share(values, top):
        return share(values, top)

    assert "Let a loop do the work" in said("share", share)


LOOP = """
def answer():
    while True:
        try:
            print("noise")
        except BaseException:
            continue
"""
STUBBORN = """
ends = time.monotonic() + 0.6
def answer():
    while time.monotonic() < ends:
        try:
            time.sleep(0.01)
            print("noise")
        except BaseException:
            time.sleep(0.2)
"""
AFTERWARDS = """
assert running.call_each(answer, [()], seconds=0.1) == []
print("heard")
deadline = time.monotonic() + 10
while threading.active_count() > 1 and time.monotonic() < deadline:
    time.sleep(0.05)
print(threading.active_count())
"""


@pytest.mark.parametrize("answer", [LOOP, STUBBORN])
def test_thread_that_catches_everything_is_silent_and_ends_while_others_are_heard(answer):
    code = "import threading, time\nfrom crm_lab.labs import _running as running\n" + answer + AFTERWARDS
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "heard\n1\n"


def test_prints_are_swallowed(capsys):
    calls = running.call_each(print, [("noise",)])
    assert calls == [running.Call(None)]
    assert capsys.readouterr() == ("", "")


def test_loop_without_end_is_stopped_for_good(said):
    turns = []

    def share(values, top):
        while True:
            turns.append(1)

    start = time.monotonic()
    assert "it did not finish in time" in said("share", share)
    assert time.monotonic() - start < 5  # a hang guard; the limit is running.SECONDS
    before = len(turns)
    time.sleep(0.05)
    assert len(turns) == before


def test_calls_that_were_done_in_time_count(tables):
    assert running.call_each(lambda x: time.sleep(x) or x, [(0,), (60,), (0,)], seconds=0.1) == [running.Call(0)]


def test_answers_that_are_tables_are_compared_by_key(said, keys):
    def shuffled(orders):
        return orders.groupby("customer_id")["revenue"].sum().sample(frac=1, random_state=1)

    def rounded(orders):
        return pd.DataFrame({"total": orders.groupby("customer_id")["revenue"].sum().round()})

    assert check(keys["totals"], shuffled).status == "right"
    assert "customers differ, first C" in said("totals", rounded)


def test_a_function_that_always_says_the_same_is_an_answer_and_a_wrong_one():
    assert not functions._untouched(lambda value: "new")

    def documented(value):
        """Name it."""

    assert functions._untouched(documented)


def test_result_that_is_no_number_is_explained(said):
    told = said("share", lambda values, top: values.sum() * np.nan)
    assert "it returned NaN, which is no number. Was 0 divided by 0" in told


def test_of_two_mistakes_in_one_function_the_first_is_said(keys):
    key = AnswerKey(replace(keys["share"].exercise, probes=lambda t: PROBES), keys["share"].tables.with_supplies({}))

    def share(values, top):
        return 1 - classify.pareto_share(values, top) if len(values) < 6 else 0.123

    assert check(key, share).message.endswith("That is the share of the others.")
    assert "others" not in check(key, lambda values, top: share(values, top) if len(values) < 5 else 0.3).message

    def fails_later(values, top):
        return share(values, top) if len(values) < 6 else 1 / 0

    assert check(key, fails_later).message.endswith("That is the share of the others.")


PROBES = [(pd.Series(range(1, size)), 0.25) for size in (4, 5, 6, 7, 8)]


class _Mute:
    def __repr__(self):
        raise SystemExit


@pytest.mark.parametrize(
    ("key", "shown"), [(3, "3"), ((2, 4.0), "(2, 4.0)"), ("new", "'new'"), ((_Mute(), 1), "(_Mute, 1)")]
)
def test_key_that_is_not_there_is_named(said, key, shown):
    told = said("share", lambda values, top: {}[key])
    assert f"it looked up {shown}, and there is no such key (KeyError). Print what the keys are." in told


def test_key_that_cannot_be_shown_is_left_out(said):
    assert "it raised KeyError." in said("share", lambda values, top: {}[_Mute()])
