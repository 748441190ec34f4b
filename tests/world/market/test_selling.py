"""The sales team and its quotas."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.schema.commerce import REGIONS
from crm_lab.world.clock import Clock
from crm_lab.world.market.leads import make_leads
from crm_lab.world.market.selling import WON, make_quotas, make_reps
from crm_lab.world.parameters import Parameters

PARAMETERS = Parameters()


def company(seed):
    leads = PARAMETERS.market.leads
    clock = Clock(PARAMETERS)
    reps, skill = make_reps(leads, seed, "en_US")
    won = make_leads(leads, clock, reps, skill, seed, "en_US")[0].query("stage == 'won'")
    return reps, make_quotas(leads, clock, reps), won


def test_two_reps_for_every_region_hired_before_the_history_begins():
    reps = company(0)[0]
    assert reps["region"].value_counts().to_dict() == dict.fromkeys(REGIONS, 2)
    assert reps["hired_on"].max() < pd.Timestamp("2024-01-01")
    assert reps["rep_id"].is_unique


def test_every_rep_has_a_quota_for_every_quarter():
    reps, quotas, _ = company(0)
    assert len(quotas) == len(reps) * 8
    assert (quotas["quota"] > 0).all()
    assert (quotas["quota"] % 1_000 == 0).all()


def test_the_team_wins_about_what_a_stretched_quota_asks():
    attained = np.array(
        [won["value"].sum() / quotas["quota"].sum() for _, quotas, won in map(company, range(100, 120))]
    )
    error = 4 * attained.std(ddof=1) / np.sqrt(len(attained))
    assert attained.mean() == pytest.approx(1 / PARAMETERS.market.leads.stretch, abs=error)


def test_the_quotas_of_a_quarter_stretch_what_the_team_wins_on_average():
    total = company(0)[1].groupby("quarter")["quota"].sum()
    assert np.allclose(total, PARAMETERS.market.leads.stretch * np.array(WON), atol=500 * 10)


def test_a_territory_with_more_leads_has_a_higher_quota():
    reps, quotas, _ = company(0)
    by_region = quotas.merge(reps, on="rep_id").groupby("region")["quota"].sum()
    assert by_region.idxmax() == "east"
