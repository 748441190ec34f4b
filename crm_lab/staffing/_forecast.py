"""Forecasting calls by half-hours: the level of a day on square roots × the profile of the day, with an interval.

The square root of a Poisson number has a variance of about 1/4 whatever its mean, so on roots busy and quiet days
may be averaged alike (Brown, Gans, Mandelbaum et al. 2005, Journal of the American Statistical Association 100).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import share, whole
from crm_lab.base.columns import columns, complete, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _

POISSON = 0.25  # variance of the root of a Poisson number


def forecast_calls(
    call_intervals: pd.DataFrame,
    days: Iterable[Any],
    day_types: Mapping[Any, str] | None = None,
    weeks: int = 8,
    recent: int = 14,
    coverage: float = 0.9,
) -> pd.DataFrame:
    """Calls to expect in every half-hour of coming days, with an interval.

    call_intervals  date, start, offered and, where there are special days, day_type; rows from the first of `days`
                    on are left out, so the whole table may be given
    days            the days to forecast
    day_types       what kind of day each is; days not named are taken from call_intervals, else they are normal
    weeks           how many normal days of each weekday make its level
    recent          normal days that say whether calls run above or below that level now; 0 leaves it as it is
    coverage        share of half-hours that shall fall into the interval

    R = √(calls of a day + 1/4) is averaged for each weekday and moved by how the last `recent` days differ from it.
    Back on calls the level is R² + s² − 1/4, with s² the variance of R. A special day is its factor times as busy.
    The level times the share p of a half-hour gives `expected`; its root varies by p (s² − 1/4) + 1/4, and by what
    averaging over few days leaves uncertain.

    Returns a DataFrame, one row a half-hour: date, start, expected, low, high (calls).
    Raises InputError for a table with gaps, or fewer than two earlier normal days of a weekday.
    Source of the roots: Brown, Gans, Mandelbaum et al. (2005).

    >>> calls = pd.DataFrame({"date": pd.date_range("2025-01-01", periods=28), "start": "08:00", "offered": 100})
    >>> forecast_calls(calls, ["2025-01-29"]).set_index(["date", "start"]).round(1)
                      expected   low   high
    date       start
    2025-01-29 08:00     100.0  84.2  117.1
    """
    target = coming(days)
    past = _Past.of(call_intervals, target.min(), whole(weeks, "weeks", 2), whole(recent, "recent", 0))
    z = NormalDist().inv_cdf(0.5 + share(coverage, "coverage", zero_ok=False) / 2)
    kinds = _kinds(call_intervals, target, day_types)
    factors = _special(past, set(kinds) - {"normal"})
    rows = [_day(past, day, factors.get(kind), z) for day, kind in zip(target, kinds, strict=True)]
    return pd.DataFrame(
        {
            "date": np.repeat(target, len(past.starts)),
            "start": np.tile(past.starts, len(target)),
            **dict(zip(("expected", "low", "high"), np.concatenate(rows, axis=1), strict=True)),
        }
    )


def special_days(call_intervals: pd.DataFrame, before: Any = None, weeks: int = 8, recent: int = 14) -> pd.DataFrame:
    """How busy special days are, measured against what a normal day would have brought.

    call_intervals  date, start, offered, day_type
    before          only earlier days count; when not given, all do
    weeks, recent   as for forecast_calls

    Returns a DataFrame indexed by day_type: days (how many), factor (their calls ÷ calls of normal days), and spread
    (standard deviation of the root of their calls, as a share of it).

    >>> from crm_lab.data import load
    >>> special_days(load("call_intervals"))["factor"].round(1).to_dict()
    {'after_festival': 1.4, 'public_holiday': 0.6, 'shopping_festival': 1.8}
    """
    last = pd.Timestamp.max.normalize() if before is None else coming([before])[0]
    past = _Past.of(call_intervals, last, whole(weeks, "weeks", 2), whole(recent, "recent", 0))
    found = _special(past, set(past.kinds) - {"normal"})
    table = pd.DataFrame([vars(found[kind]) for kind in found], columns=["days", "factor", "spread"])
    return table.set_axis(pd.Index(list(found), name="day_type"))


def day_profile(call_intervals: pd.DataFrame) -> pd.DataFrame:
    """Share of a day's calls that comes in each half-hour, from Monday to Friday and at the weekend.

    call_intervals  date, start, offered

    Returns a DataFrame indexed by start: workday, weekend; each sums to 1. A kind of day that is not there holds NaN.

    >>> calls = pd.DataFrame({"date": pd.Timestamp("2025-01-01"), "start": ["08:00", "08:30"], "offered": [30, 90]})
    >>> day_profile(calls)["workday"].to_dict()
    {'08:00': 0.25, '08:30': 0.75}
    """
    calls = half_hours(call_intervals)
    shares = _shares(calls)
    return pd.DataFrame(shares.T, index=calls.columns, columns=["workday", "weekend"])


def half_hours(call_intervals: pd.DataFrame) -> pd.DataFrame:
    """Calls by day (rows, sorted) and half-hour (columns, sorted); InputError where one is missing or there twice.

    >>> calls = pd.DataFrame({"date": pd.to_datetime(["2025-01-01"] * 2), "start": ["08:30", "08:00"], "offered": 7})
    >>> half_hours(calls).to_numpy().tolist()
    [[7, 7]]
    """
    table = columns(call_intervals, ["date", "start", "offered"], "call_intervals")
    for name in table:
        complete(table[name], f"call_intervals, {name}")
    if not pd.api.types.is_datetime64_dtype(table["date"]):
        raise InputError(_("call_intervals, date must hold dates. Convert it with pd.to_datetime."))
    if (numbers(table["offered"], "call_intervals, offered") < 0).any():
        raise InputError(_("call_intervals, offered must be 0 or more in every half-hour."))
    wide = table.set_index(["date", "start"])["offered"]
    if wide.index.has_duplicates:
        day, start = wide.index[wide.index.duplicated()].to_frame().iloc[0]
        text = _("call_intervals holds {day:%Y-%m-%d} {start} more than once. Keep one row a half-hour.")
        raise InputError(text.format(day=day, start=start))
    calls = wide.unstack("start").sort_index()
    if calls.isna().any(axis=None):
        row, column = np.argwhere(calls.isna().to_numpy())[0]
        day, start = calls.index[row], calls.columns[column]
        text = _("call_intervals has no row for {day:%Y-%m-%d} {start}. Fill it, with 0 if no call came.")
        raise InputError(text.format(day=day, start=start))
    return calls


def coming(days: Iterable[Any]) -> pd.DatetimeIndex:
    """The days as midnights; InputError unless they are dates, at least one, none twice.

    >>> coming(["2025-12-01"])[0]
    Timestamp('2025-12-01 00:00:00')
    """
    wrong = _("days must be dates such as pd.date_range('2025-12-01', periods=7), at least one and none twice.")
    if isinstance(days, str):
        raise InputError(wrong)
    try:
        target = pd.DatetimeIndex(pd.to_datetime(list(days))).normalize()
    except (TypeError, ValueError) as error:
        raise InputError(wrong) from error
    if target.empty or target.hasnans or target.has_duplicates or target.tz is not None:
        raise InputError(wrong)
    return target


def _kinds(call_intervals: pd.DataFrame, days: pd.DatetimeIndex, given: Mapping[Any, str] | None) -> list[str]:
    known: dict[Any, str] = {}
    if "day_type" in call_intervals:
        calendar = call_intervals[["date", "day_type"]].drop_duplicates("date")
        known = dict(zip(calendar["date"], calendar["day_type"], strict=True))
    if given:
        known |= dict(zip(coming(given), given.values(), strict=True))
    return [known.get(day, "normal") for day in days]


def _shares(calls: pd.DataFrame) -> np.ndarray:
    """Share of each half-hour, (2, half-hours): workdays, then weekends; NaN where there are no calls."""
    weekend = np.asarray(pd.DatetimeIndex(calls.index).day_of_week >= 5)
    sums = np.array([calls.to_numpy()[weekend == part].sum(axis=0) for part in (False, True)], dtype=float)
    total = sums.sum(axis=1, keepdims=True)
    return np.divide(sums, total, out=np.full_like(sums, np.nan), where=total > 0)


@dataclass(frozen=True)
class _Kind:
    """A kind of special day: how many there were, their factor, and the spread of their roots as a share of them."""

    days: int
    factor: float
    spread: float


@dataclass(frozen=True)
class _Past:
    """What is known before the forecast begins: totals of all days, and roots of the normal ones."""

    days: pd.DatetimeIndex
    kinds: np.ndarray
    totals: np.ndarray
    starts: np.ndarray
    shares: np.ndarray
    weeks: int
    recent: int

    @classmethod
    def of(cls, call_intervals: pd.DataFrame, before: pd.Timestamp, weeks: int, recent: int) -> _Past:
        calls = half_hours(call_intervals)
        calls = calls[calls.index < before]
        days = pd.DatetimeIndex(calls.index)
        kinds = np.array(_kinds(call_intervals, days, None), dtype=object)
        normal = calls[kinds == "normal"]
        _enough(pd.DatetimeIndex(normal.index), before)
        shares = _shares(normal.tail(7 * weeks))
        return cls(days, kinds, calls.sum(axis=1).to_numpy(), calls.columns.to_numpy(), shares, weeks, recent)

    def level(self, day: pd.Timestamp) -> tuple[float, float, int]:
        """Root of the calls of a normal day like `day`, its variance, and the number of days averaged."""
        usable = (self.kinds == "normal") & (self.days < day)
        weekday, roots = self.days.day_of_week.to_numpy()[usable], np.sqrt(self.totals[usable] + POISSON)
        own = {d: np.flatnonzero(weekday == d)[-self.weeks :] for d in range(7)}
        away = np.full(len(roots), np.nan)
        for rows in own.values():
            away[rows] = roots[rows] - roots[rows].mean() if len(rows) else np.nan
        away = away[~np.isnan(away)]
        drift = away[-self.recent :].mean() if self.recent and len(away) else 0.0
        mine = own[day.day_of_week]
        free = max(len(away) - sum(len(rows) > 0 for rows in own.values()), 1)
        root = roots[mine].mean() + drift if len(mine) else np.nan
        return root, float((away**2).sum() / free), len(mine)


def _enough(normal: pd.DatetimeIndex, before: pd.Timestamp) -> None:
    counts = pd.Series(normal.day_of_week).value_counts().reindex(range(7), fill_value=0)
    if (counts < 2).any():
        text = _("Before {day:%Y-%m-%d} call_intervals needs two normal days of every weekday, better eight.")
        raise InputError(text.format(day=before))


def _special(past: _Past, wanted: set[str]) -> dict[str, _Kind]:
    """For each kind of special day wanted: what earlier ones had, against the normal days before them."""
    return {kind: _measured(past, kind) for kind in sorted(wanted)}


def _measured(past: _Past, kind: str) -> _Kind:
    rows = np.flatnonzero(past.kinds == kind)
    levels = [past.level(day)[:2] for day in past.days[rows]]
    usual = np.array([root**2 + variance - POISSON for root, variance in levels])
    known = ~np.isnan(usual)
    if not known.any():
        raise InputError(
            _("No earlier day is a {kind}, so its calls cannot be forecast from the past.").format(kind=kind)
        )
    calls, usual = past.totals[rows][known], usual[known]
    factor = calls.sum() / usual.sum()
    away = np.sqrt((calls + POISSON) / np.maximum(factor * usual, POISSON)) - 1
    return _Kind(int(known.sum()), float(factor), float(np.sqrt((away**2).sum() / max(known.sum() - 1, 1))))


def _day(past: _Past, day: pd.Timestamp, special: _Kind | None, z: float) -> np.ndarray:
    """Expected, low and high of each half-hour of a day, (3, half-hours)."""
    root, variance, averaged = past.level(day)
    calls, unsure = root**2 + variance - POISSON, 1 / averaged + (1 / past.recent if past.recent else 0)
    if special:
        calls *= special.factor
        variance, unsure = calls * special.spread**2, 1 / special.days
    p = past.shares[int(day.day_of_week >= 5)]
    middle = np.sqrt(calls * p)
    deviation = np.sqrt(p * max(variance - POISSON, 0) + p * variance * unsure + POISSON)
    return np.array([middle**2, np.maximum(middle - z * deviation, 0) ** 2, (middle + z * deviation) ** 2])
