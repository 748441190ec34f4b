"""From a fitted model to money: what each customer brings, how sure that is, and what leaving will cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import amount, share, whole
from crm_lab.base.columns import columns
from crm_lab.lifetime._bg_nbd import BgNbd
from crm_lab.lifetime._gamma_gamma import GammaGamma

YEAR = 52  # weeks, in which the discount rate is given
STEP = 13  # weeks that are discounted together
NEEDED = ["frequency", "recency", "T", "monetary"]


def expected_clv(
    purchases: BgNbd, spend: GammaGamma, history: pd.DataFrame, weeks: int = YEAR, margin: float = 1.0,
    discount: float = 0.0,
) -> pd.Series:  # fmt: skip
    """The lifetime value still to come of each customer: expected purchases × expected amount × margin, in today's ¥.

    purchases, spend  the two models, fitted in weeks
    history           from `purchase_history` in weeks
    weeks             how far ahead, from 1
    margin            share of the amount that is kept, up to 1
    discount          rate a year; purchases of a quarter are discounted from its middle

    Returns a Series with the index of `history`. Raises InputError for a missing column or an argument out of range.
    Source: P. S. Fader, B. G. S. Hardie & K. L. Lee (2005), RFM and CLV: using iso-value curves for customer base
    analysis, Journal of Marketing Research 42(4), 415–430.

    >>> bought = pd.DataFrame({"frequency": [2, 0], "recency": [30.43, 0], "T": [38.86, 38], "monetary": [22.35, None]})
    >>> models = BgNbd(0.243, 4.414, 0.793, 2.426), GammaGamma(6.25, 3.74, 15.44)
    >>> expected_clv(*models, bought, weeks=39, discount=0.15).round(1).tolist()
    [28.8, 6.7]
    """
    x, t_x, end, mean = _parts(history)
    worth, before = pd.Series(0.0, x.index), pd.Series(0.0, x.index)
    for until, factor in _quarters(weeks, discount):
        expected = purchases.expected_purchases(until, x, t_x, end)
        worth += (expected - before) * factor
        before = expected
    return (worth * spend.expected_spend(x, mean) * margin).rename("clv")


def simulated_clv(
    purchases: BgNbd, spend: GammaGamma, history: pd.DataFrame, weeks: int = YEAR, margin: float = 1.0,
    discount: float = 0.0, draws: int = 1000, seed: int = 0,
) -> np.ndarray:  # fmt: skip
    """Futures of each customer, drawn from what the models know: (customers, draws) in today's ¥.

    draws  futures of each customer, from 1
    seed   of the random numbers

    The others as in `expected_clv`, whose values are the means of these. A customer is still there with P(alive); then
    the rate of buying is Gamma(r+x, α+T), the chance of leaving after a purchase Beta(a, b+x), the rate of amounts
    Gamma(q+px, γ+xm), and purchases come until time or customer is gone. Quantiles of a row are the interval of a
    customer, those of the column sums the interval of a group. The parameters count as known: the interval of a large
    group is a little too narrow.

    >>> bought = pd.DataFrame({"frequency": [2], "recency": [30.43], "T": [38.86], "monetary": [22.35]})
    >>> models = BgNbd(0.243, 4.414, 0.793, 2.426), GammaGamma(6.25, 3.74, 15.44)
    >>> futures = simulated_clv(*models, bought, weeks=39, draws=4000)
    >>> print(f"{futures.mean():.0f}, {np.quantile(futures, 0.025):.0f} to {np.quantile(futures, 0.975):.0f}")
    31, 0 to 151
    """
    rng = np.random.default_rng(seed)
    alive = purchases.p_alive(*_parts(history)[:3])
    x, _t_x, end, mean = (part.to_numpy()[:, np.newaxis] for part in _parts(history))
    size = (len(x), whole(draws, "draws", 1))
    there = rng.random(size) < alive.to_numpy()[:, np.newaxis]
    rate = rng.gamma(purchases.r + x, 1 / (purchases.alpha + end), size)
    leaves = rng.beta(purchases.a, purchases.b + x, size)
    amounts = rng.gamma(spend.q + spend.p * x, 1 / (spend.gamma + x * mean), size)
    worth, begun = np.zeros(size), 0
    for until, factor in _quarters(weeks, discount):
        last = rng.geometric(np.clip(leaves, 1e-12, 1))
        wanted = rng.poisson(rate * (until - begun)) * there
        made = np.minimum(wanted, last)
        worth += np.where(made > 0, rng.gamma(spend.p * np.maximum(made, 1)), 0) / amounts * factor
        there, begun = there & (wanted < last), until
    return worth * margin


def clv_interval(futures: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """The interval in which the sum of these customers' values lies with this chance.

    futures  from `simulated_clv`, or some of its rows

    >>> clv_interval(np.arange(101.0).reshape(1, -1), 0.5)
    (25.0, 75.0)
    """
    tail = (1 - share(level, "level", zero_ok=False)) / 2
    low, high = np.quantile(np.asarray(futures).sum(axis=0), [tail, 1 - tail])
    return float(low), float(high)


def value_at_stake(
    purchases: BgNbd, spend: GammaGamma, history: pd.DataFrame, weeks: int = YEAR, margin: float = 1.0
) -> pd.Series:
    """What leaving will cost of each customer, in ¥: the value if nobody left from today, less the expected one.

    P(alive) · ((r+x)/(α+T) · weeks − purchases expected of one who is there) · amount · margin. Who has surely gone
    has nothing at stake, nor has who surely stays: an offer to stay can win no more than this.
    The arguments are those of `expected_clv`; nothing is discounted.

    >>> bought = pd.DataFrame({"frequency": [9, 9], "recency": [36.0, 8.0], "T": [38.0, 38.0], "monetary": [30.0] * 2})
    >>> models = BgNbd(0.243, 4.414, 0.793, 2.426), GammaGamma(6.25, 3.74, 15.44)
    >>> value_at_stake(*models, bought, weeks=52).round(1).tolist()
    [79.2, 0.0]
    """
    x, t_x, end, mean = _parts(history)
    rate = (purchases.r + x) / (purchases.alpha + end)
    stays = purchases.p_alive(x, t_x, end) * rate * whole(weeks, "weeks", 1)
    lost = stays - purchases.expected_purchases(weeks, x, t_x, end)
    return (lost * spend.expected_spend(x, mean) * margin).rename("stake")


def _parts(history: pd.DataFrame) -> tuple[pd.Series, ...]:
    """Its columns frequency, recency, T and monetary (0 where it is empty), with its index."""
    table = columns(history, NEEDED, "history").set_axis(history.index)
    return table["frequency"], table["recency"], table["T"], table["monetary"].fillna(0).astype(float)


def _quarters(weeks: int, discount: float) -> Iterator[tuple[int, Any]]:
    """The end of each quarter (or what is left of one) in weeks, and what ¥1 of its middle is worth today."""
    rate, begun = amount(discount, "discount"), 0
    while begun < whole(weeks, "weeks", 1):
        until = min(begun + STEP, weeks)
        yield until, (1 + rate) ** (-(begun + until) / 2 / YEAR)
        begun = until
