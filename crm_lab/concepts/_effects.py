"""What CRM changes: efficiency, cost and sales, each as two numbers compared."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lab.base.columns import columns, flags, numbers, table_of
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _
from crm_lab.concepts._targeting import CAMPAIGN

EFFECTS = ("efficiency", "cost", "sales")
ADVERTISING = ("display", "search", "platform")  # bought from others; a customer won there is a stranger
RELATIONS = ("email", "community", "referral")  # people who know us already, or know somebody who does


def effects(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Efficiency, cost and sales: each compares two ways to work, and says how far the comparison can be trusted.

    tables  the company's tables by name; used are leads (lead_id, source, stage; those still open do not count),
            lead_events (lead_id, event), channel_spend (channel, spend in ¥, new_customers) and campaign_results
            (campaign_id, treated, bought)

    efficiency  follow-ups for one lead won: cold calls against referrals
    cost        ¥ for one new customer: advertising (display, search, platform) against own contacts (e-mail,
                community, referral)
    sales       orders within the window from 100 people: left alone against called in "proactive_service"

    The first two compare different people, so the difference need not be CRM's doing: evidence "comparison". In the
    third chance decided who was called: evidence "experiment".
    Returns a DataFrame indexed by effect: measure, first, second, change (second ÷ first − 1), low and high (95 %
    interval of the change, by the normal approximation of the log of a ratio of two shares; only of the experiment) and
    evidence.

    >>> leads = pd.DataFrame({"lead_id": ["L1", "L2"], "source": ["cold_call", "referral"], "stage": "won"})
    >>> events = pd.DataFrame({"lead_id": ["L1", "L1", "L2"], "event": "follow_up"})
    >>> spend = pd.DataFrame({"channel": ["search", "email"], "spend": [900.0, 90.0], "new_customers": [10, 10]})
    >>> results = pd.DataFrame({
    ...     "campaign_id": "proactive_service", "treated": [True, True, False, False],
    ...     "bought": [True, True, True, False],
    ... })
    >>> tables = {"leads": leads, "lead_events": events, "channel_spend": spend, "campaign_results": results}
    >>> effects(tables)[["first", "second", "change", "evidence"]]
                first  second  change    evidence
    effect
    efficiency    2.0     1.0    -0.5  comparison
    cost         90.0     9.0    -0.9  comparison
    sales        50.0   100.0     1.0  experiment
    """
    efforts = _of_sources(table_of(tables, "leads"), table_of(tables, "lead_events"))
    costs = _of_channels(table_of(tables, "channel_spend"))
    arms = [_arm(table_of(tables, "campaign_results"), treated) for treated in (False, True)]
    sales = [100 * float(arm.mean()) for arm in arms]
    measures = (
        _("follow-ups for one deal, cold call → referral"),
        _("¥ for a new customer, advertising → people we know"),
        _("orders from 100 people, left alone → called"),
    )
    frame = pd.DataFrame([efforts, costs, sales], index=pd.Index(EFFECTS, name="effect"), columns=["first", "second"])
    frame.insert(0, "measure", measures)
    frame["change"] = frame["second"] / frame["first"].replace(0, np.nan) - 1
    ratio = 1 + float(frame["change"].loc["sales"])
    for name, side in (("low", -1), ("high", 1)):
        frame[name] = [np.nan, np.nan, ratio * np.exp(side * 1.96 * _log_error(arms)) - 1]
    return frame.assign(evidence=["comparison", "comparison", "experiment"])


def follow_ups_a_win(leads: pd.DataFrame, lead_events: pd.DataFrame) -> pd.Series:
    """How many follow-ups one lead won takes, by where the lead came from: all effort, that on lost leads too.

    leads        lead_id, source, stage; those still open do not count
    lead_events  lead_id, event

    Returns a Series indexed by source; a source that won none is left out.

    >>> leads = pd.DataFrame({"lead_id": ["L1", "L2"], "source": "referral", "stage": ["won", "lost"]})
    >>> events = pd.DataFrame({"lead_id": ["L1", "L2", "L2"], "event": "follow_up"})
    >>> follow_ups_a_win(leads, events).to_dict()
    {'referral': 3.0}
    """
    table = columns(leads, ["lead_id", "source", "stage"], "leads")
    events = columns(lead_events, ["lead_id", "event"], "lead_events", empty_ok=True)
    closed = table[table["stage"].isin(["won", "lost"])]
    won = closed.loc[closed["stage"] == "won", "source"].value_counts()
    done = events.loc[events["event"] == "follow_up", "lead_id"].map(closed.set_index("lead_id")["source"])
    return (done.value_counts().reindex(won.index, fill_value=0) / won).rename("follow_ups").rename_axis("source")


def cost_of_a_customer(channel_spend: pd.DataFrame, by: str = "channel") -> pd.Series:
    """¥ spent for one new customer: all spend of a channel ÷ all customers it won.

    channel_spend  spend (¥), new_customers and the column `by`

    Returns a Series indexed by `by`; what won nobody is left out.

    >>> spend = pd.DataFrame({"channel": ["search", "search"], "spend": [900.0, 90.0], "new_customers": [10, 1]})
    >>> cost_of_a_customer(spend).to_dict()
    {'search': 90.0}
    """
    table = columns(channel_spend, ["spend", "new_customers", by], "channel_spend")
    spend, gained = (numbers(table[name], f"channel_spend, {name}") for name in ("spend", "new_customers"))
    sums = pd.DataFrame({"spend": spend, "gained": gained}).groupby(table[by]).sum().query("gained > 0")
    return (sums["spend"] / sums["gained"]).rename("cost")


def _of_sources(leads: pd.DataFrame, lead_events: pd.DataFrame) -> list[float]:
    """Follow-ups for one lead won, of cold calls and of referrals."""
    found = follow_ups_a_win(leads, lead_events)
    for source in ("cold_call", "referral"):
        if source not in found:
            raise InputError(_("leads holds none won from {source}.").format(source=source))
    return [float(found["cold_call"]), float(found["referral"])]


def _of_channels(channel_spend: pd.DataFrame) -> list[float]:
    """¥ for a new customer, by advertising and by own contacts."""
    table = columns(channel_spend, ["channel", "spend", "new_customers"], "channel_spend")
    ways = table["channel"].map(dict.fromkeys(ADVERTISING, 0) | dict.fromkeys(RELATIONS, 1))
    found = cost_of_a_customer(table.assign(way=ways).dropna(subset="way"), "way")
    for way, channels in enumerate((ADVERTISING, RELATIONS)):
        if way not in found:
            raise InputError(_("channel_spend holds no new customer of {names}.").format(names=", ".join(channels)))
    return [float(found[0]), float(found[1])]


def _arm(results: pd.DataFrame, treated: bool) -> pd.Series:
    """Who bought, of the people called or of those left alone."""
    table = columns(results, ["campaign_id", "treated", "bought"], "results")
    one_of("campaign", CAMPAIGN, table["campaign_id"].unique())
    table = table[table["campaign_id"] == CAMPAIGN]
    arm = table.loc[flags(table, "treated", "results") == treated, "bought"]
    if arm.empty:
        raise InputError(_("results needs people called and people left alone."))
    return arm


def _log_error(arms: list[pd.Series]) -> float:
    """Standard error of the log of the ratio of two shares; missing where a share is 0."""
    shares = np.array([arm.mean() for arm in arms], dtype=float)
    sizes = np.array([len(arm) for arm in arms])
    return float(np.sqrt(((1 - shares) / (sizes * np.where(shares > 0, shares, np.nan))).sum()))
