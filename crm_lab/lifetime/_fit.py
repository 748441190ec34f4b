"""Maximum likelihood for parameters above 0: the search, and how one tells that it found nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import optimize

from crm_lab.base.errors import InputError

LIMIT = 1e4  # in data on a scale of about 1, a parameter beyond this, or below 1/LIMIT, runs off without end
STEEP = 1e-3  # slope per customer and log of a parameter, above which the place is not the top


def most_likely(
    log_likelihood: Callable[[np.ndarray], Any], names: tuple[str, ...], refusal: str, slopes: bool = False
) -> np.ndarray:
    """The parameters that make the mean log-likelihood largest, searched for on the scale of their logs.

    log_likelihood  its mean over the customers, data on a scale of about 1; with `slopes`, also its derivatives
    names           of the parameters
    refusal         said as InputError if the data do not settle some of them; {names} becomes their names
    """

    def badness(logs: np.ndarray) -> Any:
        parameters = np.exp(logs)
        if not slopes:
            return -log_likelihood(parameters)
        value, derivatives = log_likelihood(parameters)
        return -value, -derivatives * parameters

    edge = np.log(LIMIT)
    options = {"maxiter": 1000, "ftol": 1e-14, "gtol": 1e-7}
    search = optimize.minimize(
        badness, np.zeros(len(names)), jac=slopes, bounds=[(-edge, edge)] * len(names), options=options
    )
    unsettled = (np.abs(search.x) > 0.999 * edge) | (np.abs(search.jac) > STEEP)
    if unsettled.any():
        lost = [name for name, bad in zip(names, unsettled, strict=True) if bad]
        raise InputError(refusal.format(names=", ".join(lost)))
    return np.exp(search.x)
