"""Inside the CRM: what stands before the first customer, and what each block adds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crm_lab.world._office.changes import make_account_changes
from crm_lab.world._office.events import make_events
from crm_lab.world._office.forms import make_forms
from crm_lab.world._office.rollout import make_rollout_tasks, make_vendor_scores
from crm_lab.world._orders import Trade

Frames = Mapping[str, pd.DataFrame]


def office_of_company(trade: Trade, locale: str) -> dict[str, pd.DataFrame]:
    """Typed forms (with the column fault), vendors and the tasks of the roll-out."""
    office, seed = trade.parameters.office, trade.seed
    return {
        **make_forms(office.forms, seed, locale),
        "vendor_scores": make_vendor_scores(office.rollout, seed),
        "rollout_tasks": make_rollout_tasks(office.rollout, seed, locale),
    }


def office_of_block(
    trade: Trade, tables: Frames, traits: pd.DataFrame, leads: pd.DataFrame, block: int, locale: str
) -> dict[str, pd.DataFrame]:
    """The events and account changes of one block. `tables` holds its customers and what belongs to them."""
    office, seed = trade.parameters.office, trade.seed
    customers, orders = tables["customers"], tables["orders"]
    return {
        "events": make_events(office.events, tables, leads, seed, block, locale),
        "account_changes": make_account_changes(office.changes, customers, orders, traits, seed, block, locale),
    }
