"""Leads go through the funnel as the truth says, one event after the other."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world.clock import Clock
from crm_lab.world.market.leads import make_leads
from crm_lab.world.market.parameters import STAGES
from crm_lab.world.market.selling import make_reps
from crm_lab.world.market.truth import MARKET_ESTIMANDS
from crm_lab.world.parameters import Parameters


class Funnel:
    """The leads of one company, with the standard measures of the lesson."""

    def __init__(self, seed, locale="en_US"):
        parameters = Parameters()
        self.reps, skill = make_reps(parameters.market.leads, seed, locale)
        made = make_leads(parameters.market.leads, Clock(parameters), self.reps, skill, seed, locale)
        self.leads, self.events = made
        stages = self.events[self.events["event"] == "stage"]
        self.entered = stages.pivot(index="lead_id", columns="stage", values="happened_at")
        self.entered["end"] = self.leads.set_index("lead_id")["closed_at"]
        self.last = stages[~stages["stage"].isin(["won", "lost"])].groupby("lead_id")["stage"].last()

    def outcome(self, stage):
        """Of the leads that left this stage: whether they went on."""
        following = [*STAGES, "won"][STAGES.index(stage) + 1]
        on = self.entered[following].notna()
        left = on | ((self.last == stage) & self.entered["end"].notna())
        return on[left]

    def days(self, stage):
        following = [*STAGES, "won"][STAGES.index(stage) + 1]
        ends = self.entered[following].fillna(self.entered["end"].where(self.last == stage))
        return ((ends - self.entered[stage]).dt.total_seconds() / 86_400).mean()

    def prompt(self):
        """What a follow-up within three days of a proposal adds to its chance, and the z value."""
        calls = self.events[(self.events["event"] == "follow_up") & (self.events["stage"] == "proposal")]
        on = self.outcome("proposal")
        wait = calls.groupby("lead_id")["happened_at"].min().reindex(on.index) - self.entered["proposal"][on.index]
        a, b = on[wait <= pd.Timedelta("3D")], on[~(wait <= pd.Timedelta("3D"))]
        return a.mean() - b.mean(), (a.mean() - b.mean()) / np.sqrt(a.var() / len(a) + b.var() / len(b))

    def after(self, nature):
        said = self.events[(self.events["event"] == "objection") & (self.events["stage"] == "proposal")]
        on = self.outcome("proposal")
        return on[said.set_index("lead_id")["nature"].reindex(on.index) == nature].mean()


@pytest.fixture(scope="module")
def funnels():
    return [Funnel(seed) for seed in range(100, 120)]


def close(values, name):
    """Whether the mean over the companies is the estimand, within four standard errors."""
    values = np.array(values)
    return values.mean() == pytest.approx(MARKET_ESTIMANDS[name], abs=4 * values.std(ddof=1) / np.sqrt(len(values)))


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_lets_through_as_many_as_the_truth_says(funnels, stage):
    assert close([funnel.outcome(stage).mean() for funnel in funnels], f"advance_{stage}")


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_takes_as_long_as_the_truth_says(funnels, stage):
    assert close([funnel.days(stage) for funnel in funnels], f"days_{stage}")


def test_the_win_rate_is_that_of_leads_old_enough_to_be_decided(funnels):
    won = [(f.leads["stage"] == "won")[f.leads["created_at"] < "2025-07-01"].mean() for f in funnels]
    assert close(won, "win_rate")


def test_a_prompt_follow_up_helps_and_every_lab_can_see_it(funnels):
    effects, z = zip(*(funnel.prompt() for funnel in funnels), strict=True)
    assert close(effects, "prompt_follow_up")
    assert np.mean(np.array(z) > 1.96) >= 0.8


def test_a_real_objection_costs_more_than_an_excuse(funnels):
    assert close([funnel.after("real") for funnel in funnels], "advance_proposal_real")
    assert close([funnel.after("excuse") for funnel in funnels], "advance_proposal_excuse")
    assert np.mean([funnel.after("real") < funnel.after("excuse") - 0.1 for funnel in funnels]) >= 0.8


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
