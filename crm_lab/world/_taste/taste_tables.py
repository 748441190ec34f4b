"""Roles and tastes: what stands before the first customer, and what each block adds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lab.world._choice.products import popularity
from crm_lab.world._orders import Trade
from crm_lab.world._taste.configurator import make_configurations
from crm_lab.world._taste.favourites import appeal, make_favourites
from crm_lab.world._taste.roles import make_order_roles
from crm_lab.world._taste.views import make_views

Frames = Mapping[str, pd.DataFrame]


def taste_of_company(trade: Trade) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The favourites, and the truth about who came to like other things."""
    taste = trade.parameters.taste.favourites
    table, hidden = make_favourites(
        taste, trade.parameters.choice, _weight(trade, taste.liked), trade.products, trade.seed
    )
    return {"favourites": table}, hidden


def taste_of_block(
    trade: Trade, tables: Frames, traits: pd.DataFrame, block: int, locale: str
) -> dict[str, pd.DataFrame]:
    """Roles, designs and views of one block. `tables` holds its customers and what belongs to them."""
    taste, seed = trade.parameters.taste, trade.seed
    numbers = {name: number for number, name in enumerate(trade.parameters.choice.behaviours)}
    habit = pd.Series(traits["behaviour"].map(numbers).to_numpy(), tables["customers"]["customer_id"])
    weight = _weight(trade, taste.views.liked)
    customers, orders = tables["customers"], tables["orders"]
    return {
        "order_roles": make_order_roles(taste.roles, traits, customers, orders, seed, block, locale),
        "configurations": make_configurations(taste.configurator, traits, customers, seed, block),
        "views": make_views(taste.views, weight, trade.products, dict(tables), habit, seed, block),
    }


def _weight(trade: Trade, liked: float) -> np.ndarray:
    choice = trade.parameters.choice
    return appeal(choice, trade.products, popularity(choice, len(trade.products), trade.seed), liked)
