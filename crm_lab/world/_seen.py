"""What the company can see of its customers on the first day of a quarter: what the rule of an offer may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._failures import BADLY, NONE

if TYPE_CHECKING:
    from crm_lab.world._chronicle import Chronicle

YEAR = 4  # quarters


def customers_known(company: Chronicle) -> pd.DataFrame:
    """Everyone with an account; see Company.customers_known. The position in the traits stands in the column row."""
    past = company.lived[-1]
    customers, rows = company.customers(past), np.flatnonzero(company.present(past))
    today = company.today
    orders = company.commerce(max(company.quarter - YEAR, 0), company.quarter)["orders"]
    orders = orders[(orders["status"] != "cancelled").to_numpy()]
    sums = pd.DataFrame(
        {
            "orders_year": 1,
            "spend_year": orders["revenue"],
            "margin_year": orders["margin"],
            "promotion_orders": orders["promotion"].astype(int),
            "failures_year": (orders["ending"] > NONE).astype(int),
            "complaints_year": (orders["ending"] >= BADLY).astype(int),
        }
    )
    sums = sums.groupby(orders["buyer"].to_numpy()).sum().reindex(rows, fill_value=0)
    last = np.full(past.people, np.nan)
    bought = ~np.isnan(past.last)
    last[bought] = company.trade.clock.day(past.last[bought])
    known = customers[["kind", "region", "channel", "recommend_score", "advice_contacts"]].set_index(
        customers["customer_id"].to_numpy()
    )
    known.insert(3, "tenure_days", (today - customers["registered_at"]).dt.days.to_numpy())
    known["recency_days"] = company.trade.clock.starts[company.quarter] - last[rows]
    known = known.join(sums.set_axis(known.index))
    known["messages_quarter"] = messages(company)[rows]
    known["may_contact"] = (customers["marketing_consent"] & customers["account_open"]).to_numpy() & bought[rows]
    return known.assign(row=rows)


def messages(company: Chronicle) -> np.ndarray:
    """Messages each customer got in the last quarter: newsletters and the like, and the offers of that quarter."""
    past, trade = company.lived[-1], company.trade
    rng = stream(trade.seed, "messages", company.place.block, past.number)
    usual = rng.poisson(trade.parameters.contact.campaigns.messages_mean, past.people)
    return np.asarray(usual * company.profiles(past.people)["marketing_consent"].to_numpy() + past.contacted)
