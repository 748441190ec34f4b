"""Labs 12a to 12c on tables small enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import math

import numpy as np
import pandas as pd
import pytest

from crm_lab import staffing
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises.ch12 import contacts, forecasts, money, plan, queues

TODAY = pd.Timestamp("2026-01-01")  # a Thursday
EXERCISES = {exercise.name: exercise for exercise in of("12")}
STARTS = ["08:00", "10:00", "20:00"]


def half_hours():
    """Ten weeks: Monday to Friday 100, 200 and 100 calls, 144, 288 and 144 in the even weeks; weekends 10, 20, 70."""
    rows = []
    for number, date in enumerate(pd.date_range("2025-10-23", periods=70)):
        calls = np.array([10, 20, 70]) if date.day_of_week >= 5 else np.array([100, 200, 100])
        calls = calls * (1.44 if number // 7 % 2 == 0 and date.day_of_week < 5 else 1)
        rows += [(date, start, round(count)) for start, count in zip(STARTS, calls, strict=True)]
    table = pd.DataFrame(rows, columns=["date", "start", "offered"])
    festival = table["date"] == "2025-12-12"
    table.loc[festival, "offered"] = 9_000
    return table.assign(day_type=np.where(festival, "shopping_festival", "normal"), agents=30)


CALLS = [  # call, customer, arrived_at, handling_seconds
    ("K1", "C1", "2025-11-10 09:00", 200.0),
    ("K2", "C1", "2025-11-12 09:00", 400.0),
    ("K3", "C2", "2025-11-10 09:00", None),
    ("K4", None, "2025-11-10 09:00", 300.0),
]
ORDERS = [  # order, customer, ordered_at, status
    ("O1", "C1", "2025-11-01 08:00", "delivered"),
    ("O2", "C1", "2025-11-09 08:00", "open"),
    ("O3", "C1", "2025-11-11 08:00", "cancelled"),
    ("O4", "C2", "2025-11-10 09:00", "open"),  # while the telephone rings: not before
]


@pytest.fixture
def tables():
    calls = pd.DataFrame(CALLS, columns=["call_id", "customer_id", "arrived_at", "handling_seconds"])
    calls = calls.assign(arrived_at=pd.to_datetime(calls["arrived_at"]), topic="order", wait_seconds=5)
    calls["outcome"] = np.where(calls["handling_seconds"].isna(), "abandoned", "answered")
    orders = pd.DataFrame(ORDERS, columns=["order_id", "customer_id", "ordered_at", "status"])
    orders = orders.assign(ordered_at=pd.to_datetime(orders["ordered_at"]), delivered_at=pd.NaT)
    customers = pd.DataFrame({"customer_id": ["C1", "C2"], "name": ["Ann", "Bo"], "kind": "consumer"})
    tickets = pd.DataFrame(columns=["ticket_id", "customer_id"]).assign(
        opened_at=pd.to_datetime([]), resolved_at=pd.to_datetime([])
    )
    frames = {"calls": calls, "orders": orders, "customers": customers, "tickets": tickets}
    return Tables(frames | {"call_intervals": half_hours()}, TODAY).with_supplies(supplies(EXERCISES.values()))


def reference(name, tables):
    return EXERCISES[name].reference(tables)


LABS = {
    "12a": ["callers", "stages", "switched", "service", "quick_answers", "question_cost"],
    "12b": ["load_curve", "lines", "waits", "patience", "patient", "service_cost"],
    "12c": ["special", "forecast", "held_out", "agents", "rota", "break_even"],
}


def test_three_labs_of_six():
    assert {lab: [name for name, one in EXERCISES.items() if one.lab == lab] for lab in LABS} == LABS
    assert not any(exercise.stretch for exercise in EXERCISES.values())


def mistakes(name, tables):
    return {mistake.name: mistake.recipe(tables) for mistake in EXERCISES[name].mistakes}


def test_contacts_soon_after_another_by_another_channel():
    rows = [("A", "2025-03-01", "phone"), ("A", "2025-03-03", "chat"), ("A", "2025-03-04", "chat")]
    rows += [("A", "2025-05-04", "email"), ("B", "2025-03-05", "email")]
    tickets = pd.DataFrame(rows[::-1], columns=["customer_id", "opened_at", "channel"])
    tickets = tickets.assign(opened_at=pd.to_datetime(tickets["opened_at"]), ticket_id=["E", "D", "C", "B", "A"])
    tables = Tables({"tickets": tickets}, TODAY)
    assert reference("switched", tables) == 0.5
    assert mistakes("switched", tables)["whatever the time"] == pytest.approx(2 / 3)
    assert mistakes("switched", tables)["first contacts"] == pytest.approx(4 / 5)
    assert mistakes("switched", tables)["customers"] == 1
    assert mistakes("switched", tables)["of all contacts"] == pytest.approx(1 / 5)
    assert mistakes("switched", tables)["of all that follow"] == pytest.approx(1 / 3)
    assert mistakes("switched", tables)["first contacts kept"] == pytest.approx(3 / 4)


def test_a_contact_thirty_days_after_another_is_soon():
    tickets = pd.DataFrame({"customer_id": "A", "ticket_id": list("ABC"), "channel": ["phone", "chat", "chat"]})
    tickets["opened_at"] = pd.to_datetime(["2025-03-01 08:00", "2025-03-31 20:00", "2025-04-01 20:00"])
    tables = Tables({"tickets": tickets}, TODAY)
    assert reference("switched", tables) == 0.5
    assert mistakes("switched", tables)["under thirty days"] == 0


def test_special_days_against_their_weekday(tables):
    """A festival on a Friday in an even week, when Fridays bring 400 or 576: 27,000 ÷ their mean."""
    table = half_hours()
    fridays = (
        table[table["date"].dt.day_of_week.eq(4) & table["day_type"].eq("normal")].groupby("date")["offered"].sum()
    )
    assert reference("special", tables).to_dict() == {"shopping_festival": pytest.approx(27_000 / fridays.mean())}
    assert mistakes("special", tables)["usual with special days"].iloc[0] < 27_000 / fridays.mean()


def test_quick_answers_add_up_before_they_divide():
    rows = [("after_festival", "08:00", 10, 20), ("after_festival", "08:00", 90, 100), ("normal", "08:00", 5, 5)]
    table = pd.DataFrame(rows, columns=["day_type", "start", "answered_in_20s", "offered"])
    table = table.assign(answered=table["offered"] - 1, abandoned=1)
    tables = Tables({"call_intervals": table}, TODAY)
    assert reference("quick_answers", tables).to_dict() == {"08:00": pytest.approx(100 / 120)}
    assert mistakes("quick_answers", tables)["mean of shares"].to_dict() == {"08:00": pytest.approx(0.7)}
    assert mistakes("quick_answers", tables)["normal days"].to_dict() == {"08:00": 1}


def test_load_counts_all_offered_calls_of_the_festival():
    rows = [("2025-11-11", 60, 50, 300.0, 9), ("2025-11-12", 1, 1, 1.0, 1)]
    table = pd.DataFrame(rows, columns=["date", "offered", "answered", "handling_seconds", "agents"])
    tables = Tables({"call_intervals": table.assign(date=pd.to_datetime(table["date"]), start="10:30")}, TODAY)
    assert reference("load_curve", tables).to_dict() == {"10:30": 10}
    assert mistakes("load_curve", tables)["an hour"].to_dict() == {"10:30": 5}


def test_one_erlang_needs_five_lines():
    """B is 1/2, 1/5, 1/16, 1/65, 1/326 with one to five lines."""
    heaviest = pd.DataFrame({"load": [1.0]})
    assert reference("lines", Tables({"heaviest": heaviest}, TODAY)) == 5
    wrong = mistakes("lines", Tables({"heaviest": heaviest}, TODAY))
    assert (wrong["one short"], wrong["a tenth"], wrong["load rounded up"]) == (4, 3, 1)


def test_patience_counts_the_waits_of_everybody():
    waits = {"wait_seconds": [10, 20, 30], "outcome": ["answered", "answered", "abandoned"], "topic": "order"}
    tables = Tables({"calls": pd.DataFrame(waits)}, TODAY)
    assert reference("patience", tables).to_dict() == {"order": 60}
    wrong = {name: answer["order"] for name, answer in mistakes("patience", tables).items()}
    assert wrong["only those who gave up"] == 30
    assert wrong["mean wait"] == 20


def test_a_week_held_out_is_not_seen():
    weeks = pd.DataFrame({"week": range(1, 6), "weekday": 0, "start": "08:00", "offered": [90, 110, 110, 90, 120]})
    tables = Tables({"five_weeks": weeks}, TODAY)
    assert reference("held_out", tables)["wape"].to_dict() == pytest.approx(
        {"last_week": 30 / 120, "four_weeks": 1 / 6}
    )
    assert reference("held_out", tables)["inside"].tolist() == [0, 0]  # up to 106.3 and 117.1
    assert mistakes("held_out", tables)["week seen"]["wape"]["four_weeks"] == pytest.approx(16 / 120)
    assert mistakes("held_out", tables)["19 of 20"]["inside"].to_dict() == {"last_week": 0, "four_weeks": 1}


def test_five_weeks_are_normal_and_begin_on_a_monday(tables):
    weeks = tables.table("five_weeks")  # the festival of 12 December cuts the ten weeks
    assert weeks.groupby("week").size().tolist() == [21] * 5
    assert weeks["offered"].max() < 9_000


def test_a_question_that_each_call_solves_with_the_same_chance():
    offers = pd.DataFrame({"name": ["x"], "per_call": 6.0, "solved": 0.8, "gives_up": 0.04})
    tables = Tables({"offers": offers}, TODAY)
    assert reference("question_cost", tables)["x"] == pytest.approx(8.7)
    assert mistakes("question_cost", tables)["one repeat"]["x"] == pytest.approx(6 * 1.2 + 1.2)


def test_offers_whose_cheapest_call_is_not_the_cheapest_question(tables):
    cost = reference("question_cost", tables)
    assert tables.table("offers").set_index("name")["per_call"].idxmin() != cost.idxmin()


def test_callers(tables):
    screen = reference("callers", tables)
    assert screen[["name", "orders"]].to_dict("index") == {
        "K1": {"name": "Ann", "orders": 2},
        "K2": {"name": "Ann", "orders": 3},
        "K3": {"name": "Bo", "orders": 0},
    }
    assert screen["last_order"].dropna().to_dict() == {"K1": "O2", "K2": "O3"}
    recipes = mistakes("callers", tables)
    assert recipes["orders after the call"]["orders"].tolist() == [3, 3, 1]
    assert recipes["callers without orders"].index.tolist() == ["K1", "K2"]
    assert recipes["rows not orders"]["orders"].tolist() == [2, 3, 1]
    assert recipes["first order"]["last_order"].dropna().tolist() == ["O1", "O1"]
    assert recipes["delivered only"]["orders"].tolist() == [1, 1, 0]


def test_every_stage_is_described_and_every_description_is_shown(tables):
    right = reference("stages", tables)
    assert set(right.values()) == set(contacts.STAGES) == set(EXERCISES["stages"].options)
    assert tables.table("desks")["id"].tolist() == list(right)


def test_next_week_begins_on_the_first_monday_from_today_on(tables):
    week = tables.table("next_week")
    assert week["date"].unique().tolist() == pd.date_range("2026-01-05", periods=7).tolist()
    assert week.loc[week["date"] == "2026-01-05", "weekday"].unique().tolist() == [0]
    monday = Tables({"call_intervals": half_hours()}, pd.Timestamp("2026-01-05"))
    assert forecasts.next_week(monday)["date"].min() == pd.Timestamp("2026-01-05")


def test_forecast_by_hand(tables):
    """Four of eight Mondays bring 400 calls, four 576: (20 + 24)² / 4 = 484, half of them at ten o'clock."""
    week = reference("forecast", tables)["expected"]
    assert week.xs(pd.Timestamp("2026-01-05")).to_dict() == pytest.approx({"08:00": 121, "10:00": 242, "20:00": 121})
    assert week.xs(pd.Timestamp("2026-01-10")).to_dict() == pytest.approx({"08:00": 10, "10:00": 20, "20:00": 70})


