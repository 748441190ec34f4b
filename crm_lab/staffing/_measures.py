"""What a call centre measures about itself: service level, speed of answer, calls given up, occupancy."""

from __future__ import annotations

import pandas as pd

from crm_lab.base.arguments import amount
from crm_lab.base.columns import columns, complete

_SHIFT = ["starts_at", "ends_at", "break_starts_at", "break_ends_at"]


def call_measures(calls: pd.DataFrame, shifts: pd.DataFrame, within: float = 20) -> pd.DataFrame:
    """The figures of each day, from single calls and the shifts worked.

    calls   arrived_at, outcome ("answered" or "abandoned"), wait_seconds, handling_seconds (empty if given up)
    shifts  starts_at, ends_at, break_starts_at and break_ends_at (both empty in a shift without a break)
    within  seconds that count as a quick answer

    Returns a DataFrame indexed by date, one row a day with calls:
    service_level    share of the offered calls answered within that time
    speed_of_answer  mean wait of the answered calls, in seconds (ASA); NaN where none was
    abandonment      share of the offered calls given up
    occupancy        time spent on calls ÷ time on duty without breaks; NaN where nobody was on duty
    Raises InputError where a column is missing.
    Source: B. Cleveland (2012), Call Center Management on Fast Forward, 3rd ed.

    >>> calls = pd.DataFrame({"arrived_at": pd.to_datetime(["2025-01-02 09:00"] * 2), "wait_seconds": [8, 40],
    ...     "outcome": ["answered", "abandoned"], "handling_seconds": [900.0, None]})
    >>> shifts = pd.DataFrame({"starts_at": pd.to_datetime(["2025-01-02 08:00"]), "break_starts_at": pd.NaT,
    ...     "ends_at": pd.to_datetime(["2025-01-02 10:00"]), "break_ends_at": pd.NaT})
    >>> call_measures(calls, shifts).iloc[0].to_dict()
    {'service_level': 0.5, 'speed_of_answer': 8.0, 'abandonment': 0.5, 'occupancy': 0.125}
    """
    amount(within, "within")
    table = columns(calls, ["arrived_at", "outcome", "wait_seconds", "handling_seconds"], "calls")
    for name in ("arrived_at", "outcome", "wait_seconds"):
        complete(table[name], f"calls, {name}")
    answered = table["outcome"] == "answered"
    by_day = table.assign(
        date=table["arrived_at"].dt.normalize(),
        quick=answered & (table["wait_seconds"] <= within),
        wait=table["wait_seconds"].where(answered),
        lost=~answered,
    ).groupby("date")
    figures = by_day.agg(
        service_level=("quick", "mean"), speed_of_answer=("wait", "mean"), abandonment=("lost", "mean")
    )
    return figures.assign(occupancy=by_day["handling_seconds"].sum() / _duty(shifts))


def _duty(shifts: pd.DataFrame) -> pd.Series:
    """Seconds on duty by the day a shift begins, breaks taken away."""
    worked = columns(shifts, _SHIFT, "shifts")
    pause = (worked["break_ends_at"] - worked["break_starts_at"]).fillna(pd.Timedelta(0))
    seconds = (worked["ends_at"] - worked["starts_at"] - pause).dt.total_seconds()
    return seconds.groupby(worked["starts_at"].dt.normalize()).sum()
