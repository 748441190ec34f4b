"""Figures of twenty companies, and how far their mean may lie from the truth."""

from functools import cache

import numpy as np
import pandas as pd
from scipy import stats

from crm_lab.world._truth import ESTIMANDS
from crm_lab.world.parameters import Parameters

SEEDS = range(100, 120)  # of the companies that all tests share
FALSE_ALARM = 0.01  # chance that any of all figures misses its bound although the company is as stated


def pooled(worlds, measure):
    """Mean of a figure over the worlds, and how far it may lie from the truth.

    measure  from a world, a number, an array, a Series or a nested dict of numbers (its keys are joined by dots)

    Returns mean and bound, two of the same shape. The bound is standard errors times Student's t with one degree of
    freedom less than there are worlds (19), as the spread is estimated too. It is that of 1 % false alarm over all
    numbers of the truth together (Bonferroni), so it grows with the truth: now about 6 standard errors.
    """
    found = [measure(world) for world in worlds]
    if isinstance(found[0], dict | pd.Series):
        frame = pd.DataFrame([flat(each) for each in found])
        return frame.mean(skipna=False), factor(len(found)) * frame.sem(skipna=False)
    values = np.array(found, dtype=float)
    return values.mean(axis=0), factor(len(found)) * values.std(axis=0, ddof=1) / np.sqrt(len(found))


def misses(worlds, measure, truth, slack=0.0):
    """The figures of the truth that the mean over the worlds misses: empty if the company is as stated.

    truth  a number, or a nested dict of numbers that `measure` has under the same keys
    slack  added to the bound, for a panel of 2,000 that differs from the large world the truth was measured on
    """
    mean, bound = pooled(worlds, lambda world: flat(measure(world)))
    return {
        name: f"{mean[name]:.5g} is not {value:.5g} ± {bound[name] + slack:.2g}"
        for name, value in flat(truth).items()
        if not abs(mean[name] - value) <= bound[name] + slack
    }


def share_bound(share, size):
    """How far a share of so many independent draws may lie from its chance; the spread is known."""
    return factor() * np.sqrt(share * (1 - share) / size)


@cache
def factor(worlds=np.inf, figures=None):
    """Standard errors within which every figure must lie; without worlds: where the spread is known, not estimated."""
    return float(stats.t.ppf(1 - FALSE_ALARM / (2 * (figures or family())), worlds - 1))


@cache
def family():
    """Numbers of the truth, structural and estimands: at least as many figures as are compared in tests/world."""
    return count(ESTIMANDS) + count(Parameters().as_dict())


def count(truth):
    """How many numbers a nested truth holds."""
    parts = truth.values() if isinstance(truth, dict) else truth if isinstance(truth, list | tuple) else ()
    return sum(map(count, parts)) if parts else int(isinstance(truth, int | float))


def flat(figures):
    """A nested dict, Series or sequence of figures, or a single one, as a plain dict with keys joined by dots."""
    if isinstance(figures, tuple | list | np.ndarray) and np.ndim(figures):
        figures = dict(enumerate(figures))
    if not isinstance(figures, dict | pd.Series):
        return {"": figures}
    parts = {key: flat(value) for key, value in figures.items()}
    return {f"{key}.{rest}".rstrip("."): value for key, part in parts.items() for rest, value in part.items()}
