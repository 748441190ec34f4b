"""The customers of one block, quarter by quarter: who comes, who buys, who leaves, and who is known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.commerce import ACQUISITION
from crm_lab.world._buying import Buyers, Reached
from crm_lab.world._calls.call_tables import CallCentre
from crm_lab.world._contact.questions import advice_rate
from crm_lab.world._effects import Effects
from crm_lab.world._identities import make_customers, make_profiles
from crm_lab.world._market.spend import expected_accounts
from crm_lab.world._orders import Purchases, Trade
from crm_lab.world._traits import draw_newcomers, draw_traits
from crm_lab.world.parameters import QUARTERS


@dataclass(frozen=True)
class Place:
    """Where a block of customers stands in the panel: its number, its customers, those of the panel, its blocks."""

    block: int
    size: int
    panel: int
    blocks: int


@dataclass(frozen=True)
class Lived:
    """What stays of a quarter, enough to make its tables: the rest is drawn again from the streams of the quarter.

    spend        ¥ of the whole company by channel, where it was not the usual
    made         orders placed before it
    people       rows of the traits at its end
    there, last  of each, whether they still buy, and the business time of their last order, NaN for none
    contacted    how often each got an offer
    """

    number: int
    effects: Effects
    spend: dict[str, float]
    purchases: Purchases
    made: int
    people: int
    alive: np.ndarray
    last: np.ndarray
    contacted: np.ndarray


class Population:
    """One block of customers as they stand after the quarters lived so far."""

    def __init__(self, trade: Trade, place: Place, locale: str, centre: CallCentre | None = None) -> None:
        self.trade, self.place, self.locale = trade, place, locale
        self.centre = centre or CallCentre(trade.parameters.calls, trade.clock, trade.seed, locale)
        self.traits = draw_traits(trade.parameters, trade.clock, trade.seed, place.block, place.size)
        self.comes = np.ones(place.size, dtype=bool)
        self.buyers = Buyers(trade.parameters.contact.tickets, self.traits, np.ones(place.size, dtype=bool))
        self.last = np.full(place.size, np.nan)
        self.lived: list[Lived] = []
        self._cohorts: list[pd.DataFrame] = []

    @property
    def quarter(self) -> int:
        """Number of the quarter that comes next, 0 for the first of 2024."""
        return len(self.lived)

    @property
    def today(self) -> pd.Timestamp:
        """Midnight after the last day lived."""
        return self.trade.clock.end_of(self.quarter - 1)

    def _live(self, effects: Effects, offers: Sequence[Reached], spend: dict[str, float] | None) -> Lived:
        """Let one quarter pass in which decisions amount to these effects."""
        self._lay_out()
        number = self.quarter
        self._welcome(effects)
        start, end = self.trade.clock.quarter(number)
        rng = stream(self.trade.seed, "buying", self.place.block, number)
        bought = self.buyers.quarter(start, end, effects, rng)
        contacted = np.zeros(len(self.traits), dtype="int64")
        for place, offer in enumerate(offers):
            luck = stream(self.trade.seed, f"offer_{place}", self.place.block, number)
            bought = self.buyers.moved(bought, offer, start, effects, luck)
            contacted[offer.rows] += 1
        rows, weeks, trouble, discount = bought
        self.last[rows] = weeks  # sorted by time, so the latest stays
        purchases = Purchases(rows, weeks, trouble, np.full(len(rows), number), discount)
        made = sum(len(past.purchases.rows) for past in self.lived)
        alive = self.buyers.alive.copy()
        self.lived.append(
            Lived(number, effects, spend or {}, purchases, made, len(self.traits), alive, self.last.copy(), contacted)
        )
        return self.lived[-1]

    def _welcome(self, effects: Effects) -> None:
        """Let in who registers: of the panel all whom the channels still reach, and whoever else they bring."""
        clock, number, parameters = self.trade.clock, self.quarter, self.trade.parameters
        reach = np.array([effects.accounts.get(name, 1.0) for name in ACQUISITION])
        beyond = reach if number >= QUARTERS else np.maximum(reach - 1, 0)
        if number < QUARTERS and (reach < 1).any():
            self._turn_away(clock.days_of(number), reach)
        if beyond.any():
            spend = parameters.market.spend
            usual = expected_accounts(parameters, clock)[3 * number : 3 * number + 3].sum() / spend.accounts
            mean = self.place.size * usual * np.array([spend.customers[name] for name in ACQUISITION]) * beyond
            more = draw_newcomers(parameters, clock, mean, self.trade.seed, self.place.block, number)
            self._take_in(more)

    def _turn_away(self, days: slice, reach: np.ndarray) -> None:
        registered = self.traits["registered"].to_numpy()
        due = (registered >= days.start) & (registered < days.stop) & (self.traits["cohort"] == 0).to_numpy()
        luck = stream(self.trade.seed, "reached", self.place.block).random(self.place.size)
        share = self.traits["channel"].map(dict(zip(ACQUISITION, reach, strict=True))).to_numpy(float)
        lost = due & (np.append(luck, np.zeros(len(due) - len(luck))) >= share)
        self.comes[lost] = False
        self.traits.loc[lost, "first"] = np.inf
        self.buyers = Buyers(self.buyers.service, self.traits, self.buyers.alive)

    def _take_in(self, more: pd.DataFrame) -> None:
        before = len(self.traits) - self.place.size
        number = before + np.arange(len(more))
        more = more.set_index(self.place.panel + 1 + self.place.block + self.place.blocks * number)
        self.traits = pd.concat([self.traits, more])
        self.comes = np.append(self.comes, np.ones(len(more), dtype=bool))
        self.last = np.append(self.last, np.full(len(more), np.nan))
        alive = np.append(self.buyers.alive, np.ones(len(more), dtype=bool))
        self.buyers = Buyers(self.buyers.service, self.traits, alive)

    def _lay_out(self) -> None:
        """See that the calendar reaches beyond the coming quarter."""
        if self.quarter >= self.trade.clock.quarters:
            self.trade = self.trade.until(self.quarter + 4)
            self.centre = CallCentre(self.centre.parameters, self.trade.clock, self.trade.seed, self.locale)

    def profiles(self, people: int) -> pd.DataFrame:
        """Accounts, whether open yet or not, of the first so many rows of the traits; see make_profiles."""
        while sum(map(len, self._cohorts)) < people:
            rest = self.traits.iloc[sum(map(len, self._cohorts)) :]
            cohort = rest[(rest["cohort"] == rest["cohort"].iloc[0]).to_numpy()]
            trade = self.trade
            self._cohorts.append(make_profiles(trade.parameters, cohort, trade.seed, self.place.block, self.locale))
        whole = self._cohorts[0] if len(self._cohorts) == 1 else pd.concat(self._cohorts, ignore_index=True)
        return whole.iloc[:people]

    def present(self, past: Lived) -> np.ndarray:
        """Which of the rows of the traits had an account at the end of a quarter."""
        registered = self.traits["registered"].to_numpy()[: past.people]
        return (registered < self.trade.clock.starts[past.number + 1]) & self.comes[: past.people]

    def advice(self, past: Lived) -> np.ndarray:
        """How often each customer asked for advice in a quarter."""
        trade, people = self.trade, self.traits.iloc[: past.people]
        rate = advice_rate(trade.parameters.advice_contacts, trade.clock, people, past.number)
        rng = stream(trade.seed, "advice", self.place.block, past.number)
        return np.asarray(rng.poisson(rate * self.comes[: past.people]))

    def satisfaction(self, past: Lived) -> np.ndarray:
        """Of each customer in a quarter, in standard deviations."""
        return self.traits["satisfaction"].to_numpy()[: past.people] + past.effects.mood

    def customers(self, past: Lived) -> pd.DataFrame:
        """The table customers at the end of a quarter."""
        alive, advice = self.present(past), np.zeros(past.people, dtype="int64")
        for year in self.lived[max(past.number - 3, 0) : past.number + 1]:
            advice[: year.people] += self.advice(year)
        last = np.full(past.people, np.datetime64("NaT"), dtype="datetime64[us]")
        bought, habit = ~np.isnan(past.last), self.habits()[: past.people]
        last[bought] = self.trade.clock.moment(past.last[bought], habit[bought]).to_numpy()
        return make_customers(
            self.trade.parameters,
            self.profiles(past.people)[alive],
            self.satisfaction(past)[alive],
            last[alive],
            advice[alive],
            self.trade.clock.end_of(past.number),
        )

    def habits(self) -> np.ndarray:
        """Number of the behavioural type of each customer."""
        types = {name: n for n, name in enumerate(self.trade.parameters.choice.behaviours)}
        return self.traits["behaviour"].map(types).to_numpy()
