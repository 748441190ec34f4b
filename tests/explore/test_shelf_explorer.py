"""The shelf explorer: what is shown is the shelf of baskets, and it follows taste as the past fades."""

import pandas as pd
import pytest

from crm_lab import World
from crm_lab.base.errors import InputError
from crm_lab.explore._shelf_explorer import ShelfExplorer, shelf_explorer


@pytest.fixture(scope="module")
def world() -> World:
    return World(200, seed=0)


@pytest.fixture(scope="module")
def explorer(world: World) -> ShelfExplorer:
    names = world.products.set_index("product_id")["name"]
    return shelf_explorer(world.favourites, names, ["F0004", "F0001"], world.today)


def test_nothing_marked_is_shown_and_best_come_first(explorer: ShelfExplorer, world: World) -> None:
    for person in ("F0001", "F0004"):
        explorer.controls["person"].value = person
        mine = set(world.favourites.query("person_id == @person")["product_id"])
        assert not mine & set(explorer.outcome.index)
        assert set(explorer.outcome["because"]) <= mine
        assert explorer.outcome["score"].is_monotonic_decreasing
        assert person in explorer._summary.value


def test_the_past_fades(explorer: ShelfExplorer, world: World) -> None:
    explorer.controls["person"].value = "F0004"
    category = world.products.set_index("product_id")["category"]
    shown = {}
    for days in (730, 60):
        explorer.controls["half_life"].value = days
        shown[days] = category[explorer.outcome.index].eq("garden").sum()
    explorer.controls["half_life"].value = 730
    assert shown[730] > shown[60]


def test_an_unknown_person_is_named(world: World) -> None:
    with pytest.raises(InputError, match="F9999"):
        shelf_explorer(world.favourites, pd.Series(dtype=str), ["F9999"], world.today)


def test_no_move_needs_a_new_layout(explorer: ShelfExplorer) -> None:
    frames = set()
    for person in ("F0001", "F0004"):
        explorer.controls["person"].value = person
        chart = explorer.chart(explorer.outcome)
        frames.add((str(chart.x), str(chart.y), chart.title.count("\n")))
    assert len(frames) == 1


def test_each_product_is_said_with_its_reason(explorer: ShelfExplorer) -> None:
    alt = explorer.picture().alt
    names = explorer._names
    for item, reason in explorer.outcome["because"].items():
        assert f"{names[item]} because of {names[reason]}" in alt
