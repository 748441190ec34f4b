"""Who is a customer: past, current and potential; three definitions of the word; shoppers, customers and consumers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import midnight, whole
from crm_lab.base.columns import columns, complete, days_before, people
from crm_lab.classify import relationship
from crm_lab.concepts._orders import real_orders

RELATIONS = ("current", "past", "potential", "none")
DEFINITIONS = ("account", "buyer", "active")
OWN_USE = ("consumer", "employee")  # kinds of account that buy for themselves; firms buy for others, dealers sell on
_DAY = pd.Timedelta("1D")


def standing(customers: pd.DataFrame, orders: pd.DataFrame, today: Any, current_within: int = 365) -> pd.Series:
    """Past, current or potential: the three relations of the textbooks, as rules on dates; the first that fits.

    customers       customer_id, account_open and marketing_consent (True or False), last_visit_at (missing: never)
    orders          customer_id, ordered_at, status; cancelled orders make nobody a customer
    today           the day to count back from
    current_within  days: an order in them makes a customer current

    current    ordered in the last `current_within` days
    past       ordered, but longer ago
    potential  never ordered; the account is open
    none       never ordered, and the account is closed: nobody to win

    Returns a Series named "standing" indexed by customer_id, in the order of `customers`.
    `crm_lab.classify.relationship` divides the people who never ordered more finely.

    >>> customers = pd.DataFrame({
    ...     "customer_id": ["C1", "C2", "C3"], "account_open": [True, True, False], "marketing_consent": True,
    ...     "last_visit_at": pd.to_datetime(["2025-12-30", "2025-12-30", "2025-02-01"]),
    ... })
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1"], "ordered_at": pd.to_datetime(["2024-12-01"]), "status": ["delivered"],
    ... })
    >>> standing(customers, orders, "2026-01-01").to_dict()
    {'C1': 'past', 'C2': 'potential', 'C3': 'none'}
    """
    close = relationship(customers, orders, today, current_within)
    reachable = people(customers, ["account_open"])["account_open"]
    rules = [close == "current", close == "lost", reachable]
    codes = np.select([rule.to_numpy(dtype=bool) for rule in rules], RELATIONS[:3], default="none")
    return pd.Series(codes, index=close.index, name="standing", dtype="str")


def customer_definitions(
    customers: pd.DataFrame, orders: pd.DataFrame, today: Any, active_within: int = 365
) -> pd.DataFrame:
    """How many customers there are under three definitions, how the number grew, and what one brings.

    customers      customer_id, registered_at
    orders         customer_id, ordered_at, status, revenue (¥); cancelled orders do not count
    today          the day to count back from; things of that day itself do not count
    active_within  days

    account  opened an account, at any time
    buyer    ordered at least once, at any time
    active   ordered at least once in the last `active_within` days

    Returns a DataFrame indexed by definition: customers (count), a_year_ago (the same rule, 365 days earlier), growth
    (customers ÷ a_year_ago − 1; missing if there were none) and revenue_each (¥ of the last 365 days ÷ customers).

    >>> customers = pd.DataFrame({
    ...     "customer_id": ["C1", "C2", "C3"],
    ...     "registered_at": pd.to_datetime(["2024-03-01", "2024-03-01", "2025-06-01"]),
    ... })
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C3"], "ordered_at": pd.to_datetime(["2024-05-01", "2025-06-02"]),
    ...     "status": "delivered", "revenue": [80.0, 90.0],
    ... })
    >>> customer_definitions(customers, orders, "2026-01-01")
                customers  a_year_ago  growth  revenue_each
    definition
    account             3           2     0.5          30.0
    buyer               2           1     1.0          45.0
    active              1           1     0.0          90.0
    """
    day, days = midnight(today), whole(active_within, "active_within", 1)
    opened = people(customers, ["registered_at"])["registered_at"]
    days_before(opened, day, "customers, registered_at")
    bought = real_orders(orders, ["revenue"], day)
    now, before = _counts(opened, bought, day, days), _counts(opened, bought, day - 365 * _DAY, days)
    latest = bought.loc[bought["ordered_at"].between(day - 365 * _DAY, day, inclusive="left"), "revenue"].sum()
    result = pd.DataFrame({"customers": now, "a_year_ago": before}).rename_axis("definition")
    growth = result["customers"] / result["a_year_ago"].replace(0, np.nan) - 1
    return result.assign(growth=growth, revenue_each=latest / result["customers"].replace(0, np.nan))


def _counts(opened: pd.Series, bought: pd.DataFrame, day: pd.Timestamp, days: int) -> pd.Series:
    """How many customers each definition counts in the morning of a day."""
    earlier = bought[bought["ordered_at"] < day]
    recent = earlier[earlier["ordered_at"] >= day - days * _DAY]
    values = [(opened < day).sum(), earlier["customer_id"].nunique(), recent["customer_id"].nunique()]
    return pd.Series(values, index=DEFINITIONS, dtype="int64")


def shoppers_customers_consumers(
    customers: pd.DataFrame, orders: pd.DataFrame, visits: pd.DataFrame, today: Any, days: int = 60
) -> pd.DataFrame:
    """Which of three words fits each account in the last `days` days: who visits, who pays, who uses.

    customers  customer_id, kind
    orders     customer_id, ordered_at, status; cancelled orders do not count
    visits     customer_id, started_at
    today      the day to count back from; things of that day itself do not count
    days       length of the window; visits are kept for 60 days

    shopper   visited shop or app
    customer  ordered, in whatever way: the one who pays
    consumer  ordered for own use (kind consumer or employee): the one who uses. Staff of firms and the customers of
              dealers use the goods too, but have no row here; people who share a household have none either.

    Returns a DataFrame of True and False indexed by customer_id: shopper, customer, consumer.

    >>> customers = pd.DataFrame({"customer_id": ["C1", "C2", "C3"], "kind": ["consumer", "dealer", "consumer"]})
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C2"], "ordered_at": pd.to_datetime(["2025-12-30", "2025-12-30"]), "status": "open",
    ... })
    >>> visits = pd.DataFrame({
    ...     "customer_id": ["C1", "C3"], "started_at": pd.to_datetime(["2025-12-30", "2025-12-30"]),
    ... })
    >>> shoppers_customers_consumers(customers, orders, visits, "2026-01-01").sum().to_dict()
    {'shopper': 2, 'customer': 2, 'consumer': 1}
    """
    kinds = complete(people(customers, ["kind"])["kind"], "customers, kind")
    came = columns(visits, ["customer_id", "started_at"], "visits", empty_ok=True)
    length = whole(days, "days", 1)
    ago = days_before(came["started_at"], today, "visits, started_at")
    bought = real_orders(orders, [], midnight(today))
    pays = kinds.index.isin(bought.loc[bought["ago"].between(1, length), "customer_id"])
    return pd.DataFrame(
        {
            "shopper": kinds.index.isin(came.loc[ago.between(1, length), "customer_id"]),
            "customer": pays,
            "consumer": pays & kinds.isin(OWN_USE).to_numpy(),
        },
        index=kinds.index,
    )
