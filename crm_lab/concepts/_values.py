"""Three values of a customer relationship: of a satisfied customer, of talking with customers, of knowing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_lab.base.arguments import midnight
from crm_lab.base.columns import columns, flags, table_of
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.concepts._orders import real_orders
from crm_lab.concepts._targeting import targeting

VALUES = ("customer", "interaction", "insight")
SATISFIED = 4  # points of 5
HALF_YEAR = pd.Timedelta(days=180)


def three_values(tables: Mapping[str, pd.DataFrame], today: Any) -> pd.DataFrame:
    """Three values of a customer relationship, each as one number against another.

    tables  the company's tables by name; used are surveys (customer_id, answered_at, csat from 1 to 5), orders
            (customer_id, ordered_at, status, margin in ¥; cancelled ones do not count), call_backs (assignment,
            bought_again), and campaign_results and campaigns as `targeting` takes them
    today   answers given 180 days before it or earlier count

    customer     mean ¥ of margin in the 180 days after an answer: of satisfied customers (csat 4 or 5), and of the
                 others. It compares different people.
    interaction  how many of 1,000 people order again within 90 days of a delivery: those to be called back after it,
                 and those left alone. Chance decided who is who.
    insight      ¥ that 1,000 calls leave: to those who asked for advice, and without knowing who did, when one can
                 only call everyone on the list or nobody, whichever is better

    Returns a DataFrame indexed by value: measure, unit ("¥" or "people"), figure and otherwise.
    Source of the division: Zhang Ning (2010).

    >>> import crm_lab
    >>> names = ("surveys", "orders", "call_backs", "campaign_results", "campaigns")
    >>> three_values({name: crm_lab.load(name) for name in names}, crm_lab.data.today()).index.tolist()
    ['customer', 'interaction', 'insight']
    """
    pairs = (
        _after_an_answer(table_of(tables, "surveys"), table_of(tables, "orders"), midnight(today)),
        _again_of_1000(table_of(tables, "call_backs")),
        _from_1000_calls(table_of(tables, "campaign_results"), table_of(tables, "campaigns")),
    )
    measures = (
        _("margin in half a year: satisfied customers against the others"),
        _("of 1,000 people order again: called back against left alone"),
        _("from 1,000 calls: knowing whom to call against not knowing"),
    )
    result = pd.DataFrame(pairs, index=pd.Index(VALUES, name="value"), columns=["figure", "otherwise"])
    result.insert(0, "measure", measures)
    result.insert(1, "unit", ["¥", "people", "¥"])
    return result


def _after_an_answer(surveys: pd.DataFrame, orders: pd.DataFrame, day: pd.Timestamp) -> tuple[float, float]:
    """Mean margin in the half-year after an answer, of those satisfied and of the others."""
    asked = columns(surveys, ["customer_id", "answered_at", "csat"], "surveys").dropna()
    asked = asked[asked["answered_at"] <= day - HALF_YEAR].reset_index(drop=True)
    bought = real_orders(orders, ["margin"], day)[["customer_id", "ordered_at", "margin"]]
    both = asked.reset_index(names="answer").merge(bought, on="customer_id")
    waited = both["ordered_at"] - both["answered_at"]
    inside = both[(waited >= pd.Timedelta(0)) & (waited < HALF_YEAR)]
    margin = inside.groupby("answer")["margin"].sum().reindex(asked.index, fill_value=0.0)
    means = margin.groupby(asked["csat"] >= SATISFIED).mean()
    if len(means) < 2:
        text = _("surveys needs satisfied customers and others who answered 180 days before {day} or earlier.")
        raise InputError(text.format(day=day.date()))
    return float(means[True]), float(means[False])


def _again_of_1000(call_backs: pd.DataFrame) -> tuple[float, float]:
    """How many of 1,000 order again, with a call-back and without."""
    table = columns(call_backs, ["assignment", "bought_again"], "call_backs")
    shares = flags(table, "bought_again", "call_backs").groupby(table["assignment"]).mean()
    if not {"call", "control"} <= set(shares.index):
        raise InputError(_("call_backs needs people to be called and people left alone."))
    return float(1000 * shares["call"]), float(1000 * shares["control"])


def _from_1000_calls(results: pd.DataFrame, campaigns: pd.DataFrame) -> tuple[float, float]:
    """¥ that 1,000 calls leave when one knows whom to call, and the best one can do without knowing."""
    value = 1000 * targeting(results, campaigns)["value"]
    return float(value["customer"]), max(0.0, float(value["product"]))
