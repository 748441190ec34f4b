"""How many calls arrive: a Poisson process whose rate follows the half-hour, the weekday, the season and the day.

Every day also has a level of its own, Gamma-distributed, so that half-hours of one day move together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.world._calls.call_parameters import HALF_HOURS, PUBLIC_HOLIDAYS, CallParameters
from crm_lab.world._clock import Clock
from crm_lab.world.parameters import FIRST_DAY


def day_types(parameters: CallParameters, clock: Clock) -> np.ndarray:
    """The type of every day: festivals count before what follows them, that before public holidays."""
    kind = np.full(len(clock.days), "normal", dtype=object)
    for first, last in PUBLIC_HOLIDAYS:
        kind[(clock.days >= pd.Timestamp(first)) & (clock.days <= pd.Timestamp(last))] = "public_holiday"
    after = np.zeros(len(clock.days), dtype=bool)
    for day in range(1, parameters.after_festival_days + 1):
        after[day:] |= clock.festival[:-day]
    kind[after] = "after_festival"
    kind[clock.festival] = "shopping_festival"
    return kind


def expected_calls(
    parameters: CallParameters, days: pd.DatetimeIndex, kind: np.ndarray, foreseen: float = 1.0
) -> np.ndarray:
    """Calls expected in every half-hour of these days, (days, 28), at a day level of 1.

    kind      the type of every day
    foreseen  share of the extra calls of festivals that is counted
    """
    factor = pd.Series(kind).map(parameters.day_type).to_numpy(float)
    factor = np.where(factor > 1, 1 + foreseen * (factor - 1), factor)
    wave = np.cos(2 * np.pi * (days.day_of_year.to_numpy() - parameters.season_peak) / 365.25)
    trend = (1 + parameters.growth) ** ((days - pd.Timestamp(FIRST_DAY)).days.to_numpy() / 365.25)
    weekday = np.take(parameters.weekday, days.day_of_week)
    daily = parameters.daily_calls * factor * trend * weekday * np.exp(parameters.season * wave)
    return daily[:, None] * profile(parameters, days)


def profile(parameters: CallParameters, days: pd.DatetimeIndex) -> np.ndarray:
    """Share of the day's calls that falls in each half-hour, (days, 28)."""
    shapes = np.array([parameters.workday, parameters.weekend], dtype=float)
    return (shapes / shapes.sum(axis=1, keepdims=True))[(days.day_of_week >= 5).astype(int)]


def draw_levels(parameters: CallParameters, days: int, rng: np.random.Generator) -> np.ndarray:
    """The level of every day: Gamma with mean 1."""
    return rng.gamma(parameters.day_shape, 1 / parameters.day_shape, days)


def draw_arrivals(counts: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Day and second since opening of single calls, given their counts (days, 28); sorted by time.

    Within a half-hour the rate is steady, so given their number the calls are spread evenly.
    """
    cell = np.repeat(np.arange(counts.size), counts.ravel())
    day, half_hour = np.divmod(cell, HALF_HOURS)
    second = half_hour * 1800 + rng.integers(0, 1800, len(cell))
    order = np.lexsort((second, day))
    return day[order], second[order]