def test_the_festival_would_spoil_its_weekday(tables):
    wrong = mistakes("forecast", tables)
    friday = pd.Timestamp("2026-01-09")
    kept = wrong["special days kept"]["expected"]
    assert kept.xs(friday).sum() > 2 * reference("forecast", tables)["expected"].xs(friday).sum()
    plain = wrong["plain mean"]["expected"]
    assert plain.xs(pd.Timestamp("2026-01-05")).sum() == pytest.approx((400 + 576) / 2)
    even = wrong["spread evenly"]["expected"]
    assert even.xs(pd.Timestamp("2026-01-10")).tolist() == pytest.approx([100 / 3] * 3)


def test_service_counts_the_calls_of_the_day(tables):
    shifts = pd.DataFrame(
        {"starts_at": [pd.Timestamp("2025-11-10 08:00")], "ends_at": pd.Timestamp("2025-11-10 09:00")}
    )
    shifts = shifts.assign(break_starts_at=pd.NaT, break_ends_at=pd.NaT)
    frames = {"calls": tables.table("calls"), "shifts": shifts}
    figures = reference("service", Tables(frames, TODAY))
    assert figures.loc["2025-11-10"].tolist() == pytest.approx([2 / 3, 5, 1 / 3, 500 / 3600])


def test_shifts_without_a_break_are_on_duty(tables):
    """One hour without a break and four with half an hour: without the first agents look busier."""
    shifts = pd.DataFrame({"starts_at": pd.to_datetime(["2025-11-10 08:00"] * 2)})
    shifts["ends_at"] = shifts["starts_at"] + pd.to_timedelta([1, 4], unit="h")
    shifts["break_starts_at"] = pd.to_datetime([None, "2025-11-10 10:00"])
    shifts["break_ends_at"] = pd.to_datetime([None, "2025-11-10 10:30"])
    both = Tables({"calls": tables.table("calls"), "shifts": shifts}, TODAY)
    assert reference("service", both)["occupancy"]["2025-11-10"] == pytest.approx(500 / 16_200)
    assert mistakes("service", both)["shifts without a break"]["occupancy"]["2025-11-10"] == pytest.approx(500 / 12_600)


