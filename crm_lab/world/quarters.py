"""The company that lives quarter by quarter: the model behind the recorded years, and behind a manager's own.

From one quarter to the next pass only: the traits of the customers, who is still there and when each last bought, how
many orders were placed, and what earlier decisions still do. All tables of a quarter follow from that and from random
numbers of its own, so they are made when somebody asks for them, one quarter or several at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.streams import stream
from crm_lab.base.text import _
from crm_lab.schema import TABLES
from crm_lab.schema.commerce import ACQUISITION
from crm_lab.world.buying import Buyers, Reached
from crm_lab.world.calls.tables import CallCentre
from crm_lab.world.contact.consents import make_consents, may_be_mailed
from crm_lab.world.contact.questions import advice_rate
from crm_lab.world.contact.tickets import make_tickets
from crm_lab.world.contact.visits import last_days, make_visits
from crm_lab.world.decisions import Costs, Momentum, check, costs_of, effects_of, picked
from crm_lab.world.effects import Effects
from crm_lab.world.identities import make_customers, make_profiles, recommend
from crm_lab.world.market.spend import expected_accounts, make_channel_spend, usual_spend
from crm_lab.world.offers import reach
from crm_lab.world.orders import Purchases, Shop, make_orders
from crm_lab.world.parameters import QUARTERS
from crm_lab.world.policy import Actions
from crm_lab.world.record import known
from crm_lab.world.seen import customers_known
from crm_lab.world.traits import draw_newcomers, draw_traits
from crm_lab.world.voice.posts import make_posts
from crm_lab.world.voice.surveys import external_surveys, panel_surveys, wave_of

Frames = dict[str, pd.DataFrame]


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

    spend  ¥ by channel where it was not the usual;  people  rows of the traits at its end;  there, last  of each, whether they still buy, and the business time of
    their last order, NaN for none;  made  orders placed before it;  contacted  how often each got an offer
    """

    number: int
    effects: Effects
    spend: dict[str, float]
    purchases: Purchases
    made: int
    people: int
    there: np.ndarray
    last: np.ndarray
    contacted: np.ndarray


