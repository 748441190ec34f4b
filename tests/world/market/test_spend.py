"""Marketing splits as the trade did, and each channel has the cost and quality the truth says."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.schema.commerce import ACQUISITION
from crm_lab.world import World
from crm_lab.world.clock import Clock
from crm_lab.world.identities import CHANNEL_SHARE
from crm_lab.world.market.parameters import PAID
from crm_lab.world.market.spend import make_channel_spend
from crm_lab.world.market.truth import MARKET_ESTIMANDS
from crm_lab.world.parameters import Parameters

TRADE = {"display": 52.1, "search": 25.5, "platform": 19.3, "email": 1.8, "mobile + community": 1.3}


@pytest.fixture(scope="module")
def totals():
    """Two-year totals by channel of twenty companies."""
    parameters = Parameters()
    clock = Clock(parameters)
    tables = [make_channel_spend(parameters, clock, seed) for seed in range(100, 120)]
    return [t.groupby("channel")[["spend", "clicks", "sign_ups", "new_customers"]].sum() for t in tables]


def test_every_company_splits_its_budget_as_the_trade_did(totals):
    for total in totals:
        share = 100 * total["spend"] / total["spend"].sum()
        share["mobile + community"] = share["mobile"] + share["community"]
        for channel, expected in TRADE.items():
            assert share[channel] == pytest.approx(expected, abs=0.5 if expected > 10 else 0.1), channel


def test_about_a_hundred_thousand_accounts_are_won(totals):
    assert np.mean([total["new_customers"].sum() for total in totals]) == pytest.approx(100_000, rel=0.005)


@pytest.mark.parametrize("channel", PAID)
def test_a_customer_costs_what_the_truth_says(totals, channel):
    costs = np.array([t.loc[channel, "spend"] / t.loc[channel, "new_customers"] for t in totals])
    error = 4 * costs.std(ddof=1) / np.sqrt(len(costs))
    assert costs.mean() == pytest.approx(MARKET_ESTIMANDS[f"cac_{channel}"], abs=error)


@pytest.mark.parametrize("channel", ACQUISITION)
def test_sign_ups_are_as_good_as_the_truth_says(totals, channel):
    confirm = Parameters().market.spend.confirm[channel]
    total = sum(totals)
    share = total.loc[channel, "new_customers"] / total.loc[channel, "sign_ups"]
    assert share == pytest.approx(confirm, abs=4 * np.sqrt(confirm * (1 - confirm) / total.loc[channel, "sign_ups"]))


def test_customers_come_when_the_panel_comes():
    world = World(10_000, seed=3)
    panel = world.customers["registered_at"].dt.to_period("M").value_counts(normalize=True).sort_index()
    company = world.channel_spend.groupby("month")["new_customers"].sum()
    assert np.abs(panel.to_numpy() - (company / company.sum()).to_numpy()).max() < 4 * np.sqrt(0.2 / 10_000)
    share = world.customers["channel"].value_counts(normalize=True)
    won = world.channel_spend.groupby("channel")["new_customers"].sum()
    assert np.abs(share - won / won.sum()).max() < 4 * np.sqrt(0.25 / 10_000)


class Panel:
    """The private customers of one company: channel, delivered orders and their margin."""

    def __init__(self, world):
        own = world.customers[world.customers["kind"] == "consumer"].set_index("customer_id")
        orders = world.orders[world.orders["status"] == "delivered"].groupby("customer_id")["margin"]
        self.table = pd.DataFrame({"orders": orders.size(), "margin": orders.sum()}).reindex(own.index).fillna(0)
        self.table["channel"] = own["channel"]
        self.means = self.table.groupby("channel").mean()

    def t(self):
        """Orders of customers won by word of mouth or in the community less those won by display ads, as t."""
        channel, orders = self.table["channel"], self.table["orders"]
        a, b = orders[channel.isin(["referral", "community"])], orders[channel == "display"]
        return (a.mean() - b.mean()) / np.sqrt(a.var() / len(a) + b.var() / len(b))


@pytest.fixture(scope="module")
def panels(companies):
    return [Panel(company) for company in companies]


@pytest.mark.parametrize("measure", ["orders", "margin"])
@pytest.mark.parametrize("channel", ACQUISITION)
def test_customers_of_a_channel_are_as_good_as_the_truth_says(panels, channel, measure):
    values = np.array([panel.means.loc[channel, measure] for panel in panels])
    error = 4 * values.std(ddof=1) / np.sqrt(len(values))
    assert values.mean() == pytest.approx(MARKET_ESTIMANDS[f"{measure}_per_customer_{channel}"], abs=error)


def test_the_difference_between_channels_shows_in_every_lab(panels):
    assert np.mean([panel.t() > 1.96 for panel in panels]) >= 0.8


def test_quality_moves_no_channels_share_of_customers():
    quality = Parameters().market.spend.quality
    assert np.dot([quality[channel] for channel in ACQUISITION], CHANNEL_SHARE) == pytest.approx(0)


def test_each_step_is_smaller_than_the_one_before():
    table = World(1).channel_spend
    steps = table[["impressions", "clicks", "sign_ups", "new_customers"]].to_numpy()
    assert (np.diff(steps, axis=1) <= 0).all()
    assert len(table) == 24 * 7
