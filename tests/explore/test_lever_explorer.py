"""The lever explorer shows what lifetime.lever_effects says, wherever its sliders stand."""

import pandas as pd
import pytest

from crm_lab import lifetime
from crm_lab.explore._lever_explorer import LeverExplorer, lever_explorer

PLANS = pd.DataFrame(
    {"margin_growth": [0.06, 0.0], "retention_points": [0.0, 4.0], "cost": [14.0, 9.0]}, ["product", "relationship"]
)


@pytest.fixture
def explorer() -> LeverExplorer:
    return lever_explorer(PLANS, 280, 0.42)


def test_the_start_is_the_promise_at_its_cost(explorer: LeverExplorer) -> None:
    gains = lifetime.lever_effects(280, 0.42, 0.1, PLANS)["gain"]
    assert explorer.outcome.gains.tolist() == pytest.approx(gains.tolist())
    assert explorer.outcome.clv == pytest.approx(lifetime.discounted_clv(280, 0.42, 0.1))
    assert explorer.outcome.point == pytest.approx(lifetime.value_of_retention(280, 0.42, 0.1))


def test_promise_and_cost_are_taken_in_parts(explorer: LeverExplorer) -> None:
    for control, value in (("promise", 50), ("cost", 150), ("retention", 60), ("discount", 20), ("margin", 300)):
        explorer.controls[control].value = value
    part = PLANS.assign(
        margin_growth=PLANS["margin_growth"] / 2,
        retention_points=PLANS["retention_points"] / 2,
        cost=1.5 * PLANS["cost"],
    )
    gains = lifetime.lever_effects(300, 0.6, 0.2, part)["gain"]
    assert explorer.outcome.gains.tolist() == pytest.approx(gains.tolist())
    assert explorer.outcome.curves.loc[0.6].tolist() == pytest.approx(gains.tolist())


def test_who_stays_more_easily_makes_retention_the_better_lever(explorer: LeverExplorer) -> None:
    best = []
    for stay in (10, 80):
        explorer.controls["retention"].value = stay
        best.append(explorer.outcome.gains.idxmax())
    assert best == ["product", "relationship"]
    assert "relationship" in explorer.picture().title


def test_every_slider_moves_picture_or_words(explorer: LeverExplorer) -> None:
    for control in explorer.controls.values():
        start, seen = control.value, set()
        for value in (control.min, control.max, start):
            control.value = value
            seen.add((explorer.picture().alt, explorer._summary.value))
        assert len(seen) >= 2
