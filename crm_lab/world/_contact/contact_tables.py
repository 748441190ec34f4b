"""What is made of contact once the record is complete: the consents of one block.

Visits, failures and tickets belong to their quarters; see quarters.
"""

from __future__ import annotations

import pandas as pd

from crm_lab.world._contact.consents import make_consents
from crm_lab.world._orders import Trade


def make_contact(
    trade: Trade, tables: dict[str, pd.DataFrame], traits: pd.DataFrame, block: int
) -> dict[str, pd.DataFrame]:
    """The contact tables of one block of customers that are made from its finished tables.

    tables  the finished tables of the block
    traits  the hidden traits of its customers and whether they are still there, in the order of the table customers

    >>> from crm_lab.world import World
    >>> bool(World(50).consents["customer_id"].nunique() == 50)
    True
    """
    return {"consents": make_consents(trade.parameters.contact.consents, tables["customers"], trade.seed, block)}
