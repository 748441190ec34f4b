"""The sales team: who sells where, and what each is to win in a quarter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.commerce import REGIONS
from crm_lab.world import _names as names
from crm_lab.world._clock import Clock
from crm_lab.world._market.market_parameters import LeadParameters


def make_reps(parameters: LeadParameters, seed: int, locale: str) -> tuple[pd.DataFrame, np.ndarray]:
    """The sales representatives, some in each region, and their hidden skill in log odds."""
    rng = stream(seed, "reps")
    size = parameters.reps * len(REGIONS)
    given, family = names.people(locale)
    first, last = rng.integers(0, names.POOL, (2, size))
    hired = pd.Timestamp("2024-01-01") - pd.to_timedelta(rng.integers(*parameters.hired, size), unit="D")
    steps = rng.integers(0, parameters.salary_steps + 1, size)
    reps = pd.DataFrame(
        {
            "rep_id": [f"S{n:02d}" for n in range(1, size + 1)],
            "name": [names.full_name(locale, given[f], family[s]) for f, s in zip(first, last, strict=True)],
            "region": np.repeat(REGIONS, parameters.reps),
            "hired_on": hired,
            "monthly_salary": parameters.salary + parameters.salary_step * steps,
            "commission_rate": np.take(parameters.commission, rng.integers(0, 2, size)),
        }
    )
    return reps, parameters.skill * rng.standard_normal(size)


def make_quotas(parameters: LeadParameters, clock: Clock, reps: pd.DataFrame) -> pd.DataFrame:
    """What each representative is to win in each quarter: a stretched share of what the team wins on average.

    A territory's share is that of its cities in all leads; the reps of a territory share alike.
    """
    quarters = clock.days[clock.days.is_quarter_start]
    weight = pd.Series(names.CITY_WEIGHTS).groupby([place[2] for place in names.CITIES]).sum()
    share = reps["region"].map(weight / weight.sum()).to_numpy() / parameters.reps
    won = np.where(np.arange(len(quarters)) == 0, *parameters.won)
    quota = parameters.stretch * share[:, None] * won
    return pd.DataFrame(
        {
            "rep_id": np.repeat(reps["rep_id"].to_numpy(), len(quarters)),
            "quarter": np.tile(quarters.to_numpy(), len(reps)),
            "quota": np.round(quota, -3).ravel(),
        }
    )
