"""The self-diagnostic on a company small enough to work out by hand. The contract is tested elsewhere."""

import re

import pandas as pd
import pytest

from crm_lab.author.notebooks import read
from crm_lab.base.places import REPOSITORY
from crm_lab.data.tables import Tables
from crm_lab.exercises import of
from crm_lab.exercises.ch00 import queries, tables, tools
from crm_lab.labs.check import AnswerKey, check

TODAY = pd.Timestamp("2026-01-01")
EXERCISES = {exercise.name: exercise for exercise in of("00")}

CUSTOMERS = [  # customer, kind, region, recommend_score, advice_contacts
    ("C1", "business", "east", None, 3),
    ("C2", "dealer", "west", None, 2),
    ("C3", "dealer", "west", 0.0, 9),  # answered, and the answer was zero
    ("C4", "consumer", "east", None, 5),
]
ORDERS = [  # order, customer, ordered_at, status, payment, revenue, margin
    ("O1", "C1", "2024-12-28 10:00", "delivered", "card", 100.0, 40.0),  # a Saturday, of another year
    ("O2", "C1", "2025-01-04 10:00", "delivered", "card", 300.0, 60.0),  # a Saturday
    ("O3", "C4", "2025-01-05 23:59", "cancelled", "wallet", 80.0, 10.0),  # a Sunday
    ("O4", "C2", "2025-01-06 00:00", "delivered", "wallet", 60.0, 20.0),  # a Monday
    ("O5", "C3", "2025-12-31 23:00", "delivered", "wallet", 40.0, 5.0),  # a Wednesday
    ("O6", "C3", "2025-12-31 23:00", "delivered", "wallet", 20.0, 5.0),
    ("O7", "C4", "2025-12-30 12:00", "open", "card", 900.0, 90.0),
]
LINES = [("O1", "P1", 2, 10.0), ("O2", "P1", 1, 8.0), ("O2", "P2", 3, 30.0), ("O4", "P3", 1, 60.0)]
RETURNS = [("P1", 20.0, 5.0), ("P2", 30.0, 50.0), ("P3", 7.0, 1.0), ("P1", 1.0, 0.0)]


@pytest.fixture
def company():
    customers = pd.DataFrame(CUSTOMERS, columns=["customer_id", "kind", "region", "recommend_score", "advice_contacts"])
    names = ["order_id", "customer_id", "ordered_at", "status", "payment", "revenue", "margin"]
    orders = pd.DataFrame(ORDERS, columns=names)
    orders["ordered_at"] = pd.to_datetime(orders["ordered_at"])
    orders["delivered_at"] = orders["ordered_at"].where(orders["status"] == "delivered") + pd.Timedelta(days=2)
    lines = pd.DataFrame(LINES, columns=["order_id", "product_id", "quantity", "unit_price"])
    products = pd.DataFrame({"product_id": ["P1", "P2", "P3"], "list_price": [12.0, 30.0, 60.0]})
    products["category"] = ["tea", "tea", "bath"]
    returns = pd.DataFrame(RETURNS, columns=["product_id", "refund", "loss"])
    frames = {"customers": customers, "orders": orders, "order_lines": lines, "products": products, "returns": returns}
    return Tables(frames, TODAY)


def reference(name, company):
    return EXERCISES[name].reference(company)


def test_eight_exercises_in_order_each_worth_a_point_and_naming_its_sections():
    assert list(EXERCISES) == [
        "basket_value",
        "silent",
        "weekend",
        "sales",
        "refunds",
        "movement",
        "payments",
        "newest",
    ]
    assert {exercise.points for exercise in EXERCISES.values()} == {1}
    assert all(exercise.sections for exercise in EXERCISES.values())


def test_every_section_of_the_primer_is_asked_for_by_some_exercise():
    asked = {section for exercise in EXERCISES.values() for section in exercise.sections}
    assert asked == {
        *("python", "functions", "errors", "rows", "columns", "dates", "groups", "joins", "plots", "sql", "sql-more")
    }


def test_basket_value(company):
    assert tools.basket_value(company)({"a": 2, "b": 1}, {"a": 1.5, "b": 10.0, "c": 99.0}) == 13.0
    assert tools.largest_order(company) == ({"P1": 1, "P2": 3}, {"P1": 12.0, "P2": 30.0, "P3": 60.0})
    assert [tools.basket_value(company)(*basket) for basket in tools.baskets(company)] == [65.0, 285.0, 102.0]


def test_the_draft_of_the_lab_stops_with_one_error_and_when_that_is_mended_with_another():
    cells = {cell.id: cell.source for cell in read(REPOSITORY / "labs" / "00_primer.ipynb").cells}
    source = cells["given-basket-value"]
    for mended, error in ((source, AttributeError), (source.replace("item()", "items()"), TypeError)):
        space: dict = {}
        exec(mended, space)
        with pytest.raises(error):
            space["draft"]({"tea": 2}, {"tea": 30.0})


