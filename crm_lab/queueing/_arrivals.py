"""Calls that come by chance, at a rate that changes over the day."""

from __future__ import annotations

from typing import Any

import numpy as np

from crm_lab.base import arguments
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def poisson_arrivals(rates: Any, width: float, rng: np.random.Generator) -> np.ndarray:
    """Times of calls that come independently of each other, by thinning.

    Candidates come at the highest rate all the time; each is kept with the share its own period's rate is of that.

    rates  expected calls in each period, one after the other
    width  length of a period, in the unit of the result, such as 1,800 seconds
    rng    numpy.random.default_rng(seed)

    Returns the times, sorted, from 0. Raises InputError where a rate is negative or missing, or the width not above 0.
    Source: P. A. W. Lewis and G. S. Shedler (1979), Simulation of nonhomogeneous Poisson processes by thinning, Naval
    Research Logistics Quarterly 26(3), 403-413.

    >>> rng = np.random.default_rng(1)
    >>> calls = poisson_arrivals([0, 400, 100], 1_800, rng)
    >>> bool(calls.min() >= 1_800), round(len(calls) / 500, 1)
    (True, 1.0)
    """
    each = np.asarray(rates, dtype=float)
    length = arguments.amount(width, "width", above=0.0)
    if each.ndim != 1 or not len(each) or not (each >= 0).all():
        raise InputError(_("rates must be one number for each period, 0 or more, with none missing."))
    candidates = np.sort(rng.uniform(0, length * len(each), rng.poisson(each.max() * len(each))))
    period = np.minimum((candidates / length).astype(int), len(each) - 1)
    kept: np.ndarray = candidates[rng.uniform(0, each.max(), len(candidates)) < each[period]]
    return kept
