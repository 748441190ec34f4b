from dataclasses import replace
from functools import partial

import pytest

import crm_lab
from crm_lab import classify
from crm_lab.classify import gini, pareto_share
from crm_lab.labs._by_hand import helper_called
from crm_lab.labs.check import AnswerKey, check

BY_HAND = "classify.pareto_share"


def by_module(values, top):
    return classify.pareto_share(values, top)


def by_name(values, top):
    return pareto_share(values, top)


def by_package(values, top):
    return crm_lab.classify.pareto_share(values, top)


def by_import(values, top):
    from crm_lab import classify as helpers

    return helpers.pareto_share(values, top)


def by_another(values, top):
    return by_inner(values, top)


def by_inner(values, top):
    return max(by_module(values, share) for share in (top,))


@pytest.mark.parametrize(
    "function",
    [
        pareto_share,
        partial(pareto_share),
        by_module,
        by_name,
        by_package,
        by_import,
        by_another,
        lambda v, t: by_name(v, t),
    ],
)
def test_function_of_the_package_is_found(function):
    assert helper_called(function, BY_HAND) == BY_HAND


def test_another_function_of_the_same_part_is_found():
    assert helper_called(lambda values: gini(values), BY_HAND) == "classify.gini"


def test_own_work_is_own_work_whatever_its_names():
    def gini(values, top):
        return gini_of(values.abc_classes, top)

    def gini_of(values, top):
        return values.pareto_share(top)

    assert helper_called(gini, BY_HAND) == ""
    assert helper_called(max, BY_HAND) == ""
    assert helper_called(object(), BY_HAND) == ""


def test_learner_is_told(keys, tables):
    key = AnswerKey(replace(keys["share"].exercise, by_hand=BY_HAND), tables)
    told = check(key, by_module)
    assert told.status == "wrong"
    assert told.message.startswith("Your function leaves the work to classify.pareto_share. Write the steps yourself")
    assert check(keys["share"], by_module).status == "right"
