"""When customers buy: BG/NBD in business time (Fader, Hardie & Lee 2005), one quarter at a time.

A customer buys at a steady rate and, after each repeat purchase, may leave for good. Waiting times are
exponential, hence memoryless: a quarter can begin afresh from who is still there, which is what lets a
policy change the rates between quarters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lab.world.policy import Actions


@dataclass
class Buyers:
    """The customers of one block as they stand: traits that never change, and who is still there."""

    traits: pd.DataFrame
    there: np.ndarray

    def quarter(
        self, start: float, end: float, actions: Actions, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray]:
        """Let one quarter pass. Returns row of the customer and business time of every purchase, by time."""
        first = self.traits["first"].to_numpy()
        rate = self.traits["rate"].to_numpy() * actions.buying
        leave = np.minimum(self.traits["leave"].to_numpy() * actions.leaving, 1.0)
        new = np.flatnonzero((first >= start) & (first < end))
        who, when = [new], [first[new]]
        active = np.flatnonzero(self.there & (first < end))
        at = np.maximum(first[active], start)
        while len(active):
            at = at + rng.exponential(1.0, len(active)) / rate[active]
            active, at = active[at < end], at[at < end]
            who.append(active)
            when.append(at)
            stays = rng.random(len(active)) >= leave[active]
            self.there[active[~stays]] = False
            active, at = active[stays], at[stays]
        rows, times = np.concatenate(who), np.concatenate(when)
        order = np.lexsort((rows, times))
        return rows[order], times[order]
