"""Marketing by month and channel: what was spent, who saw it, clicked, signed up and became a customer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.commerce import ACQUISITION
from crm_lab.world.clock import Clock
from crm_lab.world.identities import CHANNEL_SHARE
from crm_lab.world.market.parameters import PAID
from crm_lab.world.parameters import Parameters


def make_channel_spend(parameters: Parameters, clock: Clock, seed: int) -> pd.DataFrame:
    """One row a month and channel, at the scale of the whole company.

    New customers come when and by the channel the panel's customers come, some fifty times as many.
    """
    rng = stream(seed, "channel_spend")
    market = parameters.market.spend
    months = clock.days[clock.days.is_month_start]
    opened = market.accounts * _months(parameters, clock)[:, None] * np.array(CHANNEL_SHARE)
    new = rng.poisson(opened)
    sign_ups = _tries(new, market.confirm, rng)
    clicks = _tries(sign_ups, market.sign_up, rng)
    spend = np.zeros(new.shape)
    spend[:, [ACQUISITION.index(channel) for channel in PAID]] = _spend(parameters, opened.sum(axis=1), rng)
    return pd.DataFrame(
        {
            "month": np.repeat(months.to_numpy(), len(ACQUISITION)),
            "channel": np.tile(ACQUISITION, len(months)),
            "spend": spend.ravel(),
            "impressions": _tries(clicks, market.click, rng).ravel(),
            "clicks": clicks.ravel(),
            "sign_ups": sign_ups.ravel(),
            "new_customers": new.ravel(),
        }
    )


def _months(parameters: Parameters, clock: Clock) -> np.ndarray:
    """Share of all accounts opened in each month: many at the launch, then evenly."""
    days = len(clock.days)
    edges = np.append(np.flatnonzero(clock.days.is_month_start), days)
    launched = 1 - np.exp(-np.minimum(edges, days / 2) / parameters.launch_days)
    launched = np.where(edges >= days / 2, 1.0, launched)
    even = np.minimum(edges / (days - 3), 1.0)
    return np.diff(parameters.launch_share * launched + (1 - parameters.launch_share) * even)


def _tries(successes: np.ndarray, chance: dict[str, float], rng: np.random.Generator) -> np.ndarray:
    """How many tries it took for so many to succeed, (months, channels)."""
    share = np.array([chance[channel] for channel in ACQUISITION])
    return successes + rng.negative_binomial(np.maximum(successes, 1), np.broadcast_to(share, successes.shape))


def _spend(parameters: Parameters, opened: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """¥ by month and paid channel; over the two years each channel is close to its share of the budget."""
    market = parameters.market.spend
    plan = (opened + opened.mean())[:, None] * np.ones(len(PAID))
    plan = plan * np.exp(market.month_noise * rng.standard_normal(plan.shape))
    share = np.array(market.shares) * np.exp(market.share_error * rng.standard_normal(len(PAID)))
    return np.asarray(np.round(market.spend * share * plan / plan.sum(axis=0), 2))
