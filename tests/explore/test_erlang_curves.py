"""Pictures of staffing name the numbers that staffing computes."""

import pytest

from crm_lab import staffing
from crm_lab.base.errors import InputError
from crm_lab.explore import break_even_lines, service_level_curve, wait_curve


@pytest.mark.parametrize("patience", [None, 240])
@pytest.mark.parametrize("load", [0.3, 30, 2_000.5])
def test_service_level_curve_names_the_fewest_agents(load, patience):
    picture = service_level_curve(load, 300, target=0.8, patience=patience)
    needed = staffing.agents_needed(load, 300, 0.8, patience=patience)
    assert picture.title == f"{needed:,} agents answer 80 % of the calls in 20 s; {needed - 1:,} do not"
    assert f"Line at {load:,.0f}: load" in picture.alt or load < 1 or load == 2_000.5


def test_service_level_curve_follows_its_target():
    assert service_level_curve(10, 180, target=0.95).title.startswith("16 agents answer 95 %")


def test_erlang_c_has_no_curve_where_it_has_no_answer():
    curve = service_level_curve(10, 180, patience=240).alt.partition("nobody gives up (Erlang C)")[2]
    assert f"rises from {staffing.service_level(10, 11, 180, 20):.0%}".replace("%", " %") + " at 11" in curve


def test_wait_curve_names_the_wait_at_ninety_per_cent():
    picture = wait_curve([50, 5], handling_time=300)
    small, large = (staffing.mean_wait(0.9 * n, n, 300) for n in (5, 50))
    assert f"Marked: 5 agents: {small:.0f} s." in picture.alt
    assert f"50 agents {large:.0f} s" in picture.title
    assert wait_curve([10], handling_time=300).title.startswith("Busy 90 % of the time, 10 agents")


def test_break_even_lines_name_where_they_meet():
    picture = break_even_lines(100_000, 6, 11)
    assert picture.title == "Beyond 20,000 calls, own agents are cheaper"
    assert "Marked: 20,000 calls ¥220,000." in picture.alt
    assert break_even_lines(0, 6, 11).title == "Beyond 0 calls, own agents are cheaper"
    with pytest.raises(InputError, match="no number of calls breaks even"):
        break_even_lines(100_000, 11, 6)
