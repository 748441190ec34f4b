"""When customers buy: BG/NBD in business time (Fader, Hardie & Lee 2005), one quarter at a time.

A customer buys at a steady rate and, after each repeat purchase, may leave for good; an order that goes wrong makes
leaving more or less likely, depending on how that ends. Waiting times are exponential, hence memoryless: a quarter can
begin afresh from who is still there, which is what lets a policy change the rates between quarters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lab.world.contact.parameters import TicketParameters
from crm_lab.world.failures import BADLY, SILENT, draw_trouble, leaving
from crm_lab.world.policy import Actions


@dataclass
class Buyers:
    """The customers of one block as they stand: traits that never change, and who is still there."""

    service: TicketParameters
    traits: pd.DataFrame
    there: np.ndarray

    def quarter(
        self, start: float, end: float, actions: Actions, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Let one quarter pass. Returns row of the customer, business time and trouble of every purchase, by time.

        The trouble is the record array of failures.draw_trouble.
        """
        first = self.traits["first"].to_numpy()
        rate = self.traits["rate"].to_numpy() * actions.buying
        usual = np.minimum(self.traits["leave"].to_numpy() * actions.leaving, 1.0)
        speaks_up = self.traits["style"].map(self.service.speaks_up).to_numpy(float)
        new = np.flatnonzero((first >= start) & (first < end))
        who, when, trouble = [new], [first[new]], [draw_trouble(self.service, speaks_up[new], actions, rng)]
        # nobody leaves after a first order without trouble, as in BG/NBD
        lost = np.isin(trouble[0]["ending"], [SILENT, BADLY])
        chance = np.where(lost, leaving(self.service, usual[new], trouble[0]["ending"]), 0.0)
        self.there[new[rng.random(len(new)) < chance]] = False
        active = np.flatnonzero(self.there & (first < end))
        at = np.maximum(first[active], start)
        while len(active):
            at = at + rng.exponential(1.0, len(active)) / rate[active]
            active, at = active[at < end], at[at < end]
            went_wrong = draw_trouble(self.service, speaks_up[active], actions, rng)
            who.append(active)
            when.append(at)
            trouble.append(went_wrong)
            stays = rng.random(len(active)) >= leaving(self.service, usual[active], went_wrong["ending"])
            self.there[active[~stays]] = False
            active, at = active[stays], at[stays]
        rows, times = np.concatenate(who), np.concatenate(when)
        order = np.lexsort((rows, times))
        return rows[order], times[order], np.concatenate(trouble)[order]
