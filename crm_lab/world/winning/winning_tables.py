"""Winning orders and carrying them out: what stands before the first customer, and what each block adds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crm_lab.world.orders import Shop
from crm_lab.world.winning.quotes import make_expenses, make_quotes
from crm_lab.world.winning.stages import make_order_stages
from crm_lab.world.winning.touches import make_mailings, make_touches

Frames = Mapping[str, pd.DataFrame]


def winning_of_company(shop: Shop, tables: Frames) -> dict[str, pd.DataFrame]:
    """Quotations and expenses, from the leads, lead_events and reps among `tables`."""
    quotes, seed = shop.parameters.winning.quotes, shop.seed
    return {
        "quotes": make_quotes(quotes, tables["leads"], tables["lead_events"], seed),
        "expenses": make_expenses(quotes, shop.clock, tables["reps"], seed),
    }


def winning_of_block(shop: Shop, tables: Frames, block: int) -> dict[str, pd.DataFrame]:
    """Touches, mailings and stages of one block. `tables` holds its customers and what belongs to them."""
    winning, seed, customers = shop.parameters.winning, shop.seed, tables["customers"]
    return {
        "touches": make_touches(winning.touches, customers, seed, block),
        "mailings": make_mailings(winning.mailings, customers, tables["consents"], seed, block),
        "order_stages": make_order_stages(winning.stages, customers, tables["orders"], seed, block),
    }
