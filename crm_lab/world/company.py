"""The company: blocks of customers that live through the quarters, and the world that comes of it.

A world is a setting, its blocks, and what has to wait for the last block: two tables of the whole, from the small
counts each block brings along, then the watches of each block. Blocks share no random number, so they can be made in
any order or process; `crm_lab.data.write_world` writes each to disk and forgets it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.streams import BLOCK, stream
from crm_lab.base.text import _
from crm_lab.schema import TABLES
from crm_lab.world.buying import Buyers
from crm_lab.world.calls.callers import callers_of_block, with_callers
from crm_lab.world.calls.tables import make_call_centre
from crm_lab.world.clock import Clock
from crm_lab.world.contact.campaigns import make_campaigns
from crm_lab.world.contact.tables import make_contact
from crm_lab.world.identities import make_customers, make_dealers, make_products
from crm_lab.world.market.prices import make_prices
from crm_lab.world.market.stock import count_sold
from crm_lab.world.market.tables import market_of_block, market_of_company, stock_of_company, watches_of_block
from crm_lab.world.names import LOCALES
from crm_lab.world.orders import Purchases, Shop, make_orders
from crm_lab.world.parameters import QUARTERS, TODAY, Parameters
from crm_lab.world.policy import Actions, Policy, default_policy
from crm_lab.world.traits import draw_traits
from crm_lab.world.truth import Truth, truth_of
from crm_lab.world.voice.tables import voice_labels, voice_of_block, voice_of_company
from crm_lab.world.work import work_of_block, work_of_company

MOST_CUSTOMERS = 10_000_000


class Company:
    """One block of customers, advanced quarter by quarter: the model behind the data sets and the capstone."""

    def __init__(self, shop: Shop, block: int, size: int) -> None:
        self.shop, self.block = shop, block
        self.traits = draw_traits(shop.parameters, shop.clock, shop.seed, block, size)
        self.buyers = Buyers(shop.parameters.contact.tickets, self.traits, np.ones(size, dtype=bool))
        self.quarter = 0
        self.made = 0

    def advance(self, actions: Actions | None = None) -> dict[str, pd.DataFrame]:
        """Let one quarter pass under these actions. Returns its orders, order_lines and returns.

        The orders carry the columns of what went wrong with them; see failures.draw_trouble.
        """
        start, end = self.shop.clock.quarter(self.quarter)
        rng = stream(self.shop.seed, "buying", self.block, self.quarter)
        rows, weeks, trouble = self.buyers.quarter(start, end, actions or Actions(), rng)
        tables = make_orders(
            self.shop, self.traits, Purchases(rows, weeks, trouble), self.block, self.quarter, self.made
        )
        self.quarter += 1
        self.made += len(rows)
        return tables


class Setting:
    """What is settled before the first customer, and shared by all blocks.

    customers, seed, locale, policy  as of World; raises InputError if one of them cannot be

    `.tables` holds the tables that do not depend on the panel, among them the calls, whose callers are still to come;
    `.people` the hidden side of everyone in a campaign; `.blocks` how many blocks of customers there are.

    >>> Setting(25_000, seed=0, locale="en_US").blocks
    3
    """

    def __init__(self, customers: int, seed: int, locale: str, policy: Policy = default_policy) -> None:
        self.check(customers, seed, locale)
        self.customers, self.seed, self.locale, self.policy = customers, int(seed), locale, policy
        parameters = Parameters()
        products = make_products(self.seed, locale)
        prices = make_prices(parameters.market.prices, products, self.seed)
        self.shop = Shop(parameters, Clock(parameters), products, prices, self.seed)
        campaigns, self.people = make_campaigns(parameters.contact.campaigns, self.seed)
        self.tables = {"products": products, **market_of_company(self.shop, locale), **campaigns}
        self.tables |= make_call_centre(parameters.calls, self.shop.clock, self.seed, locale)
        self.tables |= voice_of_company(self.shop, locale)
        work, self.hidden = work_of_company(self.shop, self.tables, locale)
        self.tables |= work

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

    @property
    def blocks(self) -> int:
        """How many blocks the customers fill, the last perhaps in part."""
        return -(-self.customers // BLOCK)

    def callers(self, block: int, customers: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
        """Which calls this block makes; see callers_of_block."""
        parameters = self.shop.parameters.calls
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
    """

    number: int
    tables: dict[str, pd.DataFrame]
    traits: pd.DataFrame
    sold: np.ndarray
    callers: pd.DataFrame


