"""Which product each line of an order takes: a multinomial logit model (McFadden 1974) over the whole range.

A product weighs more when it belongs to what the customer likes, costs about what the line aims at, is popular, goes
with what opened the basket, or is cheaper than usual. The chance of a product is its weight over the sum of weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._choice.choice_parameters import ChoiceParameters
from crm_lab.world._draws import Random
from crm_lab.world._names import THINGS

STEP = 0.05  # amounts are told apart by this much of their log


@dataclass(frozen=True)
class Range:
    """The products as the choice sees them. Weights multiply.

    usual     usual list price in ¥, the median over the two years, (products,)
    appeal    weight by behavioural type, popularity included, (types, products)
    price     weight by style and day: falls when a product is dearer than usual, (styles, days, products)
    near      weight by what a line aims at, in steps of STEP of the log amount, (steps, products)
    partners  weight by the product that opened the basket, (products, products)
    """

    usual: np.ndarray
    appeal: np.ndarray
    price: np.ndarray
    near: np.ndarray
    partners: np.ndarray


def product_range(
    parameters: ChoiceParameters, products: pd.DataFrame, daily: np.ndarray, seed: int, recorded: int | None = None
) -> Range:
    """What everyone's choices have in common.

    products  the table of that name
    daily     list price of every product on every day in ¥, (days, products)
    recorded  how many of the days make the usual price; all if not given
    """
    usual = np.median(daily[:recorded], axis=0)
    liked = [products["category"].isin(kind.favourites) for kind in parameters.behaviours.values()]
    aims = np.arange(0, np.log(parameters.dearest) + STEP, STEP)[:, None] + parameters.centre
    elasticity = np.array(list(parameters.elasticity.values()))[:, None, None]
    return Range(
        usual=usual,
        appeal=np.where(liked, parameters.favourite, 1.0) * popularity(parameters, len(products), seed),
        price=(daily / usual) ** -elasticity,
        near=np.exp(-(((np.log(usual) - aims) / parameters.spread) ** 2) / 2),
        partners=_partners(parameters, len(products)),
    )


def popularity(parameters: ChoiceParameters, size: int, seed: int) -> np.ndarray:
    """How often each product is chosen, other things equal, as a weight; bestsellers stand out."""
    rng = stream(seed, "popularity")
    weight = np.exp(parameters.popularity * rng.standard_normal(size))
    weight[rng.choice(size, parameters.bestsellers, replace=False)] = parameters.bestseller
    return weight


def thing_numbers() -> dict[tuple[str, str], int]:
    """Number of each thing in the order of the products, which come in three materials a thing.

    >>> thing_numbers()["kitchen", "spice box"]
    1
    """
    things = [(category, english) for category, names in THINGS.items() for english, _ in names]
    return {thing: number for number, thing in enumerate(things)}


def _partners(parameters: ChoiceParameters, size: int) -> np.ndarray:
    number = thing_numbers()
    things = np.ones((len(number), len(number)))
    for one, other in parameters.pairs:
        things[number[one], number[other]] = things[number[other], number[one]] = parameters.together
    models = size // len(number)
    return np.kron(things, np.ones((models, models)))


def choose(
    shelf: Range, who: pd.DataFrame, amount: np.ndarray, day: np.ndarray, opened: Any, rng: Random
) -> np.ndarray:
    """The column of the product that each line takes.

    who     behaviour and style of the customer of each line, as numbers
    amount  ¥ the line aims at
    day     number of the day
    opened  column of the product that opened the basket of the line; None for lines that open one
    """
    step = np.clip(np.round(np.log(amount) / STEP), 0, len(shelf.near) - 1).astype(int)
    weight = shelf.appeal[who["behaviour"]] * shelf.near[step] * shelf.price[who["style"], day]
    if opened is not None:
        weight *= shelf.partners[opened]
    limits = weight.cumsum(axis=1)
    return (rng.random(len(amount))[:, None] * limits[:, -1:] >= limits[:, :-1]).sum(axis=1)
