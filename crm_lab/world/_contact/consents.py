"""Consent, decision by decision: what each customer allowed, when and where, so that it can be proven for any day.

The decision in force today is known first (for marketing it is the one in `customers`); the changes of mind
before it alternate backwards to the decision at registration.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.contact import PURPOSES
from crm_lab.world._contact.contact_parameters import ConsentParameters
from crm_lab.world._contact.moments import DAY, NOW, minutes, moments


def make_consents(parameters: ConsentParameters, customers: pd.DataFrame, seed: int, block: int) -> pd.DataFrame:
    """The consent decisions of one block of customers, by customer, purpose and time.

    >>> from crm_lab.world import World
    >>> consents = World(100).consents
    >>> bool(consents.groupby(["customer_id", "purpose"]).size().min() >= 1)
    True
    """
    rng = stream(seed, "consents", block)
    parts = [_decisions(parameters, customers, purpose, rng) for purpose in PURPOSES]
    consents = pd.concat(parts).sort_values(["customer_id", "purpose", "recorded_at"], kind="stable")
    return consents.reset_index(drop=True)


def _decisions(
    parameters: ConsentParameters, customers: pd.DataFrame, purpose: str, rng: np.random.Generator
) -> pd.DataFrame:
    size = len(customers)
    now = customers["marketing_consent"].to_numpy()
    if purpose != "marketing":
        now = rng.random(size) < parameters.granted[purpose]
    registered = minutes(customers["registered_at"])
    changes = rng.poisson(parameters.changes[purpose] * (NOW - registered) / (365 * DAY))
    row = np.repeat(np.arange(size), changes + 1)
    place = np.arange(len(row)) - np.repeat(np.cumsum(changes + 1) - changes - 1, changes + 1)
    later = changes[row] - place  # decisions still to come
    granted = now[row] ^ (later % 2 == 1)
    span = parameters.latest - parameters.earliest
    share = np.where(place == 0, 0.0, parameters.earliest + span * rng.random(len(row)))
    when = registered[row] + np.round(share * (NOW - registered)[row]).astype("int64")
    order = np.lexsort((when, row))
    when = when[order] + place  # two changes in one minute stay two
    seen = minutes(customers["last_visit_at"])[row] >= when
    source = np.where(place == 0, "registration", _source(parameters, granted, seen, purpose, rng))
    return pd.DataFrame(
        {
            "customer_id": customers["customer_id"].to_numpy()[row],
            "purpose": purpose,
            "recorded_at": moments(when),
            "granted": granted,
            "source": source,
        }
    )


def _source(
    parameters: ConsentParameters, granted: np.ndarray, seen: np.ndarray, purpose: str, rng: np.random.Generator
) -> np.ndarray:
    """Where a change of mind was recorded: only who still came could use the shop's own pages."""
    mailed = purpose == "marketing"
    away = np.where(~granted & mailed, "email_link", "phone")
    elsewhere = rng.random(len(granted)) < np.where(granted, *parameters.elsewhere)
    return np.where(seen & ~elsewhere, "preference_centre", away)


def may_be_mailed(consents: pd.DataFrame, customers: pd.Series, start: pd.Timestamp, end: pd.Timestamp) -> np.ndarray:
    """Which of these customers allow offers from `start`, or since they came, to `end`."""
    offers = consents[(consents["purpose"] == "marketing") & (consents["recorded_at"] < end)]
    late = (offers["recorded_at"] >= start) & (offers["source"] != "registration")
    granted = offers.groupby("customer_id")["granted"].last().reindex(customers).to_numpy(dtype=bool)
    return granted & ~customers.isin(offers.loc[late, "customer_id"]).to_numpy()