def test_waits(tables):
    wait = reference("waits", tables)
    assert wait(2, 3) == pytest.approx(4 / 9)
    assert wait(5, 5) == wait(9, 2) == 1
    assert queues.busiest(tables) == (1500, 30)
    results = [wait(*probe) for probe in EXERCISES["waits"].probes(tables)]
    assert all(0 < result <= 1 for result in results)


def test_agents_and_goals(tables):
    calls = tables.table("monday").set_index("start")["calls"]
    needed = reference("agents", tables)
    assert needed.to_dict() == {
        start: staffing.agents_needed(count / 6, 300, patience=240) for start, count in calls.items()
    }
    assert tables.table("goals")["load"].unique().tolist() == [round(calls.max() / 6, 1)]
    assert (tables.table("needs")["agents"].to_numpy() >= needed.to_numpy()).all()


def test_service_cost_by_hand(tables):
    assert tables.table("paid_time")["hours"].sum() == 2080
    assert money.shrinkage() == pytest.approx(480 / 2080)
    load = tables.table("goals")["load"].iloc[0]
    agents = staffing.agents_needed(load, 300, 0.9, patience=240)
    row = reference("service_cost", tables).loc[90]
    wrong = {name: answer["paid"][90] for name, answer in mistakes("service_cost", tables).items()}
    assert wrong["rounded down"] == math.floor(agents * 2080 / 1600)
    assert wrong["no meetings"] == math.ceil(agents * 2080 / 1716)
    assert row.tolist() == [agents, math.ceil(agents * 2080 / 1600), 45 * math.ceil(agents * 2080 / 1600)]


