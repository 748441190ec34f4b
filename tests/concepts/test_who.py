"""Who is a customer: each rule on both sides of its border, and what the choice of a definition changes."""

import pandas as pd
import pytest

import crm_lab
from crm_lab import classify
from crm_lab.base.errors import InputError
from crm_lab.concepts import customer_definitions, shoppers_customers_consumers, standing

TODAY = "2026-01-01"


def people(*rows: tuple[str, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_id", "account_open"]).assign(
        marketing_consent=True, last_visit_at=pd.Timestamp("2025-12-31"), kind="consumer"
    )


def bought(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "status"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"], format="ISO8601"), revenue=100.0)


def test_relation_on_both_sides_of_each_border() -> None:
    customers = people(
        ("edge", True), ("over", True), ("closed", False), ("never", True), ("gone", False), ("void", True)
    )
    orders = bought(
        ("edge", "2025-01-01", "delivered"),  # 365 days ago
        ("over", "2024-12-31 23:59", "delivered"),  # 366 days ago
        ("closed", "2025-12-31", "open"),
        ("void", "2025-12-31", "cancelled"),
    )
    assert standing(customers, orders, TODAY).to_dict() == {
        "edge": "current",
        "over": "past",
        "closed": "current",  # the rule is on orders: a closed account that bought was a customer
        "never": "potential",
        "gone": "none",
        "void": "potential",
    }


def test_fewer_days_make_more_past_customers() -> None:
    customers, orders = people(("a", True)), bought(("a", "2025-10-01", "delivered"))
    assert standing(customers, orders, TODAY, 92).tolist() == ["current"]
    assert standing(customers, orders, TODAY, 91).tolist() == ["past"]


def test_relation_agrees_with_the_five_classes_of_chapter_04() -> None:
    customers, orders, today = crm_lab.load("customers"), crm_lab.load("orders"), crm_lab.data.today()
    three, five = standing(customers, orders, today), classify.relationship(customers, orders, today)
    assert (three == "current").equals((five == "current").rename("standing"))
    assert set(three[five == "lost"]) == {"past"}
    assert set(five[three.isin(["potential", "none"])]) == {"target", "potential", "non_customer"}


def test_definitions_by_hand() -> None:
    customers = pd.DataFrame(
        {
            "customer_id": list("abcd"),
            "registered_at": pd.to_datetime(["2024-02-01", "2024-02-01", "2025-01-01", "2025-05-01"]),
        }
    )
    orders = bought(
        ("a", "2024-03-01", "delivered"),
        ("a", "2025-01-01", "open"),  # the first hour of the latest year
        ("b", "2024-03-01", "delivered"),
        ("c", "2025-06-01", "cancelled"),
        ("d", "2025-06-01", "delivered"),
    )
    table = customer_definitions(customers, orders, TODAY)
    assert table["customers"].to_dict() == {"account": 4, "buyer": 3, "active": 2}
    assert table["a_year_ago"].to_dict() == {"account": 2, "buyer": 2, "active": 2}
    assert table["growth"].tolist() == [1.0, 0.5, 0.0]
    assert table["revenue_each"].tolist() == pytest.approx([50, 200 / 3, 100])


def test_definitions_without_a_year_of_history_have_no_growth() -> None:
    customers = pd.DataFrame({"customer_id": ["a"], "registered_at": pd.to_datetime(["2025-12-01"])})
    table = customer_definitions(customers, bought(("a", "2025-12-02", "open")), TODAY)
    assert table["growth"].isna().all()


def test_the_definition_decides_whether_the_company_grows() -> None:
    growth = customer_definitions(crm_lab.load("customers"), crm_lab.load("orders"), crm_lab.data.today())["growth"]
    assert growth["account"] > 0.4
    assert growth["buyer"] > 0.4
    assert abs(growth["active"]) < 0.1


def test_three_words_by_hand() -> None:
    customers = people(("looks", True), ("buys", True), ("deals", True), ("late", True)).assign(
        kind=["consumer", "employee", "dealer", "consumer"]
    )
    orders = bought(
        ("buys", "2025-12-31", "open"),
        ("deals", "2025-12-31", "delivered"),
        ("late", "2025-11-01", "delivered"),  # 61 days ago
    )
    visits = pd.DataFrame(
        {"customer_id": ["looks", "buys"], "started_at": pd.to_datetime(["2025-11-02", "2025-12-31"])}
    )
    words = shoppers_customers_consumers(customers, orders, visits, TODAY)
    assert words.columns.tolist() == ["shopper", "customer", "consumer"]
    assert words.astype(int).to_numpy().tolist() == [[1, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 0]]


@pytest.mark.parametrize("count", [standing, customer_definitions])
def test_an_order_after_today_is_refused(count) -> None:
    customers = people(("a", True)).assign(registered_at=pd.Timestamp("2025-01-01"))
    with pytest.raises(InputError, match="after today"):
        count(customers, bought(("a", "2026-01-02", "open")), TODAY)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="registered_at"):
        customer_definitions(people(("a", True)), bought(("a", "2025-01-02", "open")), TODAY)


def test_things_of_today_itself_wait_for_tomorrow() -> None:
    customers = people(("a", True))
    visits = pd.DataFrame({"customer_id": ["a"], "started_at": pd.to_datetime([TODAY])})
    orders = bought(("a", TODAY, "open"))
    assert not shoppers_customers_consumers(customers, orders, visits, TODAY).to_numpy().any()
    assert shoppers_customers_consumers(customers, orders, visits, "2026-01-02").to_numpy().all()
