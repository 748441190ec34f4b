"""Offers to customers of the panel: whom each moves, by the hidden types of the campaigns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.world._buying import Reached
from crm_lab.world._clock import Clock
from crm_lab.world._contact.campaigns import type_number
from crm_lab.world._contact.contact_parameters import CampaignParameters
from crm_lab.world._decision_parameters import DecisionParameters

NEVER = 10_000  # days since the last order of who has none


def reach(
    parameters: CampaignParameters,
    name: str,
    customers: pd.DataFrame,
    luck: np.ndarray,
    clock: Clock,
    quarter: int,
    decisions: DecisionParameters,
) -> Reached:
    """What an offer does to the customers it goes to.

    name       of the campaign whose channel, discount and effect on each type it has
    customers  what is known of those it goes to, with their position in the traits (row)
    luck       of each, even from 0 to 1: with what is known it gives the hidden type
    decisions  moved and annoyed count here

    Who is a persuadable buys once more in the window, by a share of what the campaign raised the chance; a
    do-not-disturb buys less by as much as it lowered it, and may stay away.
    """
    campaign = parameters.campaigns[name]
    people = customers.assign(recency_days=customers["recency_days"].fillna(NEVER).clip(upper=366 + 700))
    kind = type_number(parameters, campaign, people, luck)
    control, treated = np.take(campaign.control, kind), np.take(campaign.treated, kind)
    start, stops = clock.starts[quarter], np.maximum(1 - treated / control, 0)
    return Reached(
        rows=customers["row"].to_numpy(),
        adds=decisions.moved * np.maximum(treated - control, 0),
        stops=stops,
        annoys=decisions.annoyed * stops,
        discount=campaign.discount,
        until=float(clock.weeks[start + parameters.window_days]),
    )
