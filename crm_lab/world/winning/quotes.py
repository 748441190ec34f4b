"""Quotations to leads, and what the sales representatives spend.

A second quotation follows an objection to the price. It changes nothing: who objects in earnest is lost whatever the
discount, so second quotations are won less often though the discount does no harm.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world.clock import Clock
from crm_lab.world.winning.parameters import QuoteParameters


def make_quotes(parameters: QuoteParameters, leads: pd.DataFrame, events: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The table quotes, by lead and number.

    leads, events  the tables leads and lead_events
    """
    rng = stream(seed, "quotes")
    first = events[(events["event"] == "stage") & (events["stage"] == "proposal")]
    price = events[(events["objection"] == "price") & (events["stage"] == "proposal")].drop_duplicates("lead_id")
    value = leads.set_index("lead_id")["value"].reindex(first["lead_id"]).to_numpy()
    mean, sd = parameters.over
    listed = np.round(value * np.exp(mean + sd * rng.standard_normal(len(first))), -1)
    off = np.round(rng.uniform(*parameters.first, len(first)), 2)
    quotes = pd.DataFrame(
        {"lead_id": first["lead_id"].to_numpy(), "quote_no": 1, "sent_at": first["happened_at"].to_numpy()}
    ).assign(list_value=listed, discount=off)
    share, least, most = parameters.second
    more = np.round(rng.uniform(least, most, len(price)), 2)
    again = price[["lead_id", "happened_at"]].assign(more=more)[rng.random(len(price)) < share]
    second = quotes.merge(again, on="lead_id")
    second = second.assign(quote_no=2, sent_at=second["happened_at"], discount=second["discount"] + second["more"])
    quotes = pd.concat([quotes, second[quotes.columns]]).sort_values(["lead_id", "quote_no"], ignore_index=True)
    quotes["discount"] = quotes["discount"].round(2)
    quotes["amount"] = quotes["list_value"] * (1 - quotes["discount"])
    quotes["valid_until"] = quotes["sent_at"].dt.normalize() + pd.Timedelta(days=parameters.valid)
    return quotes


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
            "rep_id": reps["rep_id"].to_numpy()[rep],
            "month": months[month],
            "kind": np.take(list(parameters.expenses), kind),
            "amount": np.round(amount.ravel()),
            "receipt": rng.random(amount.size) < parameters.receipt,
        }
    )
