"""The dealers' improvement programme: half of the dealers, drawn by lot, take part; all are measured every quarter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.commerce import REGIONS, TIERS
from crm_lab.world._clock import Clock
from crm_lab.world._market.market_parameters import ProgramParameters
from crm_lab.world.parameters import QUARTERS


def make_dealer_program(
    parameters: ProgramParameters, clock: Clock, dealers: pd.DataFrame, seed: int, block: int
) -> pd.DataFrame:
    """One row a dealer and quarter, for the dealers of one block: half of them take part.

    A dealer of the panel is measured from the first full quarter on.

    dealers  the table of that name; those who came too late to be measured before the programme are left out
    """
    rng = stream(seed, "dealer_program", block)
    quarters = clock.days[clock.days.is_quarter_start]
    measured = _dealers(parameters, dealers, quarters, rng, outside=block == 0)
    size = len(measured)
    takes_part = rng.permutation(np.arange(size) % 2 == 0)
    after = np.asarray(quarters >= pd.Timestamp(parameters.begins))
    works = (takes_part[:, None] & after).astype(float)
    passed = np.arange(QUARTERS)
    score = (
        parameters.score + parameters.score_spread * rng.standard_normal((size, 1)) + parameters.score_growth * passed
    )
    score = score + parameters.score_effect * works + parameters.score_noise * rng.standard_normal(works.shape)
    base = np.log(np.take(parameters.sales, measured["tier"].map(TIERS.index).to_numpy(int)))[:, None]
    sales = base + parameters.spread * rng.standard_normal((size, 1)) + parameters.growth * passed + _season(clock)
    sales = sales + parameters.effect * works + parameters.noise * rng.standard_normal(works.shape)
    frame = measured.loc[measured.index.repeat(QUARTERS)].assign(
        assignment=np.repeat(np.where(takes_part, "programme", "control"), QUARTERS),
        quarter=np.tile(quarters.to_numpy(), size),
        score=np.clip(np.round(score, 1), 0, 100).ravel(),
        sales=np.round(np.exp(sales), 2).ravel(),
    )
    return frame[frame["quarter"] >= frame["since"]].drop(columns="since")


def _dealers(
    parameters: ProgramParameters,
    dealers: pd.DataFrame,
    quarters: pd.DatetimeIndex,
    rng: np.random.Generator,
    outside: bool,
) -> pd.DataFrame:
    """Dealers with a quarter before the programme: the panel's, and others of the company up to the number wanted.

    outside  whether the others belong to this block; one block of the world brings them
    """
    begins = pd.Timestamp(parameters.begins)
    panel = dealers.loc[dealers["since"] <= begins - pd.DateOffset(months=3), ["dealer_id", "region", "tier", "since"]]
    more = max(parameters.dealers - len(panel), 2 if len(panel) % 2 == 0 else 3) if outside else 0
    others = pd.DataFrame(
        {
            "dealer_id": [f"DX{n:03d}" for n in range(1, more + 1)],
            "region": rng.choice(REGIONS, more, p=parameters.regions),
            "tier": rng.choice(TIERS, more, p=parameters.tiers),
            "since": quarters[0],
        }
    )
    return pd.concat([panel, others], ignore_index=True)


def _season(clock: Clock) -> np.ndarray:
    """ln of how busy each quarter is against the mean."""
    busy = np.diff([*(clock.quarter(number)[0] for number in range(QUARTERS)), clock.weeks[-1]])
    return np.asarray(np.log(busy / busy.mean()))
