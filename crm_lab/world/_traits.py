"""What each customer is like underneath: drawn once, never seen in the tables, kept in the truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.commerce import ACQUISITION
from crm_lab.world._clock import Clock
from crm_lab.world.parameters import CHANGES, KINDS, STYLES, Parameters


def draw_traits(parameters: Parameters, clock: Clock, seed: int, block: int, size: int) -> pd.DataFrame:
    """Latent traits of the panel's customers of one block, indexed by customer number from 1.

    Columns: kind, style, behaviour, change (codes); satisfaction (standard normal); rate (purchases a week of business
    time); leave (chance after a repeat purchase); nu (rate of the order value, 1/¥); returns (share of lines);
    registered (calendar day); first (business time of the first order, inf = never); change_at (business time);
    channel (where the account was won); cohort (0 for the panel, n + 1 for who came beyond it in quarter n).
    """
    rng = stream(seed, "traits", block)
    traits, buyer = _character(parameters, size, rng)
    traits |= _beginning(parameters, clock, buyer, rng)
    change = rng.choice(3, size, p=parameters.changes)
    change_at = clock.business(rng.uniform(*parameters.change_at, size) * clock.recorded)
    traits["behaviour"] = _behaviour(parameters, stream(seed, "behaviour", block), size)
    frame = pd.DataFrame({**traits, "change": np.take(CHANGES, change), "change_at": change_at})
    frame["channel"] = _channel(parameters, frame, np.ones(len(ACQUISITION)), stream(seed, "channel", block))[0]
    frame["cohort"] = 0
    return frame.set_index(np.arange(block * BLOCK + 1, block * BLOCK + size + 1))


def draw_newcomers(
    parameters: Parameters, clock: Clock, mean: np.ndarray, seed: int, block: int, quarter: int
) -> pd.DataFrame:
    """Latent traits of customers beyond the panel who register in one quarter, by the day they do; numbered from 0.

    mean  accounts expected by channel, in the order of ACQUISITION

    Someone in every number is drawn as in the panel, and comes as often as the channels reach such people.
    """
    rng = stream(seed, "newcomers", block, quarter)
    tilt = np.array([parameters.market.spend.quality[channel] for channel in ACQUISITION])
    most = max(mean.sum() + abs(mean @ tilt), 1e-9)
    size = int(rng.poisson(most))
    traits, buyer = _character(parameters, size, rng)
    days = clock.days_of(quarter)
    registered = np.sort(rng.uniform(days.start, days.stop, size))
    traits |= {"registered": registered, "first": _first(parameters, clock, buyer, registered, rng)}
    change = rng.choice(3, size, p=parameters.changes)
    change_at = clock.business(registered + rng.uniform(*parameters.change_at, size) * clock.recorded)
    traits["behaviour"] = _behaviour(parameters, rng, size)
    frame = pd.DataFrame({**traits, "change": np.take(CHANGES, change), "change_at": change_at})
    share = np.array(list(parameters.market.spend.customers.values()))
    frame["channel"], weight = _channel(parameters, frame, mean / share / most, rng)
    frame["cohort"] = quarter + 1
    return frame[rng.random(size) < weight].reset_index(drop=True)


def _character(
    parameters: Parameters, size: int, rng: np.random.Generator
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Who people are and how they buy, and the parameters of each one's kind."""
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
    return traits, buyer


def _channel(
    parameters: Parameters, traits: pd.DataFrame, reach: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Where each account was won. Good channels bring more of those who buy often for their kind.

    reach  how much of its share of customers each channel brings; also returns their sum for each person
    """
    kinds = traits["kind"]
    shape = kinds.map({kind: buyer.rate_shape for kind, buyer in parameters.buyers.items()}).to_numpy(float)
    scale = kinds.map({kind: buyer.rate_scale for kind, buyer in parameters.buyers.items()}).to_numpy(float)
    often = special.gammainc(shape, traits["rate"].to_numpy() / scale)  # evenly from 0 to 1 within each kind
    spend = parameters.market.spend
    tilt = np.array([spend.quality[channel] for channel in ACQUISITION])
    share = np.array([spend.customers[channel] for channel in ACQUISITION])
    limits = np.cumsum(share * reach * (1 + tilt * (2 * often[:, None] - 1)), axis=1)
    place = (rng.random(len(traits))[:, None] * limits[:, -1:] > limits[:, :-1]).sum(axis=1)
    return np.take(ACQUISITION, place), limits[:, -1]


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
    size, days = len(buyer["never"]), clock.recorded
    launch = np.minimum(rng.exponential(parameters.launch_days, size), days * parameters.launch_until)
    late = rng.random(size) >= parameters.launch_share
    registered = np.where(late, rng.uniform(0, days - parameters.quiet_days, size), launch)
    return {"registered": registered, "first": _first(parameters, clock, buyer, registered, rng)}


def _first(
    parameters: Parameters,
    clock: Clock,
    buyer: dict[str, np.ndarray],
    registered: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Business time of the first order, inf for who never orders."""
    first = clock.business(registered + rng.exponential(parameters.first_order_days, len(registered)))
    return np.where(rng.random(len(registered)) < buyer["never"], np.inf, first)
