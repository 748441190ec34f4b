"""Trouble with an order: drawn at the stated rates, and moving who stays by the stated odds."""

import numpy as np
import pytest

from crm_lab.schema.contact import FAILURES
from crm_lab.world import World
from crm_lab.world._contact.contact_parameters import TicketParameters
from crm_lab.world._effects import Effects
from crm_lab.world._failures import BADLY, NONE, SILENT, WELL, draw_trouble, leaving

from .pooling import misses, share_bound

SIZE = 400_000


@pytest.fixture(scope="module")
def trouble():
    return draw_trouble(TicketParameters(), np.ones(SIZE), Effects(), np.random.default_rng(5))


def near(share, expected, size):
    return share == pytest.approx(expected, abs=share_bound(expected, size))


def test_orders_fail_and_customers_complain_at_the_stated_rates(trouble):
    parameters, failed = TicketParameters(), trouble[trouble["failure"] >= 0]
    assert near(len(failed) / SIZE, parameters.failure, SIZE)
    for number, name in enumerate(FAILURES):
        own = failed[failed["failure"] == number]
        assert near(len(own) / len(failed), parameters.kinds[name], len(failed))
        assert near((own["ending"] != SILENT).mean(), parameters.complains[name], len(own))


def test_well_served_is_quick_and_in_favour(trouble):
    complained = trouble[trouble["ending"] >= BADLY]
    well = complained["favour"] & (complained["response"] <= TicketParameters().quick)
    assert ((complained["ending"] == WELL) == well).all()
    assert (trouble["ending"][trouble["failure"] < 0] == NONE).all()


def test_leaving_multiplies_the_odds():
    parameters, usual = TicketParameters(), np.array([0.05, 0.2, 0.7])
    for ending, name in ((SILENT, "silent"), (BADLY, "badly_served"), (WELL, "well_served")):
        chance = leaving(parameters, usual, np.full(3, ending))
        assert chance / (1 - chance) == pytest.approx(parameters.leaving[name] * usual / (1 - usual))
    assert leaving(parameters, usual, np.zeros(3, int)) == pytest.approx(usual)
    assert leaving(parameters, np.array([0.0, 1.0]), np.array([SILENT, WELL])).tolist() == [0.0, 1.0]


def test_a_company_without_failures_keeps_more_customers_and_better_service_too():
    usual = World(4_000, seed=9)
    spared = World(4_000, seed=9, policy=lambda quarter, company: Effects(failing=0.0))
    assert len(spared.failures) == 0
    assert not spared.tickets["complaint"].any()
    assert spared.truth.customers["alive"].mean() > usual.truth.customers["alive"].mean() + 0.02
    served = World(4_000, seed=9, policy=lambda quarter, company: Effects(generosity=3.0))
    refused = World(4_000, seed=9, policy=lambda quarter, company: Effects(generosity=0.0))
    assert served.truth.customers["alive"].mean() > refused.truth.customers["alive"].mean()


def test_what_arrived_damaged_comes_back_as_damaged_and_nothing_else_does(companies):
    def back(world):
        damaged = set(world.returns.loc[world.returns["reason"] == "damaged", "order_id"])
        old = world.orders.loc[world.orders["delivered_at"] < "2025-12-20", "order_id"]
        failed = world.failures.loc[world.failures["failure"] == "damaged", "order_id"]
        assert damaged <= set(failed)
        return failed[failed.isin(old)].isin(damaged).mean()

    assert not misses(companies, back, companies[0].truth.structural["contact"]["tickets"]["damaged_back"])
