"""The call centre hangs together, and its data show what the truth says, pooled over seeds within a stated error."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world.calls.call_service import service
from crm_lab.world.calls.tables import make_load
from crm_lab.world.clock import Clock
from crm_lab.world.parameters import Parameters

SEEDS = range(300, 320)
WEEK = ("2025-11-10", "2025-11-16")


@pytest.fixture(scope="module")
def worlds():
    return [World(seed=seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def world(worlds):
    return worlds[0]


@pytest.fixture(scope="module")
def truth(world):
    return world.truth.estimand["calls"]


def pooled(worlds, measure):
    """Mean over the worlds and four standard errors: a false alarm once in some 16,000 runs."""
    values = np.array([measure(world) for world in worlds])
    return values.mean(), 4 * values.std(ddof=1) / np.sqrt(len(values))


def half_hours(calls):
    start = calls["arrived_at"].dt.floor("30min")
    answered = calls["outcome"] == "answered"
    quick = answered & (calls["wait_seconds"] <= 20)
    table = pd.DataFrame({"offered": 1, "answered": answered, "abandoned": ~answered, "answered_in_20s": quick})
    table = table.astype(int).groupby([start.dt.normalize(), start.dt.strftime("%H:%M")]).sum()
    return table.assign(
        handling_seconds=calls.groupby([start.dt.normalize(), start.dt.strftime("%H:%M")])["handling_seconds"].mean()
    )


def test_the_half_hours_of_the_week_are_what_its_calls_add_up_to(worlds):
    for world in worlds:
        rows = world.call_intervals[world.call_intervals["date"].between(*WEEK)].set_index(["date", "start"])
        counted = half_hours(world.calls).reindex(rows.index)
        for column in ("offered", "answered", "abandoned", "answered_in_20s"):
            assert (rows[column] == counted[column].fillna(0)).all()
        assert np.allclose(rows["handling_seconds"], counted["handling_seconds"].round(1), atol=1e-9, equal_nan=True)


def test_agents_on_duty_are_those_on_a_shift_and_not_on_a_break(worlds):
    for world in worlds[:3]:
        rows = world.call_intervals[world.call_intervals["date"] >= "2025-11-03"]
        moment = (rows["date"] + pd.to_timedelta(rows["start"] + ":00")).to_numpy()[:, None]
        begin, end, pause, back = (
            world.shifts[name].to_numpy() for name in ("starts_at", "ends_at", "break_starts_at", "break_ends_at")
        )
        there = (begin <= moment) & (moment < end) & ~((pause <= moment) & (moment < back))
        assert (there.sum(axis=1) == rows["agents"]).all()


def test_every_call_was_answered_in_turn_by_an_agent_on_duty_and_free(world):
    calls = world.calls[world.calls["outcome"] == "answered"].copy()
    calls["begin"] = calls["arrived_at"] + pd.to_timedelta(calls["wait_seconds"], unit="s")
    calls["end"] = calls["begin"] + pd.to_timedelta(calls["handling_seconds"], unit="s")
    assert calls["begin"].is_monotonic_increasing
    next_begin = calls.groupby("agent_id")["begin"].shift(-1)
    assert (next_begin >= calls["end"])[next_begin.notna()].all()
    shifts = world.shifts.assign(day=world.shifts["starts_at"].dt.normalize())
    on = calls.assign(day=calls["begin"].dt.normalize()).merge(shifts, on=["agent_id", "day"], how="left")
    assert ((on["starts_at"] <= on["begin"]) & (on["begin"] < on["ends_at"])).all()
    assert not ((on["break_starts_at"] <= on["begin"]) & (on["begin"] < on["break_ends_at"])).any()


def test_nobody_waits_while_an_agent_has_been_free(world):
    calls = world.calls
    answered = calls[calls["outcome"] == "answered"]
    begin = (answered["arrived_at"] + pd.to_timedelta(answered["wait_seconds"], unit="s")).to_numpy()
    end = begin + pd.to_timedelta(answered["handling_seconds"], unit="s").to_numpy()
    shifts = world.shifts
    waiting = calls[calls["wait_seconds"] > 1].iloc[::25]
    for row in waiting.itertuples():
        now = np.datetime64(row.arrived_at + pd.Timedelta(seconds=row.wait_seconds - 1))
        busy = set(answered["agent_id"].to_numpy()[(begin <= now) & (now < end)])
        resting = (shifts["break_starts_at"] <= now) & (now < shifts["break_ends_at"])
        on_duty = shifts["agent_id"][(shifts["starts_at"] <= now) & (now < shifts["ends_at"]) & ~resting]
        assert set(on_duty) <= busy


def test_counts_add_up(world):
    rows = world.call_intervals
    assert (rows["offered"] == rows["answered"] + rows["abandoned"]).all()
    assert (rows["answered_in_20s"] <= rows["answered"]).all()
    assert (rows["agents"] >= 1).all()
    assert len(rows) == 731 * 28
    assert (rows["handling_seconds"].isna() == (rows["answered"] == 0)).all()


def test_the_call_centre_does_not_depend_on_the_panel(world):
    small = World(50, seed=SEEDS[0])
    for name in ("call_intervals", "agents", "shifts"):
        pd.testing.assert_frame_equal(small.tables[name], world.tables[name])
    ours = ["customer_id", "priority"]
    pd.testing.assert_frame_equal(small.calls.drop(columns=ours), world.calls.drop(columns=ours))


def test_agents_are_hired_before_their_shifts_and_not_overworked(worlds):
    for world in worlds[:3]:
        shifts = world.shifts.merge(world.agents, on="agent_id")
        assert (shifts["hired_at"] < shifts["starts_at"]).all()
        assert shifts.groupby(["agent_id", shifts["starts_at"].dt.date]).size().max() == 1
        hours = (shifts["ends_at"] - shifts["starts_at"]).dt.total_seconds() / 3600
        assert (hours == shifts["contract"].map({"full_time": 8.5, "part_time": 4})).all()
        assert (shifts["break_starts_at"].isna() == (shifts["contract"] == "part_time")).all()
        assert shifts.groupby(["agent_id", shifts["starts_at"].dt.to_period("W")]).size().max() <= 5


def test_callers_call_after_what_they_call_about(worlds):
    for world in worlds[:5]:
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


def test_service_of_the_two_years_is_as_the_truth_says(worlds, truth):
    def share(part, whole):
        return lambda world: world.call_intervals[part].sum() / world.call_intervals[whole].sum()

    for key, measure in (
        ("service_level", share("answered_in_20s", "offered")),
        ("service_level_of_answered", share("answered_in_20s", "answered")),
        ("abandonment", share("abandoned", "offered")),
    ):
        mean, error = pooled(worlds, measure)
        assert mean == pytest.approx(truth[key], abs=error + 0.003), key


def test_agents_are_busy_as_the_truth_says(worlds, truth):
    def occupancy(world):
        rows = world.call_intervals
        return (rows["answered"] * rows["handling_seconds"]).sum() / (1800 * rows["agents"]).sum()

    mean, error = pooled(worlds, occupancy)
    assert mean == pytest.approx(truth["occupancy"], abs=error + 0.002)


def test_half_hours_outside_the_week_follow_erlang_a(worlds):
    parameters = Parameters()
    clock, calls = Clock(parameters), parameters.calls
    outside = ~np.repeat((clock.days >= WEEK[0]) & (clock.days <= WEEK[1]), 28)

    def surprise(world_and_seed):
        world, seed = world_and_seed
        load = make_load(calls, clock, seed)
        quick, lost = service(load.expected / 1800, load.agents, calls.handling()[0], calls.patience_mean, 20.0)
        rows = world.call_intervals[outside]
        soon = rows["answered_in_20s"].sum() - (quick * load.offered).ravel()[outside].sum()
        gone = rows["abandoned"].sum() - (lost * load.offered).ravel()[outside].sum()
        return np.array([soon, gone]) / rows["offered"].sum()

    values = np.array([surprise(pair) for pair in zip(worlds, SEEDS, strict=True)])
    error = 4 * values.std(axis=0, ddof=1) / np.sqrt(len(values))
    assert (np.abs(values.mean(axis=0)) < error).all()
    assert (error < 0.001).all()


def test_the_week_played_call_by_call_is_a_little_better_than_erlang_a(worlds, truth):
    def level(world):
        return ((world.calls["wait_seconds"] <= 20) & (world.calls["outcome"] == "answered")).mean()

    mean, error = pooled(worlds, level)
    assert mean == pytest.approx(truth["week_service_level"], abs=error + 0.02)
    assert truth["week_service_level_erlang_a"] < truth["week_service_level"]


def test_handling_times_are_lognormal_with_the_moments_of_their_topic(worlds):
    calls = pd.concat([world.calls.dropna(subset="handling_seconds") for world in worlds])
    parameters = worlds[0].truth.structural["calls"]
    for topic, times in calls.groupby("topic")["handling_seconds"]:
        mean, sd = parameters["handling_mean"][topic], parameters["handling_sd"][topic]
        assert times.mean() == pytest.approx(mean, abs=4 * sd / np.sqrt(len(times)))
        assert times.std() == pytest.approx(sd, rel=0.05)
        spread = np.sqrt(np.log1p((sd / mean) ** 2))
        logs = np.log(times)
        assert logs.mean() == pytest.approx(np.log(mean) - spread**2 / 2, abs=4 * spread / np.sqrt(len(times)) + 1e-4)
        assert abs(logs.skew()) < 0.05
        share = parameters["topic_share"][topic]
        assert len(times) / len(calls) == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / len(calls)))


def test_patience_is_seen_through_waits_that_were_cut_short(worlds, truth):
    gone = [world.calls["outcome"] == "abandoned" for world in worlds]
    waited = sum(world.calls["wait_seconds"].sum() for world in worlds)
    count = sum(g.sum() for g in gone)
    assert waited / count == pytest.approx(truth["patience_mean"], rel=4 / np.sqrt(count))
    mean, error = pooled(worlds, lambda w: w.calls.loc[w.calls["outcome"] == "abandoned", "wait_seconds"].mean())
    assert mean == pytest.approx(truth["wait_of_abandoned"], abs=error + 1.5)
    for world, g in zip(worlds, gone, strict=True):  # the lesson works on every company
        assert world.calls["wait_seconds"].sum() / g.sum() == pytest.approx(truth["patience_mean"], rel=0.15)


def test_days_vary_by_the_gamma_of_the_truth_and_weekdays_by_their_factors(worlds):
    parameters = Parameters()
    clock = Clock(parameters)
    shape = worlds[0].truth.structural["calls"]["day_shape"]
    levels = []
    for world, seed in zip(worlds, SEEDS, strict=True):
        load = make_load(parameters.calls, clock, seed)
        daily = world.call_intervals.groupby("date")["offered"].sum().to_numpy()
        levels.append(load.expected.sum(axis=1))
        assert (np.abs(daily - levels[-1]) < 5.5 * np.sqrt(levels[-1])).all()
    levels = np.array(levels)
    relative = levels / levels.mean(axis=0)  # what the calendar says is the same in every world
    assert relative.var(axis=0, ddof=1).mean() == pytest.approx(1 / shape, rel=0.06)
    rows = pd.concat(world.call_intervals for world in worlds)
    normal = rows[rows["day_type"] == "normal"]
    by_day = normal.groupby("date")["offered"].sum()
    factor = by_day.groupby(by_day.index.day_of_week).mean()
    expected = np.array(parameters.calls.weekday)
    assert np.allclose(factor / factor.mean(), expected / expected.mean(), atol=0.02)


def forecast_errors(rows):
    """Weighted absolute percentage error of three forecasts of the next week by half-hours."""
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


def test_square_roots_and_a_profile_forecast_better_than_last_week_and_the_mean_of_four(worlds, truth):
    errors = np.array([forecast_errors(world.call_intervals) for world in worlds])
    keys = ("forecast_error_square_root", "forecast_error_four_weeks", "forecast_error_last_week")
    bound = 4 * errors.std(axis=0, ddof=1) / np.sqrt(len(errors)) + 0.001
    assert (np.abs(errors.mean(axis=0) - [truth[key] for key in keys]) < bound).all()
    assert (errors[:, 0] < errors[:, 1]).mean() >= 0.8  # power: a lab will ask
    assert (errors[:, 1] < errors[:, 2]).mean() >= 0.8
