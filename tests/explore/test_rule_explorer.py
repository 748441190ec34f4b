"""The rule explorer: at every setting what passes reaches the thresholds, and the sentence counts it."""

import re
import time

import pytest

from crm_lab import World, baskets
from crm_lab.explore._rule_explorer import RuleExplorer, rule_explorer


@pytest.fixture(scope="module")
def explorer() -> RuleExplorer:
    world = World(800, seed=1)
    lines = world.order_lines.merge(world.products.assign(thing=baskets.things(world.products["name"])))
    return rule_explorer(lines.groupby("order_id")["thing"].agg(set))


@pytest.mark.parametrize(
    ("name", "column", "unit"), [("support",) * 2 + (1e3,), ("confidence",) * 2 + (100,), ("lift",) * 2 + (10,)]
)
def test_what_passes_reaches_the_threshold(explorer: RuleExplorer, name: str, column: str, unit: float) -> None:
    control = explorer.controls[name]
    start, counts = control.value, []
    for value in (control.min, start, control.max):
        control.value = value
        passed = explorer.outcome.passed
        assert (passed[column] >= value / unit - 1e-9).all()
        assert re.search(rf"\b{len(passed):,} rules? pass", explorer._summary.value)
        counts.append(len(passed))
    control.value = start
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_chance_reaches_confidence_but_not_lift(explorer: RuleExplorer) -> None:
    assert explorer.outcome.by_chance > 5
    explorer.controls["lift"].value = 25
    assert explorer.outcome.by_chance < 1 < len(explorer.outcome.passed)
    explorer.controls["lift"].value = 0


def test_a_move_is_drawn_at_once(explorer: RuleExplorer) -> None:
    times = []
    for value in [*range(1, 21), *range(20, 0, -1)]:
        began = time.process_time()
        explorer.controls["support"].value = value
        times.append(time.process_time() - began)
    explorer.controls["support"].value = 5
    assert sorted(times)[len(times) // 2] < 0.1


def test_nothing_that_passes_is_said_too(explorer: RuleExplorer) -> None:
    explorer.controls["confidence"].value, explorer.controls["lift"].value = 60, 40
    assert "0 rules pass" in explorer._summary.value
    explorer.controls["confidence"].value, explorer.controls["lift"].value = 10, 0
