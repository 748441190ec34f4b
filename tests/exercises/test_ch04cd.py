"""Labs 04c and 04d on companies worked out by hand. The contract every exercise keeps is tested elsewhere."""

import json
import re

import pandas as pd
import pytest

from crm_lab import classify
from crm_lab.base.places import resource
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises.ch04 import marks

TODAY = pd.Timestamp("2026-01-01")
EXERCISES = {exercise.name: exercise for exercise in of("04") if exercise.lab in ("04c", "04d")}

ORDERS = [  # customer, ordered_at, status, revenue, margin, items
    ("C1", "2025-12-31 23:50", "delivered", 900.0, 400.0, 3),
    ("C1", "2025-07-03 00:00", "delivered", 500.0, 100.0, 1),  # 182 days ago: the latest window begins
    ("C1", "2025-07-02 23:59", "delivered", 300.0, 200.0, 2),  # 183 days ago: the earlier one ends
    ("C1", "2024-05-01 08:00", "delivered", 500.0, 200.0, 1),
    ("C2", "2025-01-02 00:00", "delivered", 400.0, 160.0, 1),  # 364 days ago: the earlier window begins
    ("C2", "2025-01-01 00:00", "delivered", 300.0, 60.0, 1),  # 365 days ago: before both, still the last year
    ("C2", "2024-12-31 23:59", "delivered", 300.0, 60.0, 1),  # 366 days ago
    ("C3", "2025-09-30 23:59", "delivered", 90.0, -40.0, 1),  # the last minute of the third quarter
    ("C3", "2025-03-01 12:00", "delivered", 90.0, 30.0, 1),
    ("C4", "2025-10-01 00:00", "delivered", 250.0, 99.0, 1),  # the first of the fourth
    ("C4", "2024-01-01 09:00", "delivered", 700.0, 300.0, 1),  # 731 days ago: before "the year before"
    ("C5", "2025-06-01 12:00", "cancelled", 900.0, 500.0, 1),
    ("C6", "2025-12-31 12:00", "open", 800.0, 300.0, 1),
    ("C7", "2024-06-01 12:00", "delivered", 80.0, 20.0, 1),
]
CUSTOMERS = [  # customer, recommend_score, advice_contacts
    ("C1", 8.0, 3),
    ("C2", 7.0, 3),
    ("C3", None, 0),
    ("C4", 9.0, 1),
    ("C5", 10.0, 0),
    ("C6", 0.0, 0),
    ("C7", 9.0, 0),
]


def company(orders=ORDERS, customers=CUSTOMERS):
    table = pd.DataFrame(orders, columns=["customer_id", "ordered_at", "status", "revenue", "margin", "items"])
    table["ordered_at"] = pd.to_datetime(table["ordered_at"])
    table["order_id"] = [f"O{number}" for number in range(len(table))]
    people = pd.DataFrame(customers, columns=["customer_id", "recommend_score", "advice_contacts"])
    people["frame_contract"] = people["customer_id"] == "C1"
    returns = pd.DataFrame({"order_id": ["O1", "O1", "O3", "O4"]})
    frames = {"orders": table, "customers": people, "returns": returns}
    return Tables(frames, TODAY).with_supplies(supplies(EXERCISES.values()))


@pytest.fixture
def tables():
    return company()


def reference(name, tables):
    return EXERCISES[name].reference(tables)


def said_about(name, mistake):
    return next(one for one in EXERCISES[name].mistakes if one.name == mistake)


@pytest.mark.parametrize(
    ("lab", "names", "points", "stretch"),
    [
        ("04c", ["rfm", "scores", "segment_of", "segment_value", "fixed"], 15, []),
        (
            "04d",
            ["loyalty", "styles", "managed", "moves", "stayed", "changing", "marks", "came_back"],
            20,
            ["came_back"],
        ),
    ],
)
def test_exercises_in_order_with_their_points(lab, names, points, stretch):
    found = [exercise for exercise in EXERCISES.values() if exercise.lab == lab]
    assert [exercise.name for exercise in found] == names
    assert sum(exercise.points for exercise in found if not exercise.stretch) == points
    assert [exercise.name for exercise in found if exercise.stretch] == stretch


# ---- RFM, scores, segments


def test_rfm(tables):
    rfm = reference("rfm", tables)
    assert rfm["recency_days"].to_dict() == {"C1": 1, "C2": 364, "C3": 93, "C4": 92, "C7": 579}
    assert rfm["frequency"].to_dict() == {"C1": 4, "C2": 3, "C3": 2, "C4": 2, "C7": 1}
    assert rfm["monetary"].to_dict() == {"C1": 900, "C2": 280, "C3": -10, "C4": 399, "C7": 20}


