"""Labs 04a and 04b on companies worked out by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises._orders import delivered
from crm_lab.exercises.ch04 import groups, pyramid

TODAY = pd.Timestamp("2026-01-01")
EXERCISES = {exercise.name: exercise for exercise in of("04") if exercise.lab in ("04a", "04b")}

ORDERS = [  # customer, ordered_at, status, revenue, margin
    ("C1", "2025-12-31 23:50", "delivered", 1000.0, 400.0),
    ("C1", "2025-11-01 08:00", "delivered", 600.0, 100.0),
    ("C1", "2024-05-01 08:00", "delivered", 500.0, 200.0),
    ("C2", "2025-01-01 00:00", "delivered", 300.0, 60.0),  # 365 days ago: still the last 365 days
    ("C2", "2024-02-01 12:00", "delivered", 700.0, 200.0),
    ("C3", "2024-12-31 23:59", "delivered", 90.0, 40.0),  # 366 days ago
    ("C4", "2025-06-01 12:00", "delivered", 50.0, -50.0),
    ("C5", "2025-06-01 12:00", "cancelled", 900.0, 500.0),
    ("C6", "2025-12-31 12:00", "open", 800.0, 300.0),
]
CUSTOMERS = [  # customer, account_open, marketing_consent, last_visit_at
    ("C1", True, True, "2025-12-31"),
    ("C2", True, True, "2025-12-31"),
    ("C3", True, True, "2025-12-31"),
    ("C4", False, False, None),
    ("C5", True, True, "2025-10-03"),  # 90 days ago
    ("C6", True, True, None),
    ("C7", True, True, "2025-10-02"),  # 91 days ago
    ("C8", True, False, "2025-12-31"),
    ("C9", False, True, "2025-12-31"),
]

STAGES = [  # order, step, stage, entered_at
    ("O0", 1, "received", "2025-07-01 08:00"),
    ("O0", 2, "credit_check", "2025-07-01 10:00"),
    ("O0", 3, "confirmed", "2025-07-01 15:00"),
    ("O0", 4, "changed", "2025-07-01 16:00"),
    ("O0", 5, "picked", "2025-07-02 16:00"),
    ("O0", 6, "shipped", "2025-07-03 16:00"),
    ("O0", 7, "delivered", "2025-07-05 16:00"),
    ("O1", 1, "received", "2025-07-01 08:00"),
    ("O1", 2, "credit_check", "2025-07-01 14:00"),
    ("O1", 3, "cancelled", "2025-07-09 14:00"),
]


@pytest.fixture
def tables():
    orders = pd.DataFrame(ORDERS, columns=["customer_id", "ordered_at", "status", "revenue", "margin"])
    orders["ordered_at"] = pd.to_datetime(orders["ordered_at"])
    orders["order_id"] = [f"O{number}" for number in range(len(orders))]
    customers = pd.DataFrame(
        CUSTOMERS, columns=["customer_id", "account_open", "marketing_consent", "last_visit_at"]
    ).assign(advice_contacts=1)
    customers["kind"] = ["dealer", "business", "consumer", "employee", *["consumer"] * 5]
    customers["last_visit_at"] = pd.to_datetime(customers["last_visit_at"])
    lines = pd.DataFrame({"order_id": ["O0", "O1", "O2", "O7"], "product_id": ["P1", "P2", "P2", "P1"]})
    lines = lines.assign(quantity=[3, 1, 4, 9], unit_price=[10.0, 50.0, 5.0, 99.0])
    stages = pd.DataFrame(STAGES, columns=["order_id", "step_no", "stage", "entered_at"])
    stages["entered_at"] = pd.to_datetime(stages["entered_at"])
    products = pd.DataFrame({"product_id": ["P1", "P2"], "list_price": [30.0, 10.0]})
    returns = pd.DataFrame({"order_id": ["O6", "O6", "O0"]})
    frames = {"orders": orders, "customers": customers, "products": products, "returns": returns}
    frames |= {"order_lines": lines, "order_stages": stages}
    return Tables(frames, TODAY).with_supplies(supplies(EXERCISES.values()))


def reference(name, tables):
    return EXERCISES[name].reference(tables)


def mistaken(name, mistake, tables):
    return next(one for one in EXERCISES[name].mistakes if one.name == mistake).recipe(tables)


@pytest.mark.parametrize(
    ("lab", "names", "points", "stretch"),
    [
        ("04a", ["relationship", "position", "internal", "pareto", "lorenz", "gini_of", "abc", "peak"], 19, ["peak"]),
        ("04b", ["pyramid", "tiers", "policy", "break_even", "field"], 15, []),
    ],
)
def test_exercises_in_order_with_their_points(lab, names, points, stretch):
    found = [exercise for exercise in EXERCISES.values() if exercise.lab == lab]
    assert [exercise.name for exercise in found] == names
    assert sum(exercise.points for exercise in found if not exercise.stretch) == points
    assert [exercise.name for exercise in found if exercise.stretch] == stretch


def test_position(tables):
    assert reference("position", tables).to_dict("index") == {
        "channel": {"buyers": 1, "margin": 700.0},
        "external": {"buyers": 2, "margin": 60 + 200 + 40},
        "internal": {"buyers": 1, "margin": -50.0},
    }


def test_position_counted_wrongly(tables):
    assert mistaken("position", "accounts", tables)["buyers"].to_dict() == {"channel": 1, "external": 7, "internal": 1}
    assert mistaken("position", "orders", tables)["buyers"].to_dict() == {"channel": 3, "external": 3, "internal": 1}


def test_relationship(tables):
    assert reference("relationship", tables).to_dict() == {
        "C1": "current",
        "C2": "current",
        "C3": "lost",
        "C4": "current",
        "C5": "target",
        "C6": "current",
        "C7": "potential",
        "C8": "potential",
        "C9": "non_customer",
    }


def test_the_rules_of_the_task_agree_on_the_edges(tables):
    assert groups.by_rules()(tables).to_dict() == reference("relationship", tables).to_dict()


def test_last_contacts_say_what_the_reference_uses(tables):
    given = tables.table("last_contacts").set_index("customer_id")
    assert given["days_since_order"].dropna().to_dict() == {"C1": 1, "C2": 365, "C3": 366, "C4": 214, "C6": 1}
    assert given["days_since_visit"].loc[["C1", "C5", "C7"]].tolist() == [1, 90, 91]
    assert given["days_since_visit"].isna().sum() == 2


@pytest.mark.parametrize("seed", range(3))
def test_the_rules_of_the_task_give_the_reference(seed, worlds):
    assert groups.by_rules()(worlds[seed]).to_dict() == reference("relationship", worlds[seed]).to_dict()


def test_pareto(tables):
    # sums 700, 260, 40, −50 of four buyers: one of them is a fifth, rounded up
    assert reference("pareto", tables) == pytest.approx(700 / 950)


def test_gini_of(tables):
    gini = reference("gini_of", tables)
    results = [gini(*probe) for probe in EXERCISES["gini_of"].probes(tables)]
    # 0 1 2 4 9: (−4·0 − 2·1 + 0·2 + 2·4 + 4·9) / (5 · 16) = 42/80; list prices 10 and 30: 20/80
    assert results[:5] == pytest.approx([0.25, 0, 0.75, 0.525, 0.25])


def test_internal(tables):
    # sales hands two orders to finance after 2 and 6 hours; a change stays with sales, so 24 hours count from there
    table = reference("internal", tables)
    assert table.to_dict("index") == {
        ("finance", "sales"): {"handovers": 1, "hours": 5},
        ("sales", "finance"): {"handovers": 2, "hours": 4},
        ("sales", "warehouse"): {"handovers": 1, "hours": 24},
    }
    said = EXERCISES["internal"].meaning(tables, table)
    assert "Work for warehouse lies with sales longest: 24 hours in the middle of 1 handovers" in said


def test_the_last_step_of_an_order_hands_over_to_nobody(tables):
    assert ("warehouse", "sales") in mistaken("internal", "across orders", tables).index
    assert ("sales", "sales") in mistaken("internal", "same department", tables).index


def test_lorenz(tables):
    # P1 3 · 10, P2 1 · 50 + 4 · 5; the cancelled order O7 sells nothing
    assert tables.table("product_sales")["revenue"].tolist() == [30, 70]
    assert reference("lorenz", tables).to_numpy().tolist() == [[0, 0], [0.5, 0.3], [1, 1]]
    assert mistaken("lorenz", "largest first", tables)["value"].tolist() == [0, 0.7, 1]
    assert mistaken("lorenz", "in yuan", tables)["value"].tolist() == [0, 30, 100]
    said = EXERCISES["lorenz"].meaning(tables, reference("lorenz", tables))
    assert said.startswith("The better half of the 2 products bring 70% of the revenue, the best tenth 70%.")


def test_abc(tables):
    # revenue 2100, 1000, 90, 50 of 3240: 0, 65, 96 and 98 % are reached before them
    assert reference("abc", tables).to_dict() == {"C1": "A", "C2": "A", "C3": "C", "C4": "C"}


def test_pyramid(tables):
    # 500, 60, −50 of the last 365 days; C3 bought a day too early. ⌈1 %⌉ = ⌈5 %⌉ = ⌈20 %⌉ = 1 of 3
    assert reference("pyramid", tables).to_dict() == {"C1": "important", "C2": "small", "C4": "small"}


def test_policy(tables):
    year = tables.table("year_2024").set_index("customer_id")
    assert year["margin"].to_dict() == {"C1": 200, "C2": 200, "C3": 40}
    assert year["value_class"].to_dict() == {"C1": "important", "C2": "small", "C3": "small"}
    result = reference("policy", tables)
    # important: 200 + 4·300 + 240·1.5 = 1760, 3 % of 500 = 15; small: 2 · 4 · 1.5 = 12, fee 2 · 12
    assert result.loc["important"].tolist() == [1, 1760, 15, 0, 200 - 1760 - 15]
    assert result.loc["small"].tolist() == [2, 12, 0, 24, 240 - 12 + 24]


def test_tiers(tables):
    # margins of 2024: important 200, small 200 + 40
    assert reference("tiers", tables).to_dict() == {"important": 200 / 440, "small": 240 / 440}
    assert mistaken("tiers", "share of customers", tables).to_dict() == {"important": 1 / 3, "small": 2 / 3}
    assert mistaken("tiers", "means", tables).to_dict() == {"important": 200, "small": 120}


def test_break_even(tables):
    # the important one costs 1760 of service and 15 of discount; further sales leave 200 − 15
    assert reference("break_even", tables) == pytest.approx((1760 + 15) / (200 - 15))
    assert mistaken("break_even", "old sales only", tables) == pytest.approx((1760 + 15) / 200)
    assert mistaken("break_even", "discount only", tables) == pytest.approx(15 / (200 - 15))


def test_the_example_of_the_break_even_task_buys_back_its_policy():
    growth = 2360 / 4400
    assert 5000 * (1 + growth) - 0.03 * 20_000 * (1 + growth) - 1760 == pytest.approx(5000)


def test_field(tables):
    # now 500, 60, 0, −50; best quarters 500 (Q4 2025), 200 (Q1 2024), 40, −50, times four
    assert reference("field", tables).to_dict() == {"C1": "star", "C2": "grow", "C3": "watch", "C4": "watch"}


def test_peak(tables):
    assert reference("peak", tables) == pytest.approx(1000 / 950)
    said = EXERCISES["peak"].meaning(tables, 1000 / 950)
    assert "105.3% of the final margin. Those with a loss (1 in number) took ¥50 back; 1 of them" in said


@pytest.mark.parametrize("seed", range(3))
def test_every_group_class_and_field_has_members(seed, worlds):
    for name, number in {"relationship": 5, "abc": 3, "pyramid": 4, "field": 4}.items():
        assert reference(name, worlds[seed]).nunique() == number


def test_the_year_before_does_not_answer_the_pyramid(worlds):
    year = worlds[0].table("year_2024").set_index("customer_id")["value_class"]
    pyramid = reference("pyramid", worlds[0])
    both = year.index.intersection(pyramid.index)
    assert (year[both] != pyramid[both]).mean() > 0.1


@pytest.mark.parametrize(
    ("mistake", "expected"),
    [
        ("service of one", {"service_cost": 6, "fee_income": 24, "profit_after": 240 - 6 + 24}),
        ("one of each", {"service_cost": 6, "fee_income": 12, "profit_after": 240 - 6 + 12}),
        ("fee as cost", {"service_cost": 12, "fee_income": 24, "profit_after": 240 - 12 - 24}),
        ("fee forgotten", {"service_cost": 12, "fee_income": 24, "profit_after": 240 - 12}),
    ],
)
def test_policy_mistakes_of_the_small_class(mistake, expected, tables):
    assert mistaken("policy", mistake, tables).loc["small", list(expected)].to_dict() == expected


def test_profit_from_revenue(tables):
    assert mistaken("policy", "from revenue", tables).loc["important", "profit_after"] == 500 - 1760 - 15


def test_spring_of_two_years_mixed(tables):
    best = pyramid.best(delivered(tables), lambda orders: orders["ordered_at"].dt.quarter, "margin")
    assert best["C2"] == 260  # January 2025 and February 2024


@pytest.fixture(scope="module")
def worlds():
    from crm_lab import World

    made = [World(customers=size, seed=seed) for seed, size in enumerate((300, 200, 400))]
    return [Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values())) for world in made]
