"""The reasons in words, where a case is rare."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_lab.schema import TABLES
from crm_lab.workbench import _why as why

DAY = pd.Timestamp("2025-12-18").date()


def test_every_task_of_the_company_has_words():
    tasks = next(column.values for column in TABLES["reminders"].columns if column.name == "task")
    assert len({why.task_name(task) for task in tasks}) == len(tasks)


@pytest.mark.parametrize(("late", "said"), [(0, "Due today at 10:30"), (1, "1 day late"), (2, "2 days late")])
def test_lateness_of_a_task(late, said):
    row = SimpleNamespace(task="dealer_visit", days_late=late, due_at=pd.Timestamp("2025-12-18 10:30"))
    assert said in why.task(row, DAY)


@pytest.mark.parametrize(("ahead", "said"), [(0, "today"), (1, "tomorrow"), (2, "on Saturday 2025-12-20")])
def test_days_until_a_birthday(ahead, said):
    on = pd.Timestamp("2025-12-18") + pd.Timedelta(days=ahead)
    row = SimpleNamespace(birthday_on=on, age=30, birthday=on - pd.DateOffset(years=30), marketing_consent=True)
    assert why.birthday(row, DAY) == f"Turns 30 {said}."


def test_one_piece_is_one_piece():
    row = SimpleNamespace(watch="stock", pieces=1, asked_on=pd.Timestamp("2025-12-01"))
    assert "1 piece delivered today" in why.watch(row, DAY)


@pytest.mark.parametrize(
    ("promised", "working", "late", "said"),
    [
        ("2025-12-18", True, 0, "Promised for today."),
        ("2025-12-14", False, 0, "Promised for Sunday 2025-12-14, a day off: due now."),
        ("2025-12-17", True, 1, "Promised for Wednesday 2025-12-17: 1 working day late."),
        ("2025-12-13", False, 3, "Promised for Saturday 2025-12-13, a day off: 3 working days late."),
    ],
)
def test_lateness_of_a_call(promised, working, late, said):
    row = SimpleNamespace(due_at=pd.Timestamp(promised), working=working, working_days_late=late)
    assert why.call_back(row, DAY) == said
