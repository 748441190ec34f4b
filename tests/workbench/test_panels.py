"""The panels on a company worked out by hand, and their rules on whole worlds."""

import duckdb
import pandas as pd
import pytest

from crm_lab import World, workbench
from crm_lab.base.errors import InputError


def numbers(found, column="reminder_id"):
    return found[column].tolist()


# ---- whose customer


def test_customers_of_a_region_are_taken_in_turn(company):
    found = workbench.responsible(company).set_index("customer_id")["rep_id"].to_dict()
    assert found == {"C00001": "S02", "C00002": "S01", "C00003": "S03", "C00004": "S01", "C00005": "S03"}


@pytest.fixture(scope="module")
def world():
    return World(customers=400, seed=3)


def test_the_rule_gives_every_reminder_to_its_account_manager(world):
    both = world.tables["reminders"].merge(workbench.responsible(world.tables), on="customer_id")
    assert len(both) == len(world.tables["reminders"]) > 50
    assert (both["rep_id_x"] == both["rep_id_y"]).all()
    assert len(workbench.responsible(world.tables)) == len(world.tables["customers"])


# ---- tasks


def test_tasks_are_what_was_open_on_that_morning(company):
    # T2 was done on the day itself, T3 the night before; T4 is due tomorrow; T5 was noted after midnight; T6 is S02's
    found = workbench.tasks(company, "S01", "2025-10-09")
    assert numbers(found) == ["T2", "T1"]
    assert found["days_late"].tolist() == [3, 0]
    assert found["why"].tolist() == [
        "Due on Monday 2025-10-06, 3 days late: visit the dealer.",
        "Due today at 10:30: talk about the return.",
    ]


def test_a_task_of_midnight_is_due_on_that_day(company):
    assert numbers(workbench.tasks(company, "S01", "2025-10-10")) == ["T1", "T5", "T4"]


# ---- birthdays


def test_birthdays_go_on_after_the_end_of_the_year(company):
    found = workbench.birthdays(company, "S01", "2025-12-28")
    assert found["birthday_on"].dt.strftime("%Y-%m-%d").tolist() == ["2026-01-01"]  # the account of C00004 is closed
    assert found["age"].tolist() == [35]
    assert found["why"].item() == (
        "Turns 35 on Thursday 2026-01-01. Send wishes without an offer: no consent to marketing."
    )


@pytest.mark.parametrize(("day", "there"), [("2025-12-24", False), ("2025-12-25", True), ("2025-12-31", True)])
def test_the_day_itself_is_the_first_of_the_seven(company, day, there):
    assert (numbers(workbench.birthdays(company, "S02", day), "customer_id") == ["C00001"]) is there


@pytest.mark.parametrize(
    ("day", "on", "age"),
    [("2025-02-26", "2025-02-28", 25), ("2028-02-26", "2028-02-29", 28), ("2027-02-28", "2027-02-28", 27)],
)
def test_born_on_29_february_means_the_28th_in_common_years(company, day, on, age):
    found = workbench.birthdays(company, "S03", day).set_index("customer_id").loc["C00003"]
    assert (found["birthday_on"], found["age"]) == (pd.Timestamp(on), age)
    assert ("Born on 29 February" in found["why"]) is (not on.endswith("29"))


def test_nobody_has_a_birthday_before_opening_an_account(company):
    found = [numbers(workbench.birthdays(company, "S03", day), "customer_id") for day in ("2025-02-26", "2026-02-26")]
    assert found == [["C00003"], ["C00003", "C00005"]]


def test_a_year_of_birthdays_finds_everybody_once(world):
    people = world.tables["customers"].query("account_open")
    found = pd.concat(
        workbench.birthdays(world.tables, rep, "2026-01-01", days=365) for rep in world.tables["reps"]["rep_id"]
    )
    assert sorted(found["customer_id"]) == sorted(people["customer_id"])


# ---- watches


def test_each_watch_fires_once_when_the_level_is_crossed(company):
    found = workbench.fired(company).set_index("watch_id")["fired_on"].dt.strftime("%d").to_dict()
    assert found == {"W1": "02", "W2": "05", "W6": "08", "W3": "09", "W5": "09", "W7": "09"}


def test_watches_of_a_day_say_why(company):
    found = workbench.watches_fired(company, "S01", "2025-10-09").set_index("watch_id")
    assert sorted(found.index) == ["W3", "W7"]
    assert found.loc["W3", "why"] == (
        "From ¥110.00 to ¥85.00 today. To be told at ¥95.00 or less, asked on Thursday 2025-10-02."
    )
    assert found.loc["W7", "why"] == (
        "Sold out until now, 4 pieces delivered today. Asked for on Wednesday 2025-10-08."
    )
    assert workbench.watches_fired(company, "S01", "2025-10-10").empty  # low for a second day is no news


