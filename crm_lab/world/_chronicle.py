"""All tables of the quarters lived: made when somebody asks for them, one quarter or several at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from crm_lab.schema import TABLES
from crm_lab.world._calls.call_tables import CallCentre
from crm_lab.world._contact.consents import make_consents, may_be_mailed
from crm_lab.world._contact.tickets import make_tickets
from crm_lab.world._contact.visits import last_days, make_visits
from crm_lab.world._effects import Effects
from crm_lab.world._identities import recommend
from crm_lab.world._market.spend import make_channel_spend
from crm_lab.world._orders import Purchases, Trade, make_orders
from crm_lab.world._population import Lived, Place, Population
from crm_lab.world._record import known
from crm_lab.world._voice.posts import make_posts
from crm_lab.world._voice.surveys import external_surveys, panel_surveys, wave_of
from crm_lab.world.parameters import QUARTERS

Frames = dict[str, pd.DataFrame]


class Chronicle(Population):
    """One block of customers, and the tables of what befell them.

    All that follows from a quarter's orders is drawn with them, also where it happens later; `record` tells what of it
    is known by today.
    """

    def __init__(self, trade: Trade, place: Place, locale: str, centre: CallCentre | None = None) -> None:
        super().__init__(trade, place, locale, centre)
        self._commerce: list[Frames] = []

    def commerce(self, first: int, until: int) -> Frames:
        """Orders, order_lines and returns of the quarters from `first` to before `until`."""
        done = sum(len(part["quarters"]) for part in self._commerce)
        if until > done:
            new = self.lived[done:until]
            purchases = Purchases.together([past.purchases for past in new])
            made = make_orders(self.trade, self.traits, purchases, self.place.block, new[0].made)
            self._commerce.append({**made, "quarters": pd.DataFrame(index=range(done, until))})
        return _joined(self._commerce, first, until)

    def tables(self, pasts: Sequence[Lived]) -> Frames:
        """Orders, lines, returns, failures, tickets, posts and surveys of some quarters in a row, made together."""
        if not pasts:
            return {}
        tables = self.commerce(pasts[0].number, pasts[-1].number + 1)
        tables |= self.service(pasts, tables)
        return tables | {"posts": self._posts(tables), "surveys": self._surveys(pasts)}

    def service(self, pasts: Sequence[Lived], tables: Frames) -> Frames:
        """Failures and tickets of some quarters in a row, from their orders and returns."""
        advice = {past.number: self.advice(past) for past in pasts}
        generosity = self._by_quarter(lambda effects: effects.generosity)
        orders, returns = tables["orders"], tables["returns"]
        return make_tickets(self.trade, self.traits, advice, orders, returns, generosity, self.place.block)

    def _by_quarter(self, effect: Callable[[Effects], float]) -> np.ndarray:
        return np.array([effect(past.effects) for past in self.lived])

    def _posts(self, tables: Frames) -> pd.DataFrame:
        orders, trade = tables["orders"], self.trade
        quarter = orders["quarter"].to_numpy()
        satisfaction = self.traits["satisfaction"].to_numpy()[orders["buyer"]]
        return make_posts(
            trade.parameters.voice.talk,
            satisfaction + self._by_quarter(lambda effects: effects.mood)[quarter],
            self._by_quarter(lambda effects: effects.posts)[quarter],
            orders,
            tables["order_lines"],
            trade.products,
            trade.seed,
            self.place.block,
            self.locale,
        )

    def _surveys(self, pasts: Sequence[Lived]) -> pd.DataFrame:
        parameters, seed = self.trade.parameters, self.trade.seed
        days = {past.number: wave_of(parameters.voice.survey, self.trade.clock, past.number) for past in pasts}
        waves = {number: day for number, day in days.items() if day is not None}
        if not waves:
            return TABLES["surveys"].typed(pd.DataFrame(columns=TABLES["surveys"].names()))
        orders = self.commerce(0, max(waves) + 1)["orders"]
        received = orders.groupby("buyer")["delivered_at"].min()
        invited = [self._invited(self.lived[number], day, received) for number, day in waves.items()]
        table = panel_surveys(parameters, pd.concat(invited, ignore_index=True), seed, self.place.block)
        if self.place.block == 0:  # one block brings the answers from outside the panel
            mood = self._by_quarter(lambda effects: effects.mood)
            table = pd.concat([table, external_surveys(parameters, waves, mood, seed)])
        return table.sort_values(["wave", "respondent_id"])

    def _invited(self, past: Lived, wave: pd.Timestamp, received: pd.Series) -> pd.DataFrame:
        """Who is asked in a wave: once a year, and not before their first parcel. `received`: when it came."""
        columns = ["customer_id", "turn", "noise", "answers"]
        profiles, satisfaction = self.profiles(past.people)[columns], self.satisfaction(past)
        first = received.reindex(range(past.people)).to_numpy()
        asked = (first < wave.to_datetime64()) & (profiles["turn"] == wave.quarter - 1).to_numpy()
        profiles, satisfaction = profiles[asked], satisfaction[asked]
        return pd.DataFrame(
            {
                "customer_id": profiles["customer_id"],
                "quarter": past.number,
                "wave": wave,
                "satisfaction": satisfaction,
                "score": recommend(self.trade.parameters, profiles, satisfaction),
            }
        )

    def visits(self, past: Lived, customers: pd.DataFrame | None = None) -> pd.DataFrame:
        """The visits of a quarter. `customers`: the table at its end, where it is at hand."""
        customers, alive = self.customers(past) if customers is None else customers, self.present(past)
        people = self.traits.iloc[: past.people].assign(alive=past.alive)[alive]
        orders = self.commerce(past.number, past.number + 1)["orders"]
        return make_visits(
            self.trade, customers, orders, self._mailed(past, customers), people, self.place.block, past.number
        )

    def _mailed(self, past: Lived, customers: pd.DataFrame) -> np.ndarray:
        if past.number >= QUARTERS:  # nobody changes their mind after the record
            return customers["marketing_consent"].to_numpy()
        panel = self.profiles(self.place.size)  # who changes their mind when does not depend on the last visit
        panel = panel.assign(last_visit_at=panel["registered_at"])
        parameters, clock = self.trade.parameters.contact.consents, self.trade.clock
        decisions = make_consents(parameters, panel, self.trade.seed, self.place.block)
        start, end = clock.end_of(past.number - 1), clock.end_of(past.number)
        return may_be_mailed(decisions, customers["customer_id"], start, end)

    def channel_spend(self, past: Lived) -> pd.DataFrame:
        """Marketing of the whole company in a quarter."""
        trade = self.trade
        return make_channel_spend(
            trade.parameters, trade.clock, trade.seed, past.number, past.spend, past.effects.accounts
        )

    def call_intervals(self, past: Lived) -> pd.DataFrame:
        """The half-hours of the call centre in a quarter."""
        return self.centre.intervals(past.number, past.effects.agents)

    def record(self) -> Frames:
        """All that is known today of the quarters lived, by table; visits are those of the last weeks."""
        tables, last = self.tables(self.lived), self.lived[-1]
        customers = self.customers(last)
        days = self.trade.parameters.contact.visits.days
        record = known(tables, customers, self.today, self.trade.parameters.contact.tickets)
        record |= {"customers": customers, "surveys": tables["surveys"]}
        record["visits"] = last_days(self.visits(last, customers), days, self.today)
        return record


def _joined(parts: list[Frames], first: int, until: int) -> Frames:
    """The orders of some quarters out of the parts they were made in, with their lines and returns."""
    wanted = []
    for part in parts:
        orders, quarters = part["orders"], part["quarters"].index
        if quarters[-1] < first or quarters[0] >= until:
            continue
        if first <= quarters[0] and quarters[-1] < until:
            wanted.append(part)
            continue
        begin, end = np.searchsorted(orders["quarter"], [first, until])
        inner = {"orders": orders.iloc[begin:end].reset_index(drop=True)}
        for name in ("order_lines", "returns"):
            rows = part[name]
            rows = rows[(rows["row"] >= begin).to_numpy() & (rows["row"] < end).to_numpy()]
            inner[name] = rows.assign(row=rows["row"] - begin).reset_index(drop=True)
        wanted.append(inner)
    if len(wanted) == 1:
        return {name: wanted[0][name] for name in ("orders", "order_lines", "returns")}
    offsets = np.cumsum([0, *(len(part["orders"]) for part in wanted)])
    joined = {"orders": pd.concat([part["orders"] for part in wanted], ignore_index=True)}
    for name in ("order_lines", "returns"):
        moved = [part[name].assign(row=part[name]["row"] + by) for part, by in zip(wanted, offsets[:-1], strict=True)]
        joined[name] = pd.concat(moved, ignore_index=True)
    return joined
