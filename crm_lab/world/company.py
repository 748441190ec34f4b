"""The company: blocks of customers that live through the quarters, and the world that comes of it.

A world is a setting, its blocks, and what has to wait for the last block: two tables of the whole, from the small
counts each block brings along, then the watches of each block. Blocks share no random number, so they can be made in
any order or process; `crm_lab.data.write_world` writes each to disk and forgets it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base import text
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.streams import BLOCK
from crm_lab.base.text import _
from crm_lab.schema import TABLES
from crm_lab.world._calls.call_tables import CallCentre
from crm_lab.world._calls.callers import callers_of_block, with_callers
from crm_lab.world._clock import Clock
from crm_lab.world._contact.campaigns import make_campaigns
from crm_lab.world._contact.contact_tables import make_contact
from crm_lab.world._edges import with_edges
from crm_lab.world._identities import make_dealers, make_products
from crm_lab.world._market.market_tables import market_of_block, market_of_company, stock_of_company, watches_of_block
from crm_lab.world._market.prices import make_prices
from crm_lab.world._market.stock import count_sold
from crm_lab.world._names import LOCALES
from crm_lab.world._orders import Trade
from crm_lab.world._policy import Policy, default_policy
from crm_lab.world._population import Place
from crm_lab.world._quarters import Company
from crm_lab.world._truth import Truth, truth_of
from crm_lab.world._voice.voice_tables import voice_labels, voice_of_block, voice_of_company
from crm_lab.world._work import work_of_block, work_of_company
from crm_lab.world.parameters import QUARTERS, TODAY, Parameters

MOST_CUSTOMERS = 10_000_000


class Setting:
    """What is settled before the first customer, and shared by all blocks.

    customers, seed, locale, policy  as of World; raises InputError if one of them cannot be

    `.blocks` counts the blocks of customers.

    >>> Setting(25_000, seed=0, locale="en_US").blocks
    3
    """

    def __init__(self, customers: int, seed: int, locale: str, policy: Policy = default_policy) -> None:
        self.check(customers, seed, locale)
        self.customers, self.seed, self.locale, self.policy = customers, int(seed), locale, policy
        parameters = Parameters()
        products = make_products(parameters.products, self.seed, locale)
        prices = make_prices(parameters.market.prices, products, self.seed)
        self.trade = Trade(parameters, Clock(parameters), products, prices, self.seed)
        self.centre = CallCentre(parameters.calls, self.trade.clock, self.seed, locale)

    @cached_property
    def _campaigns(self) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
        return make_campaigns(self.trade.parameters.contact.campaigns, self.seed)

    @property
    def people(self) -> pd.DataFrame:
        """The hidden side of everyone in a campaign."""
        return self._campaigns[1]

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables that do not depend on the panel, among them the calls, whose callers are still to come."""
        return self._before_work | self._work[0]

    @property
    def hidden(self) -> dict[str, pd.DataFrame]:
        """The hidden side of the tables of daily work."""
        return self._work[1]

    @cached_property
    def _before_work(self) -> dict[str, pd.DataFrame]:
        tables = {"products": self.trade.products, **market_of_company(self.trade, self.locale), **self._campaigns[0]}
        return tables | self.centre.record() | voice_of_company(self.trade, self.locale)

    @cached_property
    def _work(self) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
        return work_of_company(self.trade, self._before_work, self.locale)

    @staticmethod
    def check(customers: int, seed: int, locale: str) -> None:
        """Raise InputError naming the argument that cannot be."""
        if isinstance(customers, bool) or not isinstance(customers, int) or not 1 <= customers <= MOST_CUSTOMERS:
            raise InputError(
                _("customers must be a whole number from 1 to {most}, not {value!r}.").format(
                    most=f"{MOST_CUSTOMERS:,}", value=customers
                )
            )
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
            raise InputError(_("seed must be a whole number, not {value!r}.").format(value=seed))
        one_of("locale", locale, LOCALES)

    def company(self, number: int) -> Company:
        """One block of customers before its first quarter."""
        size = min(BLOCK, self.customers - number * BLOCK)
        return Company(self.trade, Place(number, size, self.customers, self.blocks), self.locale, self.centre)

    @property
    def blocks(self) -> int:
        """How many blocks the customers fill, the last perhaps in part."""
        return -(-self.customers // BLOCK)

    def callers(self, block: int, customers: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
        """Which calls this block makes; see callers_of_block."""
        parameters = self.trade.parameters.calls
        everybody = max(parameters.company, self.customers)
        part = block * BLOCK / everybody, (block * BLOCK + len(customers)) / everybody
        return callers_of_block(parameters, self.tables["calls"], customers, orders, part, self.seed)


@dataclass(frozen=True)
class Block:
    """One block of customers and all that is theirs.

    number   0 for the first 10,000 customers, 1 for the next
    tables   its rows of every table that has some, except watches, which wait for the stock
    traits   the hidden traits of its customers
    sold     pieces it bought, (products, days); see market.stock.count_sold
    callers  which calls of the company are its customers'
    staffing agents planned in the last quarter, as a multiple of the usual
    """

    number: int
    tables: dict[str, pd.DataFrame]
    traits: pd.DataFrame
    sold: np.ndarray
    callers: pd.DataFrame
    staffing: float = 1.0


def make_block(setting: Setting, number: int) -> Block:
    """Let one block of customers live. It depends on the setting and its number, on no other block.

    >>> block = make_block(Setting(10_020, seed=0, locale="en_US"), 1)
    >>> block.tables["customers"]["customer_id"].iloc[0], len(block.traits)
    ('C10001', 20)
    """
    trade, locale = setting.trade, setting.locale
    company = setting.company(number)
    for quarter in range(QUARTERS):
        company.advance(setting.policy(quarter, company))
    tables = {**company.record(), **_of_company(company)}
    tables |= with_edges(tables, company.today)
    last = company.lived[-1]
    alive = company.present(last)
    traits = company.traits[alive].assign(alive=last.alive[alive])
    tables["dealers"] = make_dealers(trade.parameters, tables["customers"], trade.seed, number, locale)
    tables |= make_contact(trade, tables, traits, number)
    tables |= voice_of_block(trade, traits, tables, number, locale)
    tables |= market_of_block(trade, tables, setting.tables["reps"], number)
    tables |= work_of_block(trade, tables, traits, setting.tables["leads"], number, locale)
    sold = count_sold(trade.parameters.market.stock, trade.products, tables["orders"], tables["order_lines"])
    callers = setting.callers(number, tables["customers"], tables["orders"])
    return Block(number, tables, traits, sold, callers, last.effects.agents)


def _of_company(company: Company) -> dict[str, pd.DataFrame]:
    """The quarters' tables that are the whole company's: the first block brings them."""
    makers = {"channel_spend": company.channel_spend, "call_intervals": company.call_intervals}
    if company.place.block:
        return {name: TABLES[name].typed(pd.DataFrame(columns=TABLES[name].names())) for name in makers}
    return {name: pd.concat([make(past) for past in company.lived]) for name, make in makers.items()}


def manage(customers: int = 2_000, seed: int = 0, locale: str = "en_US") -> Company:
    """Willow Lane after its two recorded years, yours to manage from the first quarter of 2026 on.

    customers  accounts in the panel, up to 10,000;  seed, locale  as of World

    `.advance(actions)` lives the next quarter and returns it, `.customers_known()`, `.budget` and `.usual_spend` say
    what one can decide on, `.record()` all that is known by then.

    >>> from crm_lab.world import Actions
    >>> company = manage(200)
    >>> quarter = company.advance(Actions(quality=50_000))
    >>> quarter.name, company.today
    ('2026Q1', Timestamp('2026-04-01 00:00:00'))
    """
    setting = Setting(customers, seed, locale)
    if customers > BLOCK:
        raise InputError(
            _("customers must be at most {most} to be managed, not {value}.").format(
                most=f"{BLOCK:,}", value=f"{customers:,}"
            )
        )
    company = setting.company(0)
    for _quarter in range(QUARTERS):
        company.advance()
    return company


def make_whole(
    setting: Setting, sold: np.ndarray, callers: Iterable[pd.DataFrame], staffing: float = 1.0
) -> dict[str, pd.DataFrame]:
    """The tables that are not a block's: those of the setting, and those that wait for all blocks.

    sold      sum over all blocks
    callers   of each block
    staffing  of the first block
    """
    centre = setting.centre.record(staffing)
    calls = with_callers(setting.trade.parameters.calls, centre["calls"], callers, setting.seed)
    return setting.tables | centre | {"calls": calls, "stock": stock_of_company(setting.trade, sold)}


def make_watches(setting: Setting, stock: pd.DataFrame, customers: pd.DataFrame, block: int) -> pd.DataFrame:
    """The table watches of one block, the last to be made.

    stock      of the whole company
    customers  of the block: customer_id, registered_at, last_visit_at
    """
    return watches_of_block(setting.trade, customers, stock, block)


class World:
    """Willow Lane: all its tables, linked, and the truth that made them.

    customers  number of accounts in the panel, at least 1
    seed       which Willow Lane: the same seed gives the same company, on every machine
    locale     "en_US" or "zh_CN"; changes only names, cities and what people say; by default the edition's
    policy     what the company decides each quarter; the default is the company of the data sets

    `.tables` holds every table by name (also `.orders`, `.customers` …), `.today` is the day after the
    last order, `.truth` what is known because the company is made up.

    >>> world = World(customers=50, seed=1)
    >>> list(world.tables)[:6]
    ['customers', 'products', 'orders', 'order_lines', 'returns', 'dealers']
    >>> world.today
    Timestamp('2026-01-01 00:00:00')
    """

    def __init__(
        self, customers: int = 2_000, seed: int = 0, locale: str | None = None, policy: Policy = default_policy
    ) -> None:
        self.locale = text.locale() if locale is None else locale
        setting = Setting(customers, seed, self.locale, policy)
        self.today = pd.Timestamp(TODAY)
        blocks = [make_block(setting, number) for number in range(setting.blocks)]
        frames = {name: pd.concat([block.tables[name] for block in blocks]) for name in blocks[0].tables}
        frames |= make_whole(
            setting,
            np.sum([block.sold for block in blocks], axis=0),
            [block.callers for block in blocks],
            blocks[0].staffing,
        )
        frames["watches"] = pd.concat(
            [make_watches(setting, frames["stock"], block.tables["customers"], block.number) for block in blocks]
        )
        self.tables = {name: table.typed(frames[name]) for name, table in TABLES.items()}
        self.truth: Truth = truth_of(setting.trade.parameters, pd.concat([block.traits for block in blocks]))
        self.truth |= {"campaign_people": setting.people, **voice_labels(frames), **setting.hidden}

    def __getattr__(self, name: str) -> Any:
        tables = self.__dict__.get("tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"World has no table or attribute {name!r}; tables: {', '.join(tables)}")
