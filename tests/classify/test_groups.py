"""Groups of customers, each rule on both sides of its border."""

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.classify import buying_style, current_potential, loyalty, position, relationship, style_guide

TODAY = "2026-01-01"
NEVER = None


def person(customer_id, visited, account=True, consent=True):
    return {
        "customer_id": customer_id,
        "account_open": account,
        "marketing_consent": consent,
        "last_visit_at": pd.to_datetime(visited),
    }


PEOPLE = pd.DataFrame(
    [
        person("year", "2025-01-01"),
        person("over", "2025-12-30"),
        person("opened", NEVER, account=False),
        person("cancelled", "2025-10-03"),
        person("quarter", "2025-10-02"),
        person("silent", "2025-12-01", consent=False),
        person("closed", "2025-12-30", account=False),
        person("old", "2024-12-31"),
        person("never", NEVER),
    ]
)
ORDERS = pd.DataFrame(
    [
        ("year", "2024-05-01", "delivered"),
        ("year", "2025-01-01", "delivered"),  # 365 days ago
        ("over", "2024-12-31", "delivered"),  # 366 days ago
        ("opened", "2025-12-31", "open"),
        ("cancelled", "2025-12-31", "cancelled"),
        ("stranger", "2025-12-31", "delivered"),
    ],
    columns=["customer_id", "ordered_at", "status"],
).assign(ordered_at=lambda table: pd.to_datetime(table["ordered_at"]))


def test_relationship_on_both_sides_of_each_border():
    assert relationship(PEOPLE, ORDERS, TODAY).to_dict() == {
        "year": "current",
        "over": "lost",
        "opened": "current",
        "cancelled": "target",  # visited 90 days ago
        "quarter": "potential",  # visited 91 days ago
        "silent": "potential",
        "closed": "non_customer",
        "old": "non_customer",  # visited 366 days ago
        "never": "non_customer",
    }


def test_relationship_takes_other_windows_and_any_order_of_rows():
    wider = relationship(PEOPLE, ORDERS, TODAY, current_within=366, interest_within=91)
    assert wider[["over", "quarter", "old"]].tolist() == ["current", "target", "potential"]
    shuffled = relationship(PEOPLE[::-1], ORDERS[::-1], TODAY)
    pd.testing.assert_series_equal(shuffled[::-1], relationship(PEOPLE, ORDERS, TODAY))


def test_relationship_refuses_what_it_does_not_know():
    with pytest.raises(InputError, match="Unknown status 'lost in the post'"):
        relationship(PEOPLE, ORDERS.assign(status="lost in the post"), TODAY)
    with pytest.raises(InputError, match="customers, last_visit_at: 2 dates are after today, 2025-12-29"):
        relationship(PEOPLE, ORDERS[:3], "2025-12-29")
    with pytest.raises(InputError, match="customers, account_open must hold True or False"):
        relationship(PEOPLE.assign(account_open="yes"), ORDERS, TODAY)
    with pytest.raises(InputError, match="current_within must be a whole number of at least 1"):
        relationship(PEOPLE, ORDERS, TODAY, current_within=0)


def test_position_of_each_kind():
    kinds = ["consumer", "business", "dealer", "employee"]
    customers = pd.DataFrame({"customer_id": kinds, "kind": kinds})
    assert position(customers).to_dict() == {
        "consumer": "external",
        "business": "external",
        "dealer": "channel",
        "employee": "internal",
    }
    with pytest.raises(InputError, match=r"Unknown kind 'shop'\. Use one of: employee, consumer, business, dealer"):
        position(customers.assign(kind="shop"))


def test_current_potential_splits_at_the_median_and_counts_the_median_as_high():
    current = pd.Series({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5})
    potential = pd.Series({"e": 10, "d": 20, "c": 30, "b": 40, "a": 50})
    fields = current_potential(current, potential)
    assert fields.to_dict() == {"a": "grow", "b": "grow", "c": "star", "d": "keep", "e": "keep"}
    assert current_potential(current, potential, current_cut=3.5, potential_cut=30).tolist() == [
        "grow",
        "grow",
        "grow",
        "keep",
        "keep",
    ]
    assert current_potential(current, current, 9, 9).tolist() == ["watch"] * 5


def test_current_potential_does_not_depend_on_scale_or_names():
    current, potential = pd.Series([3.0, 1, 4, 1, 5, 9, 2, 6]), pd.Series([2.0, 7, 1, 8, 2, 8, 1, 8])
    fields = current_potential(current, potential)
    pd.testing.assert_series_equal(current_potential(current * 7.3, potential**3), fields)
    renamed = current_potential(current.rename(str), potential.rename(str))
    assert renamed.tolist() == fields.tolist()
    with pytest.raises(InputError, match="potential and current must cover the same customers"):
        current_potential(current, potential[1:])


def test_loyalty_matrix_with_cuts_included_and_the_unasked_unknown():
    behaviour = pd.Series([4, 4, 3, 3, 9, 0])
    attitude = pd.Series([8, 7, 8, 7, None, None])
    expected = ["loyal", "spurious", "latent", "none", "unknown", "unknown"]
    assert loyalty(behaviour, attitude, behaviour_cut=4, attitude_cut=8).tolist() == expected
    assert loyalty(behaviour, attitude[::-1], 4, 8).tolist() == expected
    with pytest.raises(InputError, match="behaviour: 2 of 6 entries are missing"):
        loyalty(attitude, behaviour, 4, 8)
    with pytest.raises(InputError, match="attitude_cut must be one number"):
        loyalty(behaviour, attitude, 4, "high")


def test_buying_style_puts_the_contract_before_advice():
    customers = pd.DataFrame(
        {"customer_id": list("abcd"), "frame_contract": [True, False, False, False], "advice_contacts": [5, 2, 1, 0]}
    )
    styles = buying_style(customers)
    assert styles.tolist() == ["integrated", "consultative", "transactional", "transactional"]
    assert buying_style(customers, advice_from=1)["c"] == "consultative"
    assert set(styles) == set(style_guide().index)
