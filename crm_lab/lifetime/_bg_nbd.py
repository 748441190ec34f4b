"""BG/NBD: how often customers buy, and whether they are still there (Fader, Hardie & Lee 2005).

While a customer is there, purchases come at random at a rate of their own; rates differ as Gamma(r, α). After each
repeat purchase a customer leaves for good with a chance of their own; these chances differ as Beta(a, b). Nobody says
goodbye: a long silence is either leaving or buying rarely, and the model weighs one against the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.lifetime._fit import most_likely
from crm_lab.lifetime._input import column, histories, like, refuse, same_length

NAMES = ("r", "alpha", "a", "b")
HURRIED = 100  # an a beyond which nearly all leave at once, and ₂F₁ becomes too large for a computer


@dataclass(frozen=True)
class BgNbd:
    """A fitted model. Times are in the unit of the data it was fitted on.

    r, alpha  purchases per unit of time ~ Gamma(shape r, rate alpha): r / alpha on average
    a, b      chance of leaving after a repeat purchase ~ Beta(a, b): a / (a + b) on average
    loglik    natural log of the likelihood, summed over the customers
    """

    r: float
    alpha: float
    a: float
    b: float
    loglik: float = np.nan

    def p_alive(self, frequency: Any, recency: Any, T: Any) -> Any:
        """Chance that a customer with this history is still there; 1 without a repeat purchase.

        1 / (1 + a/(b+x−1) · ((α+T)/(α+t_x))^(r+x)) for x > 0.
        Returns a float, array or Series, as `frequency` is. Raises InputError for a history that cannot be.
        Source: P. S. Fader, B. G. S. Hardie & K. L. Lee (2008), Computing P(alive) using the BG/NBD model.

        >>> cdnow = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> round(cdnow.p_alive(frequency=2, recency=30.43, T=38.86), 3)
        0.727
        """
        x, t_x, end = histories(frequency, recency, T)
        return like(special.expit(-self._left(x, t_x, end)), frequency)

    def expected_purchases(self, t: Any, frequency: Any, recency: Any, T: Any) -> Any:
        """Purchases to expect in the next `t` units of time from a customer with this history.

        (a+b+x−1)/(a−1) · (1 − ((α+T)/(α+T+t))^(r+x) · ₂F₁(r+x, b+x; a+b+x−1; t/(α+T+t))) · P(alive). With all three
        of the history 0, these are the repeat purchases of a new customer.
        Returns a float, array or Series, as `frequency` is. Raises InputError for a history that cannot be.
        Source: equation (10) of P. S. Fader, B. G. S. Hardie & K. L. Lee (2005), Marketing Science 24(2), 275–284.

        >>> cdnow = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> round(cdnow.expected_purchases(39, frequency=2, recency=30.43, T=38.86), 3)
        1.226
        """
        x, t_x, end = histories(frequency, recency, T)
        ahead = column(t, "t")
        if self.a > HURRIED:
            found = _survived_purchases(self.r + x, self.a, self.b + x, ahead / (self.alpha + end + ahead))
        else:
            found = self._closed_form(x, ahead / (self.alpha + end + ahead))
        return like(found * special.expit(-self._left(x, t_x, end)), frequency)

    def _closed_form(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        # the formula is 0/0 where a = 1 or a + b = 1, and smooth around it
        a = self.a + 1e-6 if min(abs(self.a - 1), abs(self.a + self.b - 1)) < 1e-7 else self.a
        # Euler's transformation of ₂F₁: the same, without numbers too large for a computer when x is in the hundreds
        series = (1 - z) ** (a - 1) * special.hyp2f1(a + self.b - 1 - self.r, a - 1, a + self.b + x - 1, z)
        rounded: np.ndarray = (a + self.b + x - 1) / (a - 1) * (1 - series)
        return np.maximum(rounded, 0.0)  # a hair of time may come out a hair below nothing

    def _left(self, x: np.ndarray, t_x: np.ndarray, end: np.ndarray) -> np.ndarray:
        return _log_odds_left((self.r, self.alpha, self.a, self.b), x, t_x, end)


def bg_nbd_log_likelihood(
    r: float, alpha: float, a: float, b: float, frequency: Any, recency: Any, T: Any
) -> np.ndarray | pd.Series | float:
    """Natural log of the likelihood of each history under BG/NBD.

    r, alpha, a, b         as of BgNbd, all above 0
    frequency, recency, T  repeat purchases x; time from first to last purchase t_x; time from the first to today

    B(a, b+x)/B(a, b) · Γ(r+x)/Γ(r) · α^r · ((α+T)^−(r+x) + [x > 0] · a/(b+x−1) · (α+t_x)^−(r+x))
    The first term of the bracket is a customer who is still there and silent since, the second one who left at once.
    Returns a float, array or Series, as `frequency` is. Raises InputError for a history that cannot be.
    Source: equation (6) of P. S. Fader, B. G. S. Hardie & K. L. Lee (2005), Marketing Science 24(2), 275–284.

    >>> round(bg_nbd_log_likelihood(0.243, 4.414, 0.793, 2.426, frequency=2, recency=30.43, T=38.86), 4)
    -9.4586
    """
    for name, value in zip(NAMES, (r, alpha, a, b), strict=True):
        if not value > 0:
            raise InputError(_("{name} must lie above 0, not {value}.").format(name=name, value=value))
    return like(_log_likelihood((r, alpha, a, b), *histories(frequency, recency, T)), frequency)


def fit_bg_nbd(frequency: Any, recency: Any, T: Any, weights: Any = None) -> BgNbd:
    """The BG/NBD model under which these histories are most likely (maximum likelihood).

    frequency  repeat purchases of each customer, whole numbers; `purchase_history` makes all three
    recency    time from the first to the last purchase, 0 without repeat
    T          time from the first purchase to today, in the same unit
    weights    how many customers have this history; without, each row is one

    Equal histories are grouped first, so many customers cost little more than many different histories.
    Raises InputError for histories that cannot be, and when they do not settle a parameter: it runs off to nothing or
    without end, as a and b do when nobody leaves.
    Source: P. S. Fader, B. G. S. Hardie & K. L. Lee (2005), "Counting your customers" the easy way: an alternative to
    the Pareto/NBD model, Marketing Science 24(2), 275–284.

    >>> fit = fit_bg_nbd([0, 0, 1, 1, 3, 5, 9], [0, 0, 4, 20, 18, 12, 39], [40, 30, 35, 40, 39, 38, 40])
    >>> bool(0 < fit.p_alive(5, 12, 38) < fit.p_alive(9, 39, 40) < 1)
    True
    """
    x, t_x, end, count = _grouped(frequency, recency, T, weights)
    if not (x * count).any():
        raise InputError(_("frequency is 0 for every customer. Use a longer time, or more customers."))
    unit, total = end.max(), count.sum()

    def mean(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        values, slopes = _value_and_slopes(parameters, x, t_x / unit, end / unit)
        return values @ count / total, slopes @ count / total

    refusal = _(
        "These purchases do not settle {names} of BG/NBD. "
        "Use more customers, or a longer time in which some come back and some stay away."
    )
    r, alpha, a, b = most_likely(mean, NAMES, refusal, slopes=True) * (1, unit, 1, 1)
    return BgNbd(*map(float, (r, alpha, a, b, _log_likelihood((r, alpha, a, b), x, t_x, end) @ count)))


def _survived_purchases(s: np.ndarray, a: float, b: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Purchases to expect of one who is there: Σ over j of P(more than j would come in time) · P(j are survived).

    s, z  r + x and t/(α+T+t): what would come, if nobody left, is negative binomial, P(more than j) = I_z(j+1, s)
    a, b  a and b + x: P(j survived) = B(a, b+j)/B(a, b)

    Equation (10) with Euler's integral of ₂F₁ (DLMF 15.6.1) written as a series: all its terms are positive, and the
    larger a is, the fewer count.
    """
    total, survived, j = np.zeros(np.broadcast(s, b, z).shape), np.ones(np.shape(b)), 0
    while ((term := survived * special.betainc(j + 1, s, z)) > 1e-17 * total).any():
        total += term
        survived = survived * (b + j) / (a + b + j)
        j += 1
    return total


