"""What is known of Willow Lane because it is made up.

`structural` holds the parameters that made the data. `estimand` holds what the standard method of a lesson
converges to on this company: not always the parameter itself, because a customer's life is not a textbook model.
`customers` holds the hidden traits of every single customer, `campaign_people` the hidden type of everyone in a
campaign, with the chance of buying without (`control`) and with (`treated`) the contact.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab.world._calls.call_parameters import ESTIMANDS as CALLS
from crm_lab.world._choice.truth import ESTIMANDS as CHOICE
from crm_lab.world._contact.truth import ESTIMANDS as CONTACT
from crm_lab.world._lessons import LESSONS
from crm_lab.world._market.truth import MARKET_ESTIMANDS as MARKET
from crm_lab.world._office.truth import ESTIMANDS as OFFICE
from crm_lab.world._serving.truth import ESTIMANDS as SERVING
from crm_lab.world._taste.truth import ESTIMANDS as TASTE
from crm_lab.world._voice.truth import VOICE
from crm_lab.world._winning.truth import ESTIMANDS as WINNING
from crm_lab.world.parameters import WORLD_VERSION, Parameters

# Measured on World(200_000, seed=2024) by tests/world/measure_truth.py; the tests measure them again on other seeds.
ESTIMANDS: dict[str, dict[str, Any]] = {
    "classify": {
        "pareto_share": 0.794,  # share of the margin of delivered orders from the top 20 % of buyers
        "gini_revenue": 0.678,  # of revenue per buyer, delivered orders
        "whale_peak": 1.037,  # highest point of the whale curve of margin
        "loss_making": 0.118,  # share of buyers whose delivered orders together lost money
    },
    "choice": CHOICE,
    "market": MARKET,
    "contact": CONTACT,
    "calls": CALLS,
    "voice": VOICE,
    "office": OFFICE,
    "taste": TASTE,
    "winning": WINNING,
    "serving": SERVING,
    **LESSONS,
}


class Truth(dict[str, Any]):
    """A dict whose keys can also be read as attributes.

    >>> Truth(structural={"shipping": 9.0}).structural["shipping"]
    9.0
    """

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the truth has no {name!r}; it has: {', '.join(self)}") from None


def truth_of(parameters: Parameters, traits: pd.DataFrame) -> Truth:
    """The truth of one world, from its parameters and the hidden traits of its customers."""
    customers = traits.set_axis([f"C{n:05d}" for n in traits.index]).rename_axis("customer_id")
    return Truth(version=WORLD_VERSION, structural=parameters.as_dict(), estimand=ESTIMANDS, customers=customers)
