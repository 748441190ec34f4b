"""Everything about contact, made from finished commerce: consents, visits, failures and tickets of one block.

How each is made, and how it keeps to what commerce has already decided, stands in its own module.
"""

from __future__ import annotations

import pandas as pd

from crm_lab.world.contact.consents import make_consents
from crm_lab.world.contact.tickets import make_tickets
from crm_lab.world.contact.visits import make_visits
from crm_lab.world.orders import Shop


def make_contact(
    shop: Shop, tables: dict[str, pd.DataFrame], traits: pd.DataFrame, block: int
) -> dict[str, pd.DataFrame]:
    """The contact tables of one block of customers, from its customers, orders and returns.

    tables  the finished tables of the block
    traits  the hidden traits of its customers and whether they are still there, in the order of the table customers

    >>> from crm_lab.world import World
    >>> sorted(set(World(50).tables) & {"consents", "visits", "failures", "tickets"})
    ['consents', 'failures', 'tickets', 'visits']
    """
    customers, orders = tables["customers"], tables["orders"]
    consents = make_consents(shop.parameters.contact.consents, customers, shop.seed, block)
    visits = make_visits(shop, customers, orders, consents, traits, block)
    tickets = make_tickets(shop, customers, orders, tables["returns"], block)
    return {"consents": consents, "visits": visits, **tickets}
