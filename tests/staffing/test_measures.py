"""The figures of a call centre on a day small enough to count by hand, and on the peak week against the half-hours."""

import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.staffing import call_measures

CALLS = [  # arrived_at, outcome, wait_seconds, handling_seconds
    ("2025-11-10 09:00", "answered", 0, 600.0),
    ("2025-11-10 09:10", "answered", 20, 300.0),  # 20 seconds are in time
    ("2025-11-10 09:20", "answered", 21, 900.0),
    ("2025-11-10 21:59", "abandoned", 5, None),  # gave up quickly: not served
    ("2025-11-11 10:00", "abandoned", 90, None),
]
SHIFTS = [  # starts_at, ends_at, break_starts_at, break_ends_at
    ("2025-11-10 08:00", "2025-11-10 10:30", "2025-11-10 09:00", "2025-11-10 09:30"),
    ("2025-11-10 09:00", "2025-11-10 10:00", None, None),
    ("2025-11-12 09:00", "2025-11-12 10:00", None, None),  # a day without calls
]


@pytest.fixture
def calls():
    table = pd.DataFrame(CALLS, columns=["arrived_at", "outcome", "wait_seconds", "handling_seconds"])
    return table.assign(arrived_at=pd.to_datetime(table["arrived_at"]))


@pytest.fixture
def shifts():
    names = ["starts_at", "ends_at", "break_starts_at", "break_ends_at"]
    return pd.DataFrame(SHIFTS, columns=names).apply(pd.to_datetime)


def test_by_hand(calls, shifts):
    figures = call_measures(calls, shifts)
    first, second = figures.loc["2025-11-10"], figures.loc["2025-11-11"]
    assert len(figures) == 2
    assert first.to_dict() == pytest.approx(
        {"service_level": 2 / 4, "speed_of_answer": 41 / 3, "abandonment": 1 / 4, "occupancy": 1800 / (2 * 3600 + 3600)}
    )
    assert (second["service_level"], second["abandonment"]) == (0, 1)
    assert second[["speed_of_answer", "occupancy"]].isna().all()


def test_another_limit_counts_others(calls, shifts):
    assert call_measures(calls, shifts, within=21).loc["2025-11-10", "service_level"] == 3 / 4
    assert call_measures(calls, shifts, within=0).loc["2025-11-10", "service_level"] == 1 / 4


def test_the_peak_week_agrees_with_its_half_hours():
    figures = call_measures(crm_lab.load("calls"), crm_lab.load("shifts"))
    intervals = crm_lab.load("call_intervals")
    week = intervals[intervals["date"].isin(figures.index)]
    by_day = week.groupby("date")[["offered", "abandoned", "answered_in_20s", "agents"]].sum()
    assert figures["service_level"].to_numpy() == pytest.approx(
        (by_day["answered_in_20s"] / by_day["offered"]).to_numpy()
    )
    assert figures["abandonment"].to_numpy() == pytest.approx((by_day["abandoned"] / by_day["offered"]).to_numpy())
    busy = (week["answered"] * week["handling_seconds"].fillna(0)).groupby(week["date"]).sum()
    assert figures["occupancy"].to_numpy() == pytest.approx((busy / (1800 * by_day["agents"])).to_numpy(), rel=1e-3)


def test_what_is_missing_is_named(calls, shifts):
    with pytest.raises(InputError, match="calls has no column 'wait_seconds'"):
        call_measures(calls.drop(columns="wait_seconds"), shifts)
    with pytest.raises(InputError, match="shifts has no column 'break_ends_at'"):
        call_measures(calls, shifts.drop(columns="break_ends_at"))
    with pytest.raises(InputError, match="calls, outcome: 1 of 5 entries is missing"):
        call_measures(calls.assign(outcome=[None, *calls["outcome"][1:]]), shifts)
    with pytest.raises(InputError, match="within must be finite, 0 or more, not -1"):
        call_measures(calls, shifts, within=-1)
