"""Lab 01 on companies small enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import re

import pandas as pd
import pytest

import crm_lab
from crm_lab import concepts, workbench
from crm_lab.data.tables import Tables
from crm_lab.exercises import of, supplies
from crm_lab.exercises.ch01 import behind, gains, goals, morning

TODAY = pd.Timestamp("2026-01-01")
AT, EVENING = pd.Timestamp("2025-01-01"), pd.Timedelta(hours=21)
EXERCISES = {exercise.name: exercise for exercise in of("01")}

CUSTOMERS = [  # customer, region, registered_at, birthday, account_open
    ("C00001", "east", "2024-02-01", "1990-12-28", True),
    ("C00002", "east", "2024-03-01", "1990-01-03", True),
    ("C00003", "east", "2024-04-01", "1990-12-31", False),
    ("C00004", "east", "2025-01-01", "1990-01-04", True),  # opened exactly 365 days ago
    ("C00005", "east", "2024-12-31", "1990-12-27", True),
    ("C00006", "east", "2025-06-01", "2000-02-29", False),
]
ORDERS = [  # order, customer, ordered_at, status, revenue
    ("O1", "C00001", "2024-02-10 10:00", "delivered", 100.0),
    ("O2", "C00001", "2025-01-01 00:00", "delivered", 200.0),  # 365 days ago: still current
    ("O3", "C00002", "2024-12-31 23:59", "delivered", 50.0),  # 366 days ago
    ("O4", "C00002", "2025-12-01 10:00", "cancelled", 900.0),
    ("O5", "C00004", "2025-12-30 10:00", "open", 40.0),
    ("O6", "C00001", "2025-01-31 10:00", "delivered", 60.0),
    ("O7", "C00005", "2025-12-30 10:00", "cancelled", 70.0),
]
REMINDERS = [  # reminder, task, due_at, done_at; 15 December 2025 is a Monday
    ("T1", "call_back", "2025-12-12 10:00", None),
    ("T2", "call_back", "2025-12-13 10:00", None),
    ("T3", "call_back", "2025-12-15 18:00", "2025-12-15 19:00"),
    ("T4", "call_back", "2025-12-11 10:00", "2025-12-14 23:59"),
    ("T5", "call_back", "2025-12-16 10:00", None),
    ("T6", "return_call", "2025-12-12 10:00", None),
]


def frame(names, rows, dates):
    table = pd.DataFrame(rows, columns=names.split())
    return table.assign(**{name: pd.to_datetime(table[name]) for name in dates})


@pytest.fixture
def tables():
    customers = frame(
        "customer_id region registered_at birthday account_open", CUSTOMERS, ("registered_at", "birthday")
    ).assign(name="A", kind="business", marketing_consent=True, last_visit_at=pd.Timestamp("2025-12-31"))
    orders = frame("order_id customer_id ordered_at status revenue", ORDERS, ("ordered_at",)).assign(margin=1.0)
    reminders = frame("reminder_id task due_at done_at", REMINDERS, ("due_at", "done_at")).assign(
        customer_id="C00002", rep_id="S01", created_at=pd.Timestamp("2025-12-01")
    )
    prices = frame(
        "product_id from_date to_date list_price",
        [
            ("P1", "2025-01-01", "2025-08-31", 70.0),
            ("P1", "2025-09-01", "2025-09-30", 60.0),
            ("P1", "2025-10-01", None, 50.0),
        ],
        ("from_date", "to_date"),
    )
    watches = frame(
        "watch_id customer_id product_id watch asked_on price_level",
        [
            ("W1", "C00001", "P1", "price", "2025-08-01", 60.0),
            ("W2", "C00001", "P1", "price", "2025-09-01", 55.0),
            ("W3", "C00001", "P1", "price", "2025-08-01", 45.0),
            ("W4", "C00001", "P1", "stock", "2025-08-01", None),
        ],
        ("asked_on",),
    )
    stock = frame(
        "product_id day opening received",
        [
            ("P1", "2025-07-31", 0, 4),  # the day before it was asked for
            ("P1", "2025-08-01", 0, 0),
            ("P1", "2025-08-20", 0, 3),
            ("P1", "2025-08-21", 3, 0),
        ],
        ("day",),
    )
    roles = pd.DataFrame(
        [
            ("O1", "gift", "partner", "self", "partner", "partner", "child", "For you"),
            ("O2", "gift", "self", "self", "self", "self", "friend", None),
            ("O3", "self", "self", "self", "self", "self", "self", None),
        ],
        columns=["order_id", "occasion", "initiator", "influencer", "decider", "buyer", "user", "gift_note"],
    )
    consents = frame(
        "customer_id purpose recorded_at granted",
        [("C00001", "personalisation", "2025-01-01", True), ("C00001", "personalisation", "2025-02-01", False)],
        ("recorded_at",),
    )
    came = pd.DataFrame({"customer_id": ["C00001", "C00001"], "started_at": pd.Timestamp("2025-12-20")})
    spend = pd.DataFrame({"clicks": [10], "sign_ups": [5], "new_customers": [2]})
    days = pd.DataFrame({"date": pd.date_range("2025-12-01", "2025-12-31"), "day_type": "normal"})
    frames = {
        "customers": customers,
        "orders": orders,
        "order_lines": orders[["order_id"]].assign(product_id="P1"),
        "products": pd.DataFrame({"product_id": ["P1"], "name": "lamp", "category": "lighting"}),
        "reps": pd.DataFrame({"rep_id": ["S01"], "name": "Gu", "region": "east"}),
        "reminders": reminders,
        "prices": prices,
        "watches": watches,
        "stock": stock,
        "call_intervals": days,
        "order_roles": roles,
        "consents": consents,
        "visits": came,
        "calls": came.head(1),
        "tickets": came.head(0),
        "channel_spend": spend,
    }
    return Tables(frames, TODAY).with_supplies(supplies(EXERCISES.values()))


@pytest.fixture(scope="module")
def worlds():
    from crm_lab import World

    made = [World(customers=size, seed=seed) for seed, size in enumerate((600, 500, 700))]
    return [Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values())) for world in made]


def reference(name, tables):
    return EXERCISES[name].reference(tables)


def said_about(name, mistake):
    return next(one for one in EXERCISES[name].mistakes if one.name == mistake)


@pytest.mark.parametrize(
    ("lab", "names", "points"),
    [
        ("01a", "readings accounts standing counts roles formation layers roots", 23),
        ("01b", "growth deeper efforts values birthdays fired due targeting costs", 28),
    ],
)
def test_exercises_in_order_and_a_stretch_at_the_end(lab, names, points):
    mine = [exercise for exercise in EXERCISES.values() if exercise.lab == lab]
    assert [exercise.name for exercise in mine] == names.split()
    assert sum(exercise.points for exercise in mine if not exercise.stretch) == points
    assert [exercise.name for exercise in mine if exercise.stretch] == names.split()[-1:]


# ---- who is a customer


def test_relation(tables):
    assert reference("standing", tables).to_dict() == {
        **{"C00001": "current", "C00002": "past", "C00003": "none"},
        **{"C00004": "current", "C00005": "potential", "C00006": "none"},
    }


def test_counts(tables):
    # a year ago, on 1 January 2025: C1, C2, C3 and C5 had accounts; C1 and C2 had ordered, C2 within 180 days
    table = reference("counts", tables)
    assert table["customers"].to_dict() == {"account": 6, "buyer": 3, "active": 1}
    assert table["a_year_ago"].to_dict() == {"account": 4, "buyer": 2, "active": 1}
    assert table["revenue_each"].to_dict() == {"account": 50, "buyer": 100, "active": 300}  # of ¥300


@pytest.mark.parametrize(
    ("mistake", "column", "expected"),
    [
        ("orders", "customers", {"account": 6, "buyer": 5, "active": 1}),
        ("orders", "a_year_ago", {"account": 4, "buyer": 2, "active": 1}),
        ("closed accounts", "customers", {"account": 4, "buyer": 3, "active": 1}),
        ("cancelled", "customers", {"account": 6, "buyer": 4, "active": 3}),
        ("delivered only", "customers", {"account": 6, "buyer": 2, "active": 0}),
        ("all years", "revenue_each", {"account": 75, "buyer": 150, "active": 450}),
        ("a year", "customers", {"account": 6, "buyer": 3, "active": 2}),
        ("later accounts", "a_year_ago", {"account": 6, "buyer": 2, "active": 1}),
        ("later orders", "a_year_ago", {"account": 4, "buyer": 2, "active": 3}),
    ],
)
def test_recipes_of_the_counts(tables, mistake, column, expected):
    assert said_about("counts", mistake).recipe(tables)[column].to_dict() == expected


# ---- more, longer, deeper


def test_growth(tables):
    table = reference("growth", tables)
    assert table.index.tolist() == pd.date_range("2024-02-01", "2025-12-01", freq="MS").tolist()
    assert table["customers"].to_numpy().nonzero()[0].tolist() == [0, 10, 11, 22]
    assert table.loc["2024-02-01", ["tenure_days", "orders_each"]].tolist() == [19, 1]
    assert table.loc["2025-01-01", ["tenure_days", "orders_each"]].tolist() == [356, 2]  # 10 February to 31 January
    assert table.loc["2025-12-01", "tenure_days"] == 1


def test_the_example_of_the_growth_task():
    orders = frame(
        "order_id customer_id ordered_at status margin", [("O1", "C1", "2025-03-30", "open", 1.0)], ("ordered_at",)
    )
    lines = pd.DataFrame({"order_id": ["O1"], "product_id": ["P1"]})
    table = concepts.growth(orders, lines, pd.DataFrame({"product_id": ["P1"], "category": ["tea"]}))
    assert table.loc["2025-03", "tenure_days"] == 1


def test_months_without_a_customer_do_not_come_up_in_a_whole_company(worlds):
    assert (reference("growth", worlds[0])["customers"] > 0).all()


# ---- the morning


def test_birthdays(tables):
    found = reference("birthdays", tables)
    assert found["customer_id"].tolist() == ["C00001", "C00002"]
    assert found["birthday_on"].dt.strftime("%Y-%m-%d").tolist() == ["2025-12-28", "2026-01-03"]
    assert found["age"].tolist() == [35, 36]


def test_recipes_without_a_fault_agree_with_the_workbench(worlds, tables):
    for each in (tables, *worlds):
        customers = each.table("customers")
        known = customers.loc[customers["registered_at"] < morning.BIRTHDAY_DAY, "customer_id"]
        birthdays = morning.of_all(each, workbench.birthdays, morning.BIRTHDAY_DAY)
        of_all = morning.window()(each)
        found = {
            "birthdays": (birthdays, of_all[of_all["customer_id"].isin(known)]),
            "fired": (reference("fired", each), morning.both_kinds()(each)),
            "due": (reference("due", each), morning.waiting()(each)),
        }
        for name, pair in found.items():
            key, columns = EXERCISES[name].key[0], list(reference(name, each))
            right, made = (table[columns].set_index(key).sort_index() for table in pair)
            assert (made == right).all(axis=None), name
            assert made.index.equals(right.index), name


def test_fired(tables):
    assert dict(reference("fired", tables).itertuples(index=False)) == {
        "W1": pd.Timestamp("2025-09-01"),
        "W2": pd.Timestamp("2025-10-01"),
        "W4": pd.Timestamp("2025-08-20"),
    }
    assert dict(morning.of_stock(tables, "opening").itertuples(index=False)) == {"W4": pd.Timestamp("2025-08-21")}
    assert dict(morning.of_stock(tables, after=False).itertuples(index=False)) == {"W4": pd.Timestamp("2025-07-31")}


def test_those_who_still_wait_are_counted_by_product(tables):
    said = EXERCISES["fired"].meaning(tables, reference("fired", tables))
    assert said.startswith("3 of 4 watches fired, 1 of them for stock.")
    assert said.endswith("up to 1 wait for the same product, such as P1.")
    all_of_them = tables.table("watches").assign(fired_on=TODAY)
    assert "none is left" in EXERCISES["fired"].meaning(tables, all_of_them)


def test_when_a_watch_is_asked_the_price_is_higher(worlds):
    for t in worlds:  # the task says so
        both = t.table("watches").query("watch == 'price'").merge(t.table("prices"), on="product_id")
        then = both[both["asked_on"].between(both["from_date"], both["to_date"].fillna(TODAY))]
        assert len(then) == both["watch_id"].nunique() > 10
        assert (then["list_price"] > then["price_level"]).all()


def test_when_a_watch_is_asked_the_product_is_sold_out(worlds):
    for t in worlds:  # so does it say this
        asked = t.table("watches").query("watch == 'stock'")
        then = asked.merge(t.table("stock"), left_on=["product_id", "asked_on"], right_on=["product_id", "day"])
        assert (then["closing"] == 0).all()


def test_due(tables):
    found = reference("due", tables).set_index("reminder_id")["working_days_late"].to_dict()
    assert found == {"T1": 1, "T2": 0, "T3": 0}


def test_calendar_counts_working_days(tables, worlds):
    calendar = tables.table("calendar").set_index("day")
    assert calendar.loc["2025-12-05":"2025-12-08", "number"].tolist() == [5, 5, 5, 6]
    assert calendar.loc["2025-12-05":"2025-12-08", "working"].tolist() == [True, False, False, True]
    holidays = worlds[0].table("calendar").set_index("day").loc["2025-10-01":"2025-10-09"]
    assert holidays["working"].tolist() == [False] * 8 + [True]
    assert holidays["number"].diff().dropna().tolist() == [0] * 7 + [1]


# ---- words


def test_readings_are_twenty_in_no_regular_order(tables):
    right = pd.Series(reference("readings", tables))
    assert sorted(right.index) == tables.table("statements")["id"].tolist()
    assert len(right) == 20
    counts = right.value_counts()
    assert counts.min() >= 6
    assert counts.index.sort_values().tolist() == sorted(concepts.readings().index)
    assert right.sort_index().str.cat(sep=" ").count("strategy strategy strategy") == 0


# ---- who comes, pays and uses


def test_accounts(tables):
    # in the last 60 days C4 ordered; C1's orders are older, C2's and C5's cancelled
    assert reference("accounts", tables).to_dict() == {"shopper": 1, "customer": 1, "consumer": 0}
    assert said_about("accounts", "cancelled").recipe(tables)["customer"] == 3
    assert said_about("accounts", "rows").recipe(tables)["shopper"] == 2
    assert said_about("accounts", "firms use").recipe(tables)["consumer"] == 1


# ---- behind an order


def test_roles(tables):
    table = reference("roles", tables)
    assert table.loc["gift"].to_dict() == {"initiator": 0, "influencer": 0.5, "decider": 0, "user": 1, "noted": 0.5}
    assert said_about("roles", "not self").recipe(tables).loc["gift", "decider"] == 0.5
    assert said_about("roles", "of all orders").recipe(tables).loc["gift", "user"] == pytest.approx(2 / 3)


def test_formation(tables):
    # C1, C2, C3, C4 and C5 are old enough; C1 orders on days 9, 335 and 364, C2 on day 305, C4 on day 363
    table = reference("formation", tables)
    assert table["share"].tolist() == pytest.approx([3 / 5, 1 / 3, 1])
    assert table["days"].tolist() == [305, 326, 30]
    shares = said_about("formation", "of all accounts").recipe(tables)["share"]
    assert shares.tolist() == pytest.approx([3 / 5, 1 / 5, 1 / 5])
    since = said_about("formation", "since the opening").recipe(tables)["days"]
    assert since.tolist() == [305, 335, 365]


def test_recipes_of_formation_without_a_fault_are_the_reference(worlds):
    for t in worlds:
        pd.testing.assert_frame_equal(behind.steps()(t), reference("formation", t))


def test_an_account_opened_exactly_a_year_ago_is_old_enough_whatever_the_hour(tables):
    # C4 was opened at the midnight of 1 January 2025: without it four accounts are left, and two of them order
    assert said_about("formation", "not that day").recipe(tables)["share"][0:1].tolist() == pytest.approx([2 / 4])
    late = tables.with_frames({"customers": tables.table("customers").replace({"registered_at": {AT: AT + EVENING}})})
    assert reference("formation", late)["share"].iloc[0] == pytest.approx(3 / 5)
    assert said_about("formation", "not that evening").recipe(late)["share"].iloc[0] == pytest.approx(2 / 4)


def test_layers(tables):
    table = reference("layers", tables)
    assert table["rows"].to_dict() == {
        **{"customers": 1, "consents": 2, "orders": 3},
        **{"tickets": 0, "visits": 2, "calls": 1},
    }
    assert table["layer"].to_dict()["calls"] == "access"


def test_roots(tables):
    # of six accounts C1, C2 and C4 ordered; five orders of equal margin, two of them later ones; C1 took consent back
    assert reference("roots", tables).tolist() == pytest.approx([3 / 6, 2 / 5, 0])
    assert said_about("roots", "ever agreed").recipe(tables)["one_to_one"] == pytest.approx(1 / 6)


# ---- what CRM changes


def test_recipes_of_gains_without_a_fault_are_the_reference(worlds):
    for t in worlds[:1]:
        assert gains.counted()(t).sort_index().to_dict() == pytest.approx(reference("efforts", t).to_dict())
        assert gains.per("new_customers")(t).to_dict() == pytest.approx(reference("costs", t).to_dict())
        pd.testing.assert_frame_equal(gains.after_answers()(t), reference("values", t))
        pd.testing.assert_series_equal(goals.later_part(t), reference("deeper", t))


def test_deeper(tables):
    shares = reference("deeper", tables)
    assert shares["2024-02-01"] == 0
    assert shares["2025-01-01"] == 1


# ---- targeting

OFFER = [  # treated, advice_contacts, bought, margin, customers
    (True, 3, True, 80.0, 6),
    (True, 3, False, 0.0, 4),
    (False, 3, True, 80.0, 5),
    (False, 3, False, 0.0, 5),
    (True, 2, True, 80.0, 5),
    (True, 2, False, 0.0, 5),
    (False, 2, True, 80.0, 5),
    (False, 2, False, 0.0, 5),
]


@pytest.fixture
def campaign():
    rows = [row[:-1] for row in OFFER for _turn in range(row[-1])]
    results = pd.DataFrame(rows, columns=["treated", "advice_contacts", "bought", "margin"])
    results["person_id"], results["campaign_id"] = range(len(rows)), "proactive_service"
    campaigns = pd.DataFrame({"campaign_id": ["proactive_service"], "contact_cost": [5.0], "discount": [0.0]})
    frames = {"campaign_results": results, "campaigns": campaigns}
    return Tables(frames, TODAY).with_supplies(supplies(EXERCISES.values()))


def test_targeting(campaign):
    table = reference("targeting", campaign)
    assert table["uplift"].round(9).to_dict() == {"product": 0.05, "customer": 0.1}
    assert table["value"].round(9).to_dict() == {"product": -1, "customer": 3}  # the example of the task
    assert (
        EXERCISES["targeting"]
        .meaning(campaign, table)
        .startswith(
            "1,000 calls down the list leave −¥1,000, to people who often ask for advice ¥3,000, and no call ¥0."
        )
    )


def test_the_interval_of_targeting(campaign):
    table = reference("targeting", campaign)
    half = 1.96 * 80 * (0.6 * 0.4 / 10 + 0.5 * 0.5 / 10) ** 0.5
    assert table.loc["customer", ["low", "high"]].tolist() == pytest.approx([3 - half, 3 + half])
    narrow = said_about("targeting", "one error").recipe(campaign)
    assert (narrow["value"] - narrow["low"])["customer"] == pytest.approx(half / 1.96)


@pytest.mark.parametrize(
    ("mistake", "value"),
    [
        ("no holdout", {"product": 39, "customer": 43}),
        ("cost forgotten", {"product": 4, "customer": 8}),
        ("margin of everybody", {"product": 0.05 * 42 - 5, "customer": 0.1 * 44 - 5}),
        ("mean margins", {"product": -1, "customer": 3}),  # every order has the same margin here
    ],
)
def test_recipes_of_targeting(campaign, mistake, value):
    found = said_about("targeting", mistake).recipe(campaign)["value"].round(9).to_dict()
    assert found == pytest.approx(value)


def test_the_call_costs_what_the_task_says(worlds):
    campaigns = worlds[0].table("campaigns").set_index("campaign_id")
    assert campaigns.loc["proactive_service", "contact_cost"] == goals.COST == 5


# ---- what is said


@pytest.mark.parametrize("size", [200, 400])
def test_meanings_can_be_said_on_small_companies(size):
    world = crm_lab.World(customers=size, seed=3)
    small = Tables(world.tables, world.today).with_supplies(supplies(EXERCISES.values()))
    for name, exercise in EXERCISES.items():
        assert not re.search(r"\bnan\b|\binf\b|[{}]", exercise.meaning(small, exercise.reference(small))), name


def test_a_morning_on_which_no_call_is_due_has_a_sentence_of_its_own(tables):
    nothing = reference("due", tables).head(0)
    assert EXERCISES["due"].meaning(tables, nothing).startswith("Nobody waits for a promised call")


@pytest.mark.parametrize("seed", range(3))
def test_every_panel_and_group_has_members(seed, worlds):
    assert reference("standing", worlds[seed]).nunique() == 4
    for name in ("birthdays", "fired", "due"):
        assert len(reference(name, worlds[seed])), name
