"""What changed in the accounts: who moved from where, who closed the account and why.

Closing follows what the customer went through: who left after a failure that was passed over or badly served names bad
service far more often; who buys by price names the price.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.office import CHANGES, EXIT_REASONS
from crm_lab.world._coded import coded
from crm_lab.world._contact.moments import DAY, NOW, minutes, moments
from crm_lab.world._failures import BADLY, SILENT
from crm_lab.world._names import CITIES, CITY_WEIGHTS, LOCALES
from crm_lab.world._office.office_parameters import ChangeParameters


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
    by_time = np.argsort(minutes(orders["ordered_at"]), kind="stable")
    buyer = pd.Index(orders["customer_id"].array.take(by_time))
    last = ~buyer.duplicated(keep="last")
    latest = pd.Series(orders["ending"].to_numpy()[by_time][last], buyer[last]).reindex(customers["customer_id"])
    moved = _moves(parameters, customers, rng, LOCALES.index(locale))
    transactional = (traits["style"] == "transactional").to_numpy()
    closed = _closings(parameters, customers, latest.isin([SILENT, BADLY]).to_numpy(), transactional, rng)
    row, at, before, reason = (np.concatenate(pair) for pair in zip(moved, closed, strict=True))
    order = np.lexsort((at, row))
    row, at, before, reason = row[order], at[order], before[order], reason[order]
    return pd.DataFrame(
        {
            "customer_id": coded(customers["customer_id"], row),
            "changed_at": moments(at),
            "change": coded(CHANGES, np.where(before >= 0, 0, 1)),
            "city_before": coded([city[LOCALES.index(locale)] for city in CITIES], before),
            "region_before": coded([city[2] for city in CITIES], before),
            "reason": coded(EXIT_REASONS, reason),
        }
    )


Changes = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # row, minute, number of city before, number of reason


def _between(
    parameters: ChangeParameters, start: np.ndarray, end: np.ndarray | int, rng: np.random.Generator
) -> np.ndarray:
    """A minute between the two, well after the first and before the last."""
    share = parameters.earliest + (parameters.latest - parameters.earliest) * rng.random(len(start))
    return start + np.floor((end - start) * share).astype("int64")


def _moves(parameters: ChangeParameters, customers: pd.DataFrame, rng: np.random.Generator, language: int) -> Changes:
    """Each customer moves once at most; the city before is never the city of today."""
    begin, end = minutes(customers["registered_at"]), minutes(customers["last_visit_at"])
    years = (NOW - begin) / (365.25 * DAY)
    gone = np.flatnonzero(rng.random(len(customers)) < 1 - np.exp(-parameters.moved * years))
    weights = np.cumsum(CITY_WEIGHTS) / sum(CITY_WEIGHTS)
    before = np.searchsorted(weights, rng.random(len(gone)))
    today = pd.Index([city[language] for city in CITIES]).get_indexer(pd.Index(customers["city"].array.take(gone)))
    before = np.where(before == today, (before + 1) % len(CITIES), before)
    return gone, _between(parameters, begin[gone], end[gone], rng), before, np.full(len(gone), -1)


def _closings(
    parameters: ChangeParameters,
    customers: pd.DataFrame,
    bad: np.ndarray,
    bargain: np.ndarray,
    rng: np.random.Generator,
) -> Changes:
    left = np.flatnonzero(~customers["account_open"].to_numpy())
    weight = np.tile([parameters.usual[reason] for reason in EXIT_REASONS], (len(left), 1))
    weight[bad[left], EXIT_REASONS.index("bad_service")] *= parameters.trouble
    weight[bargain[left], EXIT_REASONS.index("price")] *= parameters.bargain
    limits = weight.cumsum(axis=1)
    reason = (rng.random(len(left))[:, None] * limits[:, -1:] > limits[:, :-1]).sum(axis=1)
    reason = np.where(rng.random(len(left)) < parameters.told, reason, -1)
    at = _between(parameters, minutes(customers["last_visit_at"])[left], NOW, rng)
    return left, at, np.full(len(left), -1), reason
