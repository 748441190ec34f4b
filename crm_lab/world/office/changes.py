"""What changed in the accounts: who moved from where, who closed the account and why.

Closing follows what the customer went through: who left after a failure that was passed over or badly served names bad
service far more often; who buys by price names the price.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.office import EXIT_REASONS
from crm_lab.world.failures import BADLY, SILENT
from crm_lab.world.names import CITIES, CITY_WEIGHTS, LOCALES
from crm_lab.world.office.parameters import ChangeParameters
from crm_lab.world.parameters import TODAY

DAY = pd.Timedelta("1D")


def make_account_changes(
    parameters: ChangeParameters,
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    traits: pd.DataFrame,
    seed: int,
    block: int,
    locale: str,
) -> pd.DataFrame:
    """The table account_changes of one block, by customer and time.

    orders  with the columns of their trouble, see failures.draw_trouble
    traits  of the customers, in the order of the table customers
    """
    rng = stream(seed, "account_changes", block)
    customers = customers.reset_index(drop=True)
    last = orders.sort_values(["ordered_at", "order_id"]).drop_duplicates("customer_id", keep="last")
    bad = customers["customer_id"].isin(last.loc[last["ending"].isin([SILENT, BADLY]), "customer_id"]).to_numpy()
    moved = _moves(parameters, customers, rng, LOCALES.index(locale))
    closed = _closings(parameters, customers, bad, (traits["style"] == "transactional").to_numpy(), rng)
    return pd.concat([moved, closed]).sort_values(["customer_id", "changed_at"], ignore_index=True)


def _between(start: pd.Series, end: pd.Series | pd.Timestamp, rng: np.random.Generator) -> pd.Series:
    """A moment between the two, to the minute, never the first nor the last."""
    return (start + (end - start) * (0.05 + 0.9 * rng.random(len(start)))).dt.floor("min").astype("datetime64[us]")


def _moves(parameters: ChangeParameters, customers: pd.DataFrame, rng: np.random.Generator, language: int) -> pd.DataFrame:
    """Each customer moves once at most; the city before is never the city of today."""
    years = (pd.Timestamp(TODAY) - customers["registered_at"]) / (365.25 * DAY)
    gone = customers[rng.random(len(customers)) < 1 - np.exp(-parameters.moved * years)]
    weights = np.cumsum(CITY_WEIGHTS) / sum(CITY_WEIGHTS)
    before = np.searchsorted(weights, rng.random(len(gone)))
    today = pd.Index([city[language] for city in CITIES]).get_indexer(gone["city"])
    before = np.where(before == today, (before + 1) % len(CITIES), before)
    return pd.DataFrame(
        {
            "customer_id": gone["customer_id"],
            "changed_at": _between(gone["registered_at"], gone["last_visit_at"], rng),
            "change": "moved",
            "city_before": [CITIES[n][language] for n in before],
            "region_before": [CITIES[n][2] for n in before],
            "reason": None,
        }
    )


def _closings(
    parameters: ChangeParameters, customers: pd.DataFrame, bad: np.ndarray, bargain: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    closed = (~customers["account_open"]).to_numpy()
    left = customers[closed]
    weight = np.tile([parameters.usual[reason] for reason in EXIT_REASONS], (len(left), 1))
    weight[bad[closed], EXIT_REASONS.index("bad_service")] *= parameters.trouble
    weight[bargain[closed], EXIT_REASONS.index("price")] *= parameters.bargain
    limits = weight.cumsum(axis=1)
    reason = (rng.random(len(left))[:, None] * limits[:, -1:] > limits[:, :-1]).sum(axis=1)
    told = rng.random(len(left)) < parameters.told
    return pd.DataFrame(
        {
            "customer_id": left["customer_id"],
            "changed_at": _between(left["last_visit_at"], pd.Timestamp(TODAY), rng),
            "change": "closed",
            "city_before": None,
            "region_before": None,
            "reason": np.where(told, np.take(EXIT_REASONS, reason), None),
        }
    )
