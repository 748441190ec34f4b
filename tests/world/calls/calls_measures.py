"""What a lesson's standard method finds in the call centre of one world, under the keys of the truth."""

from functools import cache

import numpy as np
import pandas as pd

from crm_lab.world._calls.call_tables import CallCentre
from crm_lab.world._clock import Clock
from crm_lab.world.parameters import QUARTERS, Parameters


def half_hours(calls):
    start = calls["arrived_at"].dt.floor("30min")
    answered = calls["outcome"] == "answered"
    quick = answered & (calls["wait_seconds"] <= 20)
    table = pd.DataFrame({"offered": 1, "answered": answered, "abandoned": ~answered, "answered_in_20s": quick})
    table = table.astype(int).groupby([start.dt.normalize(), start.dt.strftime("%H:%M")]).sum()
    return table.assign(
        handling_seconds=calls.groupby([start.dt.normalize(), start.dt.strftime("%H:%M")])["handling_seconds"].mean()
    )


def service(world):
    """Service of the two years by half-hours, and of the week by its calls; patience and handling by the calls."""
    rows, calls = world.call_intervals, world.calls
    offered, answered = rows["offered"].sum(), rows["answered"].sum()
    gone = calls["outcome"] == "abandoned"
    return {
        "service_level": rows["answered_in_20s"].sum() / offered,
        "service_level_of_answered": rows["answered_in_20s"].sum() / answered,
        "abandonment": rows["abandoned"].sum() / offered,
        "occupancy": (rows["answered"] * rows["handling_seconds"]).sum() / (1800 * rows["agents"]).sum(),
        "handling_mean": calls["handling_seconds"].mean(),
        "patience_mean": calls["wait_seconds"].sum() / gone.sum(),
        "wait_of_abandoned": calls.loc[gone, "wait_seconds"].mean(),
        "week_service_level": ((calls["wait_seconds"] <= 20) & ~gone).mean(),
    }


@cache
def forecast_errors(world):
    """Weighted absolute percentage error of three forecasts of the next week by half-hours, over all weeks."""
    rows = world.call_intervals
    wide = rows.pivot(index="date", columns="start", values="offered")
    normal = rows.groupby("date")["day_type"].first() == "normal"
    week, errors = pd.Timedelta("7D"), []
    for monday in wide.index[(wide.index.day_of_week == 0) & (wide.index >= wide.index[0] + 8 * week)]:
        if not normal.loc[monday - 4 * week : monday + week - pd.Timedelta("1D")].all():
            continue
        past = wide.loc[monday - 8 * week : monday - pd.Timedelta("1D")]
        past = past[normal.loc[past.index]]
        days = pd.date_range(monday, periods=7)
        level = np.sqrt(past.sum(axis=1)).groupby(past.index.day_of_week).mean() ** 2
        profile = past.groupby(past.index.day_of_week >= 5).sum()
        profile = profile.div(profile.sum(axis=1), axis=0).to_numpy()[(days.day_of_week >= 5).astype(int)]
        four = [wide.loc[days - n * week].to_numpy() for n in (1, 2, 3, 4)]
        forecasts = (level.to_numpy()[:, None] * profile, np.mean(four, axis=0), four[0])
        truth = wide.loc[days].to_numpy()
        errors.append([truth.sum(), *(np.abs(guess - truth).sum() for guess in forecasts)])
    total = np.sum(errors, axis=0)
    return total[1:] / total[0]


def week_by_erlang_a(seed):
    """Share of the peak week's calls answered within 20 s if handling were exponential: a formula, not the data."""
    parameters = Parameters()
    load = CallCentre(parameters.calls, Clock(parameters), seed, "en_US").load(QUARTERS - 1)
    week = (load.days >= "2025-11-10") & (load.days <= "2025-11-16")
    return (load.quick * load.expected)[week].sum() / load.expected[week].sum()


def measure(world):
    """All of it, but for the formula."""
    keys = ("forecast_error_square_root", "forecast_error_four_weeks", "forecast_error_last_week")
    return service(world) | dict(zip(keys, forecast_errors(world), strict=True))
