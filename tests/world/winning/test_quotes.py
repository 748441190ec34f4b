"""Quotations follow proposals and objections to the price; a second one wins nobody over."""

import numpy as np

from crm_lab.world._winning.truth import ESTIMANDS
from crm_lab.world._winning.winning_parameters import QuoteParameters

from ..pooling import misses, pooled
from . import winning_measures as found

PARAMETERS = QuoteParameters()


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.quotes, ESTIMANDS["quotes"])


def test_every_proposal_has_a_first_quotation(companies):
    for world in companies[:5]:
        proposals = world.lead_events.query("event == 'stage' and stage == 'proposal'").set_index("lead_id")
        first = world.quotes.query("quote_no == 1").set_index("lead_id")
        assert set(first.index) == set(proposals.index)
        assert (first["sent_at"] == proposals["happened_at"].reindex(first.index)).all()


def test_a_second_quotation_answers_an_objection_to_the_price_and_is_lower(companies):
    for world in companies[:5]:
        both = world.quotes.pivot(index="lead_id", columns="quote_no", values=["amount", "discount", "list_value"])
        both = both[both["amount"][2].notna()]
        objected = world.lead_events.query("objection == 'price' and stage == 'proposal'")["lead_id"]
        assert set(both.index) <= set(objected)
        assert (both["amount"][2] < both["amount"][1]).all()
        assert (both["list_value"][2] == both["list_value"][1]).all()


def test_amounts_follow_from_list_value_and_discount(company):
    quotes = company.quotes
    assert np.allclose(quotes["amount"], quotes["list_value"] * (1 - quotes["discount"]), atol=0.006)
    assert (quotes["valid_until"] - quotes["sent_at"].dt.normalize()).dt.days.eq(PARAMETERS.valid).all()


def test_among_who_objected_a_second_quotation_makes_no_difference(companies):
    def difference(world):
        table = found.proposals(world)
        won = table[table["objected"]].groupby("second")["won"].mean()
        return won[True] - won[False]

    mean, bound = pooled(companies, difference)
    assert abs(mean) < bound


def test_everyone_claims_something_every_month(companies):
    def usual(world):
        return np.exp(np.log(world.expenses["amount"]).groupby(world.expenses["kind"]).mean())

    assert len(companies[0].expenses) == 10 * 24 * 3
    assert not misses(companies, usual, PARAMETERS.expenses)
    assert not misses(companies, lambda world: world.expenses["receipt"].mean(), PARAMETERS.receipt)
