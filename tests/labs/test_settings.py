import sys
import warnings

import numpy as np
import pandas as pd
import pytest

from crm_lab.labs.check import check


@pytest.mark.parametrize("name", ["rfm", "channels", "totals", "query", "share"])
@pytest.mark.filterwarnings("ignore")
def test_verdict_and_message_do_not_depend_on_the_kernels_settings(keys, tables, name):
    from crm_lab.labs.check import AnswerKey

    exercise = keys[name].exercise
    answers = [recipe(tables) for recipe in (exercise.reference, *(one.recipe for one in exercise.mistakes))]
    usual = [check(keys[name], answer) for answer in answers if name != "query" or isinstance(answer, str)]
    deepest = sys.getrecursionlimit()
    with np.errstate(all="raise"), pd.option_context("future.infer_string", False), warnings.catch_warnings():
        warnings.simplefilter("error")
        sys.setrecursionlimit(300)
        try:
            key = AnswerKey(exercise, tables.with_supplies({}))
            odd = [check(key, answer) for answer in answers if name != "query" or isinstance(answer, str)]
            assert sys.getrecursionlimit() == 300
        finally:
            sys.setrecursionlimit(deepest)
    assert [(one.status, one.message) for one in odd] == [(one.status, one.message) for one in usual]
