"""Business time: a clock that runs fast in a busy season and slow in a quiet one.

Behaviour is simulated in weeks of business time, where it is steady; this module turns those weeks
into days and minutes of the calendar.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.world.parameters import FIRST_DAY, TODAY, Parameters


class Clock:
    """The calendar of the two years and its business time, in weeks since the first day."""

    def __init__(self, parameters: Parameters) -> None:
        self.days = pd.date_range(FIRST_DAY, TODAY, inclusive="left")
        weights = np.take(parameters.month_weights, self.days.month - 1)
        weights = weights * np.take(parameters.weekday_weights, self.days.day_of_week)
        festival = np.zeros(len(self.days), dtype=bool)
        for month, day in parameters.festivals:
            festival |= np.asarray((self.days.month == month) & (np.abs(self.days.day.to_numpy() - day) <= 1))
        weights = np.where(festival, weights * parameters.festival_weight, weights)
        self.festival = festival
        self.weights = weights / weights.mean() / 7
        self.weeks = np.concatenate([[0.0], np.cumsum(self.weights)])
        self.hours = [_hour_curve(kind.hours) for kind in parameters.choice.behaviours.values()]

    def quarter(self, number: int) -> tuple[float, float]:
        """Business time at the start and end of a quarter, counted from 0."""
        starts = [*np.flatnonzero(self.days.is_quarter_start), len(self.days)]
        return float(self.weeks[starts[number]]), float(self.weeks[starts[number + 1]])

    def business(self, day: np.ndarray) -> np.ndarray:
        """Business time of a moment given in calendar days since the first day."""
        return np.interp(day, np.arange(len(self.weeks)), self.weeks)

    def day(self, weeks: np.ndarray) -> np.ndarray:
        """Number of the calendar day on which a moment of business time falls."""
        return np.clip(np.searchsorted(self.weeks, weeks, side="right") - 1, 0, len(self.days) - 1)

    def moment(self, weeks: np.ndarray, habit: np.ndarray | int = 0) -> pd.DatetimeIndex:
        """Calendar time, to the minute, of moments in business time.

        habit  number of the behavioural type, which has its own hours of the day
        """
        day = self.day(weeks)
        part = np.clip((weeks - self.weeks[day]) / self.weights[day], 0, 1)
        curves = np.stack([np.interp(part, curve, np.arange(25)) for curve in self.hours])
        hours = curves[habit, np.arange(len(part))]
        minute = np.minimum(np.floor(hours * 60), 24 * 60 - 1).astype("int64")
        return self.days[day] + pd.to_timedelta(minute, unit="min")


def _hour_curve(weights: tuple[int, ...]) -> np.ndarray:
    return np.concatenate([[0.0], np.cumsum(weights)]) / sum(weights)
