"""The company: blocks of customers that live through the quarters, and the world that comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.streams import BLOCK, stream
from crm_lab.base.text import _
from crm_lab.schema import TABLES
from crm_lab.world.buying import Buyers
from crm_lab.world.calls.tables import make_call_centre
from crm_lab.world.clock import Clock
from crm_lab.world.contact.campaigns import make_campaigns
from crm_lab.world.contact.tables import make_contact
from crm_lab.world.identities import make_customers, make_dealers, make_products
from crm_lab.world.market.prices import make_prices
from crm_lab.world.market.tables import make_market
from crm_lab.world.names import LOCALES
from crm_lab.world.orders import Purchases, Shop, make_orders
from crm_lab.world.parameters import QUARTERS, TODAY, Parameters
from crm_lab.world.policy import Actions, Policy, default_policy
from crm_lab.world.traits import draw_traits
from crm_lab.world.truth import Truth, truth_of
from crm_lab.world.voice.tables import voice_labels, voice_of_block, voice_of_company

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
        if isinstance(customers, bool) or not isinstance(customers, int) or not 1 <= customers <= MOST_CUSTOMERS:
            raise InputError(
                _("customers must be a whole number from 1 to {most}, not {value!r}.").format(
                    most=f"{MOST_CUSTOMERS:,}", value=customers
                )
            )
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
            raise InputError(_("seed must be a whole number, not {value!r}.").format(value=seed))
        self.locale = one_of("locale", locale, LOCALES)
        self.today = pd.Timestamp(TODAY)
        parameters = Parameters()
        products = make_products(int(seed), locale)
        prices = make_prices(parameters.market.prices, products, int(seed))
        shop = Shop(parameters, Clock(parameters), products, prices, int(seed))
        parts, traits = zip(*_blocks(shop, customers, locale, policy), strict=True)
        frames = {name: pd.concat([part[name] for part in parts]) for name in parts[0]}
        frames["products"] = shop.products
        frames |= make_market(shop, frames, locale)
        campaigns, campaign_people = make_campaigns(parameters.contact.campaigns, shop.seed)
        frames |= campaigns
        people, orders = frames["customers"], frames["orders"]
        frames |= make_call_centre(parameters.calls, shop.clock, int(seed), locale, people, orders)
        frames |= voice_of_company(shop, frames, locale)
        self.tables = {name: table.typed(frames[name]) for name, table in TABLES.items()}
        self.truth: Truth = truth_of(parameters, pd.concat(traits))
        self.truth |= {"campaign_people": campaign_people, **voice_labels(frames)}

    def __getattr__(self, name: str) -> Any:
        tables = self.__dict__.get("tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"World has no table or attribute {name!r}; tables: {', '.join(tables)}")


def _blocks(
    shop: Shop, customers: int, locale: str, policy: Policy
) -> Iterator[tuple[dict[str, pd.DataFrame], pd.DataFrame]]:
    for block, start in enumerate(range(0, customers, BLOCK)):
        company = Company(shop, block, min(BLOCK, customers - start))
        quarters = [company.advance(policy(quarter, company)) for quarter in range(QUARTERS)]
        tables = {name: pd.concat([quarter[name] for quarter in quarters]) for name in quarters[0]}
        seed = shop.seed
        tables["customers"] = make_customers(shop.parameters, company.traits, tables["orders"], seed, block, locale)
        tables["dealers"] = make_dealers(tables["customers"], seed, block, locale)
        traits = company.traits.join(pd.Series(company.buyers.there, company.traits.index, name="there"))
        tables |= make_contact(shop, tables, traits, block)
        tables |= voice_of_block(shop, company.traits, tables, block, locale)
        yield tables, traits
