"""The staffing explorer shows what staffing computes, at every position of its sliders, in small and large centres."""

import re

import pytest

from crm_lab import staffing
from crm_lab.base.errors import InputError
from crm_lab.explore import staffing_explorer, staffing_outcome
from crm_lab.explore._staffing_explorer import curves, summary


@pytest.fixture(params=[120, 12_000], ids=["twenty agents", "two thousand agents"])
def explorer(request):
    return staffing_explorer(calls=request.param)


def test_the_outcome_is_erlang_a(explorer):
    outcome = explorer.outcome
    result = staffing.erlang_a(outcome.calls / 1800, 1 / 300, 1 / 240, outcome.agents)
    assert outcome.service_level == pytest.approx(result.service_level(20))
    assert outcome.mean_wait == pytest.approx(result.mean_wait)
    assert (outcome.abandonment, outcome.occupancy) == pytest.approx((result.abandonment, result.occupancy))
    assert outcome.needed == staffing.agents_needed(outcome.calls / 6, 300, patience=240)
    assert outcome.needed_endless == staffing.agents_needed(outcome.calls / 6, 300)
    assert outcome.cost == 45 * staffing.with_shrinkage(outcome.agents, 0.3)


def test_it_opens_where_the_target_is_just_met(explorer):
    assert explorer.outcome.agents == explorer.outcome.needed
    assert 0.8 <= explorer.outcome.service_level < 0.86


def test_every_slider_moves_in_steps_from_its_start_to_its_ends(explorer):
    for name, control in explorer.controls.items():
        start = control.value
        assert (start - control.min) % control.step == (control.max - start) % control.step == 0
        assert 20 < (control.max - control.min) // control.step < 250
        seen = set()
        for value in (control.min, control.max, start):
            control.value = value
            assert getattr(explorer.outcome, name) == value
            assert 0 <= explorer.outcome.service_level <= 1
            seen.add((explorer._image.value, explorer._summary.value, explorer.picture().alt))
        assert len(seen) == 3, name


@pytest.mark.parametrize(("name", "sign"), [("agents", 1), ("calls", -1), ("patience", 1)])
def test_each_lever_pulls_its_way(explorer, name, sign):
    """Longer patience keeps callers in the queue: fewer give up, yet everybody waits longer."""
    control = explorer.controls[name]
    explorer.controls["agents"].value = explorer.controls["agents"].min
    results = []
    for control.value in (control.min, control.max):  # noqa: B020  the slider is what is moved
        results.append(explorer.outcome)
    assert sign * (results[1].abandonment - results[0].abandonment) < 0
    wait = results[1].mean_wait - results[0].mean_wait
    assert wait > 0 if name == "patience" else sign * wait < 0


def test_the_sentence_says_what_is_shown(explorer):
    outcome, text = explorer.outcome, summary(explorer.outcome)
    number = re.search(r"([\d.]+) % of the calls answered within 20 s", text)
    assert float(number[1]) == pytest.approx(100 * outcome.service_level, abs=0.05)
    assert f"80 % needs {outcome.needed:,} agents" in text
    assert f"(Erlang C), {outcome.needed_endless:,}." in text


def test_curves_pass_through_the_dots(explorer):
    outcome = explorer.outcome
    quick, lost = curves(outcome.calls, outcome.patience, outcome.terms, (outcome.agents,))
    assert (quick[0], lost[0]) == pytest.approx((outcome.service_level, outcome.abandonment))


def test_the_stored_output_has_a_picture_where_no_kernel_runs(explorer):
    data, _metadata = explorer._repr_mimebundle_()
    assert data["text/plain"].startswith(f"{explorer.outcome.agents:,} agents answer")
    assert "<img alt=" in data["text/html"]


def test_other_terms_reach_the_figures():
    outcome = staffing_outcome(60, 12, patience=100, handling_time=240, within=30, target=0.9, wage=60, shrinkage=0.2)
    assert outcome.load == 8
    assert outcome.cost == 60 * 15
    assert outcome.needed == staffing.agents_needed(8, 240, 0.9, 30, patience=100)
    assert "answered within 30 s" in summary(outcome)


def test_nobody_calls():
    outcome = staffing_outcome(0, 2)
    assert (outcome.service_level, outcome.mean_wait, outcome.needed) == (1, 0, 0)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: staffing_outcome(-1, 3), "load must be finite, 0 or more"),
        (lambda: staffing_outcome(60, 3, patience=0), "patience must be"),
        (lambda: staffing_outcome(60, 3, handling_time=0), "handling_time must be"),
        (lambda: staffing_explorer(2), "calls must be at least 6"),
        (lambda: staffing_explorer(60, patience=5), "patience must lie between 30 and 900"),
    ],
)
def test_bad_input_gets_one_sentence(call, sentence):
    with pytest.raises(InputError, match=sentence):
        call()
