"""What the desk sees, on a customer whose story is known."""

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.data import load
from crm_lab.staffing._hub import channel_shares, screen_pop

AT = pd.Timestamp("2025-11-10 12:00")
HOUR = pd.Timedelta(hours=1)
CUSTOMERS = pd.DataFrame({"customer_id": ["C1", "C2"], "name": ["Ann", "Bo"], "kind": ["consumer", "dealer"]})
CALLS = pd.DataFrame(
    {"call_id": ["K1", "K2", "K3"], "customer_id": ["C1", "C2", None], "arrived_at": AT, "topic": "delivery"}
)
NONE = pd.DataFrame(
    {
        "order_id": [],
        "customer_id": [],
        "ordered_at": pd.to_datetime([]),
        "status": [],
        "delivered_at": pd.to_datetime([]),
    }
)
TICKETS = pd.DataFrame(
    {
        "ticket_id": ["T1", "T2", "T3", "T4"],
        "customer_id": "C1",
        "opened_at": [AT - 9 * HOUR, AT - 9 * HOUR, AT - 9 * HOUR, AT + HOUR],
        "resolved_at": [AT - HOUR, AT + HOUR, None, None],
    }
)


def order(ordered: pd.Timedelta, delivered: pd.Timedelta | None, status: str = "delivered") -> dict:
    arrival = AT + delivered if delivered is not None else pd.NaT
    return {"customer_id": "C1", "ordered_at": AT + ordered, "delivered_at": arrival, "status": status}


def seen(*orders: dict) -> pd.Series:
    table = pd.DataFrame(orders).assign(order_id=[f"O{n}" for n in range(len(orders))])
    return screen_pop(CALLS, CUSTOMERS, table, TICKETS).loc["K1"]


def test_the_latest_order_before_the_call_is_shown():
    row = seen(order(-50 * HOUR, -9 * HOUR), order(-20 * HOUR, -2 * HOUR), order(HOUR, 30 * HOUR))
    assert (row["orders"], row["last_order"], row["on_the_way"]) == (2, "O1", False)
    assert (row["name"], row["kind"], row["ordered_at"]) == ("Ann", "consumer", AT - 20 * HOUR)


@pytest.mark.parametrize(
    ("delivered", "status", "coming"),
    [(HOUR, "delivered", True), (-HOUR, "delivered", False), (None, "open", True), (None, "cancelled", False)],
)
def test_on_the_way_is_what_was_true_when_the_call_came(delivered, status, coming):
    assert bool(seen(order(-20 * HOUR, delivered, status))["on_the_way"]) is coming


def test_tickets_open_at_the_call_count_whatever_came_later():
    assert seen(order(-20 * HOUR, HOUR))["open_tickets"] == 2


def test_callers_without_an_order_or_a_number_we_know():
    screen = screen_pop(CALLS, CUSTOMERS, NONE, TICKETS)
    assert screen.index.tolist() == ["K1", "K2"]
    assert screen["orders"].tolist() == [0, 0]
    assert screen["last_order"].isna().all()
    assert screen["on_the_way"].tolist() == [False, False]


def test_every_known_caller_of_the_week_is_shown():
    tables = [load(name) for name in ("calls", "customers", "orders", "tickets")]
    screen = screen_pop(*tables)
    assert len(screen) == tables[0]["customer_id"].notna().sum()
    assert screen.notna()[["name", "kind"]].all(axis=None)
    asked = screen[screen["topic"].isin(["order", "delivery"])]
    assert (asked["orders"] > 0).all()  # such a call comes after an order


def test_shares_of_channels_by_hand():
    tickets = pd.DataFrame({"topic": list("aaabb"), "channel": ["mail", "phone", "phone", "phone", "phone"]})
    shares = channel_shares(tickets)
    assert shares.columns.tolist() == ["phone", "mail"]
    assert shares.index.tolist() == ["b", "a"]
    assert shares.loc["a", "phone"] == pytest.approx(2 / 3)
    with pytest.raises(InputError, match="tickets, channel: 1 of 5"):
        channel_shares(tickets.assign(channel=["mail", None, "phone", "phone", "phone"]))
