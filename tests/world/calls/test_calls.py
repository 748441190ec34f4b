"""The call centre hangs together, and its data show what the truth says, pooled over seeds within a stated error."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world._calls.call_parameters import ESTIMANDS
from crm_lab.world._calls.call_service import service
from crm_lab.world._calls.call_tables import CallCentre
from crm_lab.world._clock import Clock
from crm_lab.world.parameters import Parameters

from ..pooling import SEEDS, factor, misses, pooled, share_bound
from . import calls_measures as found

WEEK = ("2025-11-10", "2025-11-16")


def loads(seed):
    """The half-hours of the eight quarters of one company."""
    parameters = Parameters()
    centre = CallCentre(parameters.calls, Clock(parameters), seed, "en_US")
    return [centre.load(quarter) for quarter in range(8)]


def test_the_half_hours_of_the_week_are_what_its_calls_add_up_to(companies):
    for world in companies:
        rows = world.call_intervals[world.call_intervals["date"].between(*WEEK)].set_index(["date", "start"])
        counted = found.half_hours(world.calls).reindex(rows.index)
        for column in ("offered", "answered", "abandoned", "answered_in_20s"):
            assert (rows[column] == counted[column].fillna(0)).all()
        assert np.allclose(rows["handling_seconds"], counted["handling_seconds"].round(1), atol=1e-9, equal_nan=True)


def test_agents_on_duty_are_those_on_a_shift_and_not_on_a_break(companies):
    for world in companies[:3]:
        rows = world.call_intervals[world.call_intervals["date"] >= "2025-11-03"]
        moment = (rows["date"] + pd.to_timedelta(rows["start"] + ":00")).to_numpy()[:, None]
        begin, end, pause, back = (
            world.shifts[name].to_numpy() for name in ("starts_at", "ends_at", "break_starts_at", "break_ends_at")
        )
        alive = (begin <= moment) & (moment < end) & ~((pause <= moment) & (moment < back))
        assert (alive.sum(axis=1) == rows["agents"]).all()


def test_every_call_was_answered_in_turn_by_an_agent_on_duty_and_free(company):
    calls = company.calls[company.calls["outcome"] == "answered"].copy()
    calls["begin"] = calls["arrived_at"] + pd.to_timedelta(calls["wait_seconds"], unit="s")
    calls["end"] = calls["begin"] + pd.to_timedelta(calls["handling_seconds"], unit="s")
    assert calls["begin"].is_monotonic_increasing
    next_begin = calls.groupby("agent_id")["begin"].shift(-1)
    assert (next_begin >= calls["end"])[next_begin.notna()].all()
    shifts = company.shifts.assign(day=company.shifts["starts_at"].dt.normalize())
    on = calls.assign(day=calls["begin"].dt.normalize()).merge(shifts, on=["agent_id", "day"], how="left")
    assert ((on["starts_at"] <= on["begin"]) & (on["begin"] < on["ends_at"])).all()
    assert not ((on["break_starts_at"] <= on["begin"]) & (on["begin"] < on["break_ends_at"])).any()


def test_nobody_waits_while_an_agent_has_been_free(company):
    calls = company.calls
    answered = calls[calls["outcome"] == "answered"]
    begin = (answered["arrived_at"] + pd.to_timedelta(answered["wait_seconds"], unit="s")).to_numpy()
    end = begin + pd.to_timedelta(answered["handling_seconds"], unit="s").to_numpy()
    shifts = company.shifts
    waiting = calls[calls["wait_seconds"] > 1].iloc[::25]
    for row in waiting.itertuples():
        now = np.datetime64(row.arrived_at + pd.Timedelta(seconds=row.wait_seconds - 1))
        busy = set(answered["agent_id"].to_numpy()[(begin <= now) & (now < end)])
        resting = (shifts["break_starts_at"] <= now) & (now < shifts["break_ends_at"])
        on_duty = shifts["agent_id"][(shifts["starts_at"] <= now) & (now < shifts["ends_at"]) & ~resting]
        assert set(on_duty) <= busy


def test_counts_add_up(company):
    rows = company.call_intervals
    assert (rows["offered"] == rows["answered"] + rows["abandoned"]).all()
    assert (rows["answered_in_20s"] <= rows["answered"]).all()
    assert (rows["agents"] >= 1).all()
    assert len(rows) == 731 * 28
    assert (rows["handling_seconds"].isna() == (rows["answered"] == 0)).all()


def test_the_call_centre_does_not_depend_on_the_panel(company):
    small = World(50, seed=SEEDS[0])
    ours = ["customer_id", "priority"]
    pd.testing.assert_frame_equal(small.calls.drop(columns=ours), company.calls.drop(columns=ours))


def test_agents_are_hired_before_their_shifts_and_not_overworked(companies):
    for world in companies[:3]:
        shifts = world.shifts.merge(world.agents, on="agent_id")
        assert (shifts["hired_at"] < shifts["starts_at"]).all()
        assert shifts.groupby(["agent_id", shifts["starts_at"].dt.date]).size().max() == 1
        hours = (shifts["ends_at"] - shifts["starts_at"]).dt.total_seconds() / 3600
        assert (hours == shifts["contract"].map({"full_time": 8.5, "part_time": 4})).all()
        assert (shifts["break_starts_at"].isna() == (shifts["contract"] == "part_time")).all()
        assert shifts.groupby(["agent_id", shifts["starts_at"].dt.to_period("W")]).size().max() <= 5


def test_callers_call_after_what_they_call_about(companies):
    for world in companies[:5]:
        calls = world.calls.dropna(subset="customer_id")
        orders = calls.merge(world.orders, on="customer_id")
        fortnight = pd.Timedelta("14D")
        for topics, cause in ((["order", "delivery"], "ordered_at"), (["return", "complaint"], "delivered_at")):
            some = orders[orders["topic"].isin(topics)]
            age = some["arrived_at"] - some[cause]
            fits = ((age > pd.Timedelta(0)) & (age <= fortnight)).groupby(some["call_id"]).any()
            assert len(fits) > 50
            assert fits.all()
        people = calls.merge(world.customers, on="customer_id")
        assert (people["registered_at"] < people["arrived_at"]).all()
        assert (people["priority"] == people["kind"].isin(["dealer", "business"])).all()
        assert 0.012 < len(calls) / len(world.calls) < 0.025  # 2,000 of 100,000, less those no cause was found for


def test_the_standard_methods_find_what_the_truth_says(companies):
    truth = ESTIMANDS.copy()
    del truth["week_service_level_erlang_a"]  # the number of a formula, not of the data
    assert not misses(companies, found.measure, truth)
    assert ESTIMANDS["week_service_level_erlang_a"] < ESTIMANDS["week_service_level"]


def test_patience_is_found_in_every_company(companies):
    for world in companies:
        patience = found.service(world)["patience_mean"]
        assert patience == pytest.approx(ESTIMANDS["patience_mean"], rel=0.15)


def test_half_hours_outside_the_week_follow_erlang_a(companies):
    parameters = Parameters()
    clock, calls = Clock(parameters), parameters.calls
    outside = ~np.repeat((clock.days >= WEEK[0]) & (clock.days <= WEEK[1]), 28)

    def surprise(world_and_seed):
        world, seed = world_and_seed
        load = loads(seed)
        expected, agents, offered = (
            np.concatenate([getattr(part, name) for part in load]) for name in ("expected", "agents", "offered")
        )
        quick, lost = service(expected / 1800, agents, calls.handling()[0], calls.patience_mean, 20.0)
        rows = world.call_intervals[outside]
        soon = rows["answered_in_20s"].sum() - (quick * offered).ravel()[outside].sum()
        gone = rows["abandoned"].sum() - (lost * offered).ravel()[outside].sum()
        return np.array([soon, gone]) / rows["offered"].sum()

    mean, bound = pooled(list(zip(companies, SEEDS, strict=True)), surprise)
    assert (np.abs(mean) < bound).all()
    assert (bound < 0.0015).all()


def test_handling_times_are_lognormal_with_the_moments_of_their_topic(companies):
    calls = pd.concat([world.calls.dropna(subset="handling_seconds") for world in companies])
    parameters = companies[0].truth.structural["calls"]
    for topic, times in calls.groupby("topic")["handling_seconds"]:
        mean, sd = parameters["handling_mean"][topic], parameters["handling_sd"][topic]
        assert times.mean() == pytest.approx(mean, abs=factor() * sd / np.sqrt(len(times)))
        assert times.std() == pytest.approx(sd, rel=0.05)
        spread = np.sqrt(np.log1p((sd / mean) ** 2))
        logs = np.log(times)
        assert logs.mean() == pytest.approx(
            np.log(mean) - spread**2 / 2, abs=factor() * spread / np.sqrt(len(times)) + 1e-4
        )
        assert abs(logs.skew()) < 0.05
        share = parameters["topic_share"][topic]
        assert len(times) / len(calls) == pytest.approx(share, abs=share_bound(share, len(calls)))


def test_days_vary_by_the_gamma_of_the_truth_and_weekdays_by_their_factors(companies):
    parameters = Parameters()
    shape = companies[0].truth.structural["calls"]["day_shape"]
    levels = []
    for world, seed in zip(companies, SEEDS, strict=True):
        daily = world.call_intervals.groupby("date")["offered"].sum().to_numpy()
        levels.append(np.concatenate([load.expected.sum(axis=1) for load in loads(seed)]))
        assert (np.abs(daily - levels[-1]) < 5.5 * np.sqrt(levels[-1])).all()
    levels = np.array(levels)
    relative = levels / levels.mean(axis=0)  # what the calendar says is the same in every world
    assert relative.var(axis=0, ddof=1).mean() == pytest.approx(1 / shape, rel=0.06)
    rows = pd.concat(world.call_intervals for world in companies)
    normal = rows[rows["day_type"] == "normal"]
    by_day = normal.groupby("date")["offered"].sum()
    factor = by_day.groupby(by_day.index.day_of_week).mean()
    expected = np.array(parameters.calls.weekday)
    assert np.allclose(factor / factor.mean(), expected / expected.mean(), atol=0.02)