def test_silent(company):
    assert reference("silent", company).to_numpy().tolist() == [["C1", "east", True], ["C2", "west", False]]
    assert tables.silent(company, answered=(True, False))["customer_id"].tolist() == ["C1", "C2", "C3"]
    assert tables.silent(company, answered=(True,))["customer_id"].tolist() == ["C3"]


def test_weekend(company):
    # 2025: Saturday, Sunday, Monday, and three on working days
    assert reference("weekend", company) == pytest.approx(2 / 6)
    assert tables.weekend(company, figure="sum") == 2
    assert tables.weekend(company, year=None) == pytest.approx(3 / 7)
    assert tables.of_all_years(company) == pytest.approx(2 / 7)
    assert tables.weekend(company, days=(6,)) == pytest.approx(1 / 6)


def test_sales(company):
    assert reference("sales", company).to_dict("index") == {
        "P1": {"pieces": 3, "sales": 28.0},
        "P2": {"pieces": 3, "sales": 90.0},
        "P3": {"pieces": 1, "sales": 60.0},
    }


def test_refunds(company):
    assert reference("refunds", company).to_dict() == {"bath": 7.0, "tea": 51.0}
    assert tables.refunds(company, column="loss").to_dict() == {"bath": 1.0, "tea": 55.0}


def test_movement(company):
    counts = reference("movement", company)
    assert counts.index.strftime("%Y-%m").tolist() == ["2024-12", "2025-01", "2025-12"]
    assert counts.tolist() == [1, 2, 2]
    assert tools.movement(company, tools.all_orders)["2025-01-01"] == 3


@pytest.mark.parametrize("size", [200, 400])
def test_meanings_can_be_said_on_small_companies(size):
    from crm_lab import World

    world = World(customers=size, seed=3)
    small = Tables(world.tables, world.today)
    for name, one in EXERCISES.items():
        said = one.meaning(small, one.reference(small))
        assert said.endswith("."), name
        assert not re.search(r"\bnan\b|\binf\b|[{}]", said), name


def test_payments_with_a_lower_threshold(company):
    table = queries.payments(company, least=3)
    assert table.to_dict("index") == {"wallet": {"orders": 3, "mean_revenue": 40.0}}


def test_newest(company):
    # two orders of the west at the same time: the larger number; an hour before midnight is one day ago
    assert reference("newest", company).to_dict("index") == {
        "east": {"order_id": "O2", "days_ago": 362},
        "west": {"order_id": "O6", "days_ago": 1},
    }
    assert queries.newest(company, midnights=False)["days_ago"].to_dict() == {"east": 361, "west": 0}
    assert queries.newest(company, queries.all_orders)["order_id"].to_dict() == {"east": "O7", "west": "O6"}


@pytest.mark.parametrize(
    "query",
    [
        """select region, max_by(order_id, (ordered_at, order_id)) as order_id,
                  date_diff('day', max(ordered_at), date '2026-01-01') as days_ago
           from orders join customers using (customer_id) where status = 'delivered' group by region""",
        """with ranked as (
               select region, order_id, ordered_at, rank() over (
                   partition by region order by ordered_at desc, order_id desc) as place
               from customers join orders on orders.customer_id = customers.customer_id where status = 'delivered')
           select region, order_id, date '2026-01-01' - ordered_at::date as days_ago from ranked where place = 1""",
    ],
)
def test_the_newest_may_be_found_in_other_ways(query, company):
    assert check(AnswerKey(EXERCISES["newest"], company), query).status == "right"


def test_other_ways_through_the_tables_are_right(company):
    returns, products = company.table("returns"), company.table("products")
    category = returns["product_id"].map(products.set_index("product_id")["category"]).rename("category")
    by_map = returns.groupby(category)["refund"].sum()
    assert check(AnswerKey(EXERCISES["refunds"], company), by_map).status == "right"
    assert check(AnswerKey(EXERCISES["refunds"], company), by_map.to_dict()).status == "right"

    def with_get(basket, prices):
        return sum(prices.get(name, 0) * basket[name] for name in basket)

    assert check(AnswerKey(EXERCISES["basket_value"], company), with_get).status == "right"


def test_what_right_answers_mean_is_worked_out_from_the_data(company):
    said = {name: one.meaning(company, one.reference(company)) for name, one in EXERCISES.items()}
    assert said["silent"].startswith("2 firms have never said whether they would recommend us; 1 of them")
    assert said["weekend"].startswith("33% of the orders of 2025")
    assert "worth ¥102 at" in said["basket_value"]
    assert "Most is paid back for tea: ¥51 of ¥58" in said["refunds"]
    assert "brings 51% of the sales" in said["sales"]
    assert "1 to 362 days old" in said["newest"]
    assert said["payments"].startswith("No way of payment has 800 delivered orders")
    assert said["movement"].startswith("Most orders came in 2025-01: 2 against 1")
