"""Business time: a clock that runs fast in a busy season and slow in a quiet one.

Behaviour is simulated in weeks of business time, where it is steady; this module turns those weeks
into days and minutes of the calendar.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.world.parameters import FIRST_DAY, QUARTERS, TODAY, Parameters


class Clock:
    """The calendar and its business time, in weeks since the first day.

    quarters  how many are laid out; the two years of the record, or more where the company is played on. What lies
              within both is the same in a short and in a long clock.

    `.recorded` counts the days of the record, on whose mean a week of business time lasts seven days.
    """

    def __init__(self, parameters: Parameters, quarters: int = QUARTERS) -> None:
        self.quarters = quarters
        end = pd.Timestamp(FIRST_DAY) + pd.DateOffset(months=3 * quarters)
        self.days = pd.date_range(FIRST_DAY, end, inclusive="left")
        self.recorded = int((self.days < pd.Timestamp(TODAY)).sum())
        weights = np.take(parameters.month_weights, self.days.month - 1)
        weights = weights * np.take(parameters.weekday_weights, self.days.day_of_week)
        festival = np.zeros(len(self.days), dtype=bool)
        for month, day in parameters.festivals:
            festival |= np.asarray((self.days.month == month) & (np.abs(self.days.day.to_numpy() - day) <= 1))
        weights = np.where(festival, weights * parameters.festival_weight, weights)
        self.festival = festival
        self.weights = weights / weights[: self.recorded].mean() / 7
        self.weeks = np.concatenate([[0.0], np.cumsum(self.weights)])
        self.hours = [_hour_curve(kind.hours) for kind in parameters.choice.behaviours.values()]
        self.starts = [*np.flatnonzero(self.days.is_quarter_start).tolist(), len(self.days)]

    def quarter(self, number: int) -> tuple[float, float]:
        """Business time at the start and end of a quarter, counted from 0."""
        return float(self.weeks[self.starts[number]]), float(self.weeks[self.starts[number + 1]])

    def days_of(self, quarter: int) -> slice:
        """Which of the days belong to a quarter."""
        return slice(self.starts[quarter], self.starts[quarter + 1])

    def end_of(self, quarter: int) -> pd.Timestamp:
        """Midnight after the last day of a quarter; of quarter -1, midnight before the first day.

        >>> Clock(Parameters()).end_of(7)
        Timestamp('2026-01-01 00:00:00')
        """
        return self.days[0] + pd.Timedelta(self.starts[quarter + 1], "D")

    def business(self, day: np.ndarray) -> np.ndarray:
        """Business time of a moment given in calendar days since the first day; at its mean speed beyond the end."""
        beyond = np.maximum(day - len(self.days), 0) / 7
        return np.interp(day, np.arange(len(self.weeks)), self.weeks) + beyond

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
