"""Failures and tickets: tied to orders that exist, nothing before its cause, effects as stated."""

import pandas as pd

from crm_lab.world._contact.truth import ESTIMANDS

from ..pooling import misses
from . import contact_measures as found


def test_tickets_are_about_orders_and_returns_of_the_same_customer(companies):
    for world in companies[:5]:
        orders = world.orders.set_index("order_id")
        tied = world.tickets.dropna(subset="order_id")
        assert (orders.loc[tied["order_id"], "customer_id"].to_numpy() == tied["customer_id"]).all()
        about = world.tickets.dropna(subset="return_id")
        returns = world.returns.set_index("return_id").loc[about["return_id"]]
        assert (returns["order_id"].to_numpy() == about["order_id"]).all()
        assert (about["opened_at"].to_numpy() <= returns["returned_at"].to_numpy()).all()
        assert (about["topic"] == "return_request").all()


def test_nothing_happens_before_its_cause(companies):
    for world in companies[:5]:
        tickets = world.tickets
        assert (tickets["opened_at"] < world.today).all()
        answered = tickets.dropna(subset="first_response_at")
        assert (answered["first_response_at"] > answered["opened_at"]).all()
        closed = tickets.dropna(subset="resolved_at")
        assert (closed["resolved_at"] > closed["first_response_at"]).all()
        assert (closed["resolved_at"] < world.today).all()
        assert ((tickets["outcome"] == "pending") == tickets["resolved_at"].isna()).all()
        orders = tickets.merge(world.orders, on="order_id", suffixes=("", "_order"))
        assert (orders["opened_at"] >= orders["ordered_at"]).all()
        assert (orders.loc[orders["complaint"], "opened_at"] > orders.loc[orders["complaint"], "delivered_at"]).all()
        assert (orders.loc[orders["topic"] == "cancellation", "status"] == "cancelled").all()
        customers = tickets.merge(world.customers, on="customer_id", suffixes=("", "_customer"))
        free = customers["order_id"].isna()
        assert (customers.loc[free, "opened_at"] > customers.loc[free, "registered_at"]).all()


def test_every_complaint_is_about_a_failure_on_record(companies):
    for world in companies[:5]:
        complaints = world.tickets[world.tickets["complaint"]]
        assert complaints["order_id"].is_unique
        recorded = world.failures.set_index("order_id")["failure"].reindex(complaints["order_id"])
        assert (recorded.to_numpy() == complaints["topic"].to_numpy()).all()
        late = world.orders.merge(world.failures[world.failures["failure"] == "late"], on="order_id")
        assert ((late["delivered_at"] - late["ordered_at"]) > pd.Timedelta(4, "D")).all()


def test_advice_is_as_frequent_as_customers_say(companies):
    for world in companies[:5]:
        advice = world.tickets[world.tickets["topic"] == "advice"]
        assert (advice["opened_at"] >= "2025-01-01").all()
        count = advice["customer_id"].value_counts()
        customers = world.customers.set_index("customer_id")
        assert (count.reindex(customers.index, fill_value=0) == customers["advice_contacts"]).all()


def test_who_no_longer_comes_does_not_write_in_the_app(companies):
    for world in companies[:5]:
        tickets = world.tickets.merge(world.customers[["customer_id", "last_visit_at"]], on="customer_id")
        gone = tickets["opened_at"] > tickets["last_visit_at"]
        assert not tickets.loc[gone, "channel"].isin(["chat", "app"]).any()


def test_money_goes_only_to_who_was_compensated(companies):
    tickets = companies[0].tickets
    assert ((tickets["compensation"] > 0) == (tickets["outcome"] == "compensated")).all()
    assert tickets.loc[tickets["outcome"] == "compensated", "complaint"].all()


def test_service_is_as_the_truth_says(companies):
    assert not misses(companies, found.service, ESTIMANDS["tickets"])


def test_answers_come_as_fast_as_the_truth_says(companies):
    assert not misses(companies, found.response, ESTIMANDS["response"])


def test_complaints_end_as_the_parameters_say(companies):
    def ends(world):
        ended = world.tickets[world.tickets["complaint"] & (world.tickets["outcome"] != "pending")]
        good = ended["outcome"].isin(["replaced", "compensated"])
        goods = good & ended["topic"].isin(["damaged", "wrong_item", "missing_item"])
        return {
            "favour": good.mean(),
            "replaced": (ended["outcome"] == "replaced")[goods].mean(),
            "refused": (ended["outcome"] == "refused")[~good].mean(),
        }

    stated = companies[0].truth.structural["contact"]["tickets"]
    assert not misses(companies, ends, {name: stated[name] for name in ("favour", "replaced", "refused")})


def test_customers_write_as_often_as_the_parameters_say(companies):
    def asks(world):
        cancelled = (world.orders["status"] == "cancelled").sum()
        count = world.tickets["topic"].value_counts()
        return {
            "asks_return": count["return_request"] / len(world.returns),
            "asks_cancellation": count["cancellation"] / cancelled,
            "asks_delivery": count["delivery_question"] / (len(world.orders) - cancelled),
        }

    stated = companies[0].truth.structural["contact"]["tickets"]
    assert not misses(companies, asks, {name: stated[name] for name in asks(companies[0])})


def test_most_unhappy_customers_stay_silent(companies):
    for world in companies:
        complained = world.failures["order_id"].isin(world.tickets.loc[world.tickets["complaint"], "order_id"])
        assert complained.mean() < 0.5


def test_buying_again_counts_from_the_delivery_of_an_order():
    orders = pd.DataFrame(
        {
            "customer_id": ["C1", "C1", "C2"],
            "ordered_at": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-02-01"]),
            "delivered_at": pd.to_datetime(["2025-01-03", "2025-02-03", "2025-02-03"]),
        }
    )
    assert found.bought_again(orders, 90).tolist() == [True, False, False]
