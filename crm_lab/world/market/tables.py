"""The market around the shop: all tables of the group, made once the customers have lived their two years."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crm_lab.world.market.leads import make_leads
from crm_lab.world.market.program import make_dealer_program
from crm_lab.world.market.rivals import make_competitors
from crm_lab.world.market.selling import make_quotas, make_reps
from crm_lab.world.market.spend import make_channel_spend
from crm_lab.world.market.stock import make_stock
from crm_lab.world.market.tasks import make_reminders, make_watches
from crm_lab.world.orders import Shop


def make_market(shop: Shop, frames: Mapping[str, pd.DataFrame], locale: str) -> dict[str, pd.DataFrame]:
    """The tables of the market group.

    shop    the company: parameters, clock, products, prices, seed
    frames  customers, products, orders, order_lines, returns and dealers, complete
    """
    market, seed = shop.parameters.market, shop.seed
    panel = {name: frame.reset_index(drop=True) for name, frame in frames.items()}
    products = panel["products"]
    prices = shop.prices
    reps, skill = make_reps(market.leads, seed, locale)
    leads, events = make_leads(market.leads, shop.clock, reps, skill, seed, locale)
    stock = make_stock(market.stock, products, panel["orders"], panel["order_lines"], seed)
    return {
        "prices": prices,
        "competitors": make_competitors(market.rivals, products, prices, seed),
        "stock": stock,
        "channel_spend": make_channel_spend(shop.parameters, shop.clock, seed),
        "reps": reps,
        "leads": leads,
        "lead_events": events,
        "quotas": make_quotas(market.leads, shop.clock, reps),
        "dealer_program": make_dealer_program(market.program, shop.clock, panel["dealers"], seed),
        "reminders": make_reminders(market.tasks, panel, reps, seed),
        "watches": make_watches(market.tasks, panel | {"prices": prices, "stock": stock}, seed),
    }