def _log_odds_left(parameters: Any, x: np.ndarray, t_x: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Log of P(left) / P(alive): ln a/(b+x−1) + (r+x) · ln (α+T)/(α+t_x); nobody leaves before a repeat purchase."""
    r, alpha, a, b = parameters
    odds = np.log(a) - np.log(b + np.maximum(x, 1) - 1) + (r + x) * (np.log(alpha + end) - np.log(alpha + t_x))
    return np.where(x > 0, odds, -np.inf)


def _log_likelihood(parameters: Any, x: np.ndarray, t_x: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The bracket of the likelihood is (α+T)^−(r+x) · (1 + odds of having left)."""
    r, alpha, a, b = parameters
    stays = special.betaln(a, b + x) - special.betaln(a, b)
    buys = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + end)
    return stays + buys + np.logaddexp(0, _log_odds_left(parameters, x, t_x, end))


def _value_and_slopes(
    parameters: np.ndarray, x: np.ndarray, t_x: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The log-likelihood of each history and its derivatives by r, alpha, a and b, (4, histories)."""
    r, alpha, a, b = parameters
    left = special.expit(_log_odds_left(parameters, x, t_x, end))
    silence = np.log(alpha + end) - np.log(alpha + t_x)
    digamma, all_stay = special.digamma, special.digamma(a + b) - special.digamma(a + b + x)
    by_r = digamma(r + x) - digamma(r) + np.log(alpha) - np.log(alpha + end) + left * silence
    by_alpha = r / alpha - (r + x) * ((1 - left) / (alpha + end) + left / (alpha + t_x))
    by_a = all_stay + left / a
    by_b = all_stay + digamma(b + x) - digamma(b) - left / (b + np.maximum(x, 1) - 1)
    return _log_likelihood(parameters, x, t_x, end), np.stack([by_r, by_alpha, by_a, by_b])


def _grouped(frequency: Any, recency: Any, T: Any, weights: Any) -> tuple[np.ndarray, ...]:
    """Each different history once: x, t_x, T, and how many customers have it."""
    x, t_x, end = histories(frequency, recency, T)
    count = np.ones(len(x)) if weights is None else column(weights, "weights")
    same_length({"frequency": x, "weights": count})
    refuse(np.repeat(end.max() == 0, 1), "T", _("{where} is 0 like all others. Use a longer time."))
    table = pd.DataFrame({"x": x, "t_x": t_x, "T": end, "count": count})
    grouped = table.groupby(["x", "t_x", "T"], sort=False)["count"].sum().reset_index()
    return tuple(grouped[name].to_numpy() for name in grouped)
