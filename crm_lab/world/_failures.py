"""What goes wrong with an order, who says so, and how it ends: drawn with the order, as it may cost the customer.

Who stays silent or is badly served is more likely to leave; who is well served is less likely to than after an order
without trouble.
"""

from __future__ import annotations

import numpy as np

from crm_lab.schema.contact import FAILURES
from crm_lab.world._contact.contact_parameters import TicketParameters
from crm_lab.world._contact.service import response_hours
from crm_lab.world._effects import Effects

ENDINGS = ("none", "silent", "badly_served", "well_served")
NONE, SILENT, BADLY, WELL = range(4)
TROUBLE = np.dtype([("failure", "i1"), ("ending", "i1"), ("response", "f8"), ("favour", "?")])


def draw_trouble(
    parameters: TicketParameters, speaks_up: np.ndarray, effects: Effects, rng: np.random.Generator
) -> np.ndarray:
    """What goes wrong with each order: a record array of dtype TROUBLE.

    speaks_up  how much more often than others the customer of each order complains
    effects    of what the company decided for this quarter: failing, response and generosity count here

    Fields: failure, number of the failure in FAILURES, -1 for none; ending, its number in ENDINGS; response, hours to
    the first response if the customer complains; favour, whether the complaint is settled in the customer's favour.

    >>> trouble = draw_trouble(TicketParameters(), np.ones(1000), Effects(), np.random.default_rng(0))
    >>> int((trouble["failure"] >= 0).sum()), np.unique(trouble["ending"]).tolist()
    (62, [0, 1, 2, 3])
    """
    trouble = np.zeros(len(speaks_up), TROUBLE)
    trouble["failure"] = -1
    fails = np.flatnonzero(rng.random(len(speaks_up)) < parameters.failure * effects.failing)
    failure = rng.choice(len(FAILURES), len(fails), p=[parameters.kinds[name] for name in FAILURES])
    complains = np.take([parameters.complains[name] for name in FAILURES], failure) * speaks_up[fails]
    silent = rng.random(len(fails)) >= complains
    response = response_hours(parameters, np.take(FAILURES, failure), rng) * effects.response
    favour = rng.random(len(fails)) < 1 - (1 - parameters.favour) ** effects.generosity
    ending = np.select([silent, favour & (response <= parameters.quick)], [SILENT, WELL], BADLY)
    for name, values in zip(TROUBLE.names or (), (failure, ending, response, favour), strict=True):
        trouble[name][fails] = values
    return trouble


def leaving(
    parameters: TicketParameters, usual: np.ndarray, ending: np.ndarray, effects: Effects | None = None
) -> np.ndarray:
    """Chance of leaving after each order: the odds of the usual chance, times the factor of how its trouble ended.

    usual    chance after an order without trouble
    ending   of the order, number in ENDINGS
    effects  of what the company decided: leaving counts here

    >>> leaving(TicketParameters(), np.array([0.2, 0.2]), np.array([NONE, SILENT])).round(2).tolist()
    [0.2, 0.69]
    """
    factor = np.take([1.0, *(parameters.leaving[name] for name in ENDINGS[1:])], ending)
    factor = factor * (effects.leaving if effects else 1.0)
    return usual * factor / (1 - usual + usual * factor)