def make_block(setting: Setting, number: int) -> Block:
    """Let one block of customers live. It depends on the setting and its number, on no other block.

    >>> block = make_block(Setting(10_020, seed=0, locale="en_US"), 1)
    >>> block.tables["customers"]["customer_id"].iloc[0], len(block.traits)
    ('C10001', 20)
    """
    shop, locale = setting.shop, setting.locale
    company = Company(shop, number, min(BLOCK, setting.customers - number * BLOCK))
    quarters = [company.advance(setting.policy(quarter, company)) for quarter in range(QUARTERS)]
    tables = {name: pd.concat([quarter[name] for quarter in quarters]) for name in quarters[0]}
    tables["customers"] = make_customers(shop.parameters, company.traits, tables["orders"], shop.seed, number, locale)
    tables["dealers"] = make_dealers(tables["customers"], shop.seed, number, locale)
    traits = company.traits.join(pd.Series(company.buyers.there, company.traits.index, name="there"))
    tables |= make_contact(shop, tables, traits, number)
    tables |= voice_of_block(shop, company.traits, tables, number, locale)
    tables |= market_of_block(shop, tables, setting.tables["reps"], number)
    tables |= work_of_block(shop, tables, traits, setting.tables["leads"], number, locale)
    sold = count_sold(shop.parameters.market.stock, shop.products, tables["orders"], tables["order_lines"])
    return Block(number, tables, traits, sold, setting.callers(number, tables["customers"], tables["orders"]))


def make_whole(setting: Setting, sold: np.ndarray, callers: Iterable[pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables that are not a block's: those of the setting, and those that wait for all blocks.

    sold     sum over all blocks
    callers  of each block
    """
    calls = with_callers(setting.shop.parameters.calls, setting.tables["calls"], callers, setting.seed)
    return setting.tables | {"calls": calls, "stock": stock_of_company(setting.shop, sold)}


def make_watches(setting: Setting, stock: pd.DataFrame, customers: pd.DataFrame, block: int) -> pd.DataFrame:
    """The table watches of one block, the last to be made.

    stock      of the whole company
    customers  of the block: customer_id, registered_at, last_visit_at
    """
    return watches_of_block(setting.shop, customers, stock, block)


class World:
    """Willow Lane: all its tables, linked, and the truth that made them.

    customers  number of accounts in the panel, at least 1
    seed       which Willow Lane: the same seed gives the same company, on every machine
    locale     "en_US" or "zh_CN"; changes only names and cities
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
        self, customers: int = 2_000, seed: int = 0, locale: str = "en_US", policy: Policy = default_policy
    ) -> None:
        setting = Setting(customers, seed, locale, policy)
        self.locale = locale
        self.today = pd.Timestamp(TODAY)
        blocks = [make_block(setting, number) for number in range(setting.blocks)]
        frames = {name: pd.concat([block.tables[name] for block in blocks]) for name in blocks[0].tables}
        frames |= make_whole(
            setting, np.sum([block.sold for block in blocks], axis=0), [block.callers for block in blocks]
        )
        frames["watches"] = pd.concat(
            [make_watches(setting, frames["stock"], block.tables["customers"], block.number) for block in blocks]
        )
        self.tables = {name: table.typed(frames[name]) for name, table in TABLES.items()}
        self.truth: Truth = truth_of(setting.shop.parameters, pd.concat([block.traits for block in blocks]))
        self.truth |= {"campaign_people": setting.people, **voice_labels(frames), **setting.hidden}

    def __getattr__(self, name: str) -> Any:
        tables = self.__dict__.get("tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"World has no table or attribute {name!r}; tables: {', '.join(tables)}")
