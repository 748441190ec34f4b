"""Gamma-Gamma: what a customer spends on a purchase, from the few purchases one has seen (Fader & Hardie 2013).

The amounts of a customer scatter around their own mean as a Gamma distribution of shape p; its rate differs from
customer to customer as Gamma(q, γ). One purchase says little about a customer, many say much: the expected amount
lies between the mean of all and the customer's own, nearer to the own the more purchases there are. How often someone
buys must have nothing to do with how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from crm_lab.base.text import _
from crm_lab.lifetime._fit import most_likely
from crm_lab.lifetime._input import column, like, refuse, same_length

NAMES = ("p", "q", "gamma")


@dataclass(frozen=True)
class GammaGamma:
    """A fitted model. Amounts are in the unit of the data it was fitted on.

    p         amount of a purchase ~ Gamma(shape p, rate ν of the customer)
    q, gamma  ν ~ Gamma(shape q, rate gamma); the mean amount of all is p·gamma / (q − 1) if q > 1
    loglik    natural log of the likelihood, summed over the customers
    """

    p: float
    q: float
    gamma: float
    loglik: float = np.nan

    def expected_spend(self, frequency: Any, monetary: Any) -> Any:
        """Amount to expect of each further purchase of a customer, who so far made `frequency` of mean `monetary`.

        p · (γ + x·m) / (p·x + q − 1): the mean of all where x = 0, then ever nearer to the customer's own mean m.
        Returns a float, array or Series, as `frequency` is.
        Raises InputError for an amount below 0, or for x = 0 when q is 1 or less: then the mean of all has no end.
        Source: equation (5) of P. S. Fader & B. G. S. Hardie (2013), The Gamma-Gamma model of monetary value.

        >>> cdnow = GammaGamma(p=6.25, q=3.74, gamma=15.44)
        >>> round(cdnow.expected_spend(frequency=2, monetary=22.35), 2)
        24.66
        """
        x, mean = column(frequency, "frequency"), column(monetary, "monetary")
        same_length({"frequency": x, "monetary": mean})
        endless = _("{where} is too small for q = {q}, with which the mean has no end. Give customers with purchases.")
        refuse(self.p * x + self.q <= 1, "frequency", endless.replace("{q}", f"{self.q:.3g}"))
        return like(self.p * (self.gamma + x * mean) / (self.p * x + self.q - 1), frequency)


def fit_gamma_gamma(frequency: Any, monetary: Any) -> GammaGamma:
    """The Gamma-Gamma model under which these mean amounts are most likely (maximum likelihood).

    frequency  purchases averaged in `monetary`, above 0; with `purchase_history`, leave out who has no repeat purchase
    monetary   mean amount of a customer's purchases, above 0

    Γ(px+q)/(Γ(px)·Γ(q)) · γ^q · m^(px−1) · x^(px) / (γ + x·m)^(px+q) for a mean m of x purchases.
    Raises InputError when a frequency or an amount is 0, and when the amounts do not settle a parameter: it runs off
    to nothing or without end, as p does when each customer always spends the same.
    Source: P. S. Fader & B. G. S. Hardie (2013), The Gamma-Gamma model of monetary value, equation (1a).

    >>> rng = np.random.default_rng(0)
    >>> purchases, rate = 1 + rng.poisson(2, 20_000), rng.gamma(3.8, 1 / 215, 20_000)
    >>> fit = fit_gamma_gamma(purchases, rng.gamma(4 * purchases) / (purchases * rate))
    >>> print(f"{fit.p:.1f} {fit.q:.1f} {fit.gamma:.0f}")
    4.0 3.7 211
    """
    x, mean = column(frequency, "frequency"), column(monetary, "monetary")
    same_length({"frequency": x, "monetary": mean})
    refuse(x == 0, "frequency", _("{where} is 0. Leave out customers without a purchase that is averaged."))
    refuse(mean == 0, "monetary", _("{where} is 0. The model needs amounts above 0: leave such customers out."))
    unit = mean.mean()
    refusal = _(
        "These amounts do not settle {names} of Gamma-Gamma. "
        "Use more customers, among whom some spend more than others on every purchase."
    )
    p, q, gamma = most_likely(lambda each: _log_likelihood(each, x, mean / unit).mean(), NAMES, refusal)
    found = (p, q, gamma * unit)
    return GammaGamma(*map(float, (*found, _log_likelihood(found, x, mean).sum())))


def _log_likelihood(parameters: Any, x: np.ndarray, mean: np.ndarray) -> np.ndarray:
    p, q, gamma = parameters
    px = p * x
    shapes = special.gammaln(px + q) - special.gammaln(px) - special.gammaln(q)
    return shapes + q * np.log(gamma) + (px - 1) * np.log(mean) + px * np.log(x) - (px + q) * np.log(gamma + x * mean)
