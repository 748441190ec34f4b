"""Diagrams of the ideas: the words and numbers drawn are those of the tables, and nothing runs off the sheet."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import crm_lab
from crm_lab import concepts
from crm_lab.base.errors import InputError
from crm_lab.concepts._values import VALUES as VALUES_OF
from crm_lab.explore import _picture as picture
from crm_lab.explore import (
    centred_diagram,
    effect_bars,
    formation_bars,
    layer_diagram,
    readings_diagram,
    role_grid,
    targeting_bars,
)
from crm_lab.explore import value_diagram as values_drawn
from crm_lab.explore._concept_pictures import cents

TARGETING = pd.DataFrame({"people": [9_000, 2_000], "value": [-2.25, 1.5]}, index=["product", "customer"])
VALUES = pd.DataFrame(
    {
        "measure": list("abc"),
        "unit": ["¥", "people", "¥"],
        "figure": [120.0, 610.0, 3_800.0],
        "otherwise": [9.0, 55, 0],
    },
    index=list(VALUES_OF),
)
ROWS = {"orders": pd.DataFrame({"a": range(7)}), "visits": pd.DataFrame({"a": range(3)})}
DIAGRAMS: dict[str, Callable[[], picture.Picture]] = {
    "readings": lambda: readings_diagram(concepts.readings()),
    "layers": lambda: layer_diagram(concepts.layers(ROWS)),
    "values": lambda: values_drawn(VALUES),
    "roles": lambda: role_grid(concepts.purchases()),
    "centred": lambda: centred_diagram(TARGETING),
}


@pytest.mark.parametrize("name", list(DIAGRAMS))
def test_the_same_bytes_each_time_and_a_number_in_the_alt_text(name: str) -> None:
    first, second = DIAGRAMS[name](), DIAGRAMS[name]()
    assert first.png == second.png
    assert 80 <= len(first.alt) <= 800
    assert any(character.isdigit() for character in first.alt)


@pytest.mark.parametrize("name", list(DIAGRAMS))
def test_no_word_runs_off_the_sheet(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outside: list[str] = []

    def measure(figure: Any, *rest: Any) -> bytes:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        for text in [text for axes in figure.axes for text in axes.texts]:
            box = text.get_window_extent()
            if box.x0 < 0 or box.y0 < 0 or box.x1 > figure.bbox.width or box.y1 > figure.bbox.height:
                outside.append(text.get_text())
        return b""

    monkeypatch.setattr(picture, "png", measure)
    DIAGRAMS[name]()
    assert outside == []


def test_readings_stand_from_idea_to_tool_with_their_chinese() -> None:
    alt = DIAGRAMS["readings"]().alt
    places = [alt.index(word) for word in ("Philosophy: 管理理念", "Strategy: 商业策略", "System: 系统与技术")]
    assert places == sorted(places)


def test_layers_name_the_largest() -> None:
    drawn = DIAGRAMS["layers"]()
    assert drawn.title == "Three layers, 10 rows; most lie in “process”"
    assert "Access: 接入管理" in drawn.alt
    assert "1 tables, 7 rows" in drawn.alt


def test_values_are_written_in_yuan() -> None:
    assert (
        "Interaction: 客户交流价值. 610 against 55. B. Insight: 客户洞察价值. ¥3,800 against ¥0. C."
        in DIAGRAMS["values"]().alt
    )


def test_roles_are_counted() -> None:
    drawn = DIAGRAMS["roles"]()
    assert drawn.title == "In 3 of 4 purchases the order hides somebody"
    assert (
        "Towels for a hotel. Boxes: manager (dashed); manager (dashed); owner (dashed); clerk; guests (dashed)."
        in drawn.alt
    )


def test_a_role_nobody_plays_is_left_out() -> None:
    cases = pd.DataFrame({"purchase": "tea", "role": ["user", "buyer"], "person": ["Ann", "Bo"]})
    assert "Tea. Boxes: Bo; Ann (dashed)." in role_grid(cases).alt


def test_centred_says_what_a_call_is_worth() -> None:
    drawn = DIAGRAMS["centred"]()
    assert drawn.title == "Two ways to choose: a call leaves −¥2.25, or ¥1.50"
    assert "everyone on the list, 9,000 people → −¥2.25 a call. Customer-centred 以客户为中心." in drawn.alt


def test_cents() -> None:
    assert cents(0.004) == "¥0.00"
    assert cents(-12.5) == "−¥12.50"


def test_formation_of_the_company() -> None:
    names = ("channel_spend", "customers", "orders")
    table = concepts.formation(*map(crm_lab.load, names), crm_lab.data.today())
    drawn = formation_bars(table)
    assert f"account {100 * table.loc['account', 'share']:.0f} % of those before" in drawn.alt
    assert drawn.title.startswith(f"Of 1,000 visits {table.loc['sign_up', 'of_1000']:.0f} lead to")


def test_effects_say_which_is_an_experiment() -> None:
    table = pd.DataFrame(
        {
            "measure": ["calls", "¥", "orders"],
            "first": [20.0, 150.0, 25.0],
            "second": [10.0, 15.0, 30.0],
            "change": [-0.5, -0.9, 0.2],
            "low": [None, None, 0.1],
            "high": [None, None, 0.3],
            "evidence": ["comparison", "comparison", "experiment"],
        },
        index=["efficiency", "cost", "sales"],
    )
    drawn = effect_bars(table)
    assert drawn.title == "Only an experiment shows an effect: 1 of 3 is one"
    assert "sales orders +20 % (+10 % to +30 %) 25.0 → 30.0, experiment" in drawn.alt


def test_targeting_of_the_company() -> None:
    table = concepts.targeting(crm_lab.load("campaign_results"), crm_lab.load("campaigns"))
    drawn = targeting_bars(table)
    low = table.loc["customer", "value"] - 1.96 * table.loc["customer", "error"]
    assert f"{abs(low):.2f}" in drawn.alt
    assert "whole list" in drawn.title


@pytest.mark.parametrize(
    "draw",
    [readings_diagram, layer_diagram, values_drawn, centred_diagram, formation_bars, effect_bars, targeting_bars],
)
def test_what_cannot_be_drawn_is_said(draw: Callable[[pd.DataFrame], Any]) -> None:
    with pytest.raises(InputError):
        draw(pd.DataFrame({"other": [1]}))
