"""Winning orders and carrying them out: what stands before the first customer, and what each block adds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crm_lab.world._orders import Trade
from crm_lab.world._winning.quotes import make_expenses, make_quotes
from crm_lab.world._winning.stages import make_order_stages
from crm_lab.world._winning.touches import make_mailings, make_touches

Frames = Mapping[str, pd.DataFrame]


def winning_of_company(trade: Trade, tables: Frames) -> dict[str, pd.DataFrame]:
    """Quotations and expenses, from the leads, lead_events and reps among `tables`."""
    quotes, seed = trade.parameters.winning.quotes, trade.seed
    return {
        "quotes": make_quotes(quotes, tables["leads"], tables["lead_events"], seed),
        "expenses": make_expenses(quotes, trade.clock, tables["reps"], seed),
    }


def winning_of_block(trade: Trade, tables: Frames, block: int) -> dict[str, pd.DataFrame]:
    """Touches, mailings and stages of one block. `tables` holds its customers and what belongs to them."""
    winning, seed, customers = trade.parameters.winning, trade.seed, tables["customers"]
    return {
        "touches": make_touches(winning.touches, customers, seed, block),
        "mailings": make_mailings(winning.mailings, customers, tables["consents"], seed, block),
        "order_stages": make_order_stages(winning.stages, customers, tables["orders"], seed, block),
    }
