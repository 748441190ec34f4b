"""Designs from the configurator: tastes differ by behavioural type, and a long wait costs orders.

Days to delivery are drawn at random and prices are tried out, so a plain logistic regression of `ordered` finds the
weights that made it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.taste import COLOURS, FABRICS, SIZES
from crm_lab.world._coded import coded
from crm_lab.world._taste.taste_parameters import ConfiguratorParameters
from crm_lab.world.parameters import TODAY


def make_configurations(
    parameters: ConfiguratorParameters, traits: pd.DataFrame, customers: pd.DataFrame, seed: int, block: int
) -> pd.DataFrame:
    """The table configurations of one block, by time.

    traits     of its customers
    customers  in the same order
    """
    rng = stream(seed, "configurations", block)
    start = np.datetime64(TODAY, "m") - np.timedelta64(parameters.days * 1440, "m")
    since = customers["registered_at"].to_numpy().astype("datetime64[m]")
    here = (since < start) & customers["account_open"].to_numpy() & (customers["kind"] == "consumer").to_numpy()
    row = np.repeat(np.flatnonzero(here), rng.poisson(parameters.designs, int(here.sum())))
    at = np.sort(rng.integers(0, parameters.days * 1440, len(row)))
    row = rng.permutation(row)
    design = _choices(parameters, traits["behaviour"].to_numpy()[row], rng)
    usual = parameters.base + design["monogram"].to_numpy() * parameters.letters
    for name in ("fabric", "size"):
        usual = usual + design[name].map(parameters.surcharge).to_numpy(float)
    design["price"] = np.round(usual * np.exp(parameters.price_noise * rng.standard_normal(len(row))))
    design["cost"] = np.round(parameters.cost_share * usual + parameters.cost_single, 2)
    design["days_promised"] = rng.choice(parameters.waits, len(row))
    logit = parameters.at_start + parameters.by_price * (design["price"] - 150) / 10
    design["ordered"] = rng.random(len(row)) < special.expit(logit + parameters.by_day * design["days_promised"])
    design["customer_id"] = coded(customers["customer_id"], row)
    design["designed_at"] = (start + at.astype("timedelta64[m]")).astype("datetime64[us]")
    design["design_id"] = [f"G{n:06d}" for n in block * BLOCK * 3 + np.arange(1, len(row) + 1)]
    return design


def _choices(parameters: ConfiguratorParameters, behaviour: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    parts = {
        "colour": (COLOURS, parameters.colours),
        "fabric": (FABRICS, parameters.fabrics),
        "size": (SIZES, parameters.sizes),
    }
    chosen = {}
    for name, (options, weights) in parts.items():
        limits = {kind: np.cumsum([liked.get(o, 1.0) for o in options]) for kind, liked in weights.items()}
        of_row = np.array([limits[kind] for kind in behaviour.tolist()]).reshape(-1, len(options))
        chosen[name] = coded(
            options, (rng.random(len(behaviour))[:, None] * of_row[:, -1:] > of_row[:, :-1]).sum(axis=1)
        )
    share = np.array([parameters.monogram[kind] for kind in behaviour.tolist()])
    return pd.DataFrame({**chosen, "monogram": rng.random(len(behaviour)) < share})
