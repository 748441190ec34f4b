"""BG/NBD: what a fit costs, on CDNOW and on 200,000 different customers."""

from __future__ import annotations

import warnings
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.timing import Result, against
from crm_lab.lifetime import fit_bg_nbd

MANY = 200_000


def cdnow() -> tuple[pd.Series, ...]:
    """x, t_x and T of CDNOW's 2,357 customers, from the data of lifetimes."""
    found = find_spec("lifetimes")
    folder = Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else Path()
    table = pd.read_csv(folder / "datasets" / "cdnow_customers_summary_with_transactions.csv")
    return table["x"], table["t_x"], table["T"]


def distinct() -> tuple[np.ndarray, ...]:
    """So many customers of the model, no two of whom have the same history."""
    rng = np.random.default_rng(6)
    end = rng.uniform(35, 104, MANY)
    rate, leave = rng.gamma(0.8, size=MANY) / 7.7, rng.beta(0.8, 3.2, MANY)
    x = np.minimum(rng.poisson(rate * end), rng.geometric(leave)).astype(float)
    return x, np.where(x > 0, end * rng.uniform(0.01, 1, MANY), 0), end


def fitted_by_lifetimes(x: Any, t_x: Any, end: Any) -> None:
    """The peer, silent about what NumPy says of it."""
    from lifetimes import BetaGeoFitter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        BetaGeoFitter().fit(x, t_x, end)


def run() -> list[Result]:
    """Fits in turn with lifetimes where it is installed."""
    rows = []
    if find_spec("lifetimes"):
        for name, data, pairs in (("CDNOW, 2,357 customers", cdnow(), 7), (f"{MANY:,} histories", distinct(), 3)):
            ours, peer = partial(fit_bg_nbd, *data), partial(fitted_by_lifetimes, *data)
            rows.append(against(f"fit_bg_nbd, {name}", ours, f"lifetimes, {name}", peer, pairs))
    return rows
