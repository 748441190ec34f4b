"""Marketing: each channel has the cost, the chances and the quality the truth says."""

import numpy as np
import pytest

from crm_lab.schema.commerce import ACQUISITION
from crm_lab.world import World
from crm_lab.world.identities import CHANNEL_SHARE
from crm_lab.world.parameters import Parameters

from ..pooling import misses, pooled, share_bound


def totals(world):
    """Two-year totals by channel."""
    return world.channel_spend.groupby("channel")[["impressions", "clicks", "sign_ups", "new_customers"]].sum()


def test_about_a_hundred_thousand_accounts_are_won(companies):
    accounts, bound = pooled(companies, lambda world: totals(world)["new_customers"].sum())
    assert accounts == pytest.approx(100_000, abs=bound)
    assert bound < 500


def test_each_step_lets_through_as_many_as_stated(companies):
    def found(world):
        total = totals(world)
        steps = {"click": ("clicks", "impressions"), "sign_up": ("sign_ups", "clicks")}
        steps["confirm"] = ("new_customers", "sign_ups")
        return {name: (total[then] / total[first]).to_dict() for name, (then, first) in steps.items()}

    spend = companies[0].truth.structural["market"]["spend"]
    assert not misses(companies, found, {name: spend[name] for name in ("click", "sign_up", "confirm")})


def test_customers_come_when_the_panel_comes():
    world = World(10_000, seed=3)
    panel = world.customers["registered_at"].dt.to_period("M").value_counts(normalize=True).sort_index()
    company = world.channel_spend.groupby("month")["new_customers"].sum()
    assert np.abs(panel.to_numpy() - (company / company.sum()).to_numpy()).max() < share_bound(0.28, 10_000)
    share = world.customers["channel"].value_counts(normalize=True)
    won = world.channel_spend.groupby("channel")["new_customers"].sum()
    assert np.abs(share - won / won.sum()).max() < share_bound(0.5, 10_000)


def test_quality_moves_no_channels_share_of_customers():
    quality = Parameters().market.spend.quality
    assert np.dot([quality[channel] for channel in ACQUISITION], CHANNEL_SHARE) == pytest.approx(0)


def test_each_step_is_smaller_than_the_one_before():
    table = World(1).channel_spend
    steps = table[["impressions", "clicks", "sign_ups", "new_customers"]].to_numpy()
    assert (np.diff(steps, axis=1) <= 0).all()
    assert len(table) == 24 * 7