def test_watches_of_ones_own_join_the_others(company):
    own = company["watches"].iloc[[1]].assign(watch_id="N00001", customer_id="C00001")
    assert workbench.watches_fired(company, "S02", "2025-10-05").empty
    assert numbers(workbench.watches_fired(company, "S02", "2025-10-05", own), "watch_id") == ["N00001"]


def test_own_watches_leave_nothing_behind(company):
    with duckdb.connect(":memory:") as connection:
        for name, frame in company.items():
            connection.register(name, frame)
        before = connection.execute("show tables").fetchall()
        workbench.watches_fired(connection, "S01", "2025-10-09", company["watches"])
        assert connection.execute("show tables").fetchall() == before


# ---- promised calls


def test_calls_count_in_working_days(company):
    # 29 and 30 September and 9 October are working days; the 3rd is a holiday, so its call is due on the 9th
    found = workbench.call_backs_due(company, "S01", "2025-10-09")
    assert numbers(found) == ["B1", "B2", "B3"]
    assert found["working_days_late"].tolist() == [2, 0, 0]
    assert found["why"].tolist() == [
        "Promised for Monday 2025-09-29: 2 working days late.",
        "Promised for Friday 2025-10-03, a day off: due now.",
        "Promised for today.",
    ]


@pytest.mark.parametrize(
    ("day", "late"),
    [
        ("2025-09-27", {}),  # promised for this Saturday, so due on Monday
        ("2025-09-29", {"B5": 0, "B1": 0}),
        ("2025-10-05", {"B1": 1}),  # still the one working day, 30 September
        ("2025-10-11", {"B1": 3, "B2": 1, "B4": 0}),  # Saturday: what fell due on Friday, not what is due on Monday
        ("2025-10-13", {"B1": 4, "B2": 2, "B4": 1, "B6": 0}),
    ],
)
def test_calls_of_other_mornings(company, day, late):
    found = workbench.call_backs_due(company, "S01", day)
    assert found.set_index("reminder_id")["working_days_late"].to_dict() == late


def test_working_days_agree_with_numpy(world):
    import numpy as np

    days = world.tables["call_intervals"].query("day_type == 'public_holiday'")["date"].unique()
    calendar = {"holidays": pd.DatetimeIndex(days).to_numpy().astype("datetime64[D]")}
    morning = np.datetime64("2025-12-15")
    found = pd.concat(
        workbench.call_backs_due(world.tables, rep, str(morning)) for rep in world.tables["reps"]["rep_id"]
    )
    promised = found["due_at"].to_numpy().astype("datetime64[D]")
    late = np.busday_count(np.busday_offset(promised, 0, roll="forward", **calendar), morning, **calendar)
    assert len(found) > 2
    assert found["working_days_late"].tolist() == late.tolist()


# ---- both ways in, and bad input


@pytest.mark.parametrize("panel", ["tasks", "birthdays", "watches_fired", "call_backs_due"])
def test_a_connection_answers_as_the_tables_do(world, panel):
    from crm_lab.data import connect

    connection, function = connect(world.tables), getattr(workbench, panel)
    for rep in ("S01", "S06"):
        pd.testing.assert_frame_equal(
            function(connection, rep, "2025-12-15"), function(world.tables, rep, pd.Timestamp("2025-12-15 17:00"))
        )


@pytest.mark.parametrize("panel", ["tasks", "birthdays", "watches_fired", "call_backs_due"])
def test_an_empty_panel_keeps_its_columns(company, panel):
    full, empty = (
        getattr(workbench, panel)({**company, "reminders": company["reminders"].iloc[:rows]}, rep, day)
        for rows, rep, day in ((None, "S01", "2025-10-09"), (0, "S03", "2025-11-09"))
    )
    assert list(empty) == list(full)
    assert empty.empty
    assert empty["why"].dtype == "str"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rep": "S99"}, "Unknown account manager 'S99'. Use one of: S01, S02, S03"),
        ({"day": "yesterday"}, "day must be a date such as '2025-12-18', not 'yesterday'"),
        ({"day": 20251009}, "day must be a date"),
        ({"day": None}, "day must be a date"),
        ({"tables": {}}, "tables lacks reminders, customers, call_intervals, reps"),
        ({"day": "2026-02-01"}, "no calendar for 2026-02-01. Choose a day from 2025-09-01 to 2025-12-31"),
    ],
)
def test_bad_input_gets_one_sentence(company, change, message):
    with pytest.raises(InputError, match=message):
        workbench.call_backs_due(**{"tables": company, "rep": "S01", "day": "2025-10-09", **change})


@pytest.mark.parametrize("days", [0, 366, 7.0, True])
def test_number_of_days_is_checked(company, days):
    with pytest.raises(InputError, match="days must be a whole number from 1 to 365"):
        workbench.birthdays(company, "S01", "2025-12-28", days)


def test_own_watches_without_a_column_are_refused(company):
    own = company["watches"].drop(columns="asked_on")
    with pytest.raises(InputError, match="own lacks the columns asked_on"):
        workbench.watches_fired(company, "S01", "2025-10-09", own)