def test_the_example_of_the_rfm_task():
    only = company([("C1", "2025-12-31 23:50", "delivered", 9.0, 4.0, 1)])
    assert reference("rfm", only).loc["C1", ["recency_days", "frequency"]].tolist() == [1, 1]


def test_midyear_is_the_rfm_table_of_the_first_of_july(tables):
    midyear = tables.table("rfm_midyear").set_index("customer_id")
    assert midyear["recency_days"].to_dict() == {"C1": 426, "C2": 180, "C3": 122, "C4": 547, "C7": 395}
    assert midyear["frequency"].to_dict() == {"C1": 1, "C2": 3, "C3": 1, "C4": 1, "C7": 1}
    assert midyear["monetary"].to_dict() == {"C1": 200, "C2": 280, "C3": 30, "C4": 300, "C7": 20}


def test_scores(tables):
    # ranks of five: days 547 426 395 180 122, orders 1 1 1 1 (each 2.5) 3, money 20 30 200 280 300
    scores = reference("scores", tables)
    assert scores["recency"].to_dict() == {"C1": 2, "C2": 4, "C3": 5, "C4": 1, "C7": 3}
    assert scores["frequency"].to_dict() == {"C1": 3, "C2": 5, "C3": 3, "C4": 3, "C7": 3}
    assert scores["monetary"].to_dict() == {"C1": 3, "C2": 4, "C3": 2, "C4": 5, "C7": 1}


def test_the_example_of_the_scores_task():
    table = pd.DataFrame({"recency_days": [9, 8, 7, 6], "frequency": [1, 1, 2, 9], "monetary": [4.0, 3, 2, 1]})
    assert classify.rfm_scores(table)["frequency"].tolist() == [2, 2, 4, 5]


def test_amounts_of_the_supplied_tables_are_whole_fen(worlds):
    for name, column in {"rfm_midyear": "monetary", "rfm_segments": "monetary", "facts": "revenue"}.items():
        amounts = worlds[0].table(name)[column]
        assert (amounts == amounts.round(2)).all()


def test_segment_of_follows_the_table_of_the_task(tables):
    path = next(resource("solutions").glob("04c_*.ipynb"))
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}
    rows = re.findall(r"^\| (\d)(?:–(\d))? \|(.*)\|$", cells["task-segment-of"], re.MULTILINE)
    named = reference("segment_of", tables)
    assert len(rows) == 4
    for first, last, names in rows:
        for recency in {int(first), int(last or first)}:
            for worth, name in enumerate(re.findall(r"`(\w+)`", names), start=1):
                assert named(recency, worth, worth) == name
                assert worth == 1 or named(recency, worth - 1, worth) == name  # halves are rounded up


