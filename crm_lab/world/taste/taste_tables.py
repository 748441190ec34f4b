"""Roles and tastes: what stands before the first customer, and what each block adds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lab.world.choice.products import popularity
from crm_lab.world.orders import Shop
from crm_lab.world.taste.configurator import make_configurations
from crm_lab.world.taste.favourites import appeal, make_favourites
from crm_lab.world.taste.roles import make_order_roles
from crm_lab.world.taste.views import make_views

Frames = Mapping[str, pd.DataFrame]


def taste_of_company(shop: Shop) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The favourites, and the truth about who came to like other things."""
    taste = shop.parameters.taste.favourites
    table, hidden = make_favourites(taste, shop.parameters.choice, _weight(shop, taste.liked), shop.products, shop.seed)
    return {"favourites": table}, hidden


def taste_of_block(
    shop: Shop, tables: Frames, traits: pd.DataFrame, block: int, locale: str
) -> dict[str, pd.DataFrame]:
    """Roles, designs and views of one block. `tables` holds its customers and what belongs to them."""
    taste, seed = shop.parameters.taste, shop.seed
    numbers = {name: number for number, name in enumerate(shop.parameters.choice.behaviours)}
    habit = pd.Series(traits["behaviour"].map(numbers).to_numpy(), tables["customers"]["customer_id"])
    weight = _weight(shop, taste.views.liked)
    customers, orders = tables["customers"], tables["orders"]
    return {
        "order_roles": make_order_roles(taste.roles, traits, customers, orders, seed, block, locale),
        "configurations": make_configurations(taste.configurator, traits, customers, seed, block),
        "views": make_views(taste.views, weight, shop.products, dict(tables), habit, seed, block),
    }


def _weight(shop: Shop, liked: float) -> np.ndarray:
    choice = shop.parameters.choice
    return appeal(choice, shop.products, popularity(choice, len(shop.products), shop.seed), liked)
