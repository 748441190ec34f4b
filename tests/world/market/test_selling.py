"""The sales team and its quotas."""

import numpy as np
import pandas as pd

from crm_lab.schema.commerce import REGIONS
from crm_lab.world.parameters import Parameters

from ..pooling import misses

PARAMETERS = Parameters()


def test_two_reps_for_every_region_hired_before_the_history_begins(company):
    reps = company.reps
    assert reps["region"].value_counts().to_dict() == dict.fromkeys(REGIONS, 2)
    assert reps["hired_on"].max() < pd.Timestamp("2024-01-01")
    assert reps["rep_id"].is_unique


def test_every_rep_has_a_quota_for_every_quarter(company):
    reps, quotas = company.reps, company.quotas
    assert len(quotas) == len(reps) * 8
    assert (quotas["quota"] > 0).all()
    assert (quotas["quota"] % 1_000 == 0).all()


def test_the_team_wins_about_what_a_stretched_quota_asks(companies):
    def attained(world):
        return world.leads.query("stage == 'won'")["value"].sum() / world.quotas["quota"].sum()

    assert not misses(companies, attained, 1 / PARAMETERS.market.leads.stretch)


def test_the_quotas_of_a_quarter_stretch_what_the_team_wins_on_average(company):
    total = company.quotas.groupby("quarter")["quota"].sum()
    leads = PARAMETERS.market.leads
    assert np.allclose(total, leads.stretch * np.array([leads.won[0], *[leads.won[1]] * 7]), atol=500 * 10)


def test_a_territory_with_more_leads_has_a_higher_quota(company):
    by_region = company.quotas.merge(company.reps, on="rep_id").groupby("region")["quota"].sum()
    assert by_region.idxmax() == "east"
