"""Four interview studies among random samples of buyers: SERVQUAL, Kano, importance and performance, and prices.

Everyone asked has answered, so these samples flatter nobody. Each study asks people of its own.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._voice.voice_parameters import DIMENSIONS, PriceCurve, StudyParameters

ITEMS = dict(zip(DIMENSIONS, (4, 5, 4, 4, 5), strict=True))  # the 22 pairs of Parasuraman et al. (1988)

# Answers 1 like it, 2 expect it, 3 neutral, 4 can live with it, 5 dislike it: with the feature, without it.
# The pairs that the evaluation table of Kano et al. (1984) reads as each category, likelier ones repeated.
KANO_PAIRS = {
    "A": ((1, 3), (1, 3), (1, 4), (1, 2)),
    "O": ((1, 5),),
    "M": ((2, 5), (3, 5), (2, 5), (4, 5)),
    "I": ((3, 3), (3, 3), (2, 3), (3, 4), (2, 4), (4, 4), (3, 2)),
    "R": ((5, 3), (5, 2), (5, 1), (4, 1), (3, 1)),
    "Q": ((1, 1), (5, 5)),
}


def servqual(parameters: StudyParameters, seed: int) -> pd.DataFrame:
    """Expectation and perception of 22 statements about service, 1–7: one row a person and statement."""
    rng = stream(seed, "servqual")
    people, items = parameters.servqual_respondents, sum(ITEMS.values())
    dimension = np.repeat(np.arange(len(DIMENSIONS)), list(ITEMS.values()))
    spread = parameters.servqual_within
    within = np.concatenate([np.linspace(-spread, spread, count) for count in ITEMS.values()])
    gap = np.array(list(parameters.servqual_gaps.values()))[dimension]

    def rated(mean: np.ndarray) -> np.ndarray:
        common = rng.standard_normal((people, len(DIMENSIONS)))[:, dimension] * np.sqrt(parameters.servqual_factor)
        own = rng.standard_normal((people, items)) * np.sqrt(1 - parameters.servqual_factor)
        return np.clip(np.round(mean + parameters.servqual_sd * (common + own)), 1, 7).astype("int64").ravel()

    expectation = rated(np.full(items, parameters.servqual_expectation) - within)
    number = np.concatenate([np.arange(1, count + 1) for count in ITEMS.values()])
    names = [f"{DIMENSIONS[d]}_{n}" for d, n in zip(dimension, number, strict=True)]
    return pd.DataFrame(
        {
            "respondent_id": np.repeat(_people("Q", people), items),
            "dimension": np.tile(np.take(DIMENSIONS, dimension), people),
            "question_id": np.tile(names, people),
            "expectation": expectation,
            "perception": rated(parameters.servqual_expectation + gap + within),
        }
    )


def kano(parameters: StudyParameters, seed: int) -> pd.DataFrame:
    """How people would feel with a feature and without it, 1–5: one row a person and feature."""
    rng = stream(seed, "kano")
    people = parameters.kano_respondents
    parts = []
    for feature, category in parameters.kano.items():
        others = {c: (1 - parameters.kano_share) * share for c, share in parameters.kano_others[category].items()}
        chance = {category: parameters.kano_share} | others
        seen = rng.choice(list(chance), people, p=list(chance.values()))
        draw = rng.random(people)
        pairs = [KANO_PAIRS[c][int(d * len(KANO_PAIRS[c]))] for c, d in zip(seen, draw, strict=True)]
        functional, dysfunctional = np.array(pairs).T
        parts.append(
            pd.DataFrame(
                {
                    "respondent_id": _people("K", people),
                    "feature": feature,
                    "functional": functional,
                    "dysfunctional": dysfunctional,
                }
            )
        )
    return pd.concat(parts).sort_values(["respondent_id", "feature"], kind="stable")


def ratings(parameters: StudyParameters, seed: int) -> pd.DataFrame:
    """Importance of ten attributes of the shop and satisfaction with them, 1–10: one row a person and attribute."""
    rng = stream(seed, "ratings")
    people, attributes = parameters.ratings_respondents, list(parameters.ratings)
    common = np.sqrt(parameters.ratings_answerer) * rng.standard_normal((people, 1))

    def rated(mean: np.ndarray) -> np.ndarray:
        own = np.sqrt(1 - parameters.ratings_answerer) * rng.standard_normal((people, len(attributes)))
        value = mean + parameters.ratings_sd * (common + own)
        return np.clip(np.round(value), 1, 10).astype("int64").ravel()

    importance, satisfaction = np.array(list(parameters.ratings.values())).T
    return pd.DataFrame(
        {
            "respondent_id": np.repeat(_people("M", people), len(attributes)),
            "attribute": np.tile(attributes, people),
            "importance": rated(importance),
            "satisfaction": rated(satisfaction),
        }
    )


def priced_products(parameters: StudyParameters, products: pd.DataFrame) -> list[tuple[PriceCurve, str, float]]:
    """The products whose prices are asked about: their curve, number and list price."""
    ranked = products.sort_values(["list_price", "product_id"]).reset_index(drop=True)
    numbers, list_prices = ranked["product_id"].tolist(), ranked["list_price"].tolist()
    places = [int(curve.rank * len(ranked)) for curve in parameters.price_curves]
    return [(c, numbers[n], list_prices[n]) for c, n in zip(parameters.price_curves, places, strict=True)]


def prices(parameters: StudyParameters, products: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers on prices: the four of van Westendorp (1976), and yes or no at fixed prices (Gabor & Granger 1966).

    Each person has one highest acceptable price for a product; the four answers lie around it, in order.
    """
    rng = stream(seed, "prices")
    people = parameters.price_respondents
    surveys, offers = [], []
    for curve, product, list_price in priced_products(parameters, products):
        highest = list_price * curve.centre * np.exp(curve.spread * rng.standard_normal(people))
        step = np.exp(
            -rng.gamma(parameters.price_step_shape, parameters.price_step / parameters.price_step_shape, (people, 3))
        )  # each answer lies about a fifth below the next
        expensive, too_expensive = highest * step[:, 0] ** 0.5, highest * step[:, 0] ** -0.5
        cheap = expensive * step[:, 1]
        answers = np.column_stack([cheap * step[:, 2], cheap, expensive, too_expensive])
        base = {"respondent_id": _people("W", people), "product_id": product}
        names = ("too_cheap", "cheap", "expensive", "too_expensive")
        surveys.append(pd.DataFrame(base | dict(zip(names, np.round(answers).T, strict=True))))
        for part in parameters.price_steps:
            price = np.round(list_price * part)
            offers.append(pd.DataFrame(base | {"price": price, "would_buy": highest >= price}))
    keys = ["respondent_id", "product_id"]
    return pd.concat(surveys).sort_values(keys), pd.concat(offers).sort_values([*keys, "price"])


def _people(letter: str, count: int) -> np.ndarray:
    return np.array([f"{letter}{n:04d}" for n in range(1, count + 1)])
