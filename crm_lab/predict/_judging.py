"""Judging a probability: does it mean what it says (calibration), and what does acting on it earn (profit)?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import amount, within
from crm_lab.base.columns import columns, flags, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def calibration(outcome: Any, probability: Any, bins: int = 5) -> pd.DataFrame:
    """What was forecast beside what came, in groups of equal size from the lowest forecast to the highest.

    outcome      True where it happened
    probability  forecast for each, 0 to 1
    bins         number of groups; equal forecasts stay together, so that there may be fewer

    Returns a DataFrame, one row a group: customers, expected (mean forecast), observed (share), and low and high,
    the 95 % interval of the share (Agresti–Coull). Raises InputError for bad input.

    >>> calibration([False, True, True, True], [0.25, 0.5, 0.75, 1], bins=2)[["expected", "observed"]].values.tolist()
    [[0.375, 0.5], [0.875, 1.0]]
    """
    table = judged(outcome, probability)
    group = pd.qcut(table["probability"], bins, labels=False, duplicates="drop")
    by = table.groupby(group)
    sizes, happened = by.size(), by["outcome"].sum()
    result = pd.DataFrame(
        {"customers": sizes, "expected": by["probability"].mean(), "observed": happened / sizes}
    ).reset_index(drop=True)
    n = sizes.to_numpy() + 1.96**2
    share = (happened.to_numpy() + 1.96**2 / 2) / n
    half = 1.96 * np.sqrt(share * (1 - share) / n)
    return result.assign(low=(share - half).clip(0), high=(share + half).clip(max=1))


def offer_profit(outcome: Any, probability: Any, threshold: float, *, saved: float, value: Any, cost: float) -> float:
    """What an offer to all with at least this probability of leaving would have earned, in ¥.

    outcome      True where the customer left
    probability  of leaving, 0 to 1
    threshold    the lowest probability that gets an offer
    saved        share of the leavers whom an offer keeps, above 0 up to 1: an assumption until a trial has measured it
    value        ¥ a kept customer brings: one number, or one each
    cost         ¥ an offer costs, whether it was needed or not

    Σ (left × saved × value − cost) over those who get an offer. With one value for all, the best threshold is
    cost ÷ (saved × value) where the probabilities are true.

    >>> offer_profit([True, False, True], [0.9, 0.6, 0.1], 0.5, saved=0.5, value=100, cost=20)
    10.0
    """
    table = judged(outcome, probability)
    kept = within(saved, "saved", 0, 1)
    each = table["outcome"] * kept * np.asarray(value, dtype=float) - amount(cost, "cost")
    return float(each[table["probability"] >= amount(threshold, "threshold")].sum())


def profit_curve(outcome: Any, probability: Any, *, saved: float, value: Any, cost: float) -> pd.DataFrame:
    """The profit of an offer at every threshold from 0 to 1 in steps of 0.01.

    outcome, probability, saved, value, cost  as for offer_profit

    Returns a DataFrame: threshold, customers who get an offer, profit (¥).

    >>> curve = profit_curve([True, False, False], [0.9, 0.6, 0.1], saved=0.5, value=100, cost=20)
    >>> curve.loc[curve["profit"].idxmax(), ["threshold", "customers", "profit"]].tolist()
    [0.61, 1.0, 30.0]
    """
    table = judged(outcome, probability)
    each = table["outcome"] * within(saved, "saved", 0, 1) * np.asarray(value, dtype=float) - amount(cost, "cost")
    thresholds = np.arange(101) / 100
    order = np.argsort(table["probability"].to_numpy(), kind="stable")
    first = np.searchsorted(table["probability"].to_numpy()[order], thresholds, side="left")
    above = np.concatenate([np.cumsum(each.to_numpy()[order][::-1])[::-1], [0.0]])
    return pd.DataFrame({"threshold": thresholds, "customers": len(table) - first, "profit": above[first]})


def judged(outcome: Any, probability: Any) -> pd.DataFrame:
    """Outcome and probability side by side; InputError unless they fit."""
    if len(outcome) != len(probability):
        text = _("outcome has {n} entries and probability {m}. Give one probability for each outcome.")
        raise InputError(text.format(n=len(outcome), m=len(probability)))
    table = pd.DataFrame({"outcome": np.asarray(outcome), "probability": np.asarray(probability)})
    table = columns(table, ["outcome", "probability"], "outcome")
    flags(table, "outcome", "forecast")
    if not numbers(table["probability"], "probability").between(0, 1).all():
        raise InputError(_("probability must lie from 0 to 1. Divide percentages by 100."))
    return table
