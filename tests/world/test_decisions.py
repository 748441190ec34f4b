"""Decisions that cannot be are refused in one sentence and change nothing; those that can cost and do what they say."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.world import Actions, manage
from crm_lab.world.parameters import Parameters

DECISIONS = Parameters().decisions


@pytest.fixture(scope="module")
def company():
    return manage(300, seed=5)


def fails(known):
    raise KeyError("no such column")


BAD = {
    "acquisition['display'] must be an amount": Actions(acquisition={"display": -1.0}),
    "acquisition['email'] must be an amount": Actions(acquisition={"email": float("nan")}),
    "acquisition['search'] must be an amount": Actions(acquisition={"search": "a lot"}),
    "acquisition has the unknown name 'television'.*display, search": Actions(acquisition={"television": 5.0}),
    "acquisition must be a dict": Actions(acquisition=500_000),
    "agents must be a number from 0.5 to 2": Actions(agents=9),
    "speed must be a number from 0.25 to 4": Actions(speed=True),
    "compensation must be a number from 0 to 3": Actions(compensation=None),
    "quality must be an amount in ¥": Actions(quality=-5),
    "community must be an amount in ¥": Actions(community=float("inf")),
    "offers has the unknown name 'flowers'.*spring_coupon, win_back": Actions(offers={"flowers": len}),
    r"offers\['win_back'\] must be a rule": Actions(offers={"win_back": 5}),
    r"rule of offers\['win_back'\] fails: KeyError": Actions(offers={"win_back": fails}),
    r"rule of offers\['win_back'\] returns int of shape": Actions(offers={"win_back": len}),
    r"rule of offers\['win_back'\] returns ndarray": Actions(offers={"win_back": lambda known: np.ones(len(known))}),
    "the quarter's budget is ¥.*Spend less on quality": Actions(quality=10_000_000),
    "decisions must be Actions": "everything",
}


@pytest.mark.parametrize("message", BAD)
def test_a_bad_decision_is_refused_and_changes_nothing(company, message):
    before, at = company.momentum, company.quarter
    with pytest.raises(
        InputError,
        match=message.replace("['display']", r"\['display'\]")
        .replace("['email']", r"\['email'\]")
        .replace("['search']", r"\['search'\]"),
    ) as refused:
        company.advance(BAD[message])
    assert "\n" not in str(refused.value)
    assert (company.quarter, company.momentum) == (at, before)


def test_a_quarter_after_a_refusal_is_the_one_without_it():
    def spoils(known):
        known["kind"] = "nobody"
        raise ValueError("stop")

    twice, once = manage(300, seed=6), manage(300, seed=6)
    for bad in (
        Actions(offers={"spring_coupon": spoils}),
        Actions(quality=1e9),
        Actions(agents=1.2, acquisition={"x": 1}),
    ):
        with pytest.raises(InputError):
            twice.advance(bad)
    good = Actions(offers={"spring_coupon": lambda known: known["kind"] == "consumer"}, agents=1.1)
    one, other = twice.advance(good), once.advance(good)
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name])
    pd.testing.assert_series_equal(one.money, other.money)


def test_rules_see_what_the_company_knows_and_nothing_hidden(company):
    known = company.customers_known()
    assert not set(known) & {"satisfaction", "rate", "leave", "style", "behaviour", "alive", "luck", "type"}
    record = company.record()
    year = record["orders"][
        (record["orders"]["ordered_at"] >= "2025-01-01") & (record["orders"]["status"] != "cancelled")
    ]
    counted = year["customer_id"].value_counts().reindex(known.index, fill_value=0)
    assert (known["orders_year"] == counted).all()
    last = record["orders"].groupby("customer_id")["ordered_at"].max().reindex(known.index)
    days = (company.today - last.dt.normalize()).dt.days
    assert known["recency_days"].equals(days.astype(float).rename("recency_days"))
    may = record["customers"].set_index("customer_id")
    assert (may["marketing_consent"] & may["account_open"])[known["may_contact"]].all()


def test_every_decision_costs_what_the_parameters_say(company):
    usual = company.cost(Actions())
    assert company.cost(Actions(quality=10_000)) == pytest.approx(usual + 10_000)
    assert company.cost(Actions(community=10_000)) == pytest.approx(usual + 10_000)
    assert company.cost(Actions(speed=2)) == pytest.approx(usual + DECISIONS.desk)
    more = company.usual_spend["search"] + 5_000
    assert company.cost(Actions(acquisition={"search": more})) == pytest.approx(usual + 5_000)
    hours = [company.centre.load(company.quarter, staffing).hours for staffing in (1.0, 1.1)]
    assert company.cost(Actions(agents=1.1)) == pytest.approx(usual + DECISIONS.wage * (hours[1] - hours[0]))
    reached = company.customers_known()["may_contact"].sum()
    everyone = Actions(offers={"win_back": lambda known: known["tenure_days"] >= 0})
    contact = Parameters().contact.campaigns.campaigns["win_back"].contact_cost
    assert company.cost(everyone) == pytest.approx(usual + reached * contact * company.scale)
    assert company.budget == pytest.approx(DECISIONS.budget * usual)


def test_service_follows_the_agents_and_satisfaction_a_quarter_later():
    levels, moods, slow = [], [], []
    for agents in (0.7, 1.0, 1.3):
        company = manage(2_000, seed=8)
        quarters = [company.advance(Actions(agents=agents)) for _ in range(3)]
        levels.append(quarters[0].service_level)
        moods.append([quarter.satisfaction for quarter in quarters])
        complaints = quarters[0]["tickets"].query("complaint")
        slow.append((complaints["first_response_at"] - complaints["opened_at"]).median())
    assert levels[0] < levels[1] - 0.1 < levels[1] < levels[2]
    assert [mood[0] for mood in moods] == [0, 0, 0]
    assert moods[1] == [0, 0, 0]
    assert moods[0][2] < moods[0][1] < 0 < moods[2][1] < moods[2][2]
    assert slow[0] > 1.3 * slow[1]
