"""Leads go through the funnel one event after the other, and meet what the parameters say."""

import numpy as np
import pandas as pd
import pytest

from ..pooling import misses
from .market_measures import funnel


@pytest.fixture(scope="module")
def funnels(companies):
    return [funnel(company) for company in companies]


@pytest.fixture(scope="module")
def structural(company):
    return company.truth.structural["market"]["leads"]


def test_leads_are_worth_and_come_from_where_the_parameters_say(funnels, structural):
    def found(funnel):
        value = np.log(funnel.leads["value"])
        sources = funnel.leads["source"].value_counts(normalize=True)
        return {"value_log": value.mean(), "value_spread": value.std(), "sources": sources.to_dict()}

    assert not misses(funnels, found, {name: structural[name] for name in ("value_log", "value_spread", "sources")})


def test_objections_are_made_and_meant_as_the_parameters_say(funnels, structural):
    def found(funnel):
        said = funnel.events[funnel.events["event"] == "objection"]
        real = (said["nature"] == "real").groupby(said["objection"]).mean()
        return {"objection": said["objection"].value_counts(normalize=True).to_dict(), "real": real.to_dict()}

    assert not misses(funnels, found, {name: structural[name] for name in ("objection", "real")})


def test_referred_leads_are_won_most_and_cold_calls_least(funnels):
    for funnel in funnels:
        closed = funnel.leads[funnel.leads["closed_at"].notna()]
        rate = (closed["stage"] == "won").groupby(closed["source"]).mean()
        assert rate.idxmin() == "cold_call"
        assert rate["referral"] > rate["website"]


def test_events_are_in_order_and_not_after_today(funnels):
    events, leads = funnels[0].events, funnels[0].leads
    assert (events.groupby("lead_id")["happened_at"].diff().dropna() >= pd.Timedelta(0)).all()
    assert (events["event_no"] == events.groupby("lead_id").cumcount() + 1).all()
    assert events["happened_at"].max() < pd.Timestamp("2026-01-01")
    first = events.groupby("lead_id").first()
    assert (first["happened_at"] == leads.set_index("lead_id")["created_at"]).all()
    assert events["happened_at"].dt.hour.between(9, 17).all()


def test_a_lead_stands_where_its_last_stage_says(funnels):
    events, leads = funnels[0].events, funnels[0].leads.set_index("lead_id")
    stages = events[events["event"] == "stage"].groupby("lead_id").last()
    assert (stages["stage"] == leads["stage"]).all()
    closed = leads["stage"].isin(["won", "lost"])
    assert (leads["closed_at"].notna() == closed).all()
    assert (leads["closed_at"][closed] == stages["happened_at"][closed]).all()
    assert (leads["lost_reason"].notna() == (leads["stage"] == "lost")).all()


def test_nothing_happens_in_a_stage_before_it_is_entered_or_after_it_is_left(funnels):
    events = funnels[0].events
    entered = events["stage"].where(events["event"] == "stage").groupby(events["lead_id"]).ffill()
    assert (entered == events["stage"]).all()


def test_a_lead_lost_with_a_real_objection_is_lost_for_it(funnels):
    events, leads = funnels[0].events, funnels[0].leads.set_index("lead_id")
    last = events[events["event"] != "follow_up"].groupby("lead_id").tail(2).groupby("lead_id").first()
    last = last[(last["nature"] == "real") & (leads["stage"].reindex(last.index) == "lost")]
    assert len(last) > 30
    assert (leads["lost_reason"].reindex(last.index) == last["objection"]).all()


def test_leads_belong_to_a_rep_of_their_region(funnels):
    merged = funnels[0].leads.merge(funnels[0].reps, on="rep_id", suffixes=("", "_rep"))
    assert (merged["region"] == merged["region_rep"]).all()
    assert funnels[0].leads["company"].is_unique
