"""The company that lives quarter by quarter: the model behind the recorded years, and behind a manager's own.

From one quarter to the next pass only: the traits of the customers, who is still there and when each last bought, how
many orders were placed, how often each was contacted, and what earlier decisions still do. All tables of a quarter
follow from that and from random numbers of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _
from crm_lab.schema import TABLES
from crm_lab.world._buying import Reached
from crm_lab.world._calls.call_tables import CallCentre
from crm_lab.world._chronicle import Chronicle, Frames
from crm_lab.world._decisions import Costs, Momentum, check, costs_of, effects_of, picked
from crm_lab.world._effects import Effects
from crm_lab.world._market.spend import usual_spend
from crm_lab.world._offers import reach
from crm_lab.world._orders import Trade
from crm_lab.world._policy import Actions
from crm_lab.world._population import Lived, Place
from crm_lab.world._seen import customers_known


class Company(Chronicle):
    """One block of customers, managed: what may be decided, what it costs, and the next quarter."""

    def __init__(self, trade: Trade, place: Place, locale: str, centre: CallCentre | None = None) -> None:
        super().__init__(trade, place, locale, centre)
        self.momentum = Momentum()

    @property
    def scale(self) -> float:
        """How many times as large as the panel the whole company is: by this its money is multiplied."""
        return max(self.trade.parameters.calls.company / self.place.size, 1.0)

    @property
    def usual_spend(self) -> dict[str, float]:
        """¥ the whole company usually spends in the coming quarter to win customers, by paid channel."""
        self._lay_out()
        return usual_spend(self.trade.parameters, self.trade.clock, self.trade.seed, self.quarter)

    @property
    def budget(self) -> float:
        """¥ the whole company may spend in the coming quarter."""
        return self.trade.parameters.decisions.budget * self._costs(Actions()).total

    def customers_known(self) -> pd.DataFrame:
        """What is known of everyone with an account on the first day of the coming quarter, by customer_id.

        Columns: kind, region, channel, tenure_days, recommend_score (NaN: never answered), advice_contacts (of a year),
        recency_days (NaN: never ordered), orders_year, spend_year and margin_year (¥), promotion_orders, failures_year,
        complaints_year, messages_quarter, may_contact (allowed offers, account open, ordered before).
        """
        return customers_known(self).drop(columns="row")

    def cost(self, actions: Actions) -> float:
        """¥ these decisions would cost the whole company in the coming quarter.

        Raises InputError if they cannot be, or cost more than the budget.
        """
        return self._decided(actions)[0].total

    def advance(self, actions: Actions | Effects | None = None) -> Quarter:
        """Let one quarter pass under these decisions, and return all of it.

        actions  as usual where not given; Effects are for studies of what no manager could do

        Raises InputError where the decisions cannot be, and has then changed nothing.
        """
        if isinstance(actions, Effects):
            return Quarter(self, self._live(actions, [], None))
        decided = Actions() if actions is None else actions
        costs, offers = self._decided(decided)
        effects, self.momentum = effects_of(
            decided,
            self.trade.parameters.decisions,
            self.trade.parameters.contact.tickets,
            self.usual_spend,
            self.centre,
            self.quarter,
            self.momentum,
        )
        return Quarter(self, self._live(effects, offers, dict(decided.acquisition)), costs)

    def _decided(self, actions: Actions) -> tuple[Costs, list[Reached]]:
        """What the decisions cost, and whom their offers reach. Raises InputError if they cannot be."""
        parameters = self.trade.parameters
        campaigns = parameters.contact.campaigns
        check(actions, parameters.decisions, campaigns.campaigns)
        self._lay_out()
        offers, contacts = [], 0.0
        if actions.offers:
            known = customers_known(self)
            luck = self.profiles(len(self.traits))["luck"].to_numpy()
            for name, rule in actions.offers.items():
                chosen = known[picked(name, rule, known.drop(columns="row")) & known["may_contact"].to_numpy()]
                offers.append(self._reach(name, chosen, luck[chosen["row"]]))
                contacts += self.scale * len(chosen) * campaigns.campaigns[name].contact_cost
        costs = self._costs(actions, contacts)
        if costs.total > self.budget:
            raise InputError(
                _(
                    "These decisions cost ¥{cost:,.0f}; the quarter's budget is ¥{budget:,.0f}. Spend less on {most}."
                ).format(cost=costs.total, budget=self.budget, most=costs.above(self._costs(Actions())))
            )
        return costs, offers

    def _reach(self, name: str, chosen: pd.DataFrame, luck: np.ndarray) -> Reached:
        """What an offer does to those it goes to."""
        parameters, clock = self.trade.parameters, self.trade.clock
        return reach(parameters.contact.campaigns, name, chosen, luck, clock, self.quarter, parameters.decisions)

    def _costs(self, actions: Actions, contacts: float = 0.0) -> Costs:
        self._lay_out()
        parameters = self.trade.parameters.decisions
        return costs_of(actions, parameters, self.usual_spend, self.centre, self.quarter, contacts)


class Quarter(Mapping[str, pd.DataFrame]):
    """One quarter of a company: its tables by name, made when asked for, and what it brought.

    Everything that follows from the quarter is in it, also where it happens some days after its end: an order of the
    last day has the day of its delivery, as in accounts that book by order. `customers` holds who registered, as known
    at the end of the quarter; `channel_spend` and `call_intervals` are the whole company's.

    `.name` as "2026Q1", `.starts` and `.ends` midnights, `.costs` what was decided, ¥ of the whole company (None for a
    study), `.service_level` share of callers answered quickly as expected, `.satisfaction` mean of all customers in
    standard deviations above the recorded company's, `.money` profit and what it is made of.
    """

    TABLES: tuple[str, ...] = (
        "customers", "orders", "order_lines", "returns", "failures", "tickets", "surveys", "visits", "posts",
        "channel_spend", "call_intervals",
    )  # fmt: skip

    def __init__(self, company: Company, past: Lived, costs: Costs | None = None) -> None:
        self.number, self.costs = past.number, costs
        self._company, self._past = company, past
        self._made: Frames = {}
        clock = company.trade.clock
        self.starts, self.ends = clock.end_of(past.number - 1), clock.end_of(past.number)
        self.name = f"{self.starts.year}Q{self.starts.quarter}"

    def __repr__(self) -> str:
        return f"Quarter({self.name}: {len(self._past.purchases.rows):,} orders)"

    def __iter__(self) -> Iterator[str]:
        return iter(self.TABLES)

    def __len__(self) -> int:
        return len(self.TABLES)

    def __getitem__(self, name: str) -> pd.DataFrame:
        one_of("table", name, self.TABLES)
        if name not in self._made:
            own = getattr(self, f"_{name}", None)
            made = {name: own()} if own else self._company.tables([self._past])
            self._made |= {key: TABLES[key].typed(frame) for key, frame in made.items()}
        return self._made[name]

    def _customers(self) -> pd.DataFrame:
        customers = self._company.customers(self._past)
        return customers[customers["registered_at"] >= self.starts]

    def _visits(self) -> pd.DataFrame:
        return self._company.visits(self._past)

    def _channel_spend(self) -> pd.DataFrame:
        return self._company.channel_spend(self._past)

    def _call_intervals(self) -> pd.DataFrame:
        return self._company.call_intervals(self._past)

    @property
    def satisfaction(self) -> float:
        """What earlier decisions added to everyone's satisfaction, in standard deviations."""
        return self._past.effects.mood

    @property
    def service_level(self) -> float:
        """Share of callers answered within 20 seconds, as the law of the queue expects."""
        return self._company.centre.load(self.number, self._past.effects.agents).service_level

    @property
    def money(self) -> pd.Series:
        """¥ of the whole company: margin of the delivered orders, after returns; less each cost; profit."""
        company = self._company
        made = company.commerce(self.number, self.number + 1)
        delivered = made["orders"]["status"] == "delivered"
        given = company.service([self._past], made)["tickets"]["compensation"].sum()
        parts = {
            "margin": company.scale * made["orders"].loc[delivered, "margin"].sum(),
            "compensation": -company.scale * given,
        }
        parts |= {name: -amount for name, amount in asdict(self.costs).items()} if self.costs else {}
        return pd.Series({**parts, "profit": sum(parts.values())}, name=self.name)
