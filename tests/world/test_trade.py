"""The data show the figures of the trade."""

import pytest

from crm_lab import classify
from crm_lab.world._truth import ESTIMANDS

from .contact.contact_measures import service
from .pooling import pooled

SPLIT = {"display": 52.1, "search": 25.5, "platform": 19.3, "email": 1.8, "mobile + community": 1.3}


def test_a_fifth_of_the_buyers_bring_about_four_fifths_of_the_profit(companies):
    def share(world):
        delivered = world.orders[world.orders["status"] == "delivered"]
        return classify.pareto_share(delivered.groupby("customer_id")["margin"].sum(), top=0.2)

    mean, bound = pooled(companies, share)
    assert 0.75 < mean - bound < mean + bound < 0.85


def test_every_company_splits_its_budget_as_the_trade_did(companies):
    for world in companies:
        spend = world.channel_spend.groupby("channel")["spend"].sum()
        share = 100 * spend / spend.sum()
        share["mobile + community"] = share["mobile"] + share["community"]
        for channel, expected in SPLIT.items():
            assert share[channel] == pytest.approx(expected, abs=0.5 if expected > 10 else 0.1), channel


def test_unhappy_customers_who_complain_and_are_well_served_buy_again_far_more_often_than_the_silent(companies):
    def more_often(world):
        found = service(world)
        return found["again_well_served"] / found["again_silent"]

    mean, bound = pooled(companies, more_often)
    assert mean - bound > 1.3
    again = {ending: ESTIMANDS["contact"]["tickets"][f"again_{ending}"] for ending in ("silent", "none", "well_served")}
    assert again["silent"] < again["none"] < again["well_served"]
