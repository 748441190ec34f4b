"""Whom to call with an offer: everyone on the product's list, or those who asked for advice. What a call leaves."""

from __future__ import annotations

import math

import pandas as pd

from crm_lab.base.arguments import whole
from crm_lab.base.columns import columns, flags, numbers
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _

CAMPAIGN = "proactive_service"
CHOICES = ("product", "customer", "others")


def targeting(
    results: pd.DataFrame, campaigns: pd.DataFrame, campaign: str = CAMPAIGN, advice_from: int = 3
) -> pd.DataFrame:
    """What a call is worth when people are chosen by the product, and when they are chosen by the customer.

    results      campaign_results: person_id, campaign_id, treated, bought, margin (¥), advice_contacts
    campaigns    campaign_id, contact_cost (¥), discount
    campaign     which campaign; its people were called or left alone at random
    advice_from  times advice was asked for in a year from which a person counts as wanting the call

    product   everyone on the list: the offer is there, so it is offered to all
    customer  those of them who asked for advice at least `advice_from` times: they want what the call gives
    others    the rest of the list, called only in the product-centred way

    Returns a DataFrame indexed by choice: people; called and left_alone, the shares of either who bought; uplift, their
    difference; order_margin, mean ¥ of an order; value, ¥ a call = uplift × order_margin − contact_cost; error, its
    standard error, in which the margin of an order counts as known; and low and high, its 95 % interval. That margin is
    pooled over both, so the campaign must not give a discount.

    >>> results = pd.DataFrame({
    ...     "person_id": list("abcdefgh"), "campaign_id": "proactive_service", "treated": [True, False] * 4,
    ...     "bought": [True, False, False, False, True, True, False, False],
    ...     "advice_contacts": [4, 4, 3, 3, 0, 0, 1, 1], "margin": [60.0, 0, 0, 0, 60, 60, 0, 0],
    ... })
    >>> campaigns = pd.DataFrame({"campaign_id": ["proactive_service"], "contact_cost": [5.0], "discount": [0.0]})
    >>> targeting(results, campaigns)[["people", "uplift", "order_margin", "value"]]
              people  uplift  order_margin  value
    choice
    product        8    0.25          60.0   10.0
    customer       4    0.50          60.0   25.0
    others         4    0.00          60.0   -5.0
    """
    cost = _contact_cost(campaigns, campaign)
    table = _people(results, campaign)
    wants = table["advice_contacts"] >= whole(advice_from, "advice_from", 1)
    groups = dict(zip(CHOICES, (table, table[wants], table[~wants]), strict=True))
    rows = {choice: _worth(group, cost, choice) for choice, group in groups.items()}
    return pd.DataFrame.from_dict(rows, orient="index").astype({"people": "int64"}).rename_axis("choice")


def _contact_cost(campaigns: pd.DataFrame, campaign: str) -> float:
    table = columns(campaigns, ["campaign_id", "contact_cost", "discount"], "campaigns").set_index("campaign_id")
    row = table.loc[one_of("campaign", campaign, table.index)]
    if row["discount"] > 0:
        text = _("{name} gives a discount, which changes the margin of an order. Choose a campaign without one.")
        raise InputError(text.format(name=campaign))
    return float(row["contact_cost"])


def _people(results: pd.DataFrame, campaign: str) -> pd.DataFrame:
    needed = ["person_id", "campaign_id", "treated", "bought", "margin", "advice_contacts"]
    table = columns(results, needed, "results")
    for name in ("margin", "advice_contacts"):
        numbers(table[name], f"results, {name}")
    for name in ("treated", "bought"):
        flags(table, name, "results")
    return table[table["campaign_id"] == campaign]


def _worth(group: pd.DataFrame, cost: float, choice: str) -> dict[str, float]:
    """The row of one choice. Chance in the mean margin is left out: it adds 1 % to the error of the default data."""
    treated, bought = group["treated"], group["bought"]
    if not treated.any() or treated.all() or not bought.any():
        text = _("results, {choice}: needs people called, people left alone, and somebody who bought.")
        raise InputError(text.format(choice=choice))
    called, alone = float(bought[treated].mean()), float(bought[~treated].mean())
    uplift, margin = called - alone, float(group.loc[bought, "margin"].mean())
    chance = called * (1 - called) / treated.sum() + alone * (1 - alone) / (~treated).sum()
    value, error = uplift * margin - cost, margin * math.sqrt(chance)
    return {
        "people": len(group),
        "called": called,
        "left_alone": alone,
        "uplift": uplift,
        "order_margin": margin,
        "value": value,
        "error": error,
        "low": value - 1.96 * error,
        "high": value + 1.96 * error,
    }