class Company:
    """One block of customers and what befalls them, quarter by quarter."""

    def __init__(self, shop: Shop, place: Place, locale: str, centre: CallCentre | None = None) -> None:
        self.shop, self.place, self.locale = shop, place, locale
        self.centre = centre or CallCentre(shop.parameters.calls, shop.clock, shop.seed, locale)
        self.traits = draw_traits(shop.parameters, shop.clock, shop.seed, place.block, place.size)
        self.comes = np.ones(place.size, dtype=bool)
        self.buyers = Buyers(shop.parameters.contact.tickets, self.traits, np.ones(place.size, dtype=bool))
        self.last = np.full(place.size, np.nan)
        self.momentum = Momentum()
        self.lived: list[Lived] = []
        self._commerce: list[Frames] = []
        self._cohorts: list[pd.DataFrame] = []

    @property
    def quarter(self) -> int:
        """Number of the quarter that comes next, 0 for the first of 2024."""
        return len(self.lived)

    @property
    def today(self) -> pd.Timestamp:
        """Midnight after the last day lived."""
        return self.shop.clock.end_of(self.quarter - 1)

    @property
    def scale(self) -> float:
        """How many times as large as the panel the whole company is: by this its money is multiplied."""
        return max(self.shop.parameters.calls.company / self.place.size, 1.0)

    @property
    def usual_spend(self) -> dict[str, float]:
        """¥ the whole company usually spends in the coming quarter to win customers, by paid channel."""
        self._lay_out()
        return usual_spend(self.shop.parameters, self.shop.clock, self.shop.seed, self.quarter)

    @property
    def budget(self) -> float:
        """¥ the whole company may spend in the coming quarter."""
        return self.shop.parameters.decisions.budget * self._costs(Actions()).total

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
            self.shop.parameters.decisions,
            self.shop.parameters.contact.tickets,
            self.usual_spend,
            self.centre,
            self.quarter,
            self.momentum,
        )
        return Quarter(self, self._live(effects, offers, dict(decided.acquisition)), costs)

    def _decided(self, actions: Actions) -> tuple[Costs, list[Reached]]:
        """What the decisions cost, and whom their offers reach. Raises InputError if they cannot be."""
        parameters = self.shop.parameters
        campaigns = parameters.contact.campaigns
        check(actions, parameters.decisions, campaigns.campaigns)
        self._lay_out()
        offers, contacts = [], 0.0
        if actions.offers:
            known = customers_known(self)
            luck = self.profiles(len(self.traits))["luck"].to_numpy()
            for name, rule in actions.offers.items():
                chosen = known[picked(name, rule, known.drop(columns="row")) & known["may_contact"].to_numpy()]
                offers.append(reach(campaigns, name, chosen, luck[chosen["row"]], self.shop.clock, self.quarter))
                contacts += self.scale * len(chosen) * campaigns.campaigns[name].contact_cost
        costs = self._costs(actions, contacts)
        if costs.total > self.budget:
            raise InputError(
                _(
                    "These decisions cost ¥{cost:,.0f}; the quarter's budget is ¥{budget:,.0f}. Spend less on {most}."
                ).format(cost=costs.total, budget=self.budget, most=costs.above(self._costs(Actions())))
            )
        return costs, offers

    def _costs(self, actions: Actions, contacts: float = 0.0) -> Costs:
        self._lay_out()
        parameters = self.shop.parameters.decisions
        return costs_of(actions, parameters, self.usual_spend, self.centre, self.quarter, contacts)

    def _lay_out(self) -> None:
        """See that the calendar reaches beyond the coming quarter."""
        if self.quarter >= self.shop.clock.quarters:
            self.shop = self.shop.until(self.quarter + 4)
            self.centre = CallCentre(self.centre.parameters, self.shop.clock, self.shop.seed, self.locale)

    def _live(self, effects: Effects, offers: Sequence[Reached], spend: dict[str, float] | None) -> Lived:
        """Let one quarter pass in which decisions amount to these effects."""
        self._lay_out()
        number = self.quarter
        self._welcome(effects)
        start, end = self.shop.clock.quarter(number)
        rng = stream(self.shop.seed, "buying", self.place.block, number)
        bought = self.buyers.quarter(start, end, effects, rng)
        contacted = np.zeros(len(self.traits), dtype="int64")
        for place, offer in enumerate(offers):
            luck = stream(self.shop.seed, f"offer_{place}", self.place.block, number)
            bought = self.buyers.moved(bought, offer, start, effects, luck)
            contacted[offer.rows] += 1
        rows, weeks, trouble, discount = bought
        self.last[rows] = weeks  # sorted by time, so the latest stays
        purchases = Purchases(rows, weeks, trouble, np.full(len(rows), number), discount)
        made = sum(len(past.purchases.rows) for past in self.lived)
        there = self.buyers.there.copy()
        self.lived.append(
            Lived(number, effects, spend or {}, purchases, made, len(self.traits), there, self.last.copy(), contacted)
        )
        return self.lived[-1]

    def _welcome(self, effects: Effects) -> None:
        """Let in who registers: of the panel all whom the channels still reach, and whoever else they bring."""
        clock, number, parameters = self.shop.clock, self.quarter, self.shop.parameters
        reach = np.array([effects.accounts.get(name, 1.0) for name in ACQUISITION])
        beyond = reach if number >= QUARTERS else np.maximum(reach - 1, 0)
        if number < QUARTERS and (reach < 1).any():
            self._turn_away(clock.days_of(number), reach)
        if beyond.any():
            spend = parameters.market.spend
            usual = expected_accounts(parameters, clock)[3 * number : 3 * number + 3].sum() / spend.accounts
            mean = self.place.size * usual * np.array([spend.customers[name] for name in ACQUISITION]) * beyond
            more = draw_newcomers(parameters, clock, mean, self.shop.seed, self.place.block, number)
            self._take_in(more)

    def _turn_away(self, days: slice, reach: np.ndarray) -> None:
        registered = self.traits["registered"].to_numpy()
        due = (registered >= days.start) & (registered < days.stop) & (self.traits["cohort"] == 0).to_numpy()
        luck = stream(self.shop.seed, "reached", self.place.block).random(self.place.size)
        share = self.traits["channel"].map(dict(zip(ACQUISITION, reach, strict=True))).to_numpy(float)
        lost = due & (np.append(luck, np.zeros(len(due) - len(luck))) >= share)
        self.comes[lost] = False
        self.traits.loc[lost, "first"] = np.inf
        self.buyers = Buyers(self.buyers.service, self.traits, self.buyers.there)

    def _take_in(self, more: pd.DataFrame) -> None:
        before = len(self.traits) - self.place.size
        number = before + np.arange(len(more))
        more = more.set_index(self.place.panel + 1 + self.place.block + self.place.blocks * number)
        self.traits = pd.concat([self.traits, more])
        self.comes = np.append(self.comes, np.ones(len(more), dtype=bool))
        self.last = np.append(self.last, np.full(len(more), np.nan))
        there = np.append(self.buyers.there, np.ones(len(more), dtype=bool))
        self.buyers = Buyers(self.buyers.service, self.traits, there)

    # what is known of the customers

    def profiles(self, people: int) -> pd.DataFrame:
        """Accounts, whether open yet or not, of the first so many rows of the traits; see make_profiles."""
        while sum(map(len, self._cohorts)) < people:
            rest = self.traits.iloc[sum(map(len, self._cohorts)) :]
            cohort = rest[(rest["cohort"] == rest["cohort"].iloc[0]).to_numpy()]
            shop = self.shop
            self._cohorts.append(make_profiles(shop.parameters, cohort, shop.seed, self.place.block, self.locale))
        whole = self._cohorts[0] if len(self._cohorts) == 1 else pd.concat(self._cohorts, ignore_index=True)
        return whole.iloc[:people]

    def present(self, past: Lived) -> np.ndarray:
        """Which of the rows of the traits had an account at the end of a quarter."""
        registered = self.traits["registered"].to_numpy()[: past.people]
        return (registered < self.shop.clock.starts[past.number + 1]) & self.comes[: past.people]

    def advice(self, past: Lived) -> np.ndarray:
        """How often each customer asked for advice in a quarter."""
        shop, people = self.shop, self.traits.iloc[: past.people]
        rate = advice_rate(shop.parameters.advice_contacts, shop.clock, people, past.number)
        rng = stream(shop.seed, "advice", self.place.block, past.number)
        return np.asarray(rng.poisson(rate * self.comes[: past.people]))

    def satisfaction(self, past: Lived) -> np.ndarray:
        """Of each customer in a quarter, in standard deviations."""
        return self.traits["satisfaction"].to_numpy()[: past.people] + past.effects.mood

    def customers(self, past: Lived) -> pd.DataFrame:
        """The table customers at the end of a quarter."""
        there, advice = self.present(past), np.zeros(past.people, dtype="int64")
        for year in self.lived[max(past.number - 3, 0) : past.number + 1]:
            advice[: year.people] += self.advice(year)
        last = np.full(past.people, np.datetime64("NaT"), dtype="datetime64[us]")
        bought, habit = ~np.isnan(past.last), self.habits()[: past.people]
        last[bought] = self.shop.clock.moment(past.last[bought], habit[bought]).to_numpy()
        return make_customers(
            self.shop.parameters,
            self.profiles(past.people)[there],
            self.satisfaction(past)[there],
            last[there],
            advice[there],
            self.shop.clock.end_of(past.number),
        )

    def habits(self) -> np.ndarray:
        """Number of the behavioural type of each customer."""
        types = {name: n for n, name in enumerate(self.shop.parameters.choice.behaviours)}
        return self.traits["behaviour"].map(types).to_numpy()

    # tables

    def commerce(self, first: int, until: int) -> Frames:
        """Orders, order_lines and returns of the quarters from `first` to before `until`."""
        done = sum(len(part["quarters"]) for part in self._commerce)
        if until > done:
            new = self.lived[done:until]
            purchases = Purchases.together([past.purchases for past in new])
            made = make_orders(self.shop, self.traits, purchases, self.place.block, new[0].made)
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
        return make_tickets(self.shop, self.traits, advice, orders, returns, generosity, self.place.block)

    def _by_quarter(self, effect: Callable[[Effects], float]) -> np.ndarray:
        return np.array([effect(past.effects) for past in self.lived])

    def _posts(self, tables: Frames) -> pd.DataFrame:
        orders, shop = tables["orders"], self.shop
        quarter = orders["quarter"].to_numpy()
        satisfaction = self.traits["satisfaction"].to_numpy()[orders["buyer"]]
        return make_posts(
            shop.parameters.voice.talk,
            satisfaction + self._by_quarter(lambda effects: effects.mood)[quarter],
            self._by_quarter(lambda effects: effects.posts)[quarter],
            orders,
            tables["order_lines"],
            shop.products,
            shop.seed,
            self.place.block,
            self.locale,
        )

    def _surveys(self, pasts: Sequence[Lived]) -> pd.DataFrame:
        parameters, seed = self.shop.parameters, self.shop.seed
        days = {past.number: wave_of(parameters.voice.survey, self.shop.clock, past.number) for past in pasts}
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
                "score": recommend(self.shop.parameters, profiles, satisfaction),
            }
        )

    def visits(self, past: Lived, customers: pd.DataFrame | None = None) -> pd.DataFrame:
        """The visits of a quarter. `customers`: the table at its end, where it is at hand."""
        customers, there = self.customers(past) if customers is None else customers, self.present(past)
        people = self.traits.iloc[: past.people].assign(there=past.there)[there]
        orders = self.commerce(past.number, past.number + 1)["orders"]
        return make_visits(
            self.shop, customers, orders, self._mailed(past, customers), people, self.place.block, past.number
        )

    def _mailed(self, past: Lived, customers: pd.DataFrame) -> np.ndarray:
        if past.number >= QUARTERS:  # nobody changes their mind after the record
            return customers["marketing_consent"].to_numpy()
        panel = self.profiles(self.place.size)  # who changes their mind when does not depend on the last visit
        panel = panel.assign(last_visit_at=panel["registered_at"])
        parameters, clock = self.shop.parameters.contact.consents, self.shop.clock
        decisions = make_consents(parameters, panel, self.shop.seed, self.place.block)
        start, end = clock.end_of(past.number - 1), clock.end_of(past.number)
        return may_be_mailed(decisions, customers["customer_id"], start, end)

    def channel_spend(self, past: Lived) -> pd.DataFrame:
        """Marketing of the whole company in a quarter."""
        shop = self.shop
        return make_channel_spend(
            shop.parameters, shop.clock, shop.seed, past.number, past.spend, past.effects.accounts
        )

    def call_intervals(self, past: Lived) -> pd.DataFrame:
        """The half-hours of the call centre in a quarter."""
        return self.centre.intervals(past.number, past.effects.agents)

    def record(self) -> Frames:
        """All that is known today of the quarters lived, by table; visits are those of the last weeks."""
        tables, last = self.tables(self.lived), self.lived[-1]
        customers = self.customers(last)
        days = self.shop.parameters.contact.visits.days
        record = known(tables, customers, self.today, self.shop.parameters.contact.tickets)
        record |= {"customers": customers, "surveys": tables["surveys"]}
        record["visits"] = last_days(self.visits(last, customers), days, self.today)
        return record


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
        clock = company.shop.clock
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
