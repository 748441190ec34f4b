"""The queue explorer: what is seen at a moment is what the simulation found, and play, speed and clock move it."""

import numpy as np
import pandas as pd
import pytest

from crm_lab import queueing
from crm_lab.base.errors import InputError
from crm_lab.explore._queue_explorer import LINE, ROWS, queue_explorer


def day(agents: int, calls: int = 300) -> pd.DataFrame:
    rng = np.random.default_rng(4)
    arrival, service = rng.uniform(0, 3600, calls), rng.exponential(200, calls)
    frame = pd.DataFrame({"arrival": np.sort(arrival), "service": service})
    told = queueing.simulate(frame["arrival"], service, rng.exponential(240, calls), agents)
    return frame.assign(wait=told.wait, abandoned=told.abandoned, agent=told.agent)


@pytest.mark.parametrize("agents", [12, 17])
def test_each_moment_is_that_of_the_story_told_call_by_call(agents: int) -> None:
    calls = day(agents)
    explorer = queue_explorer(calls, agents)
    for second in range(0, explorer.controls["clock"].max, 35):
        explorer.controls["clock"].value = second
        waited, seats, counts = [], [False] * agents, [0, 0, 0]
        for call in calls.itertuples():
            leaves = call.arrival + call.wait
            counts[0] += call.arrival <= second
            counts[1] += leaves <= second and not call.abandoned
            counts[2] += leaves <= second and call.abandoned
            if call.arrival <= second < leaves:
                waited.append(second - call.arrival)
            if not call.abandoned and leaves <= second < leaves + call.service:
                seats[call.agent] = True
        seen = explorer.outcome
        assert seen.waited.tolist() == sorted(waited, reverse=True)
        assert seen.talks.tolist() == seats
        assert [seen.came, seen.answered, seen.gone] == counts


def test_it_begins_where_the_line_is_longest_and_says_so_without_a_kernel() -> None:
    explorer = queue_explorer(day(agents=12), 12)
    longest = len(explorer.outcome.waited)
    assert longest == explorer._line.max() > 5
    alt = explorer.picture().alt
    assert f"{longest} callers wait" in alt
    assert f"Line over the day: {longest} at most" in alt
    assert {"text/html", "image/png"} <= {*explorer._repr_mimebundle_()[0]}


def test_the_player_moves_the_clock_by_the_speed_and_ends_with_the_day() -> None:
    explorer = queue_explorer(day(agents=12), 12)
    clock = explorer.controls["clock"]
    assert (explorer.play.value, explorer.play.max) == (clock.value, clock.max)
    for step in (5, 75, 15):
        explorer.controls["speed"].value = step
        assert explorer.play.step == step
    clock.value = clock.max
    assert len(explorer.outcome.waited) == 0
    assert not explorer.outcome.talks.any()


def test_a_line_longer_than_the_room_is_counted() -> None:
    explorer = queue_explorer(day(agents=2).assign(wait=3000.0, abandoned=True, agent=-1), 2)
    behind = len(explorer.outcome.waited) - LINE * ROWS
    words = [mark.text for mark in explorer.chart(explorer.outcome).marks if hasattr(mark, "text")]
    assert behind > 0
    assert f"and {behind} more" in words


def test_padding_is_left_out_and_faults_are_named() -> None:
    calls = day(agents=12)
    padding = calls.tail(1).assign(arrival=np.inf, wait=np.nan, agent=-1)
    assert len(queue_explorer(pd.concat([calls, padding]), 12)._calls) == len(calls)
    with pytest.raises(InputError, match="who is not among the 3"):
        queue_explorer(calls, 3)
    with pytest.raises(InputError, match="has no column 'wait'"):
        queue_explorer(calls.drop(columns="wait"), 12)
