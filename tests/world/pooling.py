"""Figures of twenty companies, and how far their mean may lie from the truth."""

from functools import cache

import numpy as np
import pandas as pd
from scipy import stats

from crm_lab.world.truth import ESTIMANDS

FALSE_ALARM = 0.01  # chance that any of all figures misses its bound although the company is as stated


def pooled(worlds, measure):
    """Mean of a figure over the worlds, and how far it may lie from the truth.

    measure  from a world, a number or a dict of numbers

    Returns two numbers, or two Series. The bound is Student's t at 1 % false alarm over all figures of the truth
    together (Bonferroni), times the standard error: with 20 companies about 5.6 standard errors.
    """
    found = pd.DataFrame([value if isinstance(value := measure(world), dict) else {"": value} for world in worlds])
    bound = factor(len(found)) * found.std(ddof=1) / np.sqrt(len(found))
    return (found.mean(), bound) if list(found) != [""] else (found[""].mean(), bound[""])


@cache
def factor(worlds):
    """Standard errors within which every figure must lie."""
    return stats.t.ppf(1 - FALSE_ALARM / (2 * figures(ESTIMANDS)), worlds - 1)


def figures(truth):
    """How many numbers a nested truth holds."""
    parts = truth.values() if isinstance(truth, dict) else truth if isinstance(truth, list | tuple) else ()
    return sum(figures(part) for part in parts) if parts else 1
