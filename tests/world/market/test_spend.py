"""Marketing: each channel has the cost, the chances and the quality the truth says."""

import numpy as np
import pytest

from crm_lab.schema.commerce import ACQUISITION
from crm_lab.world.parameters import Parameters

from ..pooling import misses, pooled


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


def test_customers_come_when_and_where_the_panel_comes(companies):
    def apart(world):
        panel, new = world.customers, world.channel_spend.set_index(["month", "channel"])["new_customers"]
        month = panel["registered_at"].dt.to_period("M").dt.start_time.value_counts(normalize=True)
        channel = panel["channel"].value_counts(normalize=True)
        return {
            "month": (month - new.groupby("month").sum() / new.sum()).to_dict(),
            "channel": (channel - new.groupby("channel").sum() / new.sum()).to_dict(),
        }

    alike = {name: dict.fromkeys(keys, 0.0) for name, keys in apart(companies[0]).items()}
    assert not misses(companies, apart, alike)


def test_quality_moves_no_channels_share_of_customers():
    spend = Parameters().market.spend
    assert list(spend.quality) == list(spend.customers) == list(ACQUISITION)
    assert np.dot(list(spend.quality.values()), list(spend.customers.values())) == pytest.approx(0)
    assert sum(spend.customers.values()) == pytest.approx(1)


def test_each_step_is_smaller_than_the_one_before(company):
    table = company.channel_spend
    steps = table[["impressions", "clicks", "sign_ups", "new_customers"]].to_numpy()
    assert (np.diff(steps, axis=1) <= 0).all()
    assert len(table) == 24 * 7
