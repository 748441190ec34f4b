import inspect
import sys
import warnings
from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_lab.exercises import Mistake
from crm_lab.labs.check import AnswerKey, check


def _rate(t, by):
    """Text out of missing cells, and divisions by zero, as recipes have them."""
    warnings.warn("a recipe may be told something", UserWarning, stacklevel=1)
    customers = t.table("customers").set_index("customer_id")
    named = customers["recommend_score"].astype(object).where(lambda cells: cells.notna(), None).astype("str")
    spread = np.log(customers["advice_contacts"].to_numpy(dtype=float)) / by
    return pd.Series(spread, customers.index).where(named.notna(), -1.0).rename("margin")


@pytest.fixture
def odd(keys):
    mistakes = (Mistake("none", lambda t: _rate(t, 0.0), "Nothing."), Mistake("two", lambda t: _rate(t, 2.0), "Two."))
    return replace(keys["margin"].exercise, reference=lambda t: _rate(t, 1.0), mistakes=mistakes)


def _told(exercise, tables):
    key = AnswerKey(exercise, tables)
    with np.errstate(all="ignore"):
        answers = [recipe(tables) for recipe in (exercise.reference, *(one.recipe for one in exercise.mistakes))]
    return lambda: [(told.status, told.message) for told in (check(key, answer) for answer in answers)]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("setting", ["numpy", "pandas", "warnings", "recursion"])
def test_verdict_and_message_do_not_depend_on_the_kernels_settings(odd, tables, setting):
    usual = _told(odd, tables)()
    assert [status for status, _message in usual] == ["right", "wrong", "wrong"]
    assert "Nothing." in usual[1][1]
    again, deepest = _told(odd, tables), sys.getrecursionlimit()
    with warnings.catch_warnings(), np.errstate(all="raise" if setting == "numpy" else "ignore"):
        warnings.simplefilter("error" if setting == "warnings" else "ignore")
        with pd.option_context("future.infer_string", False) if setting == "pandas" else nullcontext():
            sys.setrecursionlimit(len(inspect.stack()) + 25 if setting == "recursion" else deepest)
            try:
                strange = again()
            finally:
                sys.setrecursionlimit(deepest)
    assert strange == usual
