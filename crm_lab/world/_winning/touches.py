"""What new customers met before they opened an account, and the newsletter of the last half year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.winning import SUBJECTS
from crm_lab.world._coded import coded
from crm_lab.world._contact.moments import DAY, NOW, minutes, moments
from crm_lab.world._winning.winning_parameters import MailingParameters, TouchParameters

FIRST_WON = "2025-01-01"


def make_touches(parameters: TouchParameters, customers: pd.DataFrame, seed: int, block: int) -> pd.DataFrame:
    """The table touches of one block: the last touch of each customer is the one that opened the account."""
    rng = stream(seed, "touches", block)
    new = customers[(customers["kind"] == "consumer") & (customers["registered_at"] >= FIRST_WON)]
    count = 1 + rng.poisson(parameters.earlier, len(new))
    row, last = np.repeat(np.arange(len(new)), count), np.cumsum(count) - 1
    gap = np.ceil(rng.exponential(parameters.days, len(row)) * DAY).astype("int64")
    gap[last] = 0
    back = gap[::-1].cumsum()[::-1]  # minutes before the last touch, and those of the customers after
    names = pd.Index(parameters.opens)
    channel = rng.choice(len(names), len(row), p=list(parameters.opens.values()))
    channel[last] = names.get_indexer(pd.Index(new["channel"]))
    return pd.DataFrame(
        {
            "customer_id": coded(new["customer_id"], row),
            "touch_no": np.arange(len(row)) - np.repeat(last - count, count),
            "touched_at": moments(minutes(new["registered_at"])[row] - back + back[last][row]),
            "channel": coded(list(names), channel),
        }
    )


def make_mailings(
    parameters: MailingParameters, customers: pd.DataFrame, consents: pd.DataFrame, seed: int, block: int
) -> pd.DataFrame:
    """The table mailings of one block: sent to who allows it on that day, and by mistake to some who do not."""
    rng = stream(seed, "mailings", block)
    sent = minutes(pd.DatetimeIndex(parameters.days)) + 10 * 60
    allowed = in_force(customers["customer_id"], consents, sent)
    wrong = rng.random(allowed.shape) < parameters.wrong
    known = minutes(customers["registered_at"])[:, None] < sent
    row, mailing = np.nonzero((allowed | wrong) & known)
    subject = rng.integers(0, len(SUBJECTS), len(row))
    opened = rng.random(len(row)) < np.take(parameters.opened, subject)
    return pd.DataFrame(
        {
            "customer_id": coded(customers["customer_id"], row),
            "sent_at": moments(sent[mailing] + rng.integers(0, 120, len(row))),
            "subject": coded(SUBJECTS, subject),
            "opened": opened,
            "clicked": opened & (rng.random(len(row)) < parameters.clicked),
        }
    )


def in_force(customer_id: pd.Series, consents: pd.DataFrame, at: np.ndarray) -> np.ndarray:
    """Whether each customer allowed offers at each of these minutes, (customers, moments)."""
    marketing = consents[consents["purpose"] == "marketing"]
    place = pd.Index(customer_id).get_indexer(pd.Index(marketing["customer_id"]))
    known = place * NOW + minutes(marketing["recorded_at"])
    order = np.argsort(known, kind="stable")
    wanted = np.arange(len(customer_id))[:, None] * NOW + at
    found = np.searchsorted(known[order], wanted, side="right") - 1
    granted = np.append(marketing["granted"].to_numpy()[order], False)[found]
    mine = np.append(place[order], -1)[found] == np.arange(len(customer_id))[:, None]
    return np.asarray(granted & mine)
