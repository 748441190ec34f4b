"""What each customer is like underneath: drawn once, never seen in the tables, kept in the truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import BLOCK, stream
from crm_lab.world.clock import Clock
from crm_lab.world.parameters import CHANGES, KINDS, STYLES, Parameters


def draw_traits(parameters: Parameters, clock: Clock, seed: int, block: int, size: int) -> pd.DataFrame:
    """Latent traits of the customers of one block, indexed by customer number from 1.

    Columns: kind, style, behaviour, change (codes); satisfaction (standard normal); rate (purchases a week of business
    time); leave (chance after a repeat purchase); nu (rate of the order value, 1/¥); returns (share of
    lines); registered (calendar day); first (business time of the first order, inf = never);
    change_at (business time).
    """
    rng = stream(seed, "traits", block)
    kind = rng.choice(len(KINDS), size, p=[parameters.buyers[k].share for k in KINDS])
    buyer = _of_kind(parameters, kind)
    satisfaction = rng.standard_normal(size)
    rate = rng.gamma(buyer["rate_shape"]) * buyer["rate_scale"]
    traits = {
        "kind": np.take(KINDS, kind),
        "style": _style(parameters, kind, rng),
        "satisfaction": satisfaction,
        "rate": rate,
        "leave": _leave(parameters, buyer, satisfaction, rng),
        "nu": rng.gamma(buyer["spend_q"]) / buyer["spend_gamma"],
        "returns": _returns(parameters, buyer, kind, rng),
    }
    traits |= _beginning(parameters, clock, buyer, rng)
    change = rng.choice(3, size, p=parameters.changes)
    change_at = clock.business(rng.uniform(0.72, 0.78, size) * len(clock.days))
    traits["behaviour"] = _behaviour(parameters, stream(seed, "behaviour", block), size)
    number = np.arange(block * BLOCK + 1, block * BLOCK + size + 1)
    return pd.DataFrame({**traits, "change": np.take(CHANGES, change), "change_at": change_at}, index=number)


def _of_kind(parameters: Parameters, kind: np.ndarray) -> dict[str, np.ndarray]:
    fields = [name for name in vars(parameters.buyers[KINDS[0]]) if name != "styles"]
    return {name: np.array([getattr(parameters.buyers[k], name) for k in KINDS])[kind] for name in fields}


def _style(parameters: Parameters, kind: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    limits = np.cumsum([parameters.buyers[k].styles for k in KINDS], axis=1)[kind]
    return np.take(STYLES, (rng.random(len(kind))[:, None] > limits[:, :2]).sum(axis=1))


def _behaviour(parameters: Parameters, rng: np.random.Generator, size: int) -> np.ndarray:
    types = parameters.choice.behaviours
    return rng.choice(list(types), size, p=[kind.share for kind in types.values()])


def _leave(
    parameters: Parameters, buyer: dict[str, np.ndarray], satisfaction: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    # Beta-distributed as BG/NBD asks, yet lower for satisfied customers: a Gaussian copula keeps both true.
    strength = parameters.satisfaction_on_leaving
    mixed = -strength * satisfaction + np.sqrt(1 - strength**2) * rng.standard_normal(len(satisfaction))
    return special.betaincinv(buyer["drop_a"], buyer["drop_b"], special.ndtr(mixed))


def _returns(
    parameters: Parameters, buyer: dict[str, np.ndarray], kind: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    usual = rng.beta(buyer["return_a"], buyer["return_b"])
    heavy = rng.beta(parameters.problem_a, parameters.problem_b, len(kind))
    return np.where((rng.random(len(kind)) < parameters.problem_share) & (kind != KINDS.index("dealer")), heavy, usual)


def _beginning(
    parameters: Parameters, clock: Clock, buyer: dict[str, np.ndarray], rng: np.random.Generator
) -> dict[str, np.ndarray]:
    size, days = len(buyer["never"]), len(clock.days)
    launch = np.minimum(rng.exponential(parameters.launch_days, size), days / 2)
    registered = np.where(rng.random(size) < parameters.launch_share, launch, rng.uniform(0, days - 3, size))
    first = clock.business(registered + rng.exponential(parameters.first_order_days, size))
    never = (rng.random(size) < buyer["never"]) | (first >= clock.weeks[-1])
    return {"registered": registered, "first": np.where(never, np.inf, first)}
