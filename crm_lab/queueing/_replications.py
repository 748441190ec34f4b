"""One run of a simulation says little: many runs, each with its own chance, and what their mean is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from crm_lab.base import arguments
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


@dataclass(frozen=True)
class Estimate:
    """A mean of replications, its standard error, and an interval that holds the true mean at the level asked for."""

    value: float
    standard_error: float
    interval: tuple[float, float]


def replicate(
    run: Callable[[np.random.Generator], Any], times: int, seed: int, workers: int | None = None
) -> list[Any]:
    """The results of a simulation repeated with independent random numbers, the same however many workers share it.

    run      a simulation: takes a generator of random numbers, returns a number or several
    times    how often
    seed     replication k has the same random numbers whatever `run` is: two plans compared with one seed meet the same
             calls (common random numbers), as long as they draw them in the same order
    workers  processes; None leaves it to joblib, so that joblib.parallel_config(backend="dask") moves it to a cluster

    >>> replicate(lambda rng: round(float(rng.random()), 3), 2, seed=4)
    [0.904, 0.977]
    """
    from joblib import Parallel, delayed

    seeds = np.random.SeedSequence(arguments.whole(seed, "seed")).spawn(arguments.whole(times, "times", least=1))
    return list(Parallel(n_jobs=workers)(delayed(run)(np.random.default_rng(one)) for one in seeds))


def estimate(values: Sequence[float] | np.ndarray, level: float = 0.95) -> Estimate:
    """The mean of independent replications with its interval (Student's t).

    values  one number a replication, two or more
    level   the share of such intervals that hold the true mean

    Raises InputError for fewer than two values or values that are missing.
    Source: A. M. Law, Simulation Modeling and Analysis, chapter 9: replications, not calls, are independent.

    >>> found = estimate([18.0, 22.0, 20.0, 24.0])
    >>> found.value, round(found.standard_error, 3), [round(end, 1) for end in found.interval]
    (21.0, 1.291, [16.9, 25.1])
    """
    from scipy.stats import t

    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != 1 or len(numbers) < 2 or not np.isfinite(numbers).all():
        raise InputError(_("values must be two numbers or more, one for each replication, with none missing."))
    mean, error = float(numbers.mean()), float(numbers.std(ddof=1) / np.sqrt(len(numbers)))
    reach = float(t.ppf((1 + arguments.share(level, "level")) / 2, len(numbers) - 1)) * error
    return Estimate(mean, error, (mean - reach, mean + reach))


def padded(columns: Sequence[Any]) -> np.ndarray:
    """Columns of different length side by side, for `simulate`: one column a replication, filled up with inf.

    columns  one sequence of numbers for each replication

    >>> padded([[1, 2], [3]]).tolist()
    [[1.0, 3.0], [2.0, inf]]
    """
    side_by_side: np.ndarray = np.full((max(map(len, columns), default=0), len(columns)), np.inf)
    for place, column in enumerate(columns):
        side_by_side[: len(column), place] = column
    return side_by_side