def test_probes_reach_every_cell_of_the_table(tables):
    probes = EXERCISES["segment_of"].probes(tables)
    assert len({(recency, (f + m + 1) // 2) for recency, f, m in probes}) == 25
    assert any(f > m for _recency, f, m in probes)


def test_segment_value(tables):
    # worth of C1 3, C2 5, C3 3, C4 4, C7 2 at recency 2, 4, 5, 1, 3; ¥830 in all
    table = reference("segment_value", tables)
    assert table["customers"].to_dict() == dict.fromkeys(
        ["loyal", "potential_loyal", "about_to_sleep", "at_risk"], 1
    ) | {"at_risk": 2}
    assert table.loc["at_risk", "monetary_share"] == pytest.approx(500 / 830)
    assert table["monetary_share"].sum() == pytest.approx(1)


def test_segments_supplied_fit_the_midyear_table(tables):
    table = tables.table("rfm_segments")
    assert list(table) == ["customer_id", "recency_days", "frequency", "monetary", "segment"]
    assert table.drop(columns="segment").equals(tables.table("rfm_midyear"))


def test_fixed(tables):
    # days C1 1, C2 364, C3 93, C4 92, C7 579
    assert reference("fixed", tables).to_dict() == {1: 0.4, 3: 0.4, 5: 0.2}
    assert said_about("fixed", "turned").recipe(tables).to_dict() == {5: 0.4, 3: 0.4, 1: 0.2}
    said = EXERCISES["fixed"].meaning(tables, reference("fixed", tables))
    assert said.startswith("40% of the buyers score 1")
    assert "at mid-year it was 60%" in said  # days 426 180 122 547 395


@pytest.mark.parametrize(
    ("days", "score"), [(30, 5), (31, 4), (60, 4), (61, 3), (120, 3), (121, 2), (240, 2), (241, 1)]
)
def test_limits_of_fixed_scores(days, score):
    day = TODAY - pd.Timedelta(days=days)
    shares = reference("fixed", company([("C1", str(day), "delivered", 9.0, 4.0, 1)]))
    assert shares.to_dict() == {score: 1}


# ---- loyalty and styles


def test_loyalty(tables):
    # delivered orders of the last 365 days: C1 3, C2 2, C3 2, C4 1, C7 0
    assert reference("loyalty", tables).to_dict() == {
        **{"C1": "loyal", "C2": "none", "C3": "unknown"},
        **{"C4": "latent", "C7": "latent"},
    }


def test_the_example_of_the_loyalty_task():
    orders = [("C2", f"2025-0{month}-01", "delivered", 9.0, 4.0, 1) for month in range(1, 6)]
    assert reference("loyalty", company(orders)).to_dict() == {"C2": "spurious"}


def test_every_style_has_three_sentences_in_no_regular_order(tables):
    styles = pd.Series(reference("styles", tables))
    assert tables.table("statements")["id"].tolist() == styles.index.tolist()
    assert styles.value_counts().to_dict() == dict.fromkeys(EXERCISES["styles"].options, 3)
    assert len({tuple(styles[start : start + 3]) for start in (0, 3, 6)}) == 3


def test_managed(tables):
    # C1 has a contract and 3 contacts: 1500 + 3 · 20 · 1.5; C2 3 contacts: 90; C3 none, C4 one of 5 minutes
    assert reference("managed", tables).to_dict("index") == {
        "consultative": {"customers": 1, "service_cost": 90, "left": 160 + 60 - 90},
        "integrated": {"customers": 1, "service_cost": 1590, "left": 700 - 1590},
        "transactional": {"customers": 2, "service_cost": 7.5, "left": -10 + 99 - 7.5},
    }
    assert said_about("managed", "one contact each").recipe(tables).loc["consultative", "service_cost"] == 30


# ---- change


def test_classes_of_the_quarters(tables):
    # Q3: C1 100 and C3 −40; Q4: C1 400 and C4 99
    assert tables.table("class_q3").set_index("customer_id")["value_class"].to_dict() == {
        "C1": "important",
        "C3": "small",
    }
    assert set(tables.table("class_q4")["customer_id"]) == {"C1", "C4"}


def test_moves(tables):
    moves = reference("moves", tables).set_index(["before", "after"])["customers"]
    assert moves.to_dict() == {("important", "important"): 1, ("small", "absent"): 1, ("absent", "small"): 1}


@pytest.mark.parametrize("value_class", ["important", "main", "ordinary", "small"])
def test_who_stands_in_one_table_only_is_absent_in_the_other(value_class, worlds):
    q3, q4 = (worlds[0].table(name).set_index("customer_id")["value_class"] for name in ("class_q3", "class_q4"))
    moves = reference("moves", worlds[0]).set_index(["before", "after"])["customers"]
    assert moves.get((value_class, "absent"), 0) == len(q3.index[q3 == value_class].difference(q4.index))
    assert moves.get(("absent", value_class), 0) == len(q4.index[q4 == value_class].difference(q3.index))
    assert moves.sum() == len(q3.index.union(q4.index))


def test_stayed(tables):
    assert reference("stayed", tables).to_dict() == {"important": 1, "small": 0}
    assert said_about("stayed", "gone").recipe(tables).fillna(0).to_dict() == {"important": 0, "small": 1}


def test_came_back():
    days = {"previous": "2024-12-01", "latest": "2025-03-01", "next": "2025-12-01"}
    amounts = {"C1": (500.0, 100.0, 200.0), "C2": (300.0, 290.0, 900.0), "C3": (200.0, -250.0, 50.0)}
    orders = [
        (customer, day, "delivered", 9.0, amount, 1)
        for customer, three in amounts.items()
        for day, amount in zip(days.values(), three, strict=True)
    ]
    assert reference("came_back", company(orders)) == 0.25  # C1 alone was falling; C3 was a problem
    assert said_about("came_back", "of the bad half-year").recipe(company(orders)) == 1


def test_changing(tables):
    changing = reference("changing", tables)
    assert changing.loc["C1"].tolist() == [200, 500, "rising"]
    assert changing.loc["C2"].tolist() == [160, 0, "falling"]
    assert changing.loc["C3"].tolist() == [30, -40, "problem"]
    assert changing.loc["C4"].tolist() == [0, 99, "steady"]  # ¥1 short of a rise
    assert len(changing) == 4


@pytest.mark.parametrize(
    ("previous", "latest", "change"),
    [(100, 300, "rising"), (200, 300, "rising"), (201, 301, "steady"), (300, 200, "falling"), (-50, 50, "rising")],
)
def test_borders_of_the_rules_of_change(previous, latest, change):
    orders = [
        ("C1", "2025-03-01", "delivered", 9.0, float(previous), 1),
        ("C1", "2025-12-01", "delivered", 9.0, float(latest), 1),
    ]
    assert reference("changing", company(orders)).loc["C1", "change"] == change


# ---- marks


def test_facts(tables):
    facts = tables.table("facts").set_index("customer_id")
    assert facts.loc["C1"].drop(["recommend_score", "advice_contacts"]).to_dict() == {
        **{"orders": 3, "orders_before": 1, "returned_orders": 1, "revenue": 1700, "margin": 700},
        **{"revenue_latest": 1400, "revenue_previous": 300},
    }
    assert facts["orders_before"].to_dict() == {"C1": 1, "C2": 1, "C3": 0, "C4": 0, "C5": 0, "C6": 0, "C7": 1}
    assert facts.index.tolist() == [row[0] for row in CUSTOMERS]


def test_marks(tables):
    # C1 all but few returns (1 of 3) and a score from 9: buys, profit, contacts 3/3, grows, stays
    # C2 buys ¥700, profit, stays; returns 1 of 2, contacts 3/2, falling · C3 keeps goods, contacts 0/2
    # C4 profit, keeps goods, contacts 1/1, grows, recommends · C5 and C7 recommend · C6 nothing
    assert reference("marks", tables).to_dict() == {"C1": 5, "C2": 3, "C3": 2, "C4": 5, "C5": 1, "C6": 0, "C7": 1}


def test_marks_from_facts_are_the_marks(tables, worlds):
    for each in (tables, *worlds):
        assert marks.by_rules()(each).to_dict() == reference("marks", each).to_dict()


def test_meaning_of_the_marks_counts_whom_size_alone_would_find(tables):
    six = pd.Series({"C1": 5, "C2": 6, "C3": 2, "C4": 7})  # most margin last year: C1 700, C2 220
    said = EXERCISES["marks"].meaning(tables, six)
    assert said.startswith("2 of 4 customers")
    assert said.endswith("would have found 1 of them.")


# ---- what is said


@pytest.mark.parametrize(
    ("name", "mistake", "row", "expected"),
    [
        ("rfm", "items", "C1", [1, 7, 900]),
        ("rfm", "average margin", "C1", [1, 4, 225]),
        ("rfm", "spans of 24 hours", "C1", [0, 4, 900]),
        ("rfm", "first order", "C1", [610, 4, 900]),
        ("rfm", "open orders", "C6", [1, 1, 300]),
        ("scores", "rounded down", "C7", [3, 2, 1]),
        ("scores", "rounded to the nearest", "C7", [3, 2, 1]),
        ("scores", "highest place", "C7", [3, 4, 1]),
        ("scores", "one is best", "C1", [4, 4, 3]),
        ("scores", "equal widths", "C3", [5, 1, 1]),
        ("scores", "quantiles", "C4", [1, 3, 5]),
        ("changing", "all before", "C2", [280, 0, "falling"]),
        ("changing", "everyone", "C7", [0, 0, "steady"]),
        ("changing", "either loss", "C3", [30, -40, "problem"]),
        ("changing", "exchanged", "C1", [500, 200, "falling"]),
        ("changing", "problems last", "C3", [30, -40, "problem"]),
        ("changing", "latest loss", "C3", [30, -40, "problem"]),
    ],
)
def test_recipe_of_a_mistake(name, mistake, row, expected, tables):
    assert said_about(name, mistake).recipe(tables).loc[row].tolist() == expected


def test_problems_are_named_by_both_windows_together():
    loss_now = company(
        [("C1", "2025-03-01", "delivered", 9.0, 300.0, 1), ("C1", "2025-12-01", "delivered", 9.0, -50.0, 1)]
    )
    loss_all = company(
        [("C1", "2025-03-01", "delivered", 9.0, 90.0, 1), ("C1", "2025-12-01", "delivered", 9.0, -150.0, 1)]
    )
    recipes = {name: said_about("changing", name).recipe for name in ("latest loss", "either loss", "problems last")}
    assert reference("changing", loss_now)["change"].item() == "falling"
    assert [recipes[name](loss_now)["change"].item() for name in recipes] == ["problem", "problem", "falling"]
    assert reference("changing", loss_all)["change"].item() == "problem"
    assert recipes["problems last"](loss_all)["change"].item() == "falling"


def test_equal_frequencies_split_by_their_place(tables):
    scores = said_about("scores", "ties split").recipe(tables)
    assert scores["frequency"].to_dict() == {"C1": 1, "C2": 5, "C3": 2, "C4": 3, "C7": 4}


@pytest.mark.parametrize("seed", range(3))
def test_every_group_has_members(seed, worlds):
    assert reference("loyalty", worlds[seed]).nunique() == 5
    assert reference("changing", worlds[seed])["change"].nunique() == 4
    assert set(reference("moves", worlds[seed])["before"]) == {"important", "main", "ordinary", "small", "absent"}


@pytest.fixture(scope="module")
def worlds():
    from crm_lab import World

    made = [World(customers=size, seed=seed) for seed, size in enumerate((300, 200, 400))]
    return [Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values())) for world in made]
