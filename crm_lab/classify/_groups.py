"""Groups of customers: by relationship, position, current × potential value, loyalty, and what they value in buying."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import number, whole
from crm_lab.base.columns import columns, complete, days_before, flags, matched, numbers, people
from crm_lab.base.errors import one_of
from crm_lab.base.text import _

POSITIONS = {"employee": "internal", "consumer": "external", "business": "external", "dealer": "channel"}
STATUSES = ("delivered", "open", "cancelled")


def relationship(
    customers: pd.DataFrame, orders: pd.DataFrame, today: Any, current_within: int = 365, interest_within: int = 90
) -> pd.Series:
    """How close each customer is: "current", "lost", "target", "potential" or "non_customer"; the first that fits.

    customers        customer_id, account_open and marketing_consent (True or False), last_visit_at (missing: never)
    orders           customer_id, ordered_at, status; cancelled orders make nobody a customer
    today            the day to count back from
    current_within   days: an order in them makes a customer current
    interest_within  days: a visit in them shows fresh interest

    current       ordered in the last `current_within` days
    lost          ordered, but longer ago
    target        never ordered; account open, agreed to marketing, visited in the last `interest_within` days
    potential     never ordered; account open, visited in the last `current_within` days
    non_customer  all others

    Returns a Series named "relationship" indexed by customer_id, in the order of `customers`. Orders of people who are
    not in `customers` are passed over. Raises InputError for bad columns, or an order or visit after today.

    >>> customers = pd.DataFrame({
    ...     "customer_id": ["C1", "C2"], "account_open": True, "marketing_consent": True,
    ...     "last_visit_at": pd.to_datetime(["2025-12-30", "2025-12-30"]),
    ... })
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C2"], "ordered_at": pd.to_datetime(["2025-12-30", "2025-12-30"]),
    ...     "status": ["delivered", "cancelled"],
    ... })
    >>> relationship(customers, orders, "2026-01-01").to_dict()
    {'C1': 'current', 'C2': 'target'}
    """
    table = people(customers, ["account_open", "marketing_consent", "last_visit_at"])
    since_order = _days_since_order(orders, today).reindex(table.index)
    visited = days_before(table["last_visit_at"], today, "customers, last_visit_at", missing_ok=True)
    reachable = flags(table, "account_open", "customers")
    consents = flags(table, "marketing_consent", "customers")
    current_within = whole(current_within, "current_within", 1)
    rules = {
        "current": since_order <= current_within,
        "lost": since_order.notna(),
        "target": reachable & consents & (visited <= whole(interest_within, "interest_within", 1)),
        "potential": reachable & (visited <= current_within),
    }
    return _first_that_fits(rules, "non_customer", "relationship")


def position(customers: pd.DataFrame) -> pd.Series:
    """Where each customer sits: "internal" (employee), "external" (consumer, business) or "channel" (dealer).

    customers  customer_id and kind

    Returns a Series named "position" indexed by customer_id. Raises InputError for a kind that is none of the four.

    >>> position(pd.DataFrame({"customer_id": ["C1", "C2"], "kind": ["dealer", "consumer"]})).to_dict()
    {'C1': 'channel', 'C2': 'external'}
    """
    kinds = complete(people(customers, ["kind"])["kind"], "customers, kind")
    for kind in kinds.unique():
        one_of("kind", kind, POSITIONS)
    return kinds.map(POSITIONS).astype("str").rename("position")


def current_potential(
    current: pd.Series, potential: pd.Series, current_cut: float | None = None, potential_cut: float | None = None
) -> pd.Series:
    """The four fields of value today × value a customer could bring; high means at or above the cut.

    current        value brought now, money per customer
    potential      value they could bring, money per customer (what they spend elsewhere, a forecast, a judgement)
    current_cut    money; the median of `current` when not given
    potential_cut  money; the median of `potential` when not given

    "star" high and high · "grow" low now, high potential · "keep" high now, low potential · "watch" low and low.
    The median splits the customers in halves and is not moved by a few giants. When more than half share the lowest
    value (many zeros) everybody would be high: then give a cut of your own.
    Returns a Series named "field" on the index of `current`. Raises InputError when the customers differ.

    >>> current, potential = pd.Series([9, 9, 1, 1]), pd.Series([5, 0, 5, 0])
    >>> current_potential(current, potential, current_cut=5, potential_cut=5).tolist()
    ['star', 'keep', 'grow', 'watch']
    """
    now = numbers(current, "current")
    later = matched(numbers(potential, "potential"), now.index, "potential", "current")
    high_now = now >= (now.median() if current_cut is None else number(current_cut, "current_cut"))
    high_later = later >= (later.median() if potential_cut is None else number(potential_cut, "potential_cut"))
    rules = {"star": high_now & high_later, "grow": high_later, "keep": high_now}
    return _first_that_fits(rules, "watch", "field")


def loyalty(behaviour: pd.Series, attitude: pd.Series, behaviour_cut: float, attitude_cut: float) -> pd.Series:
    """The loyalty matrix: repeat buying × attitude towards us compared with others; high means at or above the cut.

    behaviour      repeat patronage per customer: orders a year, or our share of what they buy
    attitude       relative attitude per customer, such as 0–10 for "would you recommend us"; missing if not asked
    behaviour_cut  in the unit of `behaviour`
    attitude_cut   in the unit of `attitude`

    "loyal" high and high · "latent" likes us, buys little · "spurious" buys much, likes us little ·
    "none" low and low · "unknown" attitude missing.
    Returns a Series named "loyalty" on the index of `behaviour`. Raises InputError when the customers differ.
    Source: A. S. Dick & K. Basu (1994), Customer loyalty, J. Academy of Marketing Science 22(2), 99–113.

    >>> loyalty(pd.Series([6, 1, 6, 1, 6]), pd.Series([9, 10, 3, 0, None]), behaviour_cut=4, attitude_cut=8).tolist()
    ['loyal', 'latent', 'spurious', 'none', 'unknown']
    """
    buys = numbers(behaviour, "behaviour")
    likes = matched(numbers(attitude, "attitude", missing_ok=True), buys.index, "attitude", "behaviour")
    buys_much = buys >= number(behaviour_cut, "behaviour_cut")
    likes_us = likes >= number(attitude_cut, "attitude_cut")
    rules = {"unknown": likes.isna(), "loyal": buys_much & likes_us, "latent": likes_us, "spurious": buys_much}
    return _first_that_fits(rules, "none", "loyalty")


def buying_style(customers: pd.DataFrame, advice_from: int = 2) -> pd.Series:
    """What each customer values in buying: "integrated", "consultative" or "transactional"; the first that fits.

    customers    customer_id, frame_contract (True or False), advice_contacts (last 12 months)
    advice_from  contacts from which somebody counts as seeking advice

    integrated    has a frame contract: wants a supplier woven into their own business (strategic value)
    consultative  asks for advice before buying: wants help in choosing and using (extrinsic value)
    transactional all others: know what they want, look at price and convenience (intrinsic value)

    Returns a Series named "style" indexed by customer_id. `style_guide` says how each is managed.
    Source: N. Rackham & J. DeVincentis (1999), Rethinking the Sales Force; their third is "enterprise".

    >>> customers = pd.DataFrame({
    ...     "customer_id": ["C1", "C2", "C3"], "frame_contract": [True, False, False], "advice_contacts": [0, 2, 1],
    ... })
    >>> buying_style(customers).tolist()
    ['integrated', 'consultative', 'transactional']
    """
    table = people(customers, ["frame_contract", "advice_contacts"])
    contacts = numbers(table["advice_contacts"], "customers, advice_contacts")
    rules = {
        "integrated": flags(table, "frame_contract", "customers"),
        "consultative": contacts >= number(advice_from, "advice_from"),
    }
    return _first_that_fits(rules, "transactional", "style")


def style_guide() -> pd.DataFrame:
    """What each buying style values and how it is managed, indexed by style.

    >>> style_guide().index.tolist()
    ['transactional', 'consultative', 'integrated']
    """
    rows = {
        "transactional": (
            _("Price, speed, no fuss"),
            _("Make ordering cheap and quick: shop, app, platform; no visits"),
        ),
        "consultative": (
            _("Advice on what to choose and how to use it"),
            _("Give them people who know the goods; earn it back in margin"),
        ),
        "integrated": (
            _("A supplier who fits into their own business"),
            _("One contract, one contact, shared plans and data; choose few"),
        ),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["values", "management"]).rename_axis("style")


def _days_since_order(orders: pd.DataFrame, today: Any) -> pd.Series:
    table = columns(orders, ["customer_id", "ordered_at", "status"], "orders")
    for status in complete(table["status"], "orders, status").unique():
        one_of("status", status, STATUSES)
    table["days"] = days_before(table["ordered_at"], today, "orders, ordered_at")
    complete(table["customer_id"], "orders, customer_id")
    return table[table["status"] != "cancelled"].groupby("customer_id", observed=True)["days"].min()


def _first_that_fits(rules: dict[str, pd.Series], otherwise: str, name: str) -> pd.Series:
    index = next(iter(rules.values())).index
    codes = np.select([rule.to_numpy(dtype=bool) for rule in rules.values()], list(rules), default=otherwise)
    return pd.Series(codes, index=index, name=name, dtype="str")
