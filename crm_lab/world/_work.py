"""Work and tastes around the shop: gathers the tables of the office, of tastes, of winning and of serving customers.

All of them follow from what is finished; nothing that stands depends on them.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crm_lab.world._office.forms import FORMS, form_faults
from crm_lab.world._office.office_tables import office_of_block, office_of_company
from crm_lab.world._orders import Trade
from crm_lab.world._serving.serving_tables import serving_of_block, serving_of_company
from crm_lab.world._taste.taste_tables import taste_of_block, taste_of_company
from crm_lab.world._winning.winning_tables import winning_of_block, winning_of_company

Frames = Mapping[str, pd.DataFrame]


def work_of_company(
    trade: Trade, tables: Frames, locale: str
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """The tables that do not depend on the panel, and what is true of them but not in them, both by name.

    tables  reps, leads, lead_events, agents and calls of the whole company
    """
    office = office_of_company(trade, locale)
    favourites, people = taste_of_company(trade)
    found = office | favourites | winning_of_company(trade, tables) | serving_of_company(trade, tables)
    return found, {"forms": form_faults({name: office[name] for name in FORMS}), "favourites": people}


def work_of_block(
    trade: Trade, tables: Frames, traits: pd.DataFrame, leads: pd.DataFrame, block: int, locale: str
) -> dict[str, pd.DataFrame]:
    """The tables of one block of customers.

    tables  all its other tables
    traits  the hidden traits of its customers, in the order of the table customers
    leads   of the whole company
    """
    return {
        **office_of_block(trade, tables, traits, leads, block, locale),
        **taste_of_block(trade, tables, traits, block, locale),
        **winning_of_block(trade, tables, block),
        **serving_of_block(trade, tables, block),
    }
