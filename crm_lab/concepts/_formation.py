"""How a customer comes about, stage by stage: from a visit to an account, a first order and the next ones."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import whole
from crm_lab.base.columns import columns, days_before, numbers, people
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.concepts._orders import real_orders

STAGES = ("visit", "sign_up", "account", "first_order", "second_order", "third_order")


def formation(
    channel_spend: pd.DataFrame, customers: pd.DataFrame, orders: pd.DataFrame, today: Any, within: int = 365
) -> pd.DataFrame:
    """What becomes of 1,000 visits that marketing brings: how many reach each stage, and how long it takes.

    channel_spend  clicks, sign_ups and new_customers of the whole company, a row a month and channel
    customers      customer_id, registered_at
    orders         customer_id, ordered_at, status; cancelled orders do not count
    today          the day to count back from
    within         days after the account was opened in which an order counts; younger accounts are left out, because
                   they have not had their time yet

    The first three stages are counted at the company, the orders at the customers given (a panel).
    Returns a DataFrame indexed by stage: share of those who reached the stage before (missing for the first), of_1000
    visits, and days, the median time from the stage before (missing where single people are not known).

    >>> spend = pd.DataFrame({"clicks": [1000], "sign_ups": [50], "new_customers": [40]})
    >>> customers = pd.DataFrame({"customer_id": ["C1", "C2"], "registered_at": pd.to_datetime(["2024-01-01"] * 2)})
    >>> orders = pd.DataFrame({"customer_id": ["C1"], "ordered_at": pd.to_datetime(["2024-01-04"]), "status": "open"})
    >>> formation(spend, customers, orders, "2026-01-01").loc["sign_up":"second_order"]
                  share  of_1000  days
    stage
    sign_up        0.05     50.0   NaN
    account        0.80     40.0   NaN
    first_order    0.50     20.0   3.0
    second_order   0.00      0.0   NaN
    """
    company = _company(channel_spend)
    times = _times(customers, orders, today, whole(within, "within", 1))
    reached = times.notna().sum()
    shares = {
        "visit": np.nan,
        "sign_up": company["sign_ups"] / company["clicks"],
        "account": company["new_customers"] / company["sign_ups"],
        **{stage: reached[stage] / max(reached[before], 1) for before, stage in pairwise(STAGES[2:])},
    }
    result = pd.DataFrame({"share": shares}).rename_axis("stage")
    result["of_1000"] = 1000 * result["share"].fillna(1.0).cumprod()
    return result.assign(days=times.diff(axis=1).median().reindex(STAGES))


def _company(channel_spend: pd.DataFrame) -> pd.Series:
    names = ["clicks", "sign_ups", "new_customers"]
    table = columns(channel_spend, names, "channel_spend")
    sums = pd.Series({name: numbers(table[name], f"channel_spend, {name}").sum() for name in names})
    if not (sums > 0).all():
        raise InputError(_("channel_spend needs at least one click, one sign-up and one new customer."))
    return sums


def _times(customers: pd.DataFrame, orders: pd.DataFrame, today: Any, within: int) -> pd.DataFrame:
    """Days from opening the account to each stage; missing where it was not reached in time. A row an old account."""
    opened = people(customers, ["registered_at"])["registered_at"]
    ago = days_before(opened, today, "customers, registered_at")
    table = real_orders(orders, [], today)
    table["day"] = (table["ordered_at"].dt.normalize() - table["customer_id"].map(opened).dt.normalize()).dt.days
    table = table[table["day"].between(0, within)].sort_values("day", kind="stable")
    table["stage"] = "order_" + table.groupby("customer_id", observed=True).cumcount().astype(str)
    wide = table.pivot(index="customer_id", columns="stage", values="day")
    old = opened.index[ago >= within]
    if not len(old):
        raise InputError(_("customers: no account is {days} days old. Lower `within`.").format(days=within))
    wide = wide.reindex(index=old, columns=[f"order_{n}" for n in range(len(STAGES) - 3)]).set_axis(STAGES[3:], axis=1)
    wide.insert(0, "account", 0)
    return wide.astype(float)
