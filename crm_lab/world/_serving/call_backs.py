"""Call-backs after delivery: a randomised experiment on whether, and when, a call brings customers back.

Who is attached to the shop is easier to reach and buys again anyway: comparing those reached with those not reached
flatters the call. Comparing those drawn with those not drawn does not.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import stream
from crm_lab.schema.contact import FAILURES
from crm_lab.schema.serving import ARMS
from crm_lab.world._coded import coded
from crm_lab.world._serving.serving_parameters import CallBackParameters

DELIVERED = ("2025-03-01", "2025-09-15")


def make_call_backs(parameters: CallBackParameters, kinds: dict[str, float], seed: int) -> pd.DataFrame:
    """The table call_backs.

    kinds  share of each failure among failures
    """
    rng = stream(seed, "call_backs")
    size = parameters.failed + parameters.sound
    failed = rng.permutation(size) < parameters.failed
    complained = failed & (rng.random(size) < parameters.complained)
    case = np.select([complained, failed], [1, 2], 0)
    attached = rng.standard_normal(size)
    called = rng.random(size) < parameters.called
    day = rng.choice(parameters.days, size)
    reached = called & (rng.random(size) < special.expit(parameters.reach + parameters.reach_by * attached))
    logit = np.take(parameters.buys, case) + parameters.buys_by * attached
    logit = logit + reached * np.take(parameters.helps, case) * np.exp(-day / parameters.fades)
    again = rng.random(size) < special.expit(logit)
    value = np.round(parameters.order_median * np.exp(parameters.order_spread * rng.standard_normal(size)))
    margin = parameters.margin_share * value * np.exp(parameters.margin_spread * rng.standard_normal(size))
    failure = rng.choice(len(FAILURES), size, p=[kinds[name] for name in FAILURES])
    first, last = np.array(DELIVERED, "datetime64[D]")
    return pd.DataFrame(
        {
            "person_id": [f"N{n:05d}" for n in range(1, size + 1)],
            "delivered_on": first + rng.integers(0, (last - first).astype(int), size),
            "order_value": value,
            "failure": coded(FAILURES, np.where(failed, failure, -1)),
            "complained": complained,
            "assignment": coded(ARMS, np.where(called, 0, 1)),
            "call_day": np.where(called, day, np.nan),
            "reached": reached,
            "bought_again": again,
            "margin": np.where(again, np.round(margin, 1), 0.0),
        }
    )
