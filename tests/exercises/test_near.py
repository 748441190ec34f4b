"""Near misses of chapters 04 and 12: each is wrong where the rows are that it turns on."""

from functools import cache

import pandas as pd
import pytest

from crm_lab import World
from crm_lab.author.published import edited
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise, of
from crm_lab.labs.check import AnswerKey, check

TODAY = pd.Timestamp("2026-01-01")
EVERY = [(exercise, near) for chapter in ("04", "12") for exercise in of(chapter) for near in exercise.near]


@cache
def company() -> dict[str, pd.DataFrame]:
    """A company in which days and visits of customers fall on every boundary of the tasks."""
    tables = dict(World(seed=0).tables)
    orders, customers = tables["orders"].copy(), tables["customers"].copy()
    never = ~customers["customer_id"].isin(orders["customer_id"])
    visits = customers.index[never][:6]
    customers.loc[visits, ["account_open", "marketing_consent"]] = True
    customers.loc[visits, "last_visit_at"] = [TODAY - pd.Timedelta(days=days) for days in (89, 90, 91, 364, 365, 366)]
    closed = customers.index[never][6:8]
    customers.loc[closed, ["account_open", "marketing_consent", "last_visit_at"]] = [False, True, TODAY]
    first = orders.drop_duplicates("customer_id").index[:5]
    orders = orders[~orders["customer_id"].isin(orders.loc[first, "customer_id"]) | orders.index.isin(first)]
    orders.loc[first, "ordered_at"] = [TODAY - pd.Timedelta(days=days) for days in (363, 364, 365, 366, 367)]
    orders.loc[first, "status"] = "delivered"
    return tables | {"orders": orders, "customers": customers}


def on_edges(exercise: Exercise, turned: bool) -> Tables:
    """The company with the exercise's edge tables, their other columns taken from the company's first row."""
    edges = exercise.edges()
    for name, frame in edges.items():
        whole = company().get(name, frame)
        rest = {column: whole[column].iloc[0] for column in whole if column not in frame}
        full = frame.assign(**rest)[list(whole)].astype(whole.dtypes)
        edges[name] = full[::-1].reset_index(drop=True) if turned else full
    supplies = {name: make for name, make in exercise.supplies.items() if name not in edges}
    return Tables(company() | edges, TODAY).with_supplies(supplies)


def verdicts(exercise: Exercise, old: str, new: str) -> set[str]:
    """The verdicts on the edited answer: on edge tables, rows in one order and the other, or on the company."""
    if exercise.edges:
        judged = [on_edges(exercise, turned) for turned in (False, True)]
    else:
        judged = [Tables(company(), TODAY).with_supplies(exercise.supplies)]
    return {check(AnswerKey(exercise, each), edited(exercise, each, old, new)).status for each in judged}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("exercise", "near"), EVERY, ids=lambda one: getattr(one, "name", one))
def test_near_miss_is_wrong(exercise, near):
    assert "wrong" in verdicts(exercise, *exercise.near[near])


@pytest.mark.parametrize("exercise", {one: None for one, near in EVERY}, ids=lambda one: one.name)
def test_published_answer_is_right_where_its_near_misses_are_wrong(exercise):
    assert verdicts(exercise, "=", "=") == {"right"}
