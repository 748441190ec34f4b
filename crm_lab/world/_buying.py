"""When customers buy: BG/NBD in business time (Fader, Hardie & Lee 2005), one quarter at a time.

A customer buys at a steady rate and, after each repeat purchase, may leave for good; an order that goes wrong makes
leaving more or less likely, depending on how that ends. Waiting times are exponential, hence memoryless: a quarter can
begin afresh from who is still there, which is what lets a policy change the rates between quarters.

An offer moves the customers it reaches within a window: some buy who would not have, and come back if they had left,
some who would have bought do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lab.world._contact.contact_parameters import TicketParameters
from crm_lab.world._effects import Effects
from crm_lab.world._failures import BADLY, SILENT, draw_trouble, leaving


@dataclass(frozen=True)
class Reached:
    """The customers whom an offer reaches.

    rows      position of each in the traits
    adds      chance that it brings an order that would not have been placed
    stops     chance that it prevents an order within the window
    annoys    chance that it drives the customer away for good
    discount  share taken off orders within the window
    until     business time at which the window closes; it opens with the quarter
    """

    rows: np.ndarray
    adds: np.ndarray
    stops: np.ndarray
    annoys: np.ndarray
    discount: float
    until: float


Bought = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


@dataclass
class Buyers:
    """The customers of one block as they stand: traits that never change, and who is still there."""

    service: TicketParameters
    traits: pd.DataFrame
    alive: np.ndarray

    def __post_init__(self) -> None:
        self.first = self.traits["first"].to_numpy()
        self.rate = self.traits["rate"].to_numpy()
        self.usual = self.traits["leave"].to_numpy()
        self.speaks_up = self.traits["style"].map(self.service.speaks_up).to_numpy(float)

    def quarter(self, start: float, end: float, effects: Effects, rng: np.random.Generator) -> Bought:
        """Let one quarter pass. Returns row of the customer, business time, trouble and discount of every purchase.

        They are sorted by time. The trouble is the record array of failures.draw_trouble; no discount is given yet.
        """
        first = self.first
        new = np.flatnonzero((first >= start) & (first < end))
        who, when, trouble = [new], [first[new]], [draw_trouble(self.service, self.speaks_up[new], effects, rng)]
        # nobody leaves after a first order without trouble, as in BG/NBD
        lost = np.isin(trouble[0]["ending"], [SILENT, BADLY])
        chance = np.where(lost, leaving(self.service, self.usual[new], trouble[0]["ending"], effects), 0.0)
        self.alive[new[rng.random(len(new)) < chance]] = False
        active = np.flatnonzero(self.alive & (first < end))
        at = np.maximum(first[active], start)
        while len(active):
            at = at + rng.exponential(1.0, len(active)) / self.rate[active]
            active, at = active[at < end], at[at < end]
            went_wrong, stays = self._after(active, effects, rng)
            who.append(active)
            when.append(at)
            trouble.append(went_wrong)
            active, at = active[stays], at[stays]
        rows, times, troubles = np.concatenate(who), np.concatenate(when), np.concatenate(trouble)
        return in_time(rows, times, troubles, np.zeros(len(rows)))

    def _after(self, rows: np.ndarray, effects: Effects, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """What goes wrong with a purchase of each of these, and who stays; the others are gone."""
        trouble = draw_trouble(self.service, self.speaks_up[rows], effects, rng)
        stays = rng.random(len(rows)) >= leaving(self.service, self.usual[rows], trouble["ending"], effects)
        self.alive[rows[~stays]] = False
        return trouble, stays

    def moved(
        self, bought: Bought, reached: Reached, start: float, effects: Effects, rng: np.random.Generator
    ) -> Bought:
        """The purchases of the quarter when an offer has reached some customers at its start."""
        rows, times, troubles, discounts = bought
        size = len(self.alive)
        stops, taken_off = np.zeros(size), np.zeros(size)
        stops[reached.rows], taken_off[reached.rows] = reached.stops, reached.discount
        inside = times < reached.until
        kept = ~(inside & (rng.random(len(rows)) < stops[rows]))
        discounts = np.where(inside, np.maximum(discounts, taken_off[rows]), discounts)
        self.alive[reached.rows[rng.random(len(reached.rows)) < reached.annoys]] = False
        more = np.sort(reached.rows[rng.random(len(reached.rows)) < reached.adds])
        self.alive[more] = True
        at = rng.uniform(start, reached.until, len(more))
        trouble, _ = self._after(more, effects, rng)
        return in_time(
            np.concatenate([rows[kept], more]),
            np.concatenate([times[kept], at]),
            np.concatenate([troubles[kept], trouble]),
            np.concatenate([discounts[kept], np.full(len(more), reached.discount)]),
        )


def in_time(rows: np.ndarray, times: np.ndarray, troubles: np.ndarray, discounts: np.ndarray) -> Bought:
    """These purchases, sorted by time."""
    order = np.lexsort((rows, times))
    return rows[order], times[order], troubles[order], discounts[order]
