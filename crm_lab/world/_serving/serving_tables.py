"""Service and its improvement: what stands before the first customer, and what each block adds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crm_lab.world._orders import Trade
from crm_lab.world._serving.asked import make_dealer_survey, make_expectation_factors
from crm_lab.world._serving.call_backs import make_call_backs
from crm_lab.world._serving.checks import make_service_checks
from crm_lab.world._serving.contacts import make_call_notes, make_written_intervals

Frames = Mapping[str, pd.DataFrame]


def serving_of_company(trade: Trade, tables: Frames) -> dict[str, pd.DataFrame]:
    """Call-backs, test calls, chats and e-mails, hand-overs; from the agents and calls among `tables`."""
    parameters, seed = trade.parameters, trade.seed
    serving = parameters.serving
    return {
        "call_backs": make_call_backs(serving.call_backs, parameters.contact.tickets.kinds, seed),
        "service_checks": make_service_checks(serving.checks, tables["agents"], seed),
        "written_intervals": make_written_intervals(serving.written, parameters.calls, trade.clock, seed),
        "call_notes": make_call_notes(serving.hand_overs, tables["calls"], tables["agents"], seed),
    }


def serving_of_block(trade: Trade, tables: Frames, block: int) -> dict[str, pd.DataFrame]:
    """What people of one block say when asked further. `tables` holds its surveys and its dealer_program."""
    serving, seed = trade.parameters.serving, trade.seed
    survey = trade.parameters.voice.survey
    return {
        "expectation_factors": make_expectation_factors(serving.expectations, survey, tables["surveys"], seed, block),
        "dealer_survey": make_dealer_survey(serving.dealer_survey, tables["dealer_program"], seed, block),
    }