def test_break_even_by_hand(tables):
    """Mean handling 300 s: 45 · 300 / 3600 / (0.8 · 0.769) own against 2.1 · 5 a call; 144,000 more fixed."""
    own = 45 * 300 / 3600 / (0.8 * (1 - 0.231))
    assert tables.table("quotes").set_index("item")["amount"]["shrinkage"] == 0.231
    assert reference("break_even", tables) == pytest.approx(144_000 / (10.5 - own))


def test_rota_by_hand(tables):
    """One short shift covers 8:00 and 10:00, none covers 20:00 with them; four hours at 52 ¥ are 208 ¥."""
    early, late, evening = tables.table("needs")["agents"]  # no half-hour of the show among these three
    assert reference("rota", tables) == 208 * (max(early, late) + evening)
    recipes = mistakes("rota", tables)
    assert recipes["full shifts only"] == 352 * (max(early, late) + evening)
    assert recipes["paid by the half-hour"] == 22 * (early + late + evening)


def test_patient(tables):
    answer = reference("patient", tables)
    # M/M/1 with θ = μ: a Poisson number of calls with mean 1; one waits if two are there … E[(N − 1)+] = e^-1
    assert answer(1, 1, 1, 1) == pytest.approx(math.exp(-1))
    leaving = mistakes("patient", tables)
    assert leaving["Erlang B"](1, 1, 1, 1) == pytest.approx(1 / 2)
    # everybody may leave: chances ∝ 1/(n + 1)!, which add up to e − 1; E[(N − 1)+] = (3 − e) / (e − 1)
    assert leaving["callers hang up while talking"](1, 1, 1, 1) == pytest.approx((3 - math.e) / (math.e - 1))


@pytest.fixture(scope="module")
def worlds():
    from crm_lab import World

    made = [World(customers=size, seed=seed) for seed, size in enumerate((300, 200))]
    return [Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values())) for world in made]


def test_the_meaning_of_break_even_names_who_is_cheaper(worlds):
    said = EXERCISES["break_even"].meaning(worlds[0], 10.0)
    assert "own agents are cheaper" in said
    assert "the provider is cheaper" in EXERCISES["break_even"].meaning(worlds[0], 1e9)


def test_shifts_of_the_task_are_dearer_when_short():
    patterns = plan.patterns(None)
    hourly = (patterns["cost"] / patterns["hours"]).groupby(patterns["contract"]).unique()
    assert {name: list(values) for name, values in hourly.items()} == {"full_time": [44.0], "part_time": [52.0]}
