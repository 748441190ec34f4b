import functools
import time

import pandas as pd

from crm_lab import classify
from crm_lab.labs import functions, running
from crm_lab.labs.check import check


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


def test_changing_its_input_harms_nothing(keys):
    def greedy(orders):
        total = orders.groupby("customer_id")["revenue"].sum().to_frame("total")
        orders["revenue"] = 0
        return total

    assert check(keys["totals"], greedy).status == "right"
    assert check(keys["totals"], greedy).status == "right"


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
    calls = running.call_each(lambda x: time.sleep(x) or x, [(0,), (60,), (0,)], seconds=0.1)
    assert [call.value for call in calls] == [0, None, None]
    assert [bool(call.failure) for call in calls] == [False, True, True]


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
