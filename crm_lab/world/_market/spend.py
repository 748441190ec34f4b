"""Marketing by month and channel: what was spent, who saw it, clicked, signed up and became a customer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.commerce import ACQUISITION
from crm_lab.world._clock import Clock
from crm_lab.world._market.market_parameters import PAID
from crm_lab.world.parameters import Parameters


def make_channel_spend(
    parameters: Parameters,
    clock: Clock,
    seed: int,
    quarter: int,
    spend: Mapping[str, float] | None = None,
    accounts: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """The rows of one quarter, one a month and channel, at the scale of the whole company.

    spend     ¥ in the quarter by paid channel; as usual where not given
    accounts  new accounts as a multiple of the usual by channel; 1 where not given

    New customers come when and by the channel the panel's customers come, some fifty times as many.
    """
    rng, market = stream(seed, "channel_spend", 0, quarter), parameters.market.spend
    first = clock.starts.index(clock.days_of(quarter).start) * 3
    months = clock.days[clock.days.is_month_start][first : first + 3]
    share = np.array([market.customers[name] * (accounts or {}).get(name, 1.0) for name in ACQUISITION])
    opened = expected_accounts(parameters, clock)[first : first + 3]
    new = rng.poisson(opened[:, None] * share)
    sign_ups = _tries(new, market.confirm, rng)
    clicks = _tries(sign_ups, market.sign_up, rng)
    amounts = usual_spend(parameters, clock, seed, quarter) | dict(spend or {})
    plan = (opened + market.accounts * 30 / clock.recorded)[:, None] * np.ones(len(PAID))
    plan = plan * np.exp(market.month_noise * rng.standard_normal(plan.shape))
    paid = np.zeros(new.shape)
    places = [ACQUISITION.index(name) for name in PAID]
    paid[:, places] = np.round(np.array([amounts[name] for name in PAID]) * plan / plan.sum(axis=0), 2)
    return pd.DataFrame(
        {
            "month": np.repeat(months.to_numpy(), len(ACQUISITION)),
            "channel": np.tile(ACQUISITION, len(months)),
            "spend": paid.ravel(),
            "impressions": _tries(clicks, market.click, rng).ravel(),
            "clicks": clicks.ravel(),
            "sign_ups": sign_ups.ravel(),
            "new_customers": new.ravel(),
        }
    )


def usual_spend(parameters: Parameters, clock: Clock, seed: int, quarter: int) -> dict[str, float]:
    """¥ the recorded company spends in a quarter, by paid channel: part as accounts are opened, part evenly.

    Over the two years each channel is close to its share of the budget.
    """
    market = parameters.market.spend
    days = clock.days_of(quarter)
    opened = _opened(parameters, clock, np.array([days.start, days.stop]))
    part = (np.diff(opened)[0] + (days.stop - days.start) / clock.recorded) / 2
    share = market.shares * np.exp(market.share_error * stream(seed, "channel_shares").standard_normal(len(PAID)))
    return dict(zip(PAID, (market.spend * part * share).tolist(), strict=True))


def expected_accounts(parameters: Parameters, clock: Clock) -> np.ndarray:
    """Accounts the whole company is expected to open in each month of the clock, on the usual spend."""
    edges = np.append(np.flatnonzero(clock.days.is_month_start), len(clock.days))
    return np.asarray(parameters.market.spend.accounts * np.diff(_opened(parameters, clock, edges)))


def _opened(parameters: Parameters, clock: Clock, day: np.ndarray) -> np.ndarray:
    """Share of the accounts of the two years opened before a day: many at the launch, then evenly, and on as evenly."""
    until = clock.recorded * parameters.launch_until
    launched = np.where(day >= until, 1.0, 1 - np.exp(-np.minimum(day, until) / parameters.launch_days))
    steady = clock.recorded - parameters.quiet_days
    even = np.where(day > clock.recorded, 1 + (day - clock.recorded) / steady, np.minimum(day / steady, 1.0))
    return np.asarray(parameters.launch_share * launched + (1 - parameters.launch_share) * even)


def _tries(successes: np.ndarray, chance: dict[str, float], rng: np.random.Generator) -> np.ndarray:
    """How many tries it took for so many to succeed, (months, channels)."""
    share = np.array([chance[channel] for channel in ACQUISITION])
    return successes + rng.negative_binomial(np.maximum(successes, 1), np.broadcast_to(share, successes.shape))
