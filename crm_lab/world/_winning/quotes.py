"""Quotations to leads, and what the sales representatives spend.

A second quotation, with a higher discount, follows some objections to the price. It wins nobody over: of the leads that
objected, those with and without a second quotation are won alike, so the discount is given away.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._clock import Clock
from crm_lab.world._coded import coded
from crm_lab.world._winning.winning_parameters import QuoteParameters


def make_quotes(parameters: QuoteParameters, leads: pd.DataFrame, events: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The table quotes, by lead and number.

    leads, events  the tables leads and lead_events
    """
    rng = stream(seed, "quotes")
    lead = pd.Index(leads["lead_id"])
    first = events[((events["event"] == "stage") & (events["stage"] == "proposal")).to_numpy()]
    row, sent = lead.get_indexer(pd.Index(first["lead_id"])), first["happened_at"].to_numpy()
    mean, sd = parameters.over
    listed = leads["value"].to_numpy()[row] * np.exp(mean + sd * rng.standard_normal(len(row)))
    off = rng.uniform(*parameters.first, len(row))
    share, least, most = parameters.second
    objected = ((events["objection"] == "price") & (events["stage"] == "proposal")).to_numpy()
    again = events[objected & (rng.random(len(events)) < share)].drop_duplicates("lead_id")
    of = np.searchsorted(row, lead.get_indexer(pd.Index(again["lead_id"])))  # leads stand by number in both
    place = np.concatenate([np.arange(len(row)), of])
    number = np.repeat([1, 2], [len(row), len(of)])
    sent = np.concatenate([sent, again["happened_at"].to_numpy()])
    discount = np.round(off[place] + np.where(number == 2, rng.uniform(least, most, len(place)), 0), 2)
    order = np.lexsort((number, place))
    place, number, sent, discount = place[order], number[order], sent[order], discount[order]
    value = np.round(listed[place], -1)
    return pd.DataFrame(
        {
            "lead_id": coded(leads["lead_id"], row[place]),
            "quote_no": number,
            "sent_at": sent,
            "list_value": value,
            "discount": discount,
            "amount": value * (1 - discount),
            "valid_until": sent.astype("datetime64[D]") + np.timedelta64(parameters.valid, "D"),
        }
    )


def make_expenses(parameters: QuoteParameters, clock: Clock, reps: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The table expenses: every representative and month, from the month in which the two years begin."""
    rng = stream(seed, "expenses")
    months = clock.days[clock.days.is_month_start]
    shape = (len(reps), len(months), len(parameters.expenses))
    between, within = parameters.spread
    usual = np.log(list(parameters.expenses.values())) + between * rng.standard_normal((len(reps), 1, 1))
    amount = np.exp(usual + within * rng.standard_normal(shape))
    rep, month, kind = np.indices(shape).reshape(3, -1)
    return pd.DataFrame(
        {
            "rep_id": coded(reps["rep_id"], rep),
            "month": months[month],
            "kind": coded(list(parameters.expenses), kind),
            "amount": np.round(amount.ravel()),
            "receipt": rng.random(amount.size) < parameters.receipt,
        }
    )
