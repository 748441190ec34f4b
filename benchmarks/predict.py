"""The offer explorer and the price explorer of chapter 07: from a moved control to the finished picture."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from itertools import islice

import numpy as np
import pandas as pd
from ipywidgets import Widget
from matplotlib.figure import Figure

from benchmarks.explorer import MOVES, REDRAWINGS, controls, moves
from benchmarks.timing import Result, milliseconds, quantiles
from crm_lab import load
from crm_lab.explore import offer_explorer, price_explorer

CUSTOMERS = 867  # as many as chapter 07a judges


def drawn_anew(x: pd.Series, y: pd.Series) -> None:
    """The curve of an explorer on a new figure."""
    figure = Figure(figsize=(8, 5))
    figure.subplots().plot(x, y)
    figure.savefig(io.BytesIO(), format="png")


def redraws(name: str, explorer: Widget, peer: Callable[[], None]) -> list[Result]:
    """The median and the 95th percentile over moves of every control."""
    peer()
    ours, theirs = [], []
    for turn, move in enumerate(islice(moves(list(controls(explorer))), MOVES)):
        ours.append(milliseconds(move))
        if turn % (MOVES // REDRAWINGS) == 0:
            theirs.append(milliseconds(peer))
    return [
        Result(f"{name}, redraw, {part} of {MOVES}", f"its curve on a new figure, {part}", mine, other, [mine / other])
        for part, mine, other in zip(("p50", "p95"), quantiles(ours), quantiles(theirs), strict=True)
    ]


def run() -> list[Result]:
    """Both explorers, on as many customers and answers as the chapter has."""
    rng = np.random.default_rng(7)
    chance = rng.beta(3, 2, CUSTOMERS)
    offers = offer_explorer(rng.random(CUSTOMERS) < chance, chance, rng.gamma(0.7, 200, CUSTOMERS))
    survey = load("price_survey")
    prices = price_explorer(survey.loc[survey["product_id"] == "P076", "too_expensive"], 140.0)
    return [
        *redraws("offer explorer", offers, partial(drawn_anew, *_curve(offers, "threshold", "profit"))),
        *redraws("price explorer", prices, partial(drawn_anew, *_curve(prices, "price", "margin"))),
    ]


def _curve(explorer: Widget, x: str, y: str) -> tuple[pd.Series, pd.Series]:
    curve = explorer.outcome.curve
    return curve[x], curve[y]
