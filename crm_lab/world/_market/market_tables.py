"""The market around the shop: what stands before the first customer, what each block adds, what waits for the last."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lab.world._market.leads import make_leads
from crm_lab.world._market.program import make_dealer_program
from crm_lab.world._market.rivals import make_competitors
from crm_lab.world._market.selling import make_quotas, make_reps
from crm_lab.world._market.stock import make_stock
from crm_lab.world._market.tasks import make_reminders, make_watches
from crm_lab.world._orders import Trade

Frames = Mapping[str, pd.DataFrame]


def market_of_company(trade: Trade, locale: str) -> dict[str, pd.DataFrame]:
    """The tables that do not depend on the panel: prices, rivals, the sales team and its leads."""
    market, seed = trade.parameters.market, trade.seed
    reps, skill = make_reps(market.leads, seed, locale)
    leads, events = make_leads(market.leads, trade.clock, reps, skill, seed, locale)
    return {
        "prices": trade.prices,
        "competitors": make_competitors(market.rivals, trade.products, trade.prices, seed),
        "reps": reps,
        "leads": leads,
        "lead_events": events,
        "quotas": make_quotas(market.leads, trade.clock, reps),
    }


def market_of_block(trade: Trade, tables: Frames, reps: pd.DataFrame, block: int) -> dict[str, pd.DataFrame]:
    """The dealer programme and the reminders of one block.

    tables  its customers, orders, returns and dealers, complete
    reps    the table of that name
    """
    market, seed = trade.parameters.market, trade.seed
    panel = {name: tables[name].reset_index(drop=True) for name in ("customers", "orders", "returns", "dealers")}
    return {
        "dealer_program": make_dealer_program(market.program, trade.clock, panel["dealers"], seed, block),
        "reminders": make_reminders(market.tasks, panel, reps, seed, block),
    }


def stock_of_company(trade: Trade, sold: np.ndarray) -> pd.DataFrame:
    """The table stock, once every block has said what it sold; see stock.count_sold."""
    return make_stock(trade.parameters.market.stock, trade.products, sold, trade.seed)


def watches_of_block(trade: Trade, customers: pd.DataFrame, stock: pd.DataFrame, block: int) -> pd.DataFrame:
    """The watches of one block: its customers also wait for what is sold out, so the whole stock is known before.

    customers  customer_id, registered_at and last_visit_at of the block
    """
    tables = {"customers": customers, "products": trade.products, "prices": trade.prices, "stock": stock}
    return make_watches(trade.parameters.market.tasks, tables, trade.seed, block)
